// Lanes of a run's course: pace, cadence in its band, heart rate.
import { css, html, nothing, svg, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import type { CurveView } from "../data/documents";
import type { Format } from "../format/locale";
import { axisOf, laneOf, splitsOf, type Lane } from "../models/curve";
import type { Translate } from "../words/translate";

function drawn({ line, area, band }: Lane, isFilled: boolean): TemplateResult {
  return html`<svg class="lane" viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
    ${band ? svg`<rect class="band" width="1000" y=${band.top} height=${Math.max(2, band.height)}></rect>` : nothing}
    ${isFilled ? svg`<path class="area" d=${area}></path>` : nothing}
    <path class=${isFilled ? "line pace" : "line"} d=${line} vector-effect="non-scaling-stroke"></path>
  </svg>`;
}

export function runLanes(curve: CurveView, band: readonly number[], words: Translate, format: Format): TemplateResult | typeof nothing {
  const { values: axis, isDistance } = axisOf(curve);
  const lanes: [string, Lane | undefined, boolean][] = [
    [words.t("pace"), laneOf(axis, curve.paces, { isPace: true }), true],
    [words.t("cadence"), laneOf(axis, curve.cadences, { band }), false],
    [words.t("heart_rate"), laneOf(axis, curve.heart_rates), false],
  ];
  const shown = lanes.filter(([, lane]) => lane);
  if (!shown.length) return nothing;
  const last = axis.findLast((value) => value !== null) ?? 0;
  const at = (share: number) => (isDistance ? format.distance(last * share, 1) : format.clock(last * share));
  return html`<figure class="lanes">
    ${shown.map(([name, lane, isFilled]) => html`<figcaption class="small muted">${name}</figcaption>${lane ? drawn(lane, isFilled) : nothing}`)}
    <div class="axis small muted figures"><span>${at(0)}</span><span>${at(0.5)}</span><span>${at(1)}</span></div>
  </figure>`;
}

export function splitTable(curve: CurveView, words: Translate, format: Format): TemplateResult | typeof nothing {
  const splits = splitsOf(curve, format.metresPerUnit);
  if (splits.length < 2) return nothing;
  const slowest = Math.max(...splits.map(({ metres, seconds }) => seconds / metres));
  return html`<table class="splits small">
    <caption><h3>${words.t("splits")}</h3></caption>
    <thead class="muted"><tr><th>${format.unit}</th><th></th><th>${words.t("pace")}</th><th>${words.t("cadence")}</th></tr></thead>
    <tbody class="figures">
      ${splits.map(({ metres, seconds, cadence }, place) => html`<tr>
        <td class="muted">${metres < format.metresPerUnit ? format.figure(metres, 1) : format.number(place + 1)}</td>
        <td><span class="split" style=${styleMap({ width: `${Math.round((100 * seconds) / metres / slowest)}%` })}></span></td>
        <td>${format.pace(metres, seconds) ?? "–"}</td>
        <td class="muted">${cadence ? format.number(cadence) : ""}</td>
      </tr>`)}
    </tbody>
  </table>`;
}

export const laneStyles = css`
  .lanes {
    display: grid;
    gap: 4px;
    margin: 0;
  }
  .lane {
    width: 100%;
    height: 40px;
  }
  .lane:first-of-type {
    height: 84px;
  }
  .line {
    fill: none;
    stroke: var(--primary-text-color);
    stroke-width: 1.5;
    stroke-linejoin: round;
  }
  .line.pace {
    stroke: var(--gym-shape);
    stroke-width: 2;
  }
  .area {
    fill: color-mix(in srgb, var(--gym-accent) 15%, transparent);
  }
  .band {
    fill: var(--gym-soft);
  }
  .axis {
    display: flex;
    justify-content: space-between;
  }
  .splits {
    width: 100%;
    border-spacing: 0 2px;
    table-layout: fixed;
  }
  .splits caption,
  .splits th {
    text-align: start;
    font-weight: 400;
  }
  .splits :is(th, td):first-child {
    width: 2.6em;
  }
  .splits :is(th, td):nth-child(n + 3) {
    width: 26%;
    text-align: end;
  }
  .split {
    display: block;
    height: 8px;
    border-radius: 4px;
    background: var(--gym-shape);
  }
`;
