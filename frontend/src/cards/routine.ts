// The player of guided routines, and the routines on offer while none is running.
import { html, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { styleMap } from "lit/directives/style-map.js";
import type { Habit, Length, OwnOffer, RunnerDocument } from "../data/documents";
import { LOOKS } from "../models/habits";
import { MINUTES, offersOf, type Offer, type Span } from "../models/routine";
import { advice, adviceStyles } from "../parts/advice";
import type { Deed } from "../parts/player";
import { GymCard } from "./base";
import { runnerForm, type Form } from "./form";
import { common, segments } from "./styles";
import { routineStyles } from "./routine-styles";

const LENGTHS: readonly Length[] = ["short", "full"];
const EFFORTS = ["easy", "right", "hard"] as const;
const isPlaying = ({ routine }: RunnerDocument): boolean => routine !== undefined && routine.state !== "idle";

export class RoutineCard extends GymCard {
  static override styles: CSSResultGroup = [common, segments, adviceStyles, routineStyles];

  protected readonly parts = ["name", isPlaying, "routines", "own_routines", "today", "pain"] as const;
  private length: Span | undefined;

  static getStubConfig(): Record<string, unknown> {
    return {};
  }

  static async getConfigForm(): Promise<Form> {
    const options = LENGTHS.map((value) => ({ value, label: `length_${value}` }));
    return runnerForm([{ name: "length", selector: { select: { mode: "dropdown", options } } }]);
  }

  override getCardSize(): number {
    return 9;
  }

  getGridOptions(): Record<string, unknown> {
    return { columns: 12, min_columns: 6, rows: "auto" };
  }

  protected override isComplete(document: RunnerDocument): boolean {
    return document.routine !== undefined;
  }

  protected override isWanted(document: RunnerDocument | undefined): boolean {
    return this.config["player"] !== false || document?.pain?.advice !== "red_flag";
  }

  protected body(document: RunnerDocument): TemplateResult {
    const isActive = isPlaying(document);
    if (this.config["player"] === false) return this.idle(document);
    return html`<home-gym-player
        .words=${this.words}
        .format=${this.format}
        .disabled=${this.busy}
        .isPreview=${this.preview}
        .runner=${this.runner}
        .hass=${this.hass}
        @act=${this.handleAct}
      ></home-gym-player>
      ${isActive ? nothing : this.idle(document)}`;
  }

  private idle(document: RunnerDocument): TemplateResult {
    // A red flag stops coaching.
    if (document.pain?.advice === "red_flag") {
      const shown = this.config["banner"] === false ? nothing : advice({ ...document, pain: { ...document.pain, is_read: false } }, this.words);
      return html`${shown === nothing ? this.notice("mdi:volume-off", this.words.t("coach_silent")) : shown}`;
    }
    const chosen: Span = this.length ?? (this.config["length"] === "full" ? "full" : "short");
    const offers = offersOf(document, chosen);
    return html`${document.unrated ? this.rating(document.unrated) : nothing}
      <header class="head">
        <h2>${this.words.t("routines")}</h2>
        <div class="segments lengths" role="group" aria-label=${this.words.t("length")}>
          ${LENGTHS.map(
            (length) => html`<button aria-pressed=${length === chosen} @click=${() => this.choose(length)}>
              ${this.words.t(`length_${length}`)}
            </button>`,
          )}
          ${MINUTES.map(
            (minutes) => html`<button
              class="figures"
              aria-pressed=${minutes === chosen}
              aria-label=${this.format.minutes(minutes * 60)}
              @click=${() => this.choose(minutes)}
            >
              ${this.format.number(minutes)}
            </button>`,
          )}
        </div>
      </header>
      <ul class="offers" style="margin-top:12px">
        ${repeat(offers, (offer) => offer.habit, (offer) => html`<li>${this.offer(offer, chosen, document)}</li>`)}
        ${repeat(document.own_routines ?? [], (own) => own.id, (own) => html`<li>${this.own(own)}</li>`)}
      </ul>`;
  }

  // Once after a routine; the answer decides about the next one.
  private rating(habit: Habit): TemplateResult {
    const { words } = this;
    return html`<section class="rating" aria-label=${words.t("rating_ask")}>
      <p>${words.t(LOOKS[habit].name)}: ${words.t("rating_ask")}</p>
      <div class="buttons" role="group">
        ${EFFORTS.map(
          (effort) => html`<button aria-disabled=${this.busy} @click=${() => this.act("rate_routine", { effort })}>
            ${words.t(`rating_${effort}`)}
          </button>`,
        )}
      </div>
    </section>`;
  }

  private own({ id, name, habit, seconds }: OwnOffer): TemplateResult {
    const look = habit ? LOOKS[habit] : undefined;
    return html`<button
      style=${styleMap({ "--habit": look?.colour ?? "var(--gym-accent)" })}
      aria-disabled=${this.busy}
      @click=${() => this.act("start_routine", { routine: id })}
    >
      <span class="badge"><ha-icon icon=${look?.icon ?? "mdi:playlist-play"}></ha-icon></span>
      <span class="what"><strong class="name"><bdi>${name}</bdi></strong><span class="small muted">${this.format.minutes(seconds)}</span></span>
    </button>`;
  }

  private handleAct = (event: CustomEvent<Deed>): void => {
    void this.act(event.detail.action, event.detail.data);
  };

  private choose(length: Span): void {
    this.length = length;
    this.requestUpdate();
  }

  private offer({ habit, seconds }: Offer, span: Span, document: RunnerDocument): TemplateResult {
    const look = LOOKS[habit];
    return html`<button
      style=${styleMap({ "--habit": look.colour })}
      aria-disabled=${this.busy || isPlaying(document)}
      @click=${() => this.act("start_routine", { habit, ...(typeof span === "number" ? { minutes: span } : { length: span }) })}
    >
      <span class="badge"><ha-icon icon=${look.icon}></ha-icon></span>
      <span class="what"><strong>${this.words.t(look.name)}</strong>
        <span class="small muted">${[this.format.minutes(seconds), document.today?.due[habit] ? this.words.t("due") : ""].filter(Boolean).join(" · ")}</span></span>
    </button>`;
  }
}
