// The position in a routine at a moment: part of the step, time left in it, and progress of the whole.
import type { Habit, Length, PlaybackPosition, RunnerDocument } from "../data/documents";
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

export function offersOf(document: RunnerDocument, length: Length): Offer[] {
  const offers = document.routines ?? {};
  const due = document.today?.due ?? {};
  const order = Object.keys(LOOKS).filter(isHabit);
  return order
    .flatMap((habit) => {
      const seconds = offers[habit]?.[length];
      return seconds === undefined ? [] : [{ habit, seconds }];
    })
    .sort((one, other) => Number(other.habit in due) - Number(one.habit in due));
}
