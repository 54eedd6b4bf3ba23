// Lines of a trend.
export const PERIODS = ["week", "month", "year"] as const;
export type Period = (typeof PERIODS)[number];
type Values = readonly (number | undefined)[];

const WIDTH = 100;
const HEIGHT = 32;
const MARGIN = 3;

// A path over the periods that have the value, undefined for fewer than two; of a pace the smaller is the higher.
export function lineOf(values: Values, isPace: boolean): { path: string; latest: number } | undefined {
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
