// The player of the running routine, and the screen at its end. On top of a view it fills a phone's screen; left, it goes
// on as a bar. It follows the routine by itself, so that a step draws nothing else.
import { html, LitElement, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import { common } from "../cards/styles";
import { drawingUrl } from "../data/drawings";
import type { Habit, RoutineView, RunnerDocument, StepView, Variant } from "../data/documents";
import { RunnerController } from "../data/runner-controller";
import { WakeLock } from "../data/wake-lock";
import type { Format } from "../format/locale";
import type { Hass } from "../ha/types";
import { ringsOf } from "../models/day";
import { LOOKS } from "../models/habits";
import { finishOf, momentOf, type Finish } from "../models/routine";
import { dueItems } from "../models/today";
import type { Translate } from "../words/translate";
import { dialogStyle } from "./dialog-style";
import type { PainReport } from "./pain-form";
import { playerStyles } from "./player-styles";
import { rings, ringStyles } from "./rings";

const WAYS: readonly Variant[] = ["easier", "harder"];
const EFFORTS = ["easy", "right", "hard"] as const;
const PHONE = "(max-width: 600px)";

export interface Deed {
  action: string;
  data: Record<string, unknown>;
}

export class PlayerPart extends LitElement {
  static override styles: CSSResultGroup = [common, dialogStyle, ringStyles, playerStyles];
  static override properties = {
    words: { attribute: false },
    format: { attribute: false },
    disabled: { type: Boolean },
    onTop: { attribute: false },
    isPreview: { attribute: false },
  };

  declare words: Translate | undefined;
  declare format: Format | undefined;
  declare disabled: boolean;
  // Whether it is on top of a view, as a bar or a screen of its own.
  declare onTop: boolean;
  declare isPreview: boolean;
  // Number of renders, for tests.
  renders = 0;
  private isLeft = false;
  private isOpened = false;
  private isHurting = false;
  private isEasing = false;
  private began: number | undefined;
  private stopped = false;
  private finish: Finish | undefined;
  private readonly wakeLock = new WakeLock();
  private readonly controller = new RunnerController(
    this,
    () => ["routine", "unrated", (document) => this.finish && document.today, (document) => this.finish && document.stretch_streak],
    (before) => this.handleChange(before),
  );

  constructor() {
    super();
    this.disabled = false;
    this.onTop = false;
    this.isPreview = false;
  }

  set runner(runner: string | undefined) {
    this.controller.choose(runner);
  }

  set hass(hass: Hass) {
    this.controller.update(hass, this.words?.language ?? "en");
  }

  private get document(): RunnerDocument | undefined {
    return this.controller.snapshot.document;
  }

  private get ahead(): number {
    return this.controller.snapshot.ahead;
  }

  // Opened by the runner, who has just started a routine here.
  open(): void {
    this.isLeft = false;
    this.isOpened = true;
    this.requestUpdate();
  }

  private handleChange(before: RunnerDocument | undefined): void {
    const { routine } = this.document ?? {};
    const [was, is] = [isActive(before?.routine), isActive(routine)];
    if (is && !was) {
      Object.assign(this, { isLeft: false, stopped: false, finish: undefined });
      this.began = routine?.number === 1 ? Date.now() : undefined;
    }
    if (was && !is) {
      this.finish = this.stopped ? undefined : finishOf(before?.routine, this.began, Date.now());
      this.isHurting = false;
      this.isOpened &&= this.finish !== undefined;
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.wakeLock.want(false);
  }

  protected override updated(_changed: PropertyValues): void {
    this.wakeLock.want(!this.isPreview && this.document?.routine?.state === "running");
    const dialog = this.renderRoot.querySelector("dialog");
    if (dialog && !dialog.open) dialog.showModal();
  }

  private get isScreen(): boolean {
    if (!this.onTop || this.isPreview || this.isLeft) return false;
    return this.isOpened || matchMedia(PHONE).matches;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { words, format, document } = this;
    const { routine } = document ?? {};
    this.renders += 1;
    if (!words || !format || !document || !routine) return nothing;
    const active = isActive(routine);
    this.toggleAttribute("hidden", !active && !this.finish);
    if (!active && !this.finish) return nothing;
    const content = active ? this.player(routine, words) : this.ending(document, words, format);
    if (!this.onTop) return content;
    if (!this.isScreen) return active ? this.bar(routine, words) : nothing;
    return html`<dialog class="screen" autofocus aria-label=${routine.title ?? words.t("routines")} @cancel=${this.handleLeave}>
      <header>
        ${active
          ? html`${this.icon("mdi:chevron-down", words.t("leave_player"), this.handleLeave)}
              <span class="of"><strong><bdi>${routine.title}</bdi></strong> · ${this.stepOf(routine, words)}</span>
              ${this.icon("mdi:close", words.t("stop"), this.handleStop)}`
          : html`<span></span>${this.icon("mdi:close", words.t("close"), this.handleClose)}`}
      </header>
      ${content}
    </dialog>`;
  }

  private icon(icon: string, label: string, onClick: () => void): TemplateResult {
    return html`<button class="icon bare" aria-label=${label} title=${label} @click=${onClick}><ha-icon icon=${icon}></ha-icon></button>`;
  }

  private stepOf(routine: RoutineView, words: Translate): string {
    return words.t("step_of", { step: routine.number ?? 0, steps: routine.steps ?? 0 });
  }

  private styled(habit: Habit | undefined) {
    return styleMap(habit ? { "--habit": LOOKS[habit].colour } : {});
  }

  private bar(routine: RoutineView, words: Translate): TemplateResult {
    const isPaused = routine.state === "paused";
    return html`<section class="bar" style=${this.styled(routine.habit)} aria-label=${routine.title ?? ""}>
      <home-gym-ring small .place=${routine.place} .ahead=${this.ahead} .labels=${{ lead_in: "", hold: "", rest: "" }}></home-gym-ring>
      <div class="grow"><strong class="name"><bdi>${routine.step?.title ?? routine.title}</bdi></strong>
        <span class="small muted"><bdi>${routine.title}</bdi> · ${this.stepOf(routine, words)}</span></div>
      ${this.icon(isPaused ? "mdi:play" : "mdi:pause", words.t(isPaused ? "resume" : "pause"), () => this.act(isPaused ? "resume_routine" : "pause_routine"))}
      ${this.icon("mdi:chevron-right", words.t("open_player"), () => this.open())}
    </section>`;
  }

  private player(routine: RoutineView, words: Translate): TemplateResult {
    const isPaused = routine.state === "paused";
    const { place, step, coming } = routine;
    const done = place ? momentOf(place, Date.now() + this.ahead).done : 0;
    return html`<div class="player" style=${this.styled(routine.habit)}>
      <div class="whole">
        ${this.isScreen
          ? nothing
          : html`<div><h3 class="name"><bdi>${routine.title}</bdi></h3><span class="small muted">${this.stepOf(routine, words)}</span></div>`}
        ${routine.note ? html`<p class="small muted note">${routine.note}</p>` : nothing}
        <progress max="1" value=${done} aria-label=${words.t("progress")}></progress>
      </div>
      <home-gym-ring
        .place=${place}
        .ahead=${this.ahead}
        .labels=${{ lead_in: words.t(isPaused ? "paused" : "get_ready"), hold: isPaused ? words.t("paused") : "", rest: words.t(isPaused ? "paused" : "rest_day") }}
        @progress=${this.handleProgress}
      >
        ${step ? this.drawing(step) : nothing}
      </home-gym-ring>
      ${step ? this.step(step, coming, words) : nothing}
      <div class="below">${this.controls(isPaused, words)} ${this.relief(step, words)}</div>
    </div>`;
  }

  // Needs no new rendering.
  private handleProgress = (event: CustomEvent<number>): void => {
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

  private step(step: StepView, coming: StepView | undefined, words: Translate): TemplateResult {
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
      ${step.way ? this.form(step, step.way, words) : nothing}
      <p class="small muted name"><bdi>${coming ? words.t("next_up", { exercise: named(coming, words) }) : words.t("last_one")}</bdi></p>
    </div>`;
  }

  private form(step: StepView, way: Variant, words: Translate): TemplateResult | typeof nothing {
    const form = step[way];
    return form ? html`<p class="small muted"><bdi>${words.t(way, { form })}</bdi></p>` : nothing;
  }

  private controls(isPaused: boolean, words: Translate): TemplateResult {
    const button = (action: string, icon: string, label: string, style = "") => html`<button
      class=${style}
      aria-disabled=${this.disabled}
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
      ${this.isScreen ? nothing : button("stop_routine", "mdi:stop", words.t("stop"))}
    </div>`;
  }

  // Other forms of the exercise, and a report of pain, side by side; opened ones grow downwards, so that nothing moves.
  private relief(step: StepView | undefined, words: Translate): TemplateResult {
    const others = step ? WAYS.filter((way) => step[way] && way !== step.way) : [];
    return html`<div class="relief">
      ${step && others.length
        ? html`<button aria-expanded=${this.isEasing} @click=${this.handleEase}>
            <ha-icon icon="mdi:chevron-double-down"></ha-icon>${words.t("other_forms")}
          </button>`
        : nothing}
      <button aria-expanded=${this.isHurting} aria-disabled=${this.disabled} @click=${this.handleHurt}>
        <ha-icon icon="mdi:human-handsdown"></ha-icon>${words.t("it_hurts")}
      </button>
      ${step && this.isEasing ? others.map((way) => this.form(step, way, words)) : nothing}
      ${this.isHurting
        ? html`<home-gym-pain .words=${words} .disabled=${this.disabled} @report=${this.handleReport}></home-gym-pain>`
        : nothing}
    </div>`;
  }

  // What was done, how hard it felt, and what is next.
  private ending(document: RunnerDocument, words: Translate, format: Format): TemplateResult {
    const { habit, steps, seconds } = this.finish ?? { steps: 0 };
    const name = habit ? words.t(LOOKS[habit].name) : words.t("routines");
    const figures = [
      seconds === undefined ? words.count("steps_done", steps, format.number(steps)) : words.t("steps_in", { steps: format.number(steps), time: format.clock(seconds) }),
      habit && streakOf(habit, document, words, format),
    ];
    const [next] = dueItems(document, words, format, Date.now() + this.ahead).filter((item) => item.habit !== habit);
    return html`<div class="ending" style=${this.styled(habit)} role="status">
      ${rings(ringsOf(document))}
      <h2>${words.t("routine_done", { routine: name })}</h2>
      <div class="muted">${figures.map((figure) => (figure ? html`<p>${figure}</p>` : nothing))}</div>
      ${document.unrated
        ? html`<section class="panel" aria-label=${words.t("rating_ask")}>
            <h3>${words.t("rating_ask")}</h3>
            <div class="efforts" role="group">
              ${EFFORTS.map((effort) => html`<button aria-disabled=${this.disabled} @click=${() => this.act("rate_routine", { effort })}>${words.t(`rating_${effort}`)}</button>`)}
            </div>
          </section>`
        : nothing}
      <section class="panel next">
        <ha-icon icon=${next ? LOOKS[next.habit].icon : "mdi:check-circle-outline"}></ha-icon>
        ${next
          ? html`<div><strong>${words.t("next_up", { exercise: words.t(LOOKS[next.habit].name) })}</strong><p class="small muted">${next.why}</p></div>
              <button aria-disabled=${this.disabled} @click=${() => this.act("start_routine", { habit: next.habit })}>${words.t("start")}</button>`
          : html`<strong>${words.t("nothing_due")}</strong>`}
      </section>
      <button class="wide" @click=${this.handleClose}>${words.t("close")}</button>
    </div>`;
  }

  // The card performs the action.
  private act(action: string, data: Record<string, unknown> = {}): void {
    if (action === "stop_routine") this.stopped = true;
    this.dispatchEvent(new CustomEvent<Deed>("act", { detail: { action, data } }));
  }

  private handleStop = (): void => this.act("stop_routine");

  private handleLeave = (event?: Event): void => {
    event?.preventDefault();
    if (!isActive(this.document?.routine)) return this.handleClose();
    this.isLeft = true;
    this.isOpened = false;
    this.requestUpdate();
  };

  private handleClose = (): void => {
    this.finish = undefined;
    this.isOpened = false;
    this.requestUpdate();
  };

  private handleEase = (): void => {
    this.isEasing = !this.isEasing;
    this.requestUpdate();
  };

  private handleHurt = (): void => {
    this.isHurting = !this.isHurting;
    if (this.isHurting && this.document?.routine?.state === "running") this.act("pause_routine");
    this.requestUpdate();
  };

  private handleReport = (event: CustomEvent<PainReport>): void => {
    this.isHurting = false;
    this.act("log_pain", event.detail);
    this.requestUpdate();
  };
}

function isActive(routine: RoutineView | undefined): boolean {
  return routine !== undefined && routine.state !== "idle";
}

function named(step: StepView, words: Translate): string {
  return step.side ? `${step.title} · ${words.t(step.side === "left" ? "side_left" : "side_right")}` : step.title;
}

function streakOf(habit: Habit, document: RunnerDocument, words: Translate, format: Format): string | undefined {
  const { stretch_streak: days = 0, core_streak: weeks = 0, today } = document;
  const [unit, length, best] =
    habit === "stretch" ? (["day", days, today?.stretch_best] as const) : (["week", habit === "core" ? weeks : 0, today?.core_best] as const);
  if (!length) return undefined;
  const lengthOf = (count: number) => format.counted(count, unit, "long");
  const longest = best && best > length ? [words.t("streak_best", { length: lengthOf(best) })] : [];
  return [words.t("in_a_row", { length: lengthOf(length) }), ...longest].join(" · ");
}
