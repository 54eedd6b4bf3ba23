// Written by scripts/types from the integration's dataclasses of the same names; change those, and run it again.
// Distances are metres, durations seconds, cadences steps per minute, times ISO 8601; unknown values are left out.
import type { PlainObject } from "./patch";

export interface ServerMessage {
  whole?: RunnerDocument;
  patch?: PlainObject;
  now: string;
}

export interface Household {
  runners: RunnerInfo[];
  treadmills: EntryInfo[];
}

export interface RunnerInfo {
  config_entry_id: string;
  name: string;
  loaded: boolean;
  entities: Record<string, string>;
  own: boolean;
  statistic: string | null;
}

export interface EntryInfo {
  config_entry_id: string;
  name: string;
  loaded: boolean;
  entities: Record<string, string>;
}

export interface RunPage {
  revision: number;
  total: number;
  offset: number;
  runs: RunView[];
  months?: Month[];
}

export interface RunView {
  id: string;
  start: string;
  distance?: number;
  distance_error?: number;
  duration?: number;
  cadence?: number;
  heart_rate?: number;
  surface?: Surface;
  indoor?: boolean;
  shoe?: string;
  sources: Origin[];
  corrected: boolean;
  verdict?: CadenceVerdict;
  in_band?: number;
}

export type Surface = "road" | "trail" | "treadmill" | "track";

export type Origin = "file" | "cloud" | "entity" | "person" | "treadmill" | "power";

export type CadenceVerdict = "below" | "in_band" | "above";

export interface Month {
  month: string;
  runs: number;
  distance: number;
}

export interface RunDetail {
  run: RunView;
  figures: RunFigures;
  parts: RunPart[];
  end: string;
  told: SourceReport[];
  said: CorrectionView[];
  left_out: LeftOutView[];
  laps: LapView[];
  band: number[];
}

export interface RunFigures {
  heart_rate?: number;
  max_heart_rate?: number;
  power?: number;
  ascent?: number;
  descent?: number;
  step_length?: number;
  vertical_oscillation?: number;
  vertical_ratio?: number;
  ground_contact_time?: number;
  ground_contact_balance?: number;
  training_load?: number;
  aerobic_effect?: number;
  anaerobic_effect?: number;
  perceived_exertion?: number;
  session_load?: number;
  feel?: number;
  zones: number[];
  zone_limits: number[];
  runner_resting_heart_rate?: number;
  runner_max_heart_rate?: number;
}

export interface RunPart {
  habit: Habit;
  duration: number;
  derived: boolean;
}

export const HABITS = ["warm_up", "cool_down", "foam_roll", "stretch", "core", "massage", "heat_or_ice", "walk", "compression"] as const;
export type Habit = (typeof HABITS)[number];

export interface SourceReport {
  origin: Origin;
  device?: string;
  start?: string;
  learned: string;
  distance?: number;
  duration?: number;
  cadence?: number;
  heart_rate?: number;
  incomplete?: boolean;
  edited_in?: string;
}

export interface CorrectionView {
  at: string;
  start?: string;
  distance?: number;
  duration?: number;
  cadence?: number;
  shoe?: string;
}

export interface LeftOutView {
  start: string;
  distance: number;
  duration: number;
  speed: number;
}

export interface LapView {
  distance?: number;
  duration?: number;
  cadence?: number;
}

export interface CurveView {
  times: (number | null)[];
  distances: (number | null)[];
  paces: (number | null)[];
  heart_rates: (number | null)[];
  cadences: (number | null)[];
  heights: (number | null)[];
}

export interface BackView {
  first: string;
  last: string;
  scores: Record<string, number>;
  distances: Record<string, number>;
  habits: Partial<Record<Habit, string[]>>;
}

export interface TrendsView {
  bars: Bar[];
  usual_pace?: number;
  records: RunRecord[];
}

export interface Bar {
  first: string;
  runs: number;
  distance: number;
  pace?: number;
  cadence?: number;
  heart_rate?: number;
}

export interface RunRecord {
  kind: RecordKind;
  value: number;
  day: string;
}

export type RecordKind = "longest" | "fastest_5_km" | "fastest_10_km" | "biggest_week" | "biggest_month";

export interface RetirementAnswer {
  before?: string;
}

export interface UploadAnswer {
  received: number;
  complete: boolean;
}

export interface RunnerStatus {
  name: string;
  state: FeedState;
}

export type FeedState = "ready" | "not_loaded" | "removed" | "unauthorized";

export interface Dashboard {
  today: TodayView;
  core_streak?: number;
  stretch_streak?: number;
  days: Record<string, Day>;
  last_run?: RunView;
  shoes: Record<string, ShoeView>;
  chosen_shoe?: string;
  rested_shoe?: string;
  weekly_distance: number;
  weekly_distance_change?: number;
  days_since_rest?: number;
  pain: PainFigures;
  back: BackStateView;
  experiment?: ExperimentStatus;
  hints: Hint[];
  runs: number;
  doubtful: DoubtfulRuns;
  form: FormView;
  revision: number;
}

export interface TodayView {
  day: string;
  first_weekday: number;
  due: Partial<Record<Habit, DueView>>;
  done: Habit[];
  resting: boolean;
  running: boolean;
  core_done: number;
  core_goal: number;
  wise?: WiseDistance;
  lately: RecentDistances;
  walking?: Walking;
  silence?: SilenceStatus;
  asked_less: Record<string, string>;
  asks_effort: boolean;
  core_best?: number;
  stretch_best?: number;
  forgiven_week?: string;
}

export interface DueView {
  reason: DueReason;
  since?: string;
  asked: boolean;
  snoozed: boolean;
}

export type DueReason = "asked" | "treadmill" | "run_over" | "after_run" | "daily" | "goal" | "experiment";

export interface WiseDistance {
  distance: number;
  rule: WiseRule;
  minutes?: number;
  days_off?: number;
  week?: number;
}

export type WiseRule = "doctor" | "cleared" | "after_break" | "beginner" | "sore" | "longest_run";

export interface RecentDistances {
  distances: number[];
  usual?: number[];
}

export interface Walking {
  minutes: number;
  days: number;
  week: number;
  goal_days: number;
  goal_minutes: number;
}

export interface SilenceStatus {
  reason: HoldReason;
  until?: string;
}

export type HoldReason = "red_flag" | "back_state" | "rest" | "quiet_hours" | "away" | "voice_off" | "no_speaker" | "speaker_failed" | "another_first" | "routine" | "not_fresh" | "unanswered" | "declined" | "outing" | "running" | "asked_less";

export interface Day {
  distance: number;
  habits: Habit[];
  resting: boolean;
}

export interface ShoeView {
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
  color?: string;
  hints: FittingHint[];
}

export type FittingHint = "fitting_missing" | "fitting_old" | "arch_support";

export interface PainFigures {
  latest?: number;
  days: number;
  trend?: Trend;
  advice?: Advice;
  red_flags: RedFlag[];
  is_read: boolean;
}

export type Trend = "better" | "same" | "worse";

export type Advice = "red_flag" | "doctor" | "severe" | "growing" | "persistent" | "lasting";

export type RedFlag = "numbness" | "bladder_or_bowel" | "leg_weakness" | "fever" | "after_fall" | "night_pain" | "both_legs" | "sexual_function" | "clumsiness" | "tired_legs" | "chest_pain" | "pulsating_belly" | "dark_urine" | "swollen_calf" | "bleeding_in_pregnancy" | "stumble" | "spine_procedure" | "pregnancy" | "old_fall" | "foot_numbness" | "walking_pain" | "bone_stress" | "weight_loss" | "flank_pain" | "morning_stiffness" | "growing_pain" | "crooked_back" | "medical_history" | "illness";

export interface BackStateView {
  state: BackState;
  question?: Question;
  number: number;
  questions: number;
  step?: number;
  is_unknown: boolean;
  can_withdraw: boolean;
  asks_function: boolean;
}

export type BackState = "none" | "cleared" | "sore" | "doctor" | "emergency";

export type Question = "not_from_todays_run" | "age_or_bones" | "fever_or_worse" | "bleeding" | "gone_when_sitting" | "numbness" | "bladder_or_bowel" | "weakness_fever_fall";

export interface ExperimentStatus {
  habit: Habit;
  first: string;
  day: number;
  days: number;
  asks_today: boolean;
  end?: ExperimentEnd;
  result?: ExperimentResult;
}

export type ExperimentEnd = "completed" | "stopped" | "back" | "pain" | "rest";

export interface ExperimentResult {
  difference: number;
  low: number;
  high: number;
  days_after_drawn: number;
  days_after_others: number;
}

export type Hint = "longest_run" | "after_break" | "no_rest" | "monotony" | "ramp";

export interface DoubtfulRuns {
  total: number;
  latest: DoubtfulView[];
}

export interface DoubtfulView {
  id: string;
  start: string;
  end: string;
  distance?: number;
  duration?: number;
  doubt?: Doubt;
  guess?: Sport;
  title?: string;
  device?: string;
}

export type Doubt = "no_sport" | "broken_off" | "no_figures";

export type Sport = "run" | "walk" | "strength" | "mobility" | "other";

export interface FormView {
  is_due: boolean;
  checks: FormCheckView[];
}

export interface FormCheckView {
  day: string;
  seen_by: FormWitness;
  good: FormPoint[];
  to_work_on: FormPoint[];
  note?: string;
}

export type FormWitness = "film" | "coach" | "physiotherapist";

export type FormPoint = "posture" | "arms" | "lean" | "shin" | "landing" | "hips" | "width" | "steps";

export interface RunnerOffers {
  currency: string;
  emergency_number?: string;
  routines: Partial<Record<Habit, Partial<Record<Length, number>>>>;
  own_routines: OwnOffer[];
  unrated?: Habit;
  experiment_end?: string;
  texts: Record<string, string>;
  coach: CoachLine;
  set_up: SetUp;
}

export type Length = "short" | "full";

export interface OwnOffer {
  id: string;
  name: string;
  habit?: Habit;
  seconds: number;
}

export interface CoachLine {
  silence?: string;
  unasked?: string;
  topic?: string;
  at?: string;
}

export interface SetUp {
  source: boolean;
  speaker: boolean;
  shoes: boolean;
  goals: boolean;
}

export interface LiveParts {
  routine: RoutineView;
  treadmills: Record<string, LiveTreadmill>;
}

export interface RoutineView {
  state: PlayerState;
  habit?: Habit;
  title?: string;
  note?: string;
  number?: number;
  steps?: number;
  step?: StepView;
  coming?: StepView;
  place?: PlaybackPosition;
}

export type PlayerState = "idle" | "running" | "paused";

export interface StepView {
  title: string;
  side?: Side;
  drawing?: string;
  cue?: string;
  tip?: string;
  stop?: string;
  repetitions?: number;
  way?: Variant;
  easier?: string;
  harder?: string;
}

export type Side = "left" | "right";

export type Variant = "easier" | "harder";

export interface PlaybackPosition {
  lead_in: number;
  hold: number;
  rest: number;
  offset: number;
  began?: string;
  before: number;
  total: number;
}

export interface LiveTreadmill {
  name: string;
  in_use: boolean;
  available: boolean;
  since?: string;
  runner?: string;
  speed?: number;
  distance?: number;
  incline?: number;
  cadence?: number;
  heart_rate?: number;
  cadence_verdict?: CadenceVerdict;
}

export interface RunnerDocument extends RunnerStatus, Partial<Dashboard>, Partial<RunnerOffers>, Partial<LiveParts> {}
