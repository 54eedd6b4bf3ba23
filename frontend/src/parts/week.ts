// The week as seven days with their rings, and what the chosen day held.
import { css, html, nothing, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import type { Habit } from "../data/documents";
import type { Format } from "../format/locale";
import { smallRingsOf } from "../models/day";
import { LOOKS } from "../models/habits";
import type { DayCell } from "../models/week";
import type { Translate } from "../words/translate";
import { rings } from "./rings";

export interface Choice {
  chosen: string;
  // Habits due today.
  due: readonly Habit[];
  choose: (day: string) => void;
  // Opens the log for a day.
  log: (day: string) => void;
}

function figureOf(cell: DayCell, words: Translate, format: Format): string {
  return cell.distance ? `${words.t("run")} ${format.distance(cell.distance, 2)}` : words.t(cell.resting ? "rest_day" : "no_run");
}

// A day in a few words, for those who hear it.
export function dayTip(cell: DayCell, words: Translate, format: Format): string {
  const day = format.calendarDay(cell.day, { weekday: "long", day: "numeric", month: "long" });
  if (cell.isFuture) return day;
  return [`${day}: ${figureOf(cell, words, format)}`, ...[...cell.habits].map((habit) => words.t(LOOKS[habit].name))].join(", ");
}

export function weekStrip(cells: DayCell[], words: Translate, format: Format, choice: Choice): TemplateResult {
  const chosen = cells.find((cell) => cell.day === choice.chosen);
  return html`<div class="week" role="group" aria-label=${words.t("this_week")}>
      ${cells.map(
        (cell) => html`<button
          class=${cell.isToday ? "today" : ""}
          ?disabled=${cell.isFuture}
          aria-pressed=${cell === chosen}
          aria-current=${cell.isToday ? "date" : nothing}
          @click=${() => choice.choose(cell.day)}
        >
          <span class="hidden">${dayTip(cell, words, format)}</span>
          <span class="weekday" aria-hidden="true">${format.calendarDay(cell.day, { weekday: "narrow" })}</span>
          ${cell.isFuture ? html`<span class="ahead"></span>` : rings(smallRingsOf(cell), true)}
          <span class="number" aria-hidden="true">${format.calendarDay(cell.day, { day: "numeric" })}</span>
        </button>`,
      )}
    </div>
    ${chosen ? heldBy(chosen, words, format, choice) : nothing}`;
}

function heldBy(cell: DayCell, words: Translate, format: Format, { log, due }: Choice): TemplateResult {
  const open = cell.isToday ? due : [];
  return html`<div class="held" role="status">
    <p><strong>${cell.isToday ? words.t("today") : format.calendarDay(cell.day, { weekday: "long", day: "numeric", month: "long" })}</strong>
      · ${figureOf(cell, words, format)}</p>
    ${cell.habits.size
      ? html`<ul class="chips">${[...cell.habits].map(
          (habit) => html`<li class="chip habit" style=${styleMap({ "--habit": LOOKS[habit].colour })}>
            <ha-icon icon=${LOOKS[habit].icon}></ha-icon>${words.t(LOOKS[habit].name)}</li>`,
        )}</ul>`
      : nothing}
    ${open.length
      ? html`<p class="small muted">${words.t("open_habits", { habits: open.map((habit) => words.t(LOOKS[habit].name)).join(", ") })}</p>`
      : nothing}
    ${cell.isToday ? nothing : html`<button @click=${() => log(cell.day)}><ha-icon icon="mdi:plus"></ha-icon>${words.t("log_for_day")}</button>`}
  </div>`;
}

export const weekStyles = css`
  .week {
    display: grid;
    grid-template-columns: repeat(7, 1fr);
    margin-inline: max(-20px, min(-6px, (100% - 308px) / 2));
  }
  .week button {
    display: grid;
    justify-items: center;
    align-content: start;
    gap: 4px;
    min-width: 0;
    padding: 8px 0;
    border-radius: 12px;
    background: none;
    font-weight: 500;
  }
  .week button[aria-pressed="true"] {
    background: var(--gym-soft);
  }
  .week button:disabled {
    cursor: default;
    font-weight: 400;
    color: var(--gym-muted);
  }
  .week .weekday {
    font-size: 0.75rem;
    font-weight: 400;
    color: var(--gym-muted);
  }
  .week .rings,
  .week .ahead {
    width: min(36px, 100%);
    height: 36px;
  }
  .week .ahead {
    background: radial-gradient(circle, var(--gym-ring) 2.5px, transparent 3px);
  }
  .week .number {
    padding-bottom: 1px;
    border-bottom: 2px solid transparent;
    line-height: 1.2;
  }
  .week .today .number {
    border-color: var(--gym-shape);
  }
  .held {
    display: grid;
    gap: 10px;
    justify-items: start;
    margin-top: 12px;
    padding: 14px;
    border-radius: 12px;
    background: var(--gym-soft);
    font-size: 0.875rem;
  }
  .held strong {
    font-weight: 500;
  }
  .held button {
    background: none;
    margin: -8px -12px;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .chip.habit {
    background: color-mix(in srgb, var(--habit) 18%, var(--card-background-color, #fff));
    color: color-mix(in srgb, var(--habit) 48%, var(--primary-text-color));
  }
`;
