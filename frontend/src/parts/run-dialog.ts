// One run: its figures, its sources, and the form that corrects it.
import { css, html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { common } from "../cards/styles";
import type { CurveView, LeftOutView, RunDetail, RunView, RunnerDocument } from "../data/documents";
import type { Format } from "../format/locale";
import { failureOf, type Hass } from "../ha/types";
import { messageOf } from "../models/failure";
import { ORIGINS, SERVICES, SURFACES } from "../models/surfaces";
import { detailFigures, partLines } from "../models/run-details";
import { runFigures } from "../models/today";
import type { Translate } from "../words/translate";
import { dialogStyle, fieldStyle } from "./dialog-style";
import { laneStyles, runLanes, splitTable } from "./lanes";

interface Context {
  run: RunView;
  document: RunnerDocument;
  hass: Hass;
  runner: string;
  words: Translate;
  format: Format;
  // Performs an action of the card, which says that it was done.
  act: (action: string, data: Record<string, unknown>, done: string) => void;
}

export class RunDialog extends LitElement {
  static override styles: CSSResultGroup = [common, dialogStyle, fieldStyle, laneStyles, css`
    :host {
      --gym-dialog-width: 560px;
    }
    summary {
      min-height: 44px;
      align-content: center;
      cursor: pointer;
    }
    ol {
      list-style: decimal;
      padding-inline-start: 24px;
      line-height: 1.8;
    }
    dl {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(100px, 1fr));
      gap: 12px 16px;
    }
    dt {
      font-size: 0.8125rem;
      color: var(--gym-muted);
    }
    dd {
      font-weight: 500;
    }
    .field {
      display: grid;
      grid-template-columns: 1fr auto;
      align-items: end;
      gap: 8px;
    }
    .sources li {
      padding: 10px 0;
      border-top: 1px solid var(--gym-line);
      overflow-wrap: anywhere;
    }
  `];

  private context: Context | undefined;
  private detail: RunDetail | undefined;
  private curve: CurveView | undefined;
  private problem = "";

  open(context: Context): void {
    this.context = context;
    this.detail = undefined;
    this.curve = undefined;
    this.problem = "";
    this.requestUpdate();
    void this.updateComplete.then(() => this.dialog?.showModal());
    void this.load();
  }

  private get dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  private async load(): Promise<void> {
    const { context } = this;
    if (!context) return;
    const { hass, run, runner, words } = context;
    try {
      const detail = await hass.callWS<RunDetail>({ type: "home_gym/run", config_entry_id: runner, run: run.id });
      if (this.context === context) this.detail = detail;
    } catch (thrown) {
      if (this.context === context) this.problem = await messageOf(failureOf(thrown), words, hass);
    }
    this.requestUpdate();
    try {
      const curve = await hass.callWS<CurveView>({ type: "home_gym/run_curve", config_entry_id: runner, run: run.id });
      if (this.context === context) this.curve = curve;
    } catch {
      // A run without its course has all its figures.
    }
    this.requestUpdate();
  }

  private close = (): void => this.dialog?.close();

  // The card performs the action; the dialog only requests it.
  private ask(action: string, data: Record<string, unknown>, done: string): void {
    this.context?.act(action, { run: this.context.run.id, ...data }, done);
    this.close();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { context } = this;
    if (!context) return nothing;
    const { words, format } = context;
    const { detail } = this;
    const run = detail?.run ?? context.run;
    const figures = [...runFigures(run, words, format), ...(detail ? detailFigures(detail.figures, words, format) : [])];
    const parts = detail ? partLines(detail.parts, words, format) : [];
    return html`<dialog aria-labelledby="title" @click=${this.handleClick}>
      <div class="stack">
        <header class="top">
          <div>
            <h2 id="title">${format.day(run.start)}</h2>
            <p class="muted">${format.time(run.start)}${run.surface && SURFACES[run.surface] ? ` · ${words.t(SURFACES[run.surface]!.name)}` : ""}</p>
          </div>
          <button class="icon bare" @click=${this.close} aria-label=${words.t("close")}><ha-icon icon="mdi:close"></ha-icon></button>
        </header>
        <dl class="figures">
          <div><dt>${words.t("distance")}</dt><dd>${run.distance === undefined ? "–" : format.distance(run.distance, 2)}</dd></div>
          ${figures.map((figure) => html`<div><dt>${figure.label}</dt><dd>${figure.value}</dd></div>`)}
        </dl>
        ${parts.length ? html`<p class="small">${parts.join(" · ")}</p>` : nothing}
        ${this.problem ? html`<p class="notice" role="alert">${this.problem}</p>` : nothing}
        ${this.course(context)} ${this.leftOut(context)} ${keyed(context, this.corrections(run, context))} ${this.sources(context)}
        <div><button @click=${() => this.ask("remove_run", {}, words.t("run_removed"))}>
          <ha-icon icon="mdi:delete-outline"></ha-icon>${words.t("remove_run")}
        </button></div>
      </div>
    </dialog>`;
  }

  // The course as far as a recording has one; laps are those of the watch.
  private course({ words, format }: Context): TemplateResult {
    const { detail, curve } = this;
    const laps = detail?.laps ?? [];
    return html`${curve ? html`${runLanes(curve, detail?.band ?? [], words, format)} ${splitTable(curve, words, format)}` : nothing}
    ${laps.length > 1
      ? html`<details>
          <summary>${words.t("laps")}</summary>
          <ol class="small">
            ${laps.map(({ distance, duration, cadence }) => {
              const figures = [
                distance === undefined ? undefined : format.distance(distance, 2),
                duration ? format.clock(duration) : undefined,
                format.pace(distance, duration),
                cadence ? words.t("steps_a_minute", { steps: format.number(cadence) }) : undefined,
              ];
              return html`<li class="figures">${figures.filter(Boolean).join(" · ")}</li>`;
            })}
          </ol>
        </details>`
      : nothing}`;
  }

  // Stretches that the figures don't include, such as the drive home, and the way to count them.
  private leftOut({ words, format }: Context): TemplateResult | typeof nothing {
    const stretches = this.detail?.left_out ?? [];
    if (!stretches.length) return nothing;
    const text = ({ distance, speed }: LeftOutView) =>
      words.t("left_out", { distance: format.distance(distance, 1), speed: format.speed(speed) });
    return html`<div class="field">
      <p class="small">${stretches.map(text).join(" · ")}</p>
      <button @click=${() => this.ask("edit_run", { leave_out: false }, words.t("left_out_counted"))}>${words.t("count_left_out")}</button>
    </div>`;
  }

  // Keyed by the opened run: text typed for another run, or before an undo, is dropped.
  private corrections(run: RunView, { words, format, document }: Context): TemplateResult {
    const shoes = Object.entries(document.shoes ?? {});
    return html`<div class="stack">
      ${shoes.length
        ? html`<label>${words.t("shoe")}
            <select @change=${this.handleShoe}>
              <option value="" ?selected=${!run.shoe}>${words.t("no_shoe")}</option>
              ${shoes.map(([id, shoe]) => html`<option value=${id} ?selected=${id === run.shoe}>${shoe.name}</option>`)}
            </select></label>`
        : nothing}
      <form class="field" @submit=${this.handleDistance}>
        <label>${words.t("correct_distance", { unit: format.unit })}
          <input name="distance" type="number" min="0" max="1000" step="0.01" inputmode="decimal" required
            .value=${run.distance === undefined ? "" : (run.distance / format.metresPerUnit).toFixed(2)} /></label>
        <button>${words.t("save")}</button>
      </form>
    </div>`;
  }

  private sources({ words, format }: Context): TemplateResult {
    return html`<section>
      <h3>${words.t("told_by")}</h3>
      <ul class="sources small">
        ${(this.detail?.told ?? []).map((report) => {
          const origin = ORIGINS[report.origin];
          const figures = [
            report.distance === undefined ? undefined : format.distance(report.distance, 2),
            report.duration ? format.clock(report.duration) : undefined,
            report.incomplete ? words.t("incomplete") : undefined,
            report.edited_in ? words.t("edited_in", { service: SERVICES[report.edited_in] ?? report.edited_in }) : undefined,
          ].filter((figure) => figure !== undefined);
          return html`<li><strong>${origin ? words.t(origin) : report.origin}</strong>
            ${report.device ? html`<bdi>${report.device}</bdi>` : nothing} <span class="muted figures">${figures.join(" · ")}</span></li>`;
        })}
      </ul>
      ${this.detail?.said.length ? html`<p class="small muted">${words.t("corrected")}</p>` : nothing}
    </section>`;
  }

  private handleClick = (event: MouseEvent): void => {
    // A click outside the content hits the dialog itself, its backdrop.
    if (event.target === this.dialog) this.close();
  };

  private handleShoe = (event: Event): void => {
    const shoe = (event.target as HTMLSelectElement).value;
    this.ask("assign_shoe", shoe ? { shoe } : {}, this.context?.words.t("run_corrected") ?? "");
  };

  private handleDistance = (event: SubmitEvent): void => {
    event.preventDefault();
    const { context } = this;
    if (!context) return;
    const distance = Number(new FormData(event.target as HTMLFormElement).get("distance"));
    this.ask("edit_run", { distance, unit_of_measurement: context.format.unit }, context.words.t("run_corrected"));
  };
}
