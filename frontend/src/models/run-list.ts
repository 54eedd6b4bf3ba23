// Positions of months and runs in a list of thousands, so that only those in view are rendered.
import type { Month } from "../data/documents";

export const MONTH_HEIGHT = 52;
export const RUN_HEIGHT = 68;
export const PAGE = 100;

export interface MonthPlace extends Month {
  top: number;
  // The number of its first run in the list.
  first: number;
}

export interface Layout {
  months: MonthPlace[];
  height: number;
}

export type Row = { kind: "month"; key: string; top: number; month: MonthPlace } | { kind: "run"; key: string; top: number; index: number };

export function layoutOf(months: readonly Month[]): Layout {
  let top = 0;
  let first = 0;
  const places = months.map((month) => {
    const place = { ...month, top, first };
    top += MONTH_HEIGHT + month.runs * RUN_HEIGHT;
    first += month.runs;
    return place;
  });
  return { months: places, height: top };
}

export function rowsBetween({ months }: Layout, from: number, to: number): Row[] {
  const rows: Row[] = [];
  for (let number = monthAt(months, from); number < months.length; number += 1) {
    const month = months[number];
    if (!month || month.top >= to) break;
    if (month.top + MONTH_HEIGHT > from) rows.push({ kind: "month", key: month.month, top: month.top, month });
    const runs = month.top + MONTH_HEIGHT;
    const start = Math.max(0, Math.floor((from - runs) / RUN_HEIGHT));
    const end = Math.min(month.runs, Math.ceil((to - runs) / RUN_HEIGHT));
    for (let run = start; run < end; run += 1) {
      const index = month.first + run;
      rows.push({ kind: "run", key: `run ${index}`, top: runs + run * RUN_HEIGHT, index });
    }
  }
  return rows;
}

// Pages of the runs in view.
export function pagesOf(rows: readonly Row[]): number[] {
  const pages = rows.flatMap((row) => (row.kind === "run" ? [Math.floor(row.index / PAGE)] : []));
  return [...new Set(pages)];
}

function monthAt(months: readonly MonthPlace[], position: number): number {
  let [low, high] = [0, months.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((months[middle]?.top ?? 0) <= position) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

// Search words of typed text: the key of a surface and the number of a month are added after a bar, as alternatives,
// since a pair may be called August.
export function searchWords(typed: string, surfaces: Record<string, string>, monthNames: readonly string[]): string {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return words
    .map((word) => {
      if (word.length < 3) return word;
      const begins = (name: string) => plain(name).startsWith(plain(word));
      const known = Object.keys(surfaces).filter((key) => begins(surfaces[key] ?? ""));
      const months = monthNames.flatMap((name, month) => (begins(name) ? `-${String(month + 1).padStart(2, "0")}-` : []));
      return [word, ...known, ...months].join("|");
    })
    .join(" ")
    .slice(0, 200);
}

// Lower case without accents.
function plain(text: string): string {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ß", "ss");
}
