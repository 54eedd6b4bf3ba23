// Pain against distance on one axis of time, and which habits were kept on which day.
import { css, html, nothing, svg, type TemplateResult } from "lit";
import type { BackHistory } from "../data/document";
import type { Format } from "../format/locale";
import { chartOf, heatOf, weeksOf, type Week } from "../models/back";
import { LOOKS } from "../models/habits";
import { WEEKLY } from "../models/week";
import type { Translate } from "../words/translate";

const WIDTH = 640;
const HEIGHT = 96;
const MARGIN = 6;

export function backChart(history: BackHistory, words: Translate, format: Format): TemplateResult {
  const weeks = weeksOf(history, format.firstWeekday);
  const chart = chartOf(weeks, WIDTH, HEIGHT);
  const [first, last] = [format.shortDay(history.first), format.shortDay(history.last)];
  const most = Math.max(0, ...weeks.map((week) => week.pain ?? 0));
  const width = Math.max(3, Math.min(26, chart.step * 0.56));
  return html`<figure class="chart">
    <figcaption><span>${words.t("pain")}</span><span class="figures muted">0–10</span></figcaption>
    <svg viewBox="0 ${-MARGIN} ${WIDTH} ${HEIGHT + 2 * MARGIN}" preserveAspectRatio="none" role="img"
      aria-label=${words.t("chart_pain", { first, last, most: format.number(most) })}>
      ${[0, 5, 10].map((score) => line(HEIGHT * (1 - score / 10)))}
      ${chart.lines.map((path) => svg`<path class="pain" d=${path} vector-effect="non-scaling-stroke"></path>`)}
      ${chart.dots.map(({ x, y, score }) => svg`<path class="dot ${score >= 7 ? "severe" : ""}" d="M${x} ${y}h0" vector-effect="non-scaling-stroke"></path>`)}
      ${weeks.map((week, number) => hit(week, number * chart.step, chart.step, words, format))}
    </svg>
    <figcaption><span>${words.t("load")}</span><span class="figures muted">${chart.longest ? format.distance(chart.longest, 0) : ""}</span></figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img"
      aria-label=${words.t("chart_load", { first, last, most: format.distance(chart.longest, 0) })}>
      ${line(HEIGHT)}
      ${chart.bars.map(({ x, y, height }) =>
        height ? svg`<rect class="load" x=${x - width / 2} y=${y} width=${width} height=${height} rx="3"></rect>` : nothing,
      )}
      ${weeks.map((week, number) => hit(week, number * chart.step, chart.step, words, format))}
    </svg>
    <div class="axis small muted"><span>${first}</span><span>${last}</span></div>
  </figure>`;
}

function line(y: number): TemplateResult {
  return svg`<path class="grid" d="M0 ${y}H${WIDTH}" vector-effect="non-scaling-stroke"></path>`;
}

// A whole column answers to the pointer.
function hit(week: Week, x: number, step: number, words: Translate, format: Format): TemplateResult {
  const pain = week.pain === undefined ? words.t("no_pain_reported") : words.t("pain_of", { score: format.number(week.pain) });
  const tip = { week: format.shortDay(week.first), distance: format.distance(week.distance), pain };
  return svg`<rect x=${x} y=${-MARGIN} width=${step} height=${HEIGHT + 2 * MARGIN} fill="transparent"><title>${words.t("week_tip", tip)}</title></rect>`;
}

export function heatMap(history: BackHistory, words: Translate, format: Format): TemplateResult {
  const rows = heatOf(history, WEEKLY);
  const days = rows[0]?.done.length ?? 1;
  return html`<section class="heat">
    <h3>${words.t("kept")}</h3>
    <ul>
      ${rows.map(({ habit, done, count }) => {
        const look = LOOKS[habit];
        const name = words.t(look.name);
        return html`<li aria-label=${words.t("heat_of", { habit: name, count: format.number(count) })}>
          <ha-icon icon=${look.icon}></ha-icon>
          <span class="label small">${name}</span>
          <svg viewBox="0 0 ${days} 1" preserveAspectRatio="none" aria-hidden="true">
            <rect class="none" width=${days} height="1"></rect>
            <path d=${runs(done)} style="fill:${look.colour}"></path>
          </svg>
          <span class="small figures muted">${format.number(count)}</span>
        </li>`;
      })}
    </ul>
  </section>`;
}

// One shape for all days that were kept.
function runs(done: readonly boolean[]): string {
  return done.map((kept, day) => (kept ? `M${day + 0.08} 0h0.84v1h-0.84z` : "")).join("");
}

export const chartStyles = css`
  .chart {
    margin: 0;
    display: grid;
    gap: 6px;
    direction: ltr;
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
    fill: var(--gym-accent);
    opacity: 0.8;
  }
  .axis {
    display: flex;
    justify-content: space-between;
  }
  .heat ul {
    margin-top: 10px;
    display: grid;
    gap: 8px;
  }
  .heat li {
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
  @container gym-card (max-width: 400px) {
    .heat li {
      grid-template-columns: 18px 1fr 3ch;
    }
    .heat .label {
      display: none;
    }
  }
`;
