// The figures of a run beyond distance, time and cadence, and its warm-up and cool-down, as its dialog shows them.
import type { RunFigures, RunPart } from "../data/documents";
import type { Format } from "../format/locale";
import type { Key, Translate } from "../words/translate";
import { LOOKS } from "./habits";
import type { Figure } from "./today";

export function detailFigures(known: RunFigures, words: Translate, format: Format): Figure[] {
  const number = (value: number | undefined, digits = 0) => (value === undefined ? undefined : format.number(value, digits));
  const percent = (share: number | undefined) => (share === undefined ? undefined : format.percent(share));
  const length = (metres: number | undefined, digits = 0) => (metres === undefined ? undefined : format.length(metres, digits));
  const beats = (rate: number | undefined) => (rate === undefined ? undefined : words.t("beats_a_minute", { beats: format.number(rate) }));
  const { zones, power } = known;
  const figures: [Key, string | undefined][] = [
    ["max_heart_rate", beats(known.max_heart_rate)],
    ["ascent", length(known.ascent)],
    ["descent", length(known.descent)],
    ["step_length", length(known.step_length, 2)],
    ["vertical_ratio", percent(known.vertical_ratio)],
    ["power", power === undefined ? undefined : `${format.number(power)}\u00a0W`],
    ["training_load", number(known.training_load)],
    ["aerobic_effect", number(known.aerobic_effect, 1)],
    ["anaerobic_effect", number(known.anaerobic_effect, 1)],
    ["perceived_exertion", number(known.perceived_exertion)],
    ["session_load", number(known.session_load)],
    ["feel", percent(known.feel)],
    ["zones", zones.length ? zones.map((seconds) => format.clock(seconds)).join(" · ") : undefined],
  ];
  return figures.flatMap(([key, value]) => (value ? [{ label: words.t(key), value }] : []));
}

// "Warm-up 10 min", and whether it follows from pace and heart rate.
export function partLines(parts: RunPart[], words: Translate, format: Format): string[] {
  return parts.map(({ habit, duration, derived }) => {
    const part = `${words.t(LOOKS[habit].name)} ${format.minutes(duration)}`;
    return derived ? words.t("derived_part", { part }) : part;
  });
}
