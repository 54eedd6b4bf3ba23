// The player of guided routines, and the routines on offer while none is running.
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { styleMap } from "lit/directives/style-map.js";
import type { Habit, Length, OwnOffer, RoutineView, RunnerDocument, StepView, Variant } from "../data/documents";
import { WakeLock } from "../data/wake-lock";
import { drawingUrl } from "../data/drawings";
import { LOOKS } from "../models/habits";
import { MINUTES, momentOf, offersOf, type Offer, type Span } from "../models/routine";
import { advice, adviceStyles } from "../parts/advice";
import { GymCard } from "./base";
import { runnerForm, type Form } from "./form";
import { common } from "./styles";
import { routineStyles } from "./routine-styles";

const LENGTHS: readonly Length[] = ["short", "full"];
const EFFORTS = ["easy", "right", "hard"] as const;
const WAYS: readonly Variant[] = ["easier", "harder"];

export class RoutineCard extends GymCard {
  static override styles: CSSResultGroup = [common, adviceStyles, routineStyles];

  protected readonly parts = ["name", "routine", "routines", "own_routines", "today", "pain"] as const;
  private length: Span | undefined;
  private readonly wakeLock = new WakeLock();

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

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.wakeLock.want(false);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    // A preview in the card picker does not keep the screen on.
    this.wakeLock.want(!this.preview && this.document?.routine?.state === "running");
  }

  protected override isComplete(document: RunnerDocument): boolean {
    return document.routine !== undefined;
  }

  protected body(document: RunnerDocument): TemplateResult {
    const { routine } = document;
    return routine && routine.state !== "idle" ? this.player(routine) : this.idle(document);
  }

  private player(routine: RoutineView): TemplateResult {
    const { words } = this;
    const look = routine.habit ? LOOKS[routine.habit] : undefined;
    const isPaused = routine.state === "paused";
    const { place, step, coming } = routine;
    const done = place ? momentOf(place, this.now()).done : 0;
    return html`<div class="player" style=${styleMap(look ? { "--habit": look.colour } : {})}>
      <div class="whole">
        <div>
          <h3 class="name"><bdi>${routine.title}</bdi></h3>
          <span class="small muted">${words.t("step_of", { step: routine.number ?? 0, steps: routine.steps ?? 0 })}</span>
        </div>
        ${routine.note ? html`<p class="small muted note">${routine.note}</p>` : nothing}
        <progress max="1" value=${done} aria-label=${words.t("progress")}></progress>
      </div>
      <home-gym-ring
        .place=${place}
        .ahead=${this.now() - Date.now()}
        .labels=${{ lead_in: words.t(isPaused ? "paused" : "get_ready"), hold: isPaused ? words.t("paused") : "", rest: words.t(isPaused ? "paused" : "rest") }}
        @progress=${this.showProgress}
      >
        ${step ? this.drawing(step) : nothing}
      </home-gym-ring>
      ${step ? this.step(step, coming) : nothing}
      <div class="below">${this.controls(isPaused)} ${step ? this.forms(step) : nothing}</div>
    </div>`;
  }

  // Needs no new rendering of the card.
  private showProgress = (event: CustomEvent<number>): void => {
    const progress = this.renderRoot.querySelector("progress");
    if (progress) progress.value = event.detail;
  };

  private drawing(step: StepView): TemplateResult | typeof nothing {
    if (!step.drawing) return nothing;
    return html`<div
      class="drawing ${step.side === "right" ? "mirrored" : ""}"
      style=${styleMap({ "--drawing": `url("${drawingUrl(step.drawing)}")` })}
    ></div>`;
  }

  private step(step: StepView, coming: StepView | undefined): TemplateResult {
    const { words } = this;
    return html`<div class="step" aria-live="polite">
      <h2 class="name"><bdi>${step.title}</bdi></h2>
      ${step.side || step.repetitions
        ? html`<span class="chip">${[
            step.side ? words.t(step.side === "left" ? "side_left" : "side_right") : "",
            step.repetitions ? words.count("times", step.repetitions) : "",
          ].filter(Boolean).join(" · ")}</span>`
        : nothing}
      ${step.cue ? html`<p>${step.cue}</p>` : nothing}
      ${step.tip ? html`<p class="small muted">${step.tip}</p>` : nothing}
      ${step.way ? this.form(step, step.way) : nothing}
      <p class="small muted name"><bdi>${coming ? words.t("next_up", { exercise: this.named(coming) }) : words.t("last_one")}</bdi></p>
    </div>`;
  }

  // Below the button, so that opening it moves nothing.
  private forms(step: StepView): TemplateResult | typeof nothing {
    const others = WAYS.filter((way) => step[way] && way !== step.way);
    if (!others.length) return nothing;
    return html`<details class="forms">
      <summary><ha-icon icon="mdi:chevron-down"></ha-icon>${this.words.t("other_forms")}</summary>
      ${others.map((way) => this.form(step, way))}
    </details>`;
  }

  private form(step: StepView, way: Variant): TemplateResult | typeof nothing {
    const form = step[way];
    return form ? html`<p class="small muted"><bdi>${this.words.t(way, { form })}</bdi></p>` : nothing;
  }

  private named(step: StepView): string {
    return step.side ? `${step.title} · ${this.words.t(step.side === "left" ? "side_left" : "side_right")}` : step.title;
  }

  private controls(isPaused: boolean): TemplateResult {
    const { words } = this;
    const button = (action: string, icon: string, label: string, style = "") => html`<button
      class=${style}
      aria-disabled=${this.busy}
      @click=${() => this.act(action)}
      aria-label=${label}
      title=${label}
    >
      <ha-icon icon=${icon}></ha-icon>
    </button>`;
    return html`<div class="controls" role="group" aria-label=${words.t("controls")}>
      ${button("previous_step", "mdi:skip-previous", words.t("previous"), "way")}
      ${isPaused
        ? button("resume_routine", "mdi:play", words.t("resume"), "main")
        : button("pause_routine", "mdi:pause", words.t("pause"), "main")}
      ${button("next_step", "mdi:skip-next", words.t("next"), "way")}
      ${button("stop_routine", "mdi:stop", words.t("stop"))}
    </div>`;
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
        <div class="lengths" role="group" aria-label=${this.words.t("length")}>
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
      <strong class="name"><bdi>${name}</bdi></strong>
      <span class="small muted">${this.format.minutes(seconds)}</span>
      <ha-icon icon="mdi:play"></ha-icon>
    </button>`;
  }

  private choose(length: Span): void {
    this.length = length;
    this.requestUpdate();
  }

  private offer({ habit, seconds }: Offer, span: Span, document: RunnerDocument): TemplateResult {
    const look = LOOKS[habit];
    return html`<button
      style=${styleMap({ "--habit": look.colour })}
      aria-disabled=${this.busy}
      @click=${() => this.act("start_routine", { habit, ...(typeof span === "number" ? { minutes: span } : { length: span }) })}
    >
      <span class="badge"><ha-icon icon=${look.icon}></ha-icon></span>
      <strong>${this.words.t(look.name)}</strong>
      ${document.today?.due[habit] ? html`<span class="chip">${this.words.t("due")}</span>` : nothing}
      <span class="small muted">${this.format.minutes(seconds)}</span>
      <ha-icon icon="mdi:play"></ha-icon>
    </button>`;
  }
}
