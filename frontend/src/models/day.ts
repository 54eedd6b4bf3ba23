// The rings of a day: run, core and stretch, each from 0 to 1.
import type { RunnerDocument } from "../data/documents";
import type { Format } from "../format/locale";
import type { Key, Translate } from "../words/translate";
import { LOOKS } from "./habits";
import type { DayCell } from "./week";

export interface Ring {
  name: Key;
  icon: string;
  colour: string;
  share: number;
  // A rest day closes the ring of the run in grey, so that it is no gap.
  isRest: boolean;
}

const RUN = { name: "run", icon: "mdi:run", colour: "var(--primary-color, #03a9f4)" } as const;
const { core, stretch } = LOOKS;

export function ringsOf({ today, days }: RunnerDocument): Ring[] {
  const distance = days?.[today?.day ?? ""]?.distance ?? 0;
  const isRest = !distance && (today?.resting ?? false);
  return [
    { ...RUN, share: distance || isRest ? 1 : 0, isRest },
    { ...core, share: shareOf(today?.core_done, today?.core_goal), isRest: false },
    { ...stretch, share: today?.done.includes("stretch") ? 1 : 0, isRest: false },
  ];
}

// Of a day in the week there is only whether something was done.
export function smallRingsOf(cell: DayCell): Ring[] {
  const isRest = !cell.distance && cell.resting;
  return [
    { ...RUN, share: cell.distance || isRest ? 1 : 0, isRest },
    { ...core, share: cell.habits.has("core") ? 1 : 0, isRest: false },
    { ...stretch, share: cell.habits.has("stretch") ? 1 : 0, isRest: false },
  ];
}

function shareOf(done = 0, goal = 0): number {
  return goal ? Math.min(1, done / goal) : 1;
}

export interface DayLine extends Ring {
  figure: string;
  about: string;
}

export function dayLines(document: RunnerDocument, words: Translate, format: Format): DayLine[] {
  const { today, days } = document;
  const distance = days?.[today?.day ?? ""]?.distance ?? 0;
  const of = (done: number, goal: number) => words.t("step_of", { step: format.number(done), steps: format.number(goal) });
  const figures: [string, Key][] = [
    [distance ? format.distance(distance, 1) : words.t(today?.resting ? "rest_day" : "no_run"), "run_today"],
    [of(today?.core_done ?? 0, today?.core_goal ?? 0), "core_this_week"],
    [of(today?.done.includes("stretch") ? 1 : 0, 1), "stretch_today"],
  ];
  return ringsOf(document).map((ring, row) => ({ ...ring, figure: figures[row]?.[0] ?? "", about: words.t(figures[row]?.[1] ?? "run") }));
}
