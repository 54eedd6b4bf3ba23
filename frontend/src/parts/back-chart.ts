// Charts of the back: pain against distance on one time axis, and habits by day.
import { css, html, nothing, svg, type TemplateResult } from "lit";
import type { BackView } from "../data/documents";
import type { Format } from "../format/locale";
import { chartOf, heatOf, weeksOf, type Week } from "../models/back";
import { LOOKS } from "../models/habits";
import { habitsShown } from "../models/week";
import type { Translate } from "../words/translate";
import { scrub, scrubStyles } from "./scrub";

const WIDTH = 640;
const HEIGHT = 96;
const MARGIN = 6;

export interface Choice {
  // The first day of the runner's week, 0 for Sunday.
  firstWeekday: number;
  chosen: number | undefined;
  choose: (week: number | undefined) => void;
}

export function backChart(history: BackView, words: Translate, format: Format, { chosen, choose, firstWeekday }: Choice): TemplateResult {
  const weeks = weeksOf(history, firstWeekday);
  const chart = chartOf(weeks, WIDTH, HEIGHT);
  const [first, last] = axisOf(weeks[0]?.first ?? history.first, history.last, format);
  const most = Math.max(0, ...weeks.map((week) => week.pain ?? 0));
  const width = Math.max(3, Math.min(26, chart.step * 0.56));
  const latest = weeks.length - 1;
  const text = (number: number) => (weeks[number] ? tipOf(weeks[number], words, format) : "");
  return html`<figure class="chart">
    <div class="plots">
      <figcaption><span>${words.t("pain")}</span><span class="figures muted">0–10</span></figcaption>
      <svg viewBox="0 ${-MARGIN} ${WIDTH} ${HEIGHT + 2 * MARGIN}" preserveAspectRatio="none" role="img"
        aria-label=${words.t("chart_pain", { first, last, most: format.score(most) })}>
        ${chosen === undefined ? nothing : band(chosen * chart.step, chart.step)}
        ${[0, 5, 10].map((score) => line(HEIGHT * (1 - score / 10)))}
        ${chart.lines.map((path) => svg`<path class="pain" d=${path} vector-effect="non-scaling-stroke"></path>`)}
        ${chart.dots.map(({ x, y, score }) => svg`<path class="dot ${score >= 7 ? "severe" : ""}" d="M${x} ${y}h0" vector-effect="non-scaling-stroke"></path>`)}
      </svg>
      <figcaption><span>${words.t("load")}</span><span class="figures muted">${chart.longest ? words.t("up_to", { distance: format.distance(chart.longest, 0) }) : ""}</span></figcaption>
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img"
        aria-label=${words.t("chart_load", { first, last, most: format.distance(chart.longest, 0) })}>
        ${chosen === undefined ? nothing : band(chosen * chart.step, chart.step)}
        ${line(HEIGHT)}
        ${chart.bars.map(({ x, y, height }) =>
          height ? svg`<rect class="load" x=${x - width / 2} y=${y} width=${width} height=${height} rx="3"></rect>` : nothing,
        )}
      </svg>
      ${scrub({ count: weeks.length, chosen, first: latest, label: format.nameOf("week"), text, choose })}
    </div>
    <div class="axis small muted"><span>${first}</span><span>${last}</span></div>
    <p class="tip small figures" dir="auto">${text(chosen ?? latest)}</p>
  </figure>`;
}

// With years where these differ.
export function axisOf(first: string, last: string, format: Format): [string, string] {
  const isOneYear = first.slice(0, 4) === last.slice(0, 4);
  const options: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", ...(isOneYear ? {} : { year: "numeric" }) };
  return [format.calendarDay(first, options), format.calendarDay(last, options)];
}

export function tipOf(week: Week, words: Translate, format: Format): string {
  const pain = week.pain === undefined ? words.t("no_pain_reported") : words.t("pain_of", { score: format.score(week.pain) });
  const day = format.calendarDay(week.first, { day: "numeric", month: "short" });
  return words.t("week_tip", { week: day, distance: format.distance(week.distance), pain });
}

function line(y: number): TemplateResult {
  return svg`<path class="grid" d="M0 ${y}H${WIDTH}" vector-effect="non-scaling-stroke"></path>`;
}

function band(x: number, width: number): TemplateResult {
  return svg`<rect class="band" x=${x} y=${-MARGIN} width=${width} height=${HEIGHT + 2 * MARGIN}></rect>`;
}

export function heatMap(history: BackView, words: Translate, format: Format, firstWeekday: number): TemplateResult {
  // On the same time axis as the chart.
  const first = weeksOf(history, firstWeekday)[0]?.first;
  const habits = habitsShown((habit) => (history.habits[habit] ?? []).length > 0);
  const rows = heatOf(history, habits, first);
  const days = rows[0]?.done.length ?? 1;
  return html`<section class="heat">
    <h3>${words.t("kept")}</h3>
    <ul>
      ${rows.map(({ habit, done, count }) => {
        const look = LOOKS[habit];
        const name = words.t(look.name);
        return html`<li title=${name}>
          <ha-icon icon=${look.icon} aria-hidden="true"></ha-icon>
          <span class="label small" aria-hidden="true">${name}</span>
          <span class="hidden">${words.t("heat_of", { habit: name, count: format.number(count) })}</span>
          <svg viewBox="0 0 ${days} 1" preserveAspectRatio="none" aria-hidden="true">
            <rect class="none" width=${days} height="1"></rect>
            <path d=${runs(done)} style="--dot:${look.colour}"></path>
          </svg>
          <span class="small figures muted" aria-hidden="true">${format.number(count)}</span>
        </li>`;
      })}
    </ul>
  </section>`;
}

// One path for all days on which the habit was done.
function runs(done: readonly boolean[]): string {
  return done.map((kept, day) => (kept ? `M${day + 0.08} 0h0.84v1h-0.84z` : "")).join("");
}

export const chartStyles = css`
  ${scrubStyles}
  .chart {
    margin: 0;
  }
  .chart,
  .plots {
    display: grid;
    gap: 6px;
  }
  .plots,
  .axis {
    direction: ltr;
  }
  .plots {
    position: relative;
  }
  .plots .scrub {
    outline-offset: 4px;
  }
  .chart .tip {
    min-height: 1.45em;
    text-align: center;
  }
  .chart svg {
    width: 100%;
    height: 96px;
    display: block;
    overflow: visible;
  }
  .chart figcaption {
    display: flex;
    justify-content: space-between;
    font-size: 0.8125rem;
    font-weight: 500;
    margin-top: 4px;
  }
  .chart path {
    fill: none;
  }
  .chart .grid {
    stroke: var(--gym-line);
    stroke-width: 1;
  }
  .chart .band {
    fill: var(--gym-soft);
  }
  .chart .pain {
    stroke: var(--gym-pain);
    stroke-width: 2.5;
    stroke-linejoin: round;
  }
  .chart .dot {
    stroke: var(--gym-pain);
    stroke-width: 8;
    stroke-linecap: round;
  }
  .chart .dot.severe {
    stroke: var(--gym-bad);
    stroke-width: 11;
  }
  .chart .load {
    fill: var(--gym-shape);
  }
  .axis {
    margin-top: 4px;
    display: flex;
    justify-content: space-between;
  }
  .heat ul {
    margin-top: 10px;
    display: grid;
    gap: 8px;
  }
  .heat li {
    position: relative;
    display: grid;
    grid-template-columns: 18px minmax(64px, 92px) 1fr 3ch;
    gap: 10px;
    align-items: center;
  }
  .heat li > :last-child {
    text-align: end;
  }
  .heat .label {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .heat ha-icon {
    width: 18px;
    height: 18px;
    --mdc-icon-size: 18px;
    color: var(--gym-muted);
  }
  .heat svg {
    width: 100%;
    height: 18px;
    border-radius: 4px;
    direction: ltr;
  }
  .heat .none {
    fill: var(--gym-soft);
  }
  .heat path {
    fill: color-mix(in srgb, var(--dot) 75%, var(--primary-text-color));
  }
  @container gym-card (max-width: 400px) {
    .heat li {
      grid-template-columns: 18px 1fr 3ch;
    }
    .heat .label {
      display: none;
    }
  }
`;
