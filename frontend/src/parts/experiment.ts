// An experiment of one: its days, its end, and the way to start and stop it.
import { html, nothing, type TemplateResult } from "lit";
import type { ExperimentEnd, ExperimentStatus, Habit } from "../data/documents";
import type { Format } from "../format/locale";
import type { Key, Translate } from "../words/translate";

const HABITS: readonly Habit[] = ["core", "stretch"];
const ENDS: Record<Exclude<ExperimentEnd, "completed">, Key> = {
  stopped: "experiment_stopped",
  back: "experiment_back",
  pain: "experiment_pain",
  rest: "experiment_rest",
};

export interface ExperimentWays {
  disabled: boolean;
  start: (habit: Habit) => void;
  stop: () => void;
}

export function experiment(
  status: ExperimentStatus | undefined,
  words: Translate,
  format: Format,
  ways: ExperimentWays,
): TemplateResult {
  const isRunning = status !== undefined && status.end === undefined;
  return html`<details class="experiment" ?open=${isRunning}>
    <summary>${words.t("experiment")}</summary>
    <p class="small">${status ? progress(status, words, format) : words.t("experiment_help")}</p>
    ${status?.end ? html`<p class="small muted">${words.t("experiment_help")}</p>` : nothing}
    <div class="ways">
      ${isRunning
        ? html`<button aria-disabled=${ways.disabled} @click=${ways.stop}>${words.t("experiment_stop")}</button>`
        : HABITS.map(
            (habit) => html`<button aria-disabled=${ways.disabled} @click=${() => ways.start(habit)}>
              ${words.t("experiment_start", { habit: words.t(`habit_${habit}`) })}
            </button>`,
          )}
    </div>
  </details>`;
}

function progress({ habit, day, days, asks_today: asks, end, result }: ExperimentStatus, words: Translate, format: Format): string {
  const named = { habit: words.t(`habit_${habit}`) };
  if (!end) {
    const passed = words.t("experiment_day", { ...named, day: format.number(day), days: format.number(days) });
    return `${passed} ${words.t(asks ? "experiment_today" : "experiment_not_today")}`;
  }
  if (end !== "completed") return words.t(ENDS[end]);
  if (!result) return words.t("experiment_too_few");
  const { difference, low, high } = result;
  const way = low <= 0 && high >= 0 ? "experiment_open" : difference < 0 ? "experiment_less" : "experiment_more";
  const bounds = [Math.abs(low), Math.abs(high)];
  if (way !== "experiment_open") bounds.sort((one, other) => one - other);
  const [first = 0, last = 0] = bounds;
  return words.t(way, {
    ...named,
    difference: format.number(Math.abs(difference), 1),
    low: format.number(first, 1),
    high: format.number(last, 1),
  });
}
