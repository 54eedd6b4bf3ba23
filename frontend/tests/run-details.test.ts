import assert from "node:assert/strict";
import { test } from "node:test";
import { detailFigures, partLines } from "../src/models/run-details";
import { Translate } from "../src/words/translate";
import { formatOf } from "./make";
import type { RunFigures } from "../src/data/documents";

const words = new Translate("en");
const UNKNOWN: RunFigures = { zones: [], zone_limits: [] };
const KNOWN: RunFigures = {
  max_heart_rate: 171,
  ascent: 57,
  descent: 0,
  step_length: 1.142,
  vertical_ratio: 8.3,
  power: 250.4,
  training_load: 142.2,
  aerobic_effect: 3.3,
  anaerobic_effect: 0,
  perceived_exertion: 4,
  feel: 0,
  zones: [60, 600, 1200, 0, 5],
  zone_limits: [94, 136, 145, 153, 170, 206],
};

test("a run shows what its watch knows, zeros included", () => {
  assert.deepEqual(detailFigures(UNKNOWN, words, formatOf()), []);
  assert.deepEqual(
    detailFigures(KNOWN, words, formatOf()).map(({ label, value }) => `${label}: ${value}`),
    [
      "Maximum heart rate: 171 bpm",
      "Ascent: 57\u00a0m",
      "Descent: 0\u00a0m",
      "Step length: 1.14\u00a0m",
      "Vertical ratio: 8%",
      "Power: 250\u00a0W",
      "Training load: 142",
      "Aerobic effect: 3.3",
      "Anaerobic effect: 0.0",
      "Perceived exertion: 4",
      "Feel: 0%",
      "Heart rate zones 1–5: 1:00 · 10:00 · 20:00 · 0:00 · 0:05",
    ],
  );
});

test("a derived part says so", () => {
  const parts = partLines(
    [
      { habit: "warm_up", duration: 600, derived: true },
      { habit: "cool_down", duration: 300, derived: false },
    ],
    words,
    formatOf(),
  );
  assert.deepEqual(parts, ["Warm-up 10 min (by pace and heart rate)", "Cool-down 5 min"]);
});
