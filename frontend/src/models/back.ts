// The back over weeks: pain against distance on one time axis, and habits by day.
import type { BackView, Habit } from "../data/documents";

export const SPANS = [8, 26, 52] as const;
export type Span = (typeof SPANS)[number];

const A_DAY = 86_400_000;

export interface Week {
  first: string;
  distance: number;
  // The worst score of the week, where there was a report.
  pain?: number;
}

export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * A_DAY).toISOString().slice(0, 10);
}

// Weeks by the runner's first weekday, the last one unfinished. A partial week at the start is left out: it would look
// like a week with few kilometres.
export function weeksOf(history: BackView, firstWeekday: number): Week[] {
  const start = new Date(`${history.first}T12:00:00Z`);
  let first = dayAfter(history.first, (firstWeekday - start.getUTCDay() + 7) % 7);
  const weeks: Week[] = [];
  for (; first <= history.last; first = dayAfter(first, 7)) {
    const days = Array.from({ length: 7 }, (_, number) => dayAfter(first, number));
    const scores = days.flatMap((day) => history.scores[day] ?? []);
    const distance = days.reduce((sum, day) => sum + (history.distances[day] ?? 0), 0);
    weeks.push({ first, distance, ...(scores.length ? { pain: Math.max(...scores) } : {}) });
  }
  return weeks;
}

export interface Bar {
  x: number;
  y: number;
  height: number;
}

export interface Chart {
  step: number;
  bars: Bar[];
  dots: { x: number; y: number; score: number }[];
  // Lines that connect weeks in a row with reports.
  lines: string[];
  longest: number;
}

// The chart in a frame of these dimensions: distances from the bottom, scores from 0 at the bottom to 10 at the top.
export function chartOf(weeks: readonly Week[], width: number, height: number): Chart {
  const step = width / Math.max(1, weeks.length);
  const longest = Math.max(0, ...weeks.map((week) => week.distance));
  const middle = (number: number) => round((number + 0.5) * step);
  const bars = weeks.map(({ distance }, number) => {
    const tall = longest ? round((distance / longest) * height) : 0;
    return { x: middle(number), y: round(height - tall), height: tall };
  });
  const dots = weeks.flatMap(({ pain }, number) =>
    pain === undefined ? [] : [{ x: middle(number), y: round(height * (1 - pain / 10)), score: pain, number }],
  );
  const lines: string[] = [];
  let line = "";
  dots.forEach((dot, index) => {
    const follows = index > 0 && dots[index - 1]?.number === dot.number - 1;
    if (!follows && line) lines.push(line);
    line = follows ? `${line}L${dot.x} ${dot.y}` : `M${dot.x} ${dot.y}`;
  });
  if (line) lines.push(line);
  return { step, bars, dots, lines: lines.filter((path) => path.includes("L")), longest };
}

export interface Heat {
  habit: Habit;
  // One item per day, from the first to the last.
  done: boolean[];
  count: number;
}

// Rows from a day that may be later than the history's first.
export function heatOf(history: BackView, habits: readonly Habit[], first = history.first): Heat[] {
  const days: string[] = [];
  for (let day = first; day <= history.last; day = dayAfter(day, 1)) days.push(day);
  return habits.map((habit) => {
    const known = new Set(history.habits[habit]);
    const done = days.map((day) => known.has(day));
    return { habit, done, count: done.filter(Boolean).length };
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
