import assert from "node:assert/strict";
import { test } from "node:test";
import type { BackView } from "../src/data/documents";
import { chartOf, dayAfter, heatOf, weeksOf } from "../src/models/back";
import { Translate } from "../src/words/translate";
import { formatOf } from "./make";

// The parts are drawn by a library that asks for a document when it is loaded.
(globalThis as { document?: unknown }).document ??= { createTreeWalker: () => ({}), createComment: () => ({}) };
const { axisOf, tipOf } = await import("../src/parts/back-chart");
const { columnAt } = await import("../src/parts/scrub");

const NONE = { warm_up: [], cool_down: [], foam_roll: [], stretch: [], core: [], massage: [], heat_or_ice: [] };

function historyOf(more: Partial<BackView> = {}): BackView {
  return { first: "2026-04-21", last: "2026-05-04", scores: {}, distances: {}, habits: NONE, ...more };
}

test("weeks begin on the profile's weekday, and a partial first week is left out", () => {
  // 21 April is a Tuesday, 4 May a Monday: of the week before there is but a part.
  assert.deepEqual(weeksOf(historyOf(), 1).map(({ first }) => first), ["2026-04-27", "2026-05-04"]);
  assert.deepEqual(weeksOf(historyOf(), 0).map(({ first }) => first), ["2026-04-26", "2026-05-03"]);
  assert.deepEqual(weeksOf(historyOf(), 2).map(({ first }) => first), ["2026-04-21", "2026-04-28"]);
});

test("a week has its worst pain score and its whole distance", () => {
  const scores = { "2026-04-21": 9, "2026-04-27": 2, "2026-04-28": 5.5, "2026-05-04": 0 };
  const distances = { "2026-04-21": 50_000, "2026-04-27": 5000, "2026-05-03": 7000 };
  assert.deepEqual(weeksOf(historyOf({ scores, distances }), 1), [
    { first: "2026-04-27", distance: 12_000, pain: 5.5 },
    { first: "2026-05-04", distance: 0, pain: 0 },
  ]);
});

test("bars, dots and lines share one time axis", () => {
  const weeks = [
    { first: "a", distance: 10_000, pain: 10 },
    { first: "b", distance: 5000, pain: 0 },
    { first: "c", distance: 0 },
    { first: "d", distance: 0, pain: 5 },
  ];
  const chart = chartOf(weeks, 400, 100);
  assert.equal(chart.step, 100);
  assert.deepEqual(chart.bars.map(({ x, y, height }) => [x, y, height]), [[50, 0, 100], [150, 50, 50], [250, 100, 0], [350, 100, 0]]);
  assert.deepEqual(chart.dots.map(({ x, y }) => [x, y]), [[50, 0], [150, 100], [350, 50]]);
  // No line leads across a week without a report, nor to a lone one.
  assert.deepEqual(chart.lines, ["M50 0L150 100"]);
});

test("an empty history gives an empty chart", () => {
  assert.deepEqual(chartOf([], 400, 100), { step: 400, bars: [], dots: [], lines: [], longest: 0 });
});

test("a heat map has one item per day", () => {
  const [core] = heatOf(historyOf({ habits: { ...NONE, core: ["2026-04-21", "2026-05-04"] } }), ["core"]);
  assert.equal(core?.done.length, 14);
  assert.deepEqual([core?.done[0], core?.done[13], core?.count], [true, true, 2]);
});

test("a heat map may begin with the chart's first week", () => {
  const [core] = heatOf(historyOf({ habits: { ...NONE, core: ["2026-04-21", "2026-05-04"] } }), ["core"], "2026-04-27");
  assert.deepEqual([core?.done.length, core?.count], [8, 1]);
});

test("an axis over two years names both", () => {
  assert.deepEqual(axisOf("2026-04-27", "2026-05-04", formatOf("en")), ["Apr 27", "May 4"]);
  assert.deepEqual(axisOf("2025-05-05", "2026-05-04", formatOf("en")), ["May 5, 2025", "May 4, 2026"]);
});

test("half points of pain are written", () => {
  const words = new Translate("en");
  assert.equal(tipOf({ first: "2026-05-04", distance: 8000, pain: 6.5 }, words, formatOf()), "Week of May 4: 8.0\u00a0km, pain 6.5 of 10");
  assert.equal(tipOf({ first: "2026-05-04", distance: 0, pain: 7 }, words, formatOf()), "Week of May 4: 0.0\u00a0km, pain 7 of 10");
  assert.equal(tipOf({ first: "2026-05-04", distance: 0 }, words, formatOf("de")), "Week of 4. Mai: 0,0\u00a0km, no report");
});

test("the column under the pointer is found in both reading directions", () => {
  const box = { left: 100, width: 70 };
  assert.deepEqual([99, 100, 109, 110, 169, 170].map((x) => columnAt(x, box, 7, false)), [0, 0, 0, 1, 6, 6]);
  assert.deepEqual([100, 169].map((x) => columnAt(x, box, 7, true)), [6, 0]);
});

test("days follow each other over a change of clocks", () => {
  assert.equal(dayAfter("2026-03-28", 2), "2026-03-30");
  assert.equal(dayAfter("2026-01-01", -1), "2025-12-31");
});
