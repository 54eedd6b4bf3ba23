// A week of bars and dots: one column per day, one row per habit.
import { css, html, nothing, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import type { Format } from "../format/locale";
import { LOOKS } from "../models/habits";
import { habitsShown, type DayCell } from "../models/week";
import type { Translate } from "../words/translate";
import { scrub, scrubStyles } from "./scrub";

export interface Choice {
  chosen: number | undefined;
  choose: (day: number | undefined) => void;
}

// A day in a few words.
export function dayTip(cell: DayCell, words: Translate, format: Format): string {
  const day = format.calendarDay(cell.day, { weekday: "short", day: "numeric", month: "short" });
  return cell.isFuture ? day : `${day}: ${figureOf(cell, words, format)}`;
}

function figureOf(cell: DayCell, words: Translate, format: Format): string {
  return cell.distance ? format.distance(cell.distance) : words.t(cell.resting ? "rest_day" : "no_run");
}

export function weekTable(cells: DayCell[], words: Translate, format: Format, choice: Choice): TemplateResult {
  const control = scrub({
    ...choice,
    count: cells.length,
    first: Math.max(0, cells.findIndex((cell) => cell.isToday)),
    label: words.t("choose_day"),
    text: (day) => (cells[day] ? dayTip(cells[day], words, format) : ""),
  });
  return html`<table class="week">
    <caption class="hidden">${words.t("this_week")}</caption>
    <thead>
      <tr>
        <td></td>
        ${cells.map(
          (cell) => html`<th scope="col" class=${cell.isToday ? "today" : ""} aria-current=${cell.isToday ? "date" : nothing}>
            <span aria-hidden="true">${format.calendarDay(cell.day, { weekday: "narrow" })}</span>
            <span class="hidden">${format.calendarDay(cell.day, { weekday: "long" })}</span>
          </th>`,
        )}
      </tr>
    </thead>
    <tbody>
      <tr class="bars">
        <th scope="row"><ha-icon icon="mdi:run"></ha-icon><span>${words.t("run")}</span></th>
        ${cells.map((cell, day) => bar(cell, words, format, day === choice.chosen, day ? nothing : control))}
      </tr>
      ${habitsShown((habit) => cells.some((cell) => cell.habits.has(habit))).map(
        (habit) => html`<tr>
          <th scope="row"><ha-icon icon=${LOOKS[habit].icon}></ha-icon><span>${words.t(LOOKS[habit].name)}</span></th>
          ${cells.map((cell) => dot(cell, cell.habits.has(habit), LOOKS[habit].colour, words))}
        </tr>`,
      )}
    </tbody>
  </table>`;
}

// The first column holds the control of all of them.
function bar(cell: DayCell, words: Translate, format: Format, isChosen: boolean, control: unknown): TemplateResult {
  const text = figureOf(cell, words, format);
  const height = cell.distance ? `${Math.max(12, Math.round(cell.height * 100))}%` : "0";
  return html`<td class="${cell.isToday ? "today" : ""} ${isChosen ? "chosen" : ""}">
    <span class="bar"><span class="fill" style=${styleMap({ height })}></span></span>
    <span class="hidden">${cell.isFuture ? "" : text}</span>
    ${control}
  </td>`;
}

function dot(cell: DayCell, isDone: boolean, colour: string, words: Translate): TemplateResult {
  const state = isDone ? "done" : cell.isFuture ? "future" : cell.resting ? "resting" : "open";
  return html`<td class=${cell.isToday ? "today" : ""}>
    <span class="dot ${state}" style=${styleMap({ "--dot": colour })}></span>
    <span class="hidden">${isDone ? words.t("done") : ""}</span>
  </td>`;
}

export const weekStyles = css`
  ${scrubStyles}
  .week .scrub {
    width: 700%;
    inset-inline-end: auto;
  }
  .week .chosen {
    background: var(--gym-soft);
    border-radius: 8px;
  }
  .week {
    width: 100%;
    border-collapse: collapse;
    table-layout: fixed;
    font-size: 0.8125rem;
  }
  .week thead td,
  .week tbody th {
    width: 34%;
  }
  .week th {
    font-weight: 400;
    color: var(--gym-muted);
    padding: 0;
  }
  .week tbody th {
    text-align: start;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
    padding-inline-end: 8px;
  }
  .week tbody th ha-icon {
    width: 18px;
    height: 18px;
    --mdc-icon-size: 18px;
    vertical-align: -4px;
    margin-inline-end: 8px;
  }
  .week tr {
    height: 28px;
  }
  .week td {
    text-align: center;
    padding: 0;
    position: relative;
  }
  .week thead th {
    padding-block: 0 6px;
  }
  .week thead th.today {
    color: var(--primary-text-color);
    font-weight: 700;
  }
  .week .bars {
    height: 64px;
  }
  .week .bars th {
    vertical-align: bottom;
    padding-bottom: 6px;
  }
  .bar {
    display: flex;
    align-items: flex-end;
    justify-content: center;
    height: 56px;
    margin-bottom: 6px;
  }
  .bar .fill {
    width: min(60%, 22px);
    min-width: 8px;
    border-radius: 6px;
    background: var(--gym-shape);
  }
  .dot {
    display: inline-block;
    width: 12px;
    height: 12px;
    border-radius: 50%;
    box-sizing: border-box;
    vertical-align: middle;
  }
  .dot.done {
    background: color-mix(in srgb, var(--dot) 75%, var(--primary-text-color));
  }
  .dot.open {
    border: 1.5px solid var(--gym-ring);
  }
  .dot.resting {
    width: 12px;
    height: 2px;
    border-radius: 1px;
    background: var(--gym-ring);
  }
  .dot.future {
    width: 4px;
    height: 4px;
    background: var(--gym-ring);
  }
  @container gym-card (min-width: 460px) {
    .week thead td,
    .week tbody th {
      width: 130px;
    }
  }
  @container gym-card (max-width: 340px) {
    .week tbody th span {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .week tbody th {
      padding: 0;
    }
    .week tbody th ha-icon {
      margin: 0;
    }
    .week thead td,
    .week tbody th {
      width: 12%;
    }
  }
`;
