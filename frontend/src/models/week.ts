// The week: distance and habits of each day.
import type { Day, Habit, RunnerDocument } from "../data/documents";

// Habits with a row of their own; walks, massage, heat, ice and compression are shown only in weeks in which they were done.
export const WEEKLY: readonly Habit[] = ["stretch", "core", "foam_roll", "warm_up", "cool_down"];
const EXTRAS: readonly Habit[] = ["walk", "massage", "heat_or_ice", "compression"];

export function habitsShown(wasDone: (habit: Habit) => boolean): Habit[] {
  return [...WEEKLY, ...EXTRAS.filter(wasDone)];
}

const A_DAY = 86_400_000;

export interface DayCell {
  day: string;
  distance: number;
  habits: ReadonlySet<Habit>;
  isToday: boolean;
  isFuture: boolean;
  resting: boolean;
}

export function weekOf(days: Record<string, Day>, today: string, firstWeekday: number): DayCell[] {
  const noon = Date.parse(`${today}T12:00:00Z`);
  const back = (new Date(noon).getUTCDay() - firstWeekday + 7) % 7;
  return Array.from({ length: 7 }, (_, number) => {
    const day = new Date(noon + (number - back) * A_DAY).toISOString().slice(0, 10);
    const done = days[day];
    return {
      day,
      distance: done?.distance ?? 0,
      habits: new Set(done?.habits ?? []),
      isToday: day === today,
      isFuture: day > today,
      resting: done?.resting ?? false,
    };
  });
}

export function distanceOf(cells: DayCell[]): number {
  return cells.reduce((sum, cell) => sum + cell.distance, 0);
}

// The first day of the runner's week, by the runner's option: 0 is Sunday, as in JavaScript.
export function firstWeekdayOf({ today }: RunnerDocument): number {
  return ((today?.first_weekday ?? 0) + 1) % 7;
}
