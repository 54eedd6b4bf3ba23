// The log: a run, a session, rest or pain by hand, today or on an earlier day. Its code is loaded when it is opened.
import { css, html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import { common } from "../cards/styles";
import { HABITS, type Habit, type RunnerDocument } from "../data/documents";
import type { Format } from "../format/locale";
import { LOOKS } from "../models/habits";
import type { Key, Translate } from "../words/translate";
import { dialogStyle, fieldStyle } from "./dialog-style";
import type { PainReport } from "./pain-form";

const KINDS = ["run", "session", "rest", "pain"] as const;
type Kind = (typeof KINDS)[number];
const ABOUT: Record<Kind, { icon: string; name: Key; help: Key }> = {
  run: { icon: "mdi:run", name: "run", help: "log_run_help" },
  session: { icon: "mdi:yoga", name: "log_session", help: "log_session_help" },
  rest: { icon: "mdi:bed-outline", name: "rest_day", help: "log_rest_help" },
  pain: { icon: "mdi:human-handsdown", name: "pain", help: "log_pain_help" },
};

export interface LogContext {
  document: RunnerDocument;
  // Today, where none is given.
  day: string | undefined;
  words: Translate;
  format: Format;
  act: (action: string, data: Record<string, unknown>, done: string) => void;
}

export class LogDialog extends LitElement {
  static override styles: CSSResultGroup = [common, dialogStyle, fieldStyle, css`
    .kinds,
    .habits {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(130px, 1fr));
      gap: 8px;
    }
    .kinds button {
      display: grid;
      justify-items: start;
      align-content: start;
      gap: 2px;
      padding: 14px;
      border-radius: 14px;
      text-align: start;
    }
    .kinds .muted {
      font-weight: 400;
    }
    .habits button {
      justify-content: flex-start;
      border-radius: 14px;
    }
    form {
      display: grid;
      gap: 14px;
    }
    .pair {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(110px, 1fr));
      gap: 12px;
    }
    .stack {
      container: gym-card / inline-size;
    }
    @media (max-width: 600px) {
      dialog {
        width: 100vw;
        max-width: 100vw;
        margin: auto 0 0;
        border-radius: 24px 24px 0 0;
      }
    }
  `];

  private context: LogContext | undefined;
  private kind: Kind | undefined;

  open(context: LogContext): void {
    this.context = context;
    this.kind = undefined;
    this.requestUpdate();
    void this.updateComplete.then(() => this.dialog?.showModal());
  }

  private get dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  private get day(): string {
    return this.context?.day ?? this.context?.document.today?.day ?? "";
  }

  protected override render(): TemplateResult | typeof nothing {
    const { context, kind } = this;
    if (!context) return nothing;
    const { words, format } = context;
    const title = kind ? words.t(ABOUT[kind].name) : words.t("log");
    return html`<dialog aria-labelledby="title" @click=${this.handleClick}>
      <div class="stack">
        <header class="top">
          <div><h2 id="title">${title}</h2><p class="small muted">${format.day(this.day)}</p></div>
          <button class="icon bare" @click=${this.close} aria-label=${words.t("close")}><ha-icon icon="mdi:close"></ha-icon></button>
        </header>
        ${kind ? this[kind](context) : this.kinds(context)}
      </div>
    </dialog>`;
  }

  private kinds({ words, document, day }: LogContext): TemplateResult {
    // Rest begins today, and with a red flag nothing is coached.
    const shown = KINDS.filter((kind) => kind !== "rest" || !day || day === document.today?.day);
    return html`<div class="kinds">
        ${shown.map(
          (kind) => html`<button @click=${() => this.choose(kind)}>
            <ha-icon icon=${ABOUT[kind].icon}></ha-icon><span>${words.t(ABOUT[kind].name)}</span>
            <span class="small muted">${words.t(ABOUT[kind].help)}</span>
          </button>`,
        )}
      </div>
      ${day ? nothing : html`<p class="small muted">${words.t("log_other_day")}</p>`}`;
  }

  private choose(kind: Kind): void {
    this.kind = kind;
    this.requestUpdate();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>("form input, .habits button")?.focus());
  }

  private run({ words, format, document }: LogContext): TemplateResult {
    const shoes = Object.entries(document.shoes ?? {}).filter(([, shoe]) => !shoe.retired);
    return html`<form @submit=${this.handleRun}>
      <div class="pair">
        <label>${words.t("correct_distance", { unit: format.unit })}
          <input name="distance" type="number" min="0.01" max="1000" step="0.01" inputmode="decimal" required /></label>
        <label>${words.t("minutes")}<input name="minutes" type="number" min="1" max="6000" step="any" inputmode="decimal" required /></label>
        <label>${words.t("started_at")}<input name="time" type="time" required .value=${format.wallTime(Date.now() - 3_600_000)} /></label>
      </div>
      ${shoes.length
        ? html`<label>${words.t("shoe")}<select name="shoe">
            <option value="">${words.t("no_shoe")}</option>
            ${shoes.map(([id, shoe]) => html`<option value=${id} ?selected=${id === document.chosen_shoe}>${shoe.name}</option>`)}
          </select></label>`
        : nothing}
      <button class="main">${words.t("save")}</button>
    </form>`;
  }

  private session({ words }: LogContext): TemplateResult {
    return html`<div class="habits">
      ${HABITS.map(
        (habit) => html`<button @click=${() => this.logSession(habit)}><ha-icon icon=${LOOKS[habit].icon}></ha-icon>${words.t(LOOKS[habit].name)}</button>`,
      )}
    </div>`;
  }

  private rest({ words, document }: LogContext): TemplateResult {
    if (document.today?.resting) {
      return html`<button class="main" @click=${() => this.save("rest", { resting: false }, words.t("rest_ended"))}>${words.t("end_rest")}</button>`;
    }
    return html`<form @submit=${this.handleRest}>
      <label>${words.t("rest_until")}<input name="end" type="date" min=${this.day} .value=${this.day} /></label>
      <p class="small muted">${words.t("rest_until_help")}</p>
      <button class="main">${words.t("save")}</button>
    </form>`;
  }

  private pain({ words }: LogContext): TemplateResult {
    return html`<home-gym-pain .words=${words} @report=${this.handlePain}></home-gym-pain>`;
  }

  // Saves by an action; undone from the message, as everywhere.
  private save(action: string, data: Record<string, unknown>, message: string): void {
    this.close();
    this.context?.act(action, data, message);
  }

  private logSession(habit: Habit): void {
    const { words, ...context } = this.context ?? {};
    if (!words) return;
    const end = this.endOf(context);
    this.save("log_session", { habit, ...(end ? { end } : {}) }, words.t("logged", { habit: words.t(LOOKS[habit].name) }));
  }

  // The end of something forgotten, in the evening of its day; undefined for just now.
  private endOf({ day, document, format }: Partial<LogContext>): string | undefined {
    return day && day !== document?.today?.day ? format?.wallInstant(day, "18:00") : undefined;
  }

  private close = (): void => this.dialog?.close();

  private handleClick = (event: MouseEvent): void => {
    if (event.target === this.dialog) this.close();
  };

  private handleRun = (event: SubmitEvent): void => {
    event.preventDefault();
    const { words, format } = this.context ?? {};
    if (!words || !format) return;
    const data = new FormData(event.target as HTMLFormElement);
    const shoe = String(data.get("shoe") ?? "");
    this.save("log_run", {
      start: format.wallInstant(this.day, String(data.get("time"))),
      duration: { seconds: Math.round(Number(data.get("minutes")) * 60) },
      distance: Number(data.get("distance")),
      unit_of_measurement: format.unit,
      ...(shoe ? { shoe } : {}),
    }, words.t("run_logged"));
  };

  private handleRest = (event: SubmitEvent): void => {
    event.preventDefault();
    const end = String(new FormData(event.target as HTMLFormElement).get("end") ?? "");
    this.save("rest", { resting: true, start: this.day, ...(end ? { end } : {}) }, this.context?.words.t("rest_logged") ?? "");
  };

  private handlePain = (event: CustomEvent<PainReport>): void => {
    const { context } = this;
    if (!context) return;
    const { words, format } = context;
    const { score, red_flags: flags } = event.detail;
    const time = this.endOf(context);
    this.save("log_pain", { ...event.detail, ...(time ? { time } : {}) }, flags ? words.t("report_kept") : words.t("reported", { score: format.score(score) }));
  };
}
