// The back: advice where there is any, a quick report, pain against load, and habits.
import { css, html, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import type { BackState, BackView, PainFigures, RunnerDocument } from "../data/documents";
import { SPANS, type Span } from "../models/back";
import { firstWeekdayOf } from "../models/week";
import { advice, adviceStyles } from "../parts/advice";
import { experiment } from "../parts/experiment";
import { question, triageStyles, type Answer, type Clearance } from "../parts/triage";
import { backChart, chartStyles, heatMap } from "../parts/back-chart";
import type { FunctionScore } from "../parts/function-form";
import type { PainReport } from "../parts/pain-form";
import { GymCard } from "./base";
import { runnerForm, type Form } from "./form";
import { common, segments } from "./styles";

// Icons of the pain's trend.
const TRENDS: Record<NonNullable<PainFigures["trend"]>, string> = {
  better: "mdi:trending-down",
  same: "mdi:trending-neutral",
  worse: "mdi:trending-up",
};

const STATES: Partial<Record<BackState, [icon: string, key: string]>> = {
  sore: ["mdi:heart-half-full", "state_sore"],
  doctor: ["mdi:information-outline", "state_doctor"],
  cleared: ["mdi:stairs-up", "state_cleared"],
};

export class BackCard extends GymCard {
  static override styles: CSSResultGroup = [common, segments, chartStyles, adviceStyles, triageStyles, css`
    :host {
      --gym-pain: color-mix(in srgb, var(--deep-orange-color, #ff6f22) 80%, var(--primary-text-color));
    }
    .content {
      display: grid;
      gap: 22px;
    }
    .head,
    .foot {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      align-items: center;
      gap: 12px;
    }
    .history {
      display: grid;
      gap: 22px;
      min-height: 400px;
      align-content: start;
    }
    .failure {
      display: grid;
      gap: 12px;
      justify-items: start;
      grid-column: 1 / -1;
    }
    .foot a {
      display: inline-flex;
      align-items: center;
      min-height: 44px;
      color: inherit;
    }
    .experiment summary {
      display: list-item;
      min-height: 44px;
      line-height: 44px;
      cursor: pointer;
    }
    .experiment p {
      margin: 0 0 12px;
    }
    .experiment .ways {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
    .hints {
      display: grid;
      gap: 6px;
    }
    .hints li {
      display: flex;
      gap: 10px;
      align-items: flex-start;
    }
    .hints ha-icon {
      color: var(--gym-muted);
      width: 20px;
      height: 20px;
      --mdc-icon-size: 20px;
    }
    @container gym-card (min-width: 900px) {
      .history {
        grid-template-columns: 1fr 1fr;
        gap: 36px;
        min-height: 260px;
      }
    }
  `];

  protected readonly parts = ["name", "pain", "back", "experiment", "experiment_end", "emergency_number", "hints", "texts", "days", "revision", "today"] as const;
  private span: Span | undefined;
  // Weeks that the shown history spans.
  private loaded: Span | undefined;
  private chosenWeek: number | undefined;
  private page: string | undefined;
  private history: BackView | undefined;
  private hasFailed = false;
  private isAsked = false;
  // The report made on this card, shown where it was made.
  private noted: string | undefined;
  private isWithdrawing = false;
  private generation = 0;

  static getStubConfig(): Record<string, unknown> {
    return {};
  }

  static async getConfigForm(): Promise<Form> {
    const options = SPANS.map((weeks) => ({ value: String(weeks), label: String(weeks) }));
    return runnerForm([{ name: "weeks", selector: { select: { mode: "dropdown", options } } }]);
  }

  override getCardSize(): number {
    return 11;
  }

  getGridOptions(): Record<string, unknown> {
    return { columns: 12, min_columns: 6, rows: "auto" };
  }

  protected override isComplete(document: RunnerDocument): boolean {
    return document.pain !== undefined && (this.history !== undefined || this.hasFailed || document.pain.advice === "red_flag");
  }

  protected override documentChanged(before: RunnerDocument | undefined): void {
    // A history requested together with the document is as recent as the document.
    if (before === undefined && this.document && this.isAsked && !this.hasFailed) return;
    this.isAsked = this.document === undefined;
    void this.load();
  }

  private get weeks(): Span {
    const configured = SPANS.find((span) => String(span) === String(this.config["weeks"]));
    return this.span ?? configured ?? 8;
  }

  private load = async (): Promise<void> => {
    const { hass, runner, weeks } = this;
    if (!hass || !runner || !this.isReachable || (this.document && this.document.state !== "ready")) return;
    this.generation += 1;
    const mine = this.generation;
    try {
      const command = { type: "home_gym/back", config_entry_id: runner, weeks };
      const history = await hass.callWS<BackView>(command);
      if (mine !== this.generation) return;
      this.history = history;
      this.loaded = weeks;
      this.hasFailed = false;
    } catch {
      if (mine !== this.generation) return;
      // The shown history and its button stay; the next change of the document requests it again.
      this.span = this.loaded;
      this.hasFailed = true;
    }
    this.requestUpdate();
  };

  protected body(document: RunnerDocument): TemplateResult {
    const { words, history } = this;
    const pain: PainFigures = document.pain ?? { days: 0, red_flags: [], is_read: false };
    const firstWeekday = firstWeekdayOf(document);
    // An emergency hides everything else; what was reported stays in the report.
    if (pain.advice === "red_flag") return this.emergency(document);
    return html`<header class="head">
        <h2>${words.t("back")}</h2>
        ${this.spans()}
      </header>
      ${question(document.back, words, { disabled: this.busy, answer: this.handleAnswer })} ${this.advice(document)}
      ${this.state(document)}
      <home-gym-pain .words=${words} .disabled=${this.busy} .noted=${this.noted} @report=${this.handleReport} @undo=${this.handleUndo}></home-gym-pain>
      ${document.back?.asks_function
        ? html`<home-gym-function .words=${words} .disabled=${this.busy} @score=${this.handleFunction}></home-gym-function>`
        : nothing}
      ${this.summary(pain, document)}
      <div class="history">
        ${this.hasFailed ? this.failure() : nothing}
        ${history
          ? html`${backChart(history, words, this.format, { firstWeekday, chosen: this.chosenWeek, choose: this.chooseWeek })}
            ${heatMap(history, words, this.format, firstWeekday)}`
          : nothing}
      </div>
      ${pain.advice ? nothing : this.experiment(document)}
      <div class="foot">${this.printing()}</div>`;
  }

  private experiment(document: RunnerDocument): TemplateResult {
    return experiment(document, this.words, this.format, {
      disabled: this.busy,
      start: (habit) => void this.act("start_experiment", { habit }),
      stop: () => void this.act("stop_experiment"),
    });
  }

  private printing(): TemplateResult {
    return html`<button aria-disabled=${this.busy} @click=${this.handlePrint}>
        <ha-icon icon="mdi:printer-outline"></ha-icon>${this.words.t("print_report")}
      </button>
      ${this.page ? html`<a class="small" href=${this.page} target="_blank">${this.words.t("open_report")}</a>` : nothing}`;
  }

  private failure(): TemplateResult {
    return html`<div class="failure">
      ${this.notice("mdi:alert-circle-outline", this.words.t("history_failed"))}
      <button @click=${this.load}>${this.words.t("try_again")}</button>
    </div>`;
  }

  private chooseWeek = (week: number | undefined): void => {
    if (week === this.chosenWeek) return;
    this.chosenWeek = week;
    this.requestUpdate();
  };

  private spans(): TemplateResult {
    return html`<div class="segments" role="group" aria-label=${this.words.t("weeks_shown")}>
      ${SPANS.map(
        (span) => html`<button aria-pressed=${span === this.weeks} @click=${() => this.choose(span)}>
          ${this.format.weeks(span)}
        </button>`,
      )}
    </div>`;
  }

  private choose(span: Span): void {
    this.span = span;
    this.chosenWeek = undefined;
    this.requestUpdate();
    void this.load();
  }

  // A generated dashboard shows the call at its top, once.
  private emergency(document: RunnerDocument): TemplateResult {
    const shown = this.config["banner"] === false
      ? html`<header class="head"><h2>${this.words.t("back")}</h2></header>
          ${this.notice("mdi:volume-off", this.words.t("coach_silent"))}
          <div class="ways">${this.ways(document)}</div>`
      : this.advice(document);
    return html`${shown} <div class="foot">${this.printing()}</div>`;
  }

  private advice(document: RunnerDocument): TemplateResult | typeof nothing {
    return advice(document, this.words, { disabled: this.busy, read: this.handleAcknowledge, more: this.ways(document) });
  }

  private ways({ back, today }: RunnerDocument): TemplateResult | typeof nothing {
    if (back?.state !== "emergency" && back?.state !== "doctor") return nothing;
    return html`<home-gym-clearance
        .words=${this.words}
        .today=${today?.day ?? ""}
        .disabled=${this.busy}
        @cleared=${this.handleCleared}
      ></home-gym-clearance>
      ${back.can_withdraw ? this.withdrawal() : nothing}`;
  }

  // A report that was wrong is taken back in two steps.
  private withdrawal(): TemplateResult {
    return html`<button aria-disabled=${this.busy} @click=${this.handleWithdrawal}>
      ${this.words.t(this.isWithdrawing ? "confirm_withdraw" : "withdraw")}
    </button>`;
  }

  private state({ back, texts }: RunnerDocument): TemplateResult | typeof nothing {
    if (!back) return nothing;
    const [icon, key] = back.is_unknown ? ["mdi:help-circle-outline", "state_unknown"] : (STATES[back.state] ?? []);
    const text = key && texts?.[back.state === "cleared" && !back.is_unknown ? `${key}_${back.step}` : key];
    return icon && text ? this.notice(icon, text) : nothing;
  }

  private summary(pain: PainFigures, document: RunnerDocument): TemplateResult {
    const { words } = this;
    const lines = [
      pain.trend ? { icon: TRENDS[pain.trend], text: words.t(`trend_${pain.trend}`) } : undefined,
      { icon: "mdi:calendar-blank-outline", text: words.count("pain_days", pain.days, this.format.number(pain.days)) },
      ...(document.hints ?? []).map((hint) => ({ icon: "mdi:lightbulb-outline", text: document.texts?.[`hint_${hint}`] ?? "" })),
    ].filter((line) => line !== undefined);
    if (pain.latest === undefined && !pain.days && this.history && !Object.keys(this.history.scores).length) {
      lines[0] = { icon: "mdi:calendar-blank-outline", text: words.t("no_pain_yet") };
    }
    return html`<ul class="hints small">
      ${lines.map(({ icon, text }) => html`<li><ha-icon icon=${icon}></ha-icon><span>${text}</span></li>`)}
    </ul>`;
  }

  private handleReport = (event: CustomEvent<PainReport>): void => {
    const { score, red_flags: flags } = event.detail;
    // With a red flag the message names no score.
    const message = flags ? this.words.t("report_kept") : this.words.t("reported", { score: this.format.score(score) });
    void this.act("log_pain", event.detail).then((done) => {
      if (!done) return;
      this.noted = message;
      this.toast(message, { text: this.words.t("undo"), action: this.handleUndo });
      this.requestUpdate();
    });
  };

  private handleUndo = (): void => {
    void this.command("undo").then((done) => {
      if (done) this.noted = undefined;
      this.requestUpdate();
    });
  };

  private handleFunction = (event: CustomEvent<FunctionScore>): void => {
    this.enter("log_function_score", event.detail, this.words.t("function_done"));
  };

  // The printable report, served by the integration. Browsers open a window only during the click itself, some never:
  // those get a link.
  private handlePrint = (): void => {
    if (this.busy) return;
    const opened = window.open("", "_blank");
    void this.ask<{ page?: string }>("get_back_report", { weeks: this.weeks }).then((report) => {
      const page = report?.page;
      if (!page) opened?.close();
      else if (opened) opened.location.href = `${new URL(page, location.href).href}#print`;
      this.page = opened ? undefined : page;
      this.requestUpdate();
    });
  };

  private handleAnswer = (answer: Answer): void => {
    const { question: asked } = this.document?.back ?? {};
    if (asked) void this.act("answer_triage", { answer, question: asked });
  };

  private handleCleared = (event: CustomEvent<Clearance>): void => {
    void this.act("clear_back", { ...event.detail }).then((done) => done && this.toast(this.words.t("cleared_done")));
  };

  private handleWithdrawal = (): void => {
    if (this.busy) return;
    const isConfirmed = this.isWithdrawing;
    this.isWithdrawing = !isConfirmed;
    if (isConfirmed) void this.act("withdraw_pain_report").then((done) => done && this.toast(this.words.t("withdrawn")));
    this.requestUpdate();
  };

  private handleAcknowledge = (): void => {
    void this.act("acknowledge_advice").then((done) => done && this.toast(this.words.t("acknowledged")));
  };
}

