// The position in a routine at a moment: part of the step, time left in it, and progress of the whole.
import type { Habit, Length, PlaybackPosition, RoutineView, RunnerDocument } from "../data/documents";
import { LOOKS, isHabit } from "./habits";

export type Phase = "lead_in" | "hold" | "rest";

export interface Moment {
  phase: Phase;
  left: number;
  length: number;
  // Share of the whole routine, from 0 to 1.
  done: number;
}

export function momentOf(place: PlaybackPosition, now: number): Moment {
  const end = place.lead_in + place.hold + place.rest;
  const passed = place.began === undefined ? place.offset : (now - Date.parse(place.began)) / 1000;
  // After a pause there is a lead-in, so the clock first runs below the position at which it stopped.
  const at = Math.min(Math.max(0, passed), end);
  const done = place.total ? Math.min(1, (place.before + at) / place.total) : 0;
  if (at < place.lead_in) return { phase: "lead_in", left: place.lead_in - at, length: place.lead_in, done };
  const held = place.lead_in + place.hold;
  if (at < held || !place.rest) return { phase: "hold", left: held - at, length: place.hold, done };
  return { phase: "rest", left: end - at, length: place.rest, done };
}

export interface Offer {
  habit: Habit;
  seconds: number;
}

// The short or the full routine, or one of so many minutes.
export type Span = Length | number;

export const MINUTES: readonly number[] = [5, 10, 20, 30];

// Minutes that a habit's routine cannot have: a pack takes at least ten, and gear is put on in two.
const LEAST: Partial<Record<Habit, number>> = { heat_or_ice: 10, compression: Infinity };

export function offersOf(document: RunnerDocument, span: Span): Offer[] {
  const offers = document.routines ?? {};
  const due = document.today?.due ?? {};
  const order = Object.keys(LOOKS).filter(isHabit);
  return order
    .flatMap((habit) => {
      if (!offers[habit]) return [];
      if (typeof span === "number") return span < (LEAST[habit] ?? 0) ? [] : [{ habit, seconds: span * 60 }];
      const seconds = offers[habit][span];
      return seconds === undefined ? [] : [{ habit, seconds }];
    })
    .sort((one, other) => Number(other.habit in due) - Number(one.habit in due));
}

export interface Finish {
  habit?: Habit;
  steps: number;
  // Where its begin was seen.
  seconds?: number;
}

// The end of a routine that went through its last step; one that was left before that has none.
export function finishOf(last: RoutineView | undefined, began: number | undefined, now: number): Finish | undefined {
  if (!last?.steps || last.number !== last.steps) return undefined;
  return {
    steps: last.steps,
    ...(last.habit ? { habit: last.habit } : {}),
    ...(began === undefined ? {} : { seconds: (now - began) / 1000 }),
  };
}
