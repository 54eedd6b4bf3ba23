// The shoes card: wear of each pair, the next one, and its actions.
import { css, html, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { styleMap } from "lit/directives/style-map.js";
import type { RetirementAnswer, RunnerDocument } from "../data/documents";
import { factsOf, rackOf, takenBack, type Pair } from "../models/shoes";
import { GymCard } from "./base";
import { runnerForm, type Form } from "./form";
import { common } from "./styles";

export class ShoesCard extends GymCard {
  static override styles: CSSResultGroup = [common, css`
    .rack {
      display: grid;
      gap: 4px;
      margin: 0 -10px;
    }
    .columns {
      display: grid;
      gap: 16px;
    }
    .pair {
      border-radius: var(--gym-radius);
    }
    .pair[open] {
      background: var(--gym-soft);
    }
    summary {
      display: grid;
      gap: 8px;
      padding: 12px 10px;
      min-height: 44px;
      border-radius: var(--gym-radius);
      cursor: pointer;
      list-style: none;
    }
    summary::-webkit-details-marker {
      display: none;
    }
    .top,
    .bottom {
      display: flex;
      justify-content: space-between;
      align-items: baseline;
      gap: 12px;
    }
    .top > :last-child {
      flex: none;
    }
    .title {
      font-weight: 500;
      min-width: 0;
    }
    .chips {
      display: flex;
      flex-wrap: wrap;
      gap: 6px;
    }
    .bar {
      position: relative;
      height: 10px;
      border-radius: 5px;
      background: linear-gradient(
        to right,
        var(--gym-line) calc(var(--warn) * 100%),
        color-mix(in srgb, var(--gym-warn) 30%, transparent) calc(var(--warn) * 100%)
      );
    }
    :host(:dir(rtl)) .bar {
      transform: scaleX(-1);
    }
    .bar .fill {
      display: block;
      height: 100%;
      min-width: 10px;
      width: calc(var(--worn) * 100%);
      border-radius: 5px;
      background: color-mix(in srgb, var(--gym-good) 85%, var(--primary-text-color));
      transition: width 0.4s;
    }
    .bar.warn .fill {
      background: color-mix(in srgb, var(--gym-warn) 70%, var(--primary-text-color));
    }
    .bar.bad .fill {
      background: color-mix(in srgb, var(--gym-bad) 85%, var(--primary-text-color));
    }
    .buttons {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      padding: 0 10px 12px;
    }
    .buttons button,
    .hint button {
      background: var(--gym-soft);
    }
    .hint {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: 4px 10px;
      margin: 0;
      overflow-wrap: anywhere;
      padding: 0 10px 12px;
      line-height: 1.4;
    }
    .hint button {
      grid-column: 2;
      justify-self: start;
    }
    .retired > summary {
      display: flex;
      align-items: center;
      gap: 8px;
      padding-block: 8px;
      color: var(--gym-muted);
    }
    .retired > summary ha-icon {
      transition: transform 0.15s;
    }
    .retired[open] > summary ha-icon {
      transform: rotate(180deg);
    }
    @container gym-card (min-width: 760px) {
      .rack {
        grid-template-columns: 1fr 1fr;
        column-gap: 28px;
        align-items: start;
      }
    }
  `];

  protected readonly parts = ["name", "shoes", "chosen_shoe", "rested_shoe", "last_run", "currency", "today", "pain", "texts"] as const;

  static getStubConfig(): Record<string, unknown> {
    return {};
  }

  static async getConfigForm(): Promise<Form> {
    return runnerForm();
  }

  override getCardSize(): number {
    return 6;
  }

  getGridOptions(): Record<string, unknown> {
    return { columns: 12, min_columns: 6, rows: "auto" };
  }

  protected body(document: RunnerDocument): TemplateResult {
    const { worn, retired } = rackOf(document);
    // With a red flag no pair is suggested for a run.
    const rested = document.pain?.advice === "red_flag" ? undefined : worn.find((pair) => pair.isRested);
    return html`<div class="columns">
      <header class="top"><h2>${this.words.t("shoes")}</h2>
        <span class="small muted">${this.words.count("pairs", worn.length, this.format.number(worn.length))}</span></header>
      ${worn.length ? nothing : this.notice("mdi:shoe-sneaker", this.words.t("no_shoes"))}
      ${rested ? html`<p class="small muted name"><bdi>${this.words.t("rotation", { shoe: rested.shoe.name })}</bdi></p>` : nothing}
      <div class="rack">${repeat(worn, (pair) => pair.id, (pair) => this.pair(pair, document))}</div>
      ${retired.length
        ? html`<details class="retired">
            <summary><ha-icon icon="mdi:chevron-down"></ha-icon>${this.words.count("retired", retired.length, this.format.number(retired.length))}</summary>
            <div class="rack">${repeat(retired, (pair) => pair.id, (pair) => this.pair(pair, document))}</div>
          </details>`
        : nothing}
    </div>`;
  }

  private pair(pair: Pair, document: RunnerDocument): TemplateResult {
    const { shoe } = pair;
    const { format, words } = this;
    const distance = format.distance(shoe.distance);
    const details = html`<details class="pair">
      <summary>
        <span class="top">
          <span class="title name"><ha-icon icon="mdi:shoe-sneaker" style=${styleMap(shoe.color ? { color: shoe.color } : {})} aria-hidden="true"></ha-icon> <bdi>${shoe.name}</bdi></span>
          <span class="figures">${distance}</span>
        </span>
        ${this.chips(pair)}
        <span
          class="bar ${pair.tone}"
          role="img"
          aria-label=${words.t("wear_of", { share: format.number(shoe.share), limit: format.distance(shoe.replace_at) })}
          style=${styleMap({ "--worn": String(pair.worn), "--warn": String(pair.warnAt) })}
          ><span class="fill"></span
        ></span>
        <span class="bottom small muted">
          <span>${factsOf(pair, document.today?.day ?? "", words, format, document.currency).join(" · ")}</span>
          <span class="figures" style="flex:none">${shoe.retired ? nothing : words.t("remaining", { distance: format.distance(shoe.remaining) })}</span>
        </span>
      </summary>
      <div class="buttons">${this.buttons(pair, document)}</div>
    </details>`;
    // A hint stays in the column of its pair.
    return shoe.hints.length ? html`<div>${details}${shoe.hints.map((hint) => this.hint(pair, document.texts?.[`hint_${hint}`], hint))}</div>` : details;
  }

  // A hint about the fit of a pair, until it is read.
  private hint({ id, shoe }: Pair, text: string | undefined, hint: string): TemplateResult | typeof nothing {
    if (!text) return nothing;
    return html`<p class="hint small">
      <ha-icon icon="mdi:foot-print"></ha-icon>
      <span><strong><bdi>${shoe.name}</bdi></strong> · ${text}</span>
      <button aria-disabled=${this.busy} @click=${() => void this.command("read_shoe_hint", { shoe: id, hint })}>
        ${this.words.t("acknowledge")}
      </button>
    </p>`;
  }

  private chips(pair: Pair): TemplateResult | typeof nothing {
    const { shoe } = pair;
    const chips = [
      pair.isNext && !shoe.retired ? html`<span class="chip good"><ha-icon icon="mdi:check"></ha-icon>${this.words.t("next_pair")}</span>` : nothing,
      pair.tone === "bad" && !shoe.retired ? html`<span class="chip bad">${this.words.t("replace_now")}</span>` : nothing,
      pair.tone === "warn" && !shoe.retired ? html`<span class="chip warn">${this.words.t("wears_out")}</span>` : nothing,
      shoe.insoles_due && !shoe.retired ? html`<span class="chip warn">${this.words.t("insoles_due")}</span>` : nothing,
    ].filter((chip) => chip !== nothing);
    return chips.length ? html`<span class="chips">${chips}</span>` : nothing;
  }

  private buttons({ id, shoe, isNext }: Pair, document: RunnerDocument): (TemplateResult | typeof nothing)[] {
    const { words } = this;
    const run = document.last_run;
    const button = (label: string, icon: string, onClick: () => void) => html`<button aria-disabled=${this.busy} @click=${onClick}>
      <ha-icon icon=${icon}></ha-icon>${label}
    </button>`;
    if (shoe.retired) return [button(words.t("wear_again"), "mdi:restore", () => void this.retire(id, shoe.name, false))];
    return [
      isNext ? nothing : button(words.t("wear_next"), "mdi:shoe-sneaker", () => void this.choose(id, shoe.name)),
      run && run.shoe !== id ? button(words.t("wore_it"), "mdi:history", () => void this.assign(id, shoe.name, run.id)) : nothing,
      button(words.t("retire"), "mdi:archive-outline", () => void this.retire(id, shoe.name, true)),
    ];
  }

  private async choose(shoe: string, name: string): Promise<void> {
    if (await this.command("choose_shoe", { shoe })) this.toast(this.words.t("chosen", { shoe: name }));
  }

  private async assign(shoe: string, name: string, run: string): Promise<void> {
    if (await this.act("assign_shoe", { run, shoe })) this.offerUndo(this.words.t("assigned", { shoe: name }));
  }

  private async retire(shoe: string, name: string, retired: boolean): Promise<void> {
    const answer = await this.command<RetirementAnswer>("retire_shoe", { shoe, retired });
    if (!answer) return;
    const undo = () => void this.command("retire_shoe", { shoe, ...takenBack(answer) });
    this.toast(this.words.t(retired ? "was_retired" : "was_taken_back", { shoe: name }), { text: this.words.t("undo"), action: undo });
  }
}
