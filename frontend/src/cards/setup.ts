// What a runner's set-up still lacks: each row links to the place where it is done, and can be hidden for good.
import { css, html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { RunnerDocument, SetUp } from "../data/documents";
import { HiddenRows } from "../data/hidden-rows";
import type { Key } from "../words/translate";
import { GymCard } from "./base";
import { common } from "./styles";

const ROWS: readonly { name: keyof SetUp; icon: string; title: Key; help: Key }[] = [
  { name: "source", icon: "mdi:watch", title: "runs", help: "set_up_source" },
  { name: "speaker", icon: "mdi:speaker", title: "set_up_speaker", help: "set_up_speaker_help" },
  { name: "shoes", icon: "mdi:shoe-sneaker", title: "shoes", help: "set_up_shoes" },
  { name: "goals", icon: "mdi:bullseye-arrow", title: "set_up_goals", help: "set_up_goals_help" },
];

export class SetupCard extends GymCard {
  static override styles: CSSResultGroup = [common, css`
    .bars {
      display: grid;
      grid-auto-flow: column;
      gap: 4px;
      margin: 10px 0 4px;
    }
    .bars span {
      height: 6px;
      border-radius: 3px;
      background: var(--gym-line);
    }
    .bars .is-done {
      background: var(--gym-shape);
    }
    .head {
      display: flex;
      justify-content: space-between;
      align-items: baseline;
      gap: 12px;
    }
    li {
      display: grid;
      grid-template-columns: auto 1fr auto auto;
      gap: 12px;
      align-items: center;
      padding: 10px 0;
    }
    li + li {
      border-top: 1px solid var(--gym-line);
    }
    li > ha-icon {
      color: var(--gym-shape);
    }
    strong {
      font-weight: 500;
    }
    a {
      display: inline-flex;
      align-items: center;
      min-height: 44px;
      padding: 0 16px;
      border-radius: 22px;
      font-weight: 500;
      text-decoration: none;
      color: inherit;
      background: var(--gym-soft);
    }
    a.first {
      background: color-mix(in srgb, var(--gym-accent) 22%, transparent);
    }
  `];

  protected readonly parts = ["name", "set_up", "pain"] as const;
  private readonly dismissed = new HiddenRows(() => this.requestUpdate());

  override getCardSize(): number {
    return 4;
  }

  getGridOptions(): Record<string, unknown> {
    return { columns: 12, min_columns: 6, rows: "auto" };
  }

  protected override isComplete(document: RunnerDocument): boolean {
    return document.set_up !== undefined && this.dismissed.isKnown;
  }

  private get open(): typeof ROWS {
    const { set_up: setUp } = this.document ?? {};
    if (!setUp || !this.dismissed.isKnown) return [];
    return ROWS.filter(({ name }) => !setUp[name] && !this.dismissed.has(this.runner, name));
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.hass) void this.dismissed.load(this.hass);
  }

  protected override isWanted(document: RunnerDocument | undefined): boolean {
    return this.open.length > 0 && document?.pain?.advice !== "red_flag";
  }

  protected override render(): TemplateResult | typeof nothing {
    return this.open.length || this.preview ? super.render() : nothing;
  }

  protected body(document: RunnerDocument): TemplateResult {
    const { words, open } = this;
    const isAdmin = this.hass?.user?.is_admin ?? false;
    const done = ROWS.length - open.length;
    return html`<header class="head">
        <h2>${words.t("set_up")}</h2>
        <span class="small muted">${words.t("step_of", { step: this.format.number(done), steps: this.format.number(ROWS.length) })}</span>
      </header>
      <div class="bars" aria-hidden="true">${ROWS.map((_, place) => html`<span class=${place < done ? "is-done" : ""}></span>`)}</div>
      <ul>
        ${repeat(open, ({ name }) => name, ({ name, icon, title, help }, place) => html`<li>
          <ha-icon icon=${icon}></ha-icon>
          <div><strong>${words.t(title)}</strong><p class="small muted">${words.t(help)}</p></div>
          ${isAdmin
            ? html`<a class=${place ? "" : "first"} href=${`/config/integrations/integration/home_gym?config_entry=${this.runner}`} aria-label="${words.t("set_up_do")}: ${words.t(title)}">${words.t("set_up_do")}</a>`
            : html`<span></span>`}
          <button class="icon bare" aria-label="${words.t("set_up_hide")}: ${words.t(title)}" @click=${() => this.dismiss(document, name)}><ha-icon icon="mdi:close"></ha-icon></button>
        </li>`)}
      </ul>
      ${isAdmin ? nothing : html`<p class="small muted">${words.t("set_up_ask")}</p>`}`;
  }

  private dismiss(_document: RunnerDocument, name: keyof SetUp): void {
    if (this.hass) void this.dismissed.add(this.hass, this.runner, name);
  }
}
