// Short ways to say what a test is about.
import type { RunnerDocument, ShoeView } from "../src/data/documents";
import { Format } from "../src/format/locale";
import type { Locale } from "../src/ha/types";

export function formatOf(language = "en", more: Partial<Locale> & { length?: string } = {}): Format {
  const { length = "km", ...locale } = more;
  const defaults = {
    number_format: "language",
    time_format: "language",
    date_format: "language",
    first_weekday: "language",
    time_zone: "server",
  };
  return new Format({ language, ...defaults, ...locale }, { length }, "Europe/Berlin");
}

export function documentOf(more: Partial<RunnerDocument> = {}): RunnerDocument {
  const today = { day: "2026-05-04", first_weekday: 0, due: {}, done: [], resting: false, running: false, core_done: 1, core_goal: 3, asked_less: {}, asks_effort: false, lately: { distances: [] } };
  return { state: "ready", name: "Alex", today, ...more };
}

export function shoeOf(more: Partial<ShoeView> = {}): ShoeView {
  return {
    name: "Old",
    distance: 400_000,
    remaining: 405_000,
    share: 49.7,
    warn_at: 483_000,
    replace_at: 805_000,
    first_used: "2026-01-01",
    warning: false,
    replacement_due: false,
    hints: [],
    ...more,
  };
}
