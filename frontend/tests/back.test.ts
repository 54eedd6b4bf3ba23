import assert from "node:assert/strict";
import { test } from "node:test";
import type { BackHistory } from "../src/data/document";
import { chartOf, dayAfter, heatOf, weeksOf } from "../src/models/back";

const NONE = { warm_up: [], cool_down: [], foam_roll: [], stretch: [], core: [], massage: [], heat_or_ice: [] };

function historyOf(more: Partial<BackHistory> = {}): BackHistory {
  return { first: "2026-04-21", last: "2026-05-04", scores: {}, distances: {}, habits: NONE, ...more };
}

test("weeks are the profile's, and whole", () => {
  // 21 April is a Tuesday, 4 May a Monday.
  assert.deepEqual(weeksOf(historyOf(), 1).map(({ first }) => first), ["2026-04-20", "2026-04-27", "2026-05-04"]);
  assert.deepEqual(weeksOf(historyOf(), 0).map(({ first }) => first), ["2026-04-19", "2026-04-26", "2026-05-03"]);
});

test("a week has its worst pain, and all that was run", () => {
  const scores = { "2026-04-21": 2, "2026-04-22": 5, "2026-05-04": 0 };
  const distances = { "2026-04-21": 5000, "2026-04-26": 7000 };
  assert.deepEqual(weeksOf(historyOf({ scores, distances }), 1), [
    { first: "2026-04-20", distance: 12_000, pain: 5 },
    { first: "2026-04-27", distance: 0 },
    { first: "2026-05-04", distance: 0, pain: 0 },
  ]);
});

test("a chart of one axis", () => {
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

test("nothing to draw", () => {
  assert.deepEqual(chartOf([], 400, 100), { step: 400, bars: [], dots: [], lines: [], longest: 0 });
});

test("a heat map has every day", () => {
  const [core] = heatOf(historyOf({ habits: { ...NONE, core: ["2026-04-21", "2026-05-04"] } }), ["core"]);
  assert.equal(core?.done.length, 14);
  assert.deepEqual([core?.done[0], core?.done[13], core?.count], [true, true, 2]);
});

test("days go on over the change of clocks", () => {
  assert.equal(dayAfter("2026-03-28", 2), "2026-03-30");
  assert.equal(dayAfter("2026-01-01", -1), "2025-12-31");
});
