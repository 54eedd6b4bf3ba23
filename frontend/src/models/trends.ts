// Lines of a trend, and how its latest value compares with the ones before.
export const PERIODS = ["week", "month", "year"] as const;
export type Period = (typeof PERIODS)[number];
type Values = readonly (number | undefined)[];

const WIDTH = 100;
const HEIGHT = 32;
const MARGIN = 3;
// A change smaller than this share is none.
const SAME: Record<string, number> = { pace: 0.015, cadence: 0.008, heart_rate: 0.015 };

// A path over the periods that have the value, undefined for fewer than two; of a pace the smaller is the higher.
export function barOf(values: Values, isPace: boolean): { path: string; latest: number } | undefined {
  const known = values.flatMap((value, place) => (value === undefined ? [] : [{ place, value }]));
  const latest = known.at(-1);
  if (known.length < 2 || !latest) return undefined;
  const figures = known.map(({ value }) => value);
  const [low, high] = [Math.min(...figures), Math.max(...figures)];
  const y = (value: number) => {
    const share = high > low ? (value - low) / (high - low) : 0.5;
    return Math.round(MARGIN + (HEIGHT - 2 * MARGIN) * (isPace ? share : 1 - share));
  };
  const points = known.map(({ place, value }) => `${Math.round((WIDTH * place) / Math.max(1, values.length - 1))} ${y(value)}`);
  return { path: `M${points.join("L")}`, latest: latest.value };
}

// How the latest value compares with the first one shown.
export function changeOf(values: Values, figure: string): "faster" | "slower" | "higher" | "lower" | "same" | undefined {
  const known = values.filter((value) => value !== undefined);
  const [first, last] = [known[0], known.at(-1)];
  if (known.length < 2 || !first || !last) return undefined;
  const change = last / first - 1;
  if (Math.abs(change) < (SAME[figure] ?? 0)) return "same";
  if (figure === "pace") return change < 0 ? "faster" : "slower";
  return change > 0 ? "higher" : "lower";
}
