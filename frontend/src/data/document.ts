// What the integration tells of a runner: metres, seconds, steps a minute, ISO 8601. What is not known is not there.

export const HABITS = ["warm_up", "cool_down", "foam_roll", "stretch", "core", "massage", "heat_or_ice"] as const;
export type Habit = (typeof HABITS)[number];

export type Reason = "asked" | "treadmill" | "run_over" | "after_run" | "daily" | "goal";
export type Verdict = "below" | "in_band" | "above";
export type Advice = "red_flag" | "severe" | "persistent" | "lasting";
export type Hint = "ramp" | "longest_run" | "no_rest" | "monotony";
export type Length = "short" | "full";

export interface Due {
  reason: Reason;
  since?: string;
  asked: boolean;
  // Put off before: who says "later" again means "no".
  snoozed?: boolean;
}

export interface Today {
  day: string;
  due: Partial<Record<Habit, Due>>;
  done: Habit[];
  resting: boolean;
  running: boolean;
  core_done: number;
  core_goal: number;
}

export interface Day {
  distance: number;
  habits: Habit[];
  resting: boolean;
}

export interface Run {
  id: string;
  start: string;
  distance?: number;
  distance_error?: number;
  duration?: number;
  cadence?: number;
  heart_rate?: number;
  surface?: string;
  indoor?: boolean;
  shoe?: string;
  sources: string[];
  corrected: boolean;
  verdict?: Verdict;
  in_band?: number;
}

export interface Shoe {
  name: string;
  distance: number;
  remaining: number;
  share: number;
  warn_at: number;
  replace_at: number;
  first_used: string;
  last_used?: string;
  replace_by?: string;
  warning: boolean;
  replacement_due: boolean;
  insoles_due?: boolean;
  cost?: number;
  retired?: string;
}

export type Way = "easier" | "harder";

export interface Step {
  title: string;
  side?: "left" | "right";
  drawing?: string;
  cue?: string;
  tip?: string;
  stop?: string;
  repetitions?: number;
  // Its other forms, and the one of them in which it is done.
  way?: Way;
  easier?: string;
  harder?: string;
}

export interface Place {
  lead_in: number;
  hold: number;
  rest: number;
  offset: number;
  began?: string;
  before: number;
  total: number;
}

export interface Routine {
  state: "idle" | "running" | "paused";
  habit?: Habit;
  title?: string;
  number?: number;
  steps?: number;
  step?: Step;
  coming?: Step;
  place?: Place;
}

export interface OwnRoutine {
  id: string;
  name: string;
  habit?: Habit;
  seconds: number;
}

export interface Treadmill {
  name: string;
  in_use: boolean;
  available: boolean;
  since?: string;
  runner?: string;
  speed?: number;
  distance?: number;
}

export interface Pain {
  latest?: number;
  days: number;
  trend?: "better" | "same" | "worse";
  advice?: Advice;
  red_flags: string[];
}

// Days are known by their date; those of which nothing is known are not there.
export interface BackHistory {
  first: string;
  last: string;
  scores: Record<string, number>;
  distances: Record<string, number>;
  habits: Record<Habit, string[]>;
}

export interface RunnerDocument {
  state: "ready" | "not_loaded" | "removed" | "unauthorized";
  name: string;
  currency?: string;
  today?: Today;
  core_streak?: number;
  stretch_streak?: number;
  days?: Record<string, Day>;
  last_run?: Run;
  shoes?: Record<string, Shoe>;
  chosen_shoe?: string;
  rested_shoe?: string;
  weekly_distance?: number;
  weekly_distance_change?: number;
  days_since_rest?: number;
  pain?: Pain;
  hints?: Hint[];
  runs?: number;
  revision?: number;
  routine?: Routine;
  routines?: Partial<Record<Habit, Record<Length, number>>>;
  own_routines?: OwnRoutine[];
  treadmills?: Record<string, Treadmill>;
}
