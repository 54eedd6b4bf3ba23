// The course of a run as lanes over one axis of distance, and its splits.
import type { CurveView } from "../data/documents";

export type Values = readonly (number | null)[];

export interface Lane {
  // Paths in a frame of 1000 by 100.
  line: string;
  area: string;
  // The target range, as far as it lies in the frame: its top and height.
  band?: { top: number; height: number };
}

const WIDTH = 1000;
const HEIGHT = 100;
// Values around each point that are averaged: recordings tremble.
const AROUND = 2;

export function smoothed(values: Values): Values {
  return values.map((value, place) => {
    if (value === null) return null;
    const near = values.slice(Math.max(0, place - AROUND), place + AROUND + 1).filter((each) => each !== null);
    return near.reduce((sum, each) => sum + each, 0) / near.length;
  });
}

// The axis: metres, or seconds where there are none.
export function axisOf({ distances, times }: CurveView): { values: Values; isDistance: boolean } {
  const isDistance = (distances.at(-1) ?? 0) > 0;
  return { values: isDistance ? distances : times, isDistance };
}

// A lane of values; of a pace the smaller is the higher. Outliers leave the frame, so that the rest is seen.
export function laneOf(axis: Values, values: Values, options: { isPace?: boolean; band?: readonly number[] } = {}): Lane | undefined {
  const known = values.filter((value) => value !== null).sort((one, other) => one - other);
  const last = axis.findLast((value) => value !== null);
  if (known.length < 2 || !last) return undefined;
  const { isPace = false, band = [] } = options;
  const at = (share: number) => known[Math.min(known.length - 1, Math.floor(share * known.length))] ?? 0;
  const [low, high] = [Math.min(at(0.03), ...band), Math.max(at(0.97), ...band)];
  const room = (high - low) * 0.12 || 1;
  const place = (value: number) => {
    const share = Math.max(0, Math.min(1, (value - low + room) / (high - low + 2 * room)));
    return Math.round(HEIGHT * (isPace ? share : 1 - share));
  };
  const pieces: string[] = [];
  const areas: string[] = [];
  let piece: [number, number][] = [];
  const close = () => {
    const [first, end] = [piece[0], piece.at(-1)];
    if (first && end && piece.length > 1) {
      const line = piece.map(([x, y]) => `${x} ${y}`).join("L");
      pieces.push(`M${line}`);
      areas.push(`M${first[0]} ${HEIGHT}L${line}L${end[0]} ${HEIGHT}Z`);
    }
    piece = [];
  };
  smoothed(values).forEach((value, point) => {
    const x = axis[point];
    if (value === null || x === null || x === undefined) close();
    else piece.push([Math.round((WIDTH * x) / last), place(value)]);
  });
  close();
  const [from, to] = band;
  const top = to === undefined ? 0 : place(to);
  return {
    line: pieces.join(""),
    area: areas.join(""),
    ...(from === undefined || to === undefined ? {} : { band: { top, height: place(from) - top } }),
  };
}

export interface Split {
  // Metres covered at its end, those of the last one fewer than a whole unit.
  metres: number;
  seconds: number;
  // Steps a minute.
  cadence?: number;
}

// The time of each whole unit of distance, with the rest at the end if it is long enough to compare.
export function splitsOf({ distances, times, cadences }: CurveView, unit: number): Split[] {
  const splits: Split[] = [];
  let [from, began, before, ended] = [0, times[0] ?? 0, 0, times[0] ?? 0];
  let steps: number[] = [];
  const add = (metres: number, end: number) => {
    const cadence = steps.length ? steps.reduce((sum, each) => sum + each, 0) / steps.length : undefined;
    splits.push({ metres, seconds: end - began, ...(cadence === undefined ? {} : { cadence }) });
    [from, began, steps] = [from + metres, end, []];
  };
  distances.forEach((metres, point) => {
    const time = times[point];
    if (metres === null || time === null || time === undefined) return;
    while (metres >= from + unit && metres > before) {
      add(unit, ended + ((from + unit - before) / (metres - before)) * (time - ended));
    }
    const cadence = cadences[point];
    if (cadence) steps.push(cadence);
    [before, ended] = [metres, time];
  });
  if (before - from >= unit / 10) add(before - from, ended);
  return splits;
}
