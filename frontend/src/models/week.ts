// The week: distance and habits of each day.
import type { Day, Habit } from "../data/documents";

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
  // Share of the longest day, from 0 to 1.
  height: number;
  habits: ReadonlySet<Habit>;
  isToday: boolean;
  isFuture: boolean;
  resting: boolean;
}

export function weekOf(days: Record<string, Day>, today: string, firstWeekday: number): DayCell[] {
  const noon = Date.parse(`${today}T12:00:00Z`);
  const back = (new Date(noon).getUTCDay() - firstWeekday + 7) % 7;
  const cells = Array.from({ length: 7 }, (_, number) => {
    const day = new Date(noon + (number - back) * A_DAY).toISOString().slice(0, 10);
    return { day, done: days[day] };
  });
  const longest = Math.max(0, ...cells.map(({ done }) => done?.distance ?? 0));
  return cells.map(({ day, done }) => ({
    day,
    distance: done?.distance ?? 0,
    height: longest ? (done?.distance ?? 0) / longest : 0,
    habits: new Set(done?.habits ?? []),
    isToday: day === today,
    isFuture: day > today,
    resting: done?.resting ?? false,
  }));
}

export function distanceOf(cells: DayCell[]): number {
  return cells.reduce((sum, cell) => sum + cell.distance, 0);
}
