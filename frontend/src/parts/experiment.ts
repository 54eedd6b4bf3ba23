// An experiment of one: its days, its end, and the way to start and stop it.
import { html, nothing, type TemplateResult } from "lit";
import type { Habit, RunnerDocument } from "../data/documents";
import type { Format } from "../format/locale";
import type { Translate } from "../words/translate";

const HABITS: readonly Habit[] = ["core", "stretch"];
export interface ExperimentWays {
  disabled: boolean;
  start: (habit: Habit) => void;
  stop: () => void;
}

export function experiment(
  { experiment: status, experiment_end: end, texts }: RunnerDocument,
  words: Translate,
  format: Format,
  ways: ExperimentWays,
): TemplateResult {
  const help = texts?.["experiment_help"] ?? "";
  const isRunning = status !== undefined && status.end === undefined;
  return html`<details class="experiment" ?open=${isRunning}>
    <summary>${words.t("experiment")}</summary>
    <p class="small">${isRunning ? progress(status, words, format) : (end ?? (status ? words.t("experiment_stopped") : help))}</p>
    ${status?.end ? html`<p class="small muted">${help}</p>` : nothing}
    <div class="ways">
      ${isRunning
        ? html`<button aria-disabled=${ways.disabled} @click=${ways.stop}>${words.t("experiment_stop")}</button>`
        : HABITS.map(
            (habit) => html`<button aria-disabled=${ways.disabled} @click=${() => ways.start(habit)}>
              ${words.t("about", { what: words.t("start"), habit: words.t(`habit_${habit}`) })}
            </button>`,
          )}
    </div>
  </details>`;
}

function progress({ habit, day, days, asks_today: asks }: NonNullable<RunnerDocument["experiment"]>, words: Translate, format: Format): string {
  const passed = words.t("experiment_day", { habit: words.t(`habit_${habit}`), day: format.number(day), days: format.number(days) });
  return `${passed} ${words.t(asks ? "experiment_today" : "experiment_not_today")}`;
}
