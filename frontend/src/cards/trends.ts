// Trends by week, month or year: distance, pace, cadence, heart rate at the usual pace, and the records.
import { css, html, nothing, svg, type CSSResultGroup, type TemplateResult } from "lit";
import type { RunnerDocument, TrendsView } from "../data/documents";
import { lineOf, PERIODS, type Period } from "../models/trends";
import { GymCard } from "./base";
import { runnerForm, type Form } from "./form";
import { common, segments } from "./styles";

const FIGURES = ["pace", "cadence", "heart_rate"] as const;

export class TrendsCard extends GymCard {
  static override styles: CSSResultGroup = [common, segments, css`
    .head,
    .row {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      align-items: center;
      gap: 12px;
    }
    .segments button {
      text-transform: capitalize;
    }
    .bars {
      display: grid;
      grid-auto-columns: 1fr;
      grid-auto-flow: column;
      gap: 3px;
      height: 96px;
      margin-top: 8px;
      border-bottom: 1px solid var(--gym-line);
    }
    .bars span {
      align-self: end;
      min-width: 0;
      border-radius: 4px 4px 0 0;
      background: var(--gym-shape);
    }
    .bars .is-open {
      background: repeating-linear-gradient(135deg, var(--gym-shape) 0 3px, transparent 3px 6px);
    }
    .content > section {
      margin-top: 16px;
    }
    .axis {
      display: flex;
      justify-content: space-between;
      margin-top: 4px;
    }
    .figure {
      display: grid;
      grid-template-columns: 84px 1fr;
      gap: 12px;
      align-items: center;
      padding: 10px 0;
      border-top: 1px solid var(--gym-line);
    }
    .figure strong,
    .records dd {
      font-weight: 500;
    }
    .figure svg {
      width: 100%;
      height: 32px;
    }
    .figure path {
      fill: none;
      stroke: var(--gym-shape);
      stroke-width: 2;
    }
    .records {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(110px, 1fr));
      gap: 12px;
      padding-top: 12px;
      border-top: 1px solid var(--gym-line);
    }
  `];

  // A hidden card comes back with the first run.
  protected readonly parts = ["name", "revision", "runs"] as const;
  private period: Period = "month";
  private view: TrendsView | undefined;
  private hasFailed = false;
  private generation = 0;

  static getStubConfig(): Record<string, unknown> {
    return {};
  }

  static async getConfigForm(): Promise<Form> {
    return runnerForm();
  }

  override getCardSize(): number {
    return 8;
  }

  getGridOptions(): Record<string, unknown> {
    return { columns: 12, min_columns: 6, rows: "auto" };
  }

  protected override isComplete(document: RunnerDocument): boolean {
    return document.runs !== undefined && (this.view !== undefined || this.hasFailed);
  }

  protected override documentChanged(): void {
    void this.load();
  }

  private load = async (): Promise<void> => {
    const { hass, runner, period } = this;
    if (!hass || !runner || !this.isReachable || this.document?.state !== "ready") return;
    this.generation += 1;
    const mine = this.generation;
    try {
      const view = await hass.callWS<TrendsView>({ type: "home_gym/trends", config_entry_id: runner, period });
      if (mine !== this.generation) return;
      this.view = view;
      this.hasFailed = false;
    } catch {
      if (mine !== this.generation) return;
      this.hasFailed = true;
    }
    this.requestUpdate();
  };

  private choose(period: Period): void {
    this.period = period;
    this.requestUpdate();
    void this.load();
  }

  protected body(): TemplateResult {
    const { words, view } = this;
    const isEmpty = !view?.bars.some((bar) => bar.runs);
    return html`<header class="head">
        <h2>${words.t("trends")}</h2>
        <div class="segments" role="group" aria-label=${words.t("trends")}>
          ${PERIODS.map(
            (period) => html`<button aria-pressed=${period === this.period} @click=${() => this.choose(period)}>${this.format.nameOf(period)}</button>`,
          )}
        </div>
      </header>
      ${this.hasFailed
        ? html`${this.notice("mdi:alert-circle-outline", words.t("failed"))}<button @click=${this.load}>${words.t("try_again")}</button>`
        : nothing}
      ${view && isEmpty ? this.notice("mdi:chart-bar", words.t("no_run")) : nothing}
      ${view && !isEmpty ? html`${this.distances(view)} ${FIGURES.map((figure) => this.figure(view, figure))} ${this.records(view)}` : nothing}`;
  }

  private nameOf(first: string, isShort = false): string {
    const options: Intl.DateTimeFormatOptions =
      this.period === "week"
        ? { day: "numeric", month: "short" }
        : this.period === "month"
          ? { month: isShort ? "short" : "long", ...(isShort ? {} : { year: "numeric" }) }
          : { year: "numeric" };
    return this.format.calendarDay(first, options);
  }

  private distances({ bars }: TrendsView): TemplateResult {
    const { words, format } = this;
    const last = bars.at(-1);
    const most = Math.max(...bars.map((bar) => bar.distance));
    const text = bars.map((bar) => `${this.nameOf(bar.first)}: ${format.distance(bar.distance, 0)}`).join(", ");
    return html`<section>
      <div class="row"><h3>${words.t("distance")}</h3>
        ${last ? html`<span class="small muted">${words.t("so_far", { period: this.nameOf(last.first), distance: format.distance(last.distance, 0) })}</span>` : nothing}</div>
      <div class="bars" role="img" aria-label=${text}>
        ${bars.map((bar, place) => html`<span class=${place === bars.length - 1 ? "is-open" : ""} style="height:${most ? (100 * bar.distance) / most : 0}%"
          title="${this.nameOf(bar.first)}: ${format.distance(bar.distance, 0)}"></span>`)}
      </div>
      <div class="axis small muted"><span>${bars[0] ? this.nameOf(bars[0].first, true) : ""}</span><span>${last ? this.nameOf(last.first, true) : ""}</span></div>
    </section>`;
  }

  // A figure needs two periods that have it: one alone is no trend.
  private figure({ bars, usual_pace: usual }: TrendsView, figure: (typeof FIGURES)[number]): TemplateResult | typeof nothing {
    const { words, format } = this;
    const values = bars.map((bar) => bar[figure]);
    const drawn = lineOf(values, figure === "pace");
    if (!drawn) return nothing;
    const show = (value: number): string =>
      figure === "pace" ? (format.pace(1000, 1000 * value) ?? "–") : words.t(figure === "cadence" ? "steps_a_minute" : "beats_a_minute", { steps: format.number(value), beats: format.number(value) });
    const about = figure === "heart_rate" && usual ? words.t("at_pace", { pace: format.pace(1000, 1000 * usual) ?? "" }) : words.t(figure);
    return html`<div class="figure">
      <div><strong class="figures">${show(drawn.latest)}</strong><p class="small muted">${about}</p></div>
      <svg viewBox="0 0 100 32" preserveAspectRatio="none" aria-hidden="true">${svg`<path d=${drawn.path} vector-effect="non-scaling-stroke"></path>`}</svg>
    </div>`;
  }

  private records({ records }: TrendsView): TemplateResult | typeof nothing {
    const { words, format } = this;
    if (!records.length) return nothing;
    return html`<dl class="records">
      ${records.map(({ kind, value, day }) => html`<div>
        <dt class="small muted">${words.t(`record_${kind}`)}</dt>
        <dd class="figures">${kind.startsWith("fastest") ? format.pace(1000, 1000 * value) : format.distance(value, 1)}</dd>
        <dd class="small muted" style="font-weight:400">${format.fullDate(day)}</dd>
      </div>`)}
    </dl>`;
  }
}
