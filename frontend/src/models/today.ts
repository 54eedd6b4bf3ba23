// Texts of the today card: greeting, due habits and their reasons, the last run.
import { HABITS, type DueView, type Habit, type RunView, type RunnerDocument, type ShoeView, type CadenceVerdict } from "../data/documents";
import type { Format } from "../format/locale";
import { LOOKS } from "./habits";
import type { Key, Translate } from "../words/translate";

const REASONS: Record<string, Key> = {
  asked: "why_asked",
  treadmill: "why_treadmill",
  run_over: "why_run_over",
  after_run: "why_after_run",
  daily: "why_daily",
  experiment: "why_experiment",
};
// Order of several due habits.
const URGENCY: readonly Habit[] = ["warm_up", "cool_down", "foam_roll", "stretch", "core"];
const ORDER: readonly Habit[] = [...URGENCY, ...HABITS.filter((habit) => !URGENCY.includes(habit))];

export interface DueItem {
  habit: Habit;
  why: string;
  asked: boolean;
  canWait: boolean;
}

// The small hours have a neutral greeting.
export function greetingKey(hour: number): Key {
  if (hour >= 17) return "greeting_evening";
  return hour >= 5 && hour < 11 ? "greeting_morning" : "greeting_day";
}

export function dueItems(document: RunnerDocument, words: Translate, format: Format, now: number): DueItem[] {
  const { today } = document;
  if (!today) return [];
  return ORDER.flatMap((habit) => {
    const due = today.due[habit];
    return due ? [{ habit, why: whyOf(due, document, words, format, now), asked: due.asked, canWait: due.asked && !due.snoozed }] : [];
  });
}

// The habits to show first: those that the coach asked for, which wait for an answer, then the most urgent.
export function leading(items: readonly DueItem[], most: number): DueItem[] {
  const order = [...items.filter((item) => item.asked), ...items.filter((item) => !item.asked)];
  const chosen = order.slice(0, most);
  return items.filter((item) => chosen.includes(item));
}

function whyOf(due: DueView, document: RunnerDocument, words: Translate, format: Format, now: number): string {
  if (due.reason === "goal") {
    const { core_done: done = 0, core_goal: goal = 0 } = document.today ?? {};
    return words.t("why_goal", { done: format.number(done), goal: format.number(goal) });
  }
  if (due.reason === "after_run" && due.since) {
    const isToday = format.localDay(due.since) === format.localDay(now);
    return words.t(isToday ? "why_after_run" : "why_after_run_yesterday", { time: format.time(due.since) });
  }
  return words.t(REASONS[due.reason] ?? "why_asked");
}

const TOPICS: Record<string, Key> = { shoes: "shoes", check_in: "topic_check_in", form_check: "form_check" };

export function askedLess(document: RunnerDocument, words: Translate): { topic: string; name: string }[] {
  if (document.today?.resting) return [];
  return Object.keys(document.today?.asked_less ?? {}).flatMap((topic) => {
    const key = TOPICS[topic] ?? LOOKS[topic as Habit]?.name;
    return key ? [{ topic, name: words.t(key) }] : [];
  });
}

// The coach's state in a line: the reason for its silence in its own words, or that it speaks up by itself.
export function coachLine({ today, coach, pain }: RunnerDocument, words: Translate): { icon: string; text: string } {
  if (pain?.advice === "red_flag") return { icon: "mdi:volume-off", text: words.t("coach_silent") };
  if (today?.resting) return { icon: "mdi:bed-outline", text: words.t("resting") };
  return coach?.silence ? { icon: "mdi:clock-outline", text: coach.silence } : { icon: "mdi:volume-high", text: words.t("coach_ready") };
}

// The answer to "why didn't you ask?".
export function unaskedLine({ coach }: RunnerDocument, words: Translate, format: Format): string {
  if (!coach?.unasked) return words.t("unasked_none");
  return `${[coach.topic, coach.at && format.time(coach.at)].filter(Boolean).join(", ")}: ${coach.unasked}`;
}

export interface Figure {
  label: string;
  value: string;
}

// Figures of a run; `all` adds those that only its dialog shows.
export function runFigures(run: RunView, words: Translate, format: Format, all = true): Figure[] {
  const figures: [Key, string | undefined][] = [
    ["time", run.duration ? format.clock(run.duration) : undefined],
    ["pace", format.pace(run.distance, run.duration)],
    ["cadence", run.cadence ? words.t("steps_a_minute", { steps: format.number(run.cadence) }) : undefined],
    ["in_band", run.in_band === undefined ? undefined : format.percent(run.in_band)],
    ["heart_rate", run.heart_rate && all ? words.t("beats_a_minute", { beats: format.number(run.heart_rate) }) : undefined],
  ];
  return figures.flatMap(([key, value]) => (value ? [{ label: words.t(key), value }] : []));
}

const VERDICTS: Record<CadenceVerdict, { key: Key; tone: string; icon: string }> = {
  in_band: { key: "verdict_in_band", tone: "good", icon: "mdi:check-circle-outline" },
  above: { key: "verdict_above", tone: "good", icon: "mdi:lightning-bolt-outline" },
  below: { key: "verdict_below", tone: "warn", icon: "mdi:arrow-up-thin" },
};

export function verdictOf(run: RunView): { key: Key; tone: string; icon: string } | undefined {
  return run.verdict && VERDICTS[run.verdict];
}

export function shoeOf(run: RunView, shoes: Record<string, ShoeView> | undefined): string | undefined {
  return run.shoe ? shoes?.[run.shoe]?.name : undefined;
}

// Without a source no run will appear by itself.
export function noRuns({ set_up: setUp }: RunnerDocument): Key {
  return setUp?.source === false ? "no_runs_no_source" : "no_runs_yet";
}
