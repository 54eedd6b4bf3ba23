import assert from "node:assert/strict";
import { test } from "node:test";
import { axisOf, laneOf, smoothed, splitsOf } from "../src/models/curve";
import { lineOf } from "../src/models/trends";

// 2.4 km at 5:00, then 6:00 a kilometre, a point every 100 m.
const metres = Array.from({ length: 25 }, (_, point) => point * 100);
const CURVE = {
  distances: metres,
  times: metres.map((way) => (way <= 1000 ? way * 0.3 : 300 + (way - 1000) * 0.36)),
  paces: metres.map((way) => (way <= 1000 ? 0.3 : 0.36)),
  cadences: metres.map((way) => (way <= 1000 ? 180 : 170)),
  heart_rates: metres.map(() => null),
  heights: [],
};

test("splits have the time of each kilometre, and of the rest", () => {
  const splits = splitsOf(CURVE, 1000);
  assert.deepEqual(splits.map(({ metres: way, seconds }) => [way, Math.round(seconds)]), [[1000, 300], [1000, 360], [400, 144]]);
  assert.equal(splits[2]?.cadence, 170);
  // 1,609 m: 300 s and 609 m at 6:00.
  assert.equal(Math.round(splitsOf(CURVE, 1609)[0]!.seconds), 519);
});

test("a gap in the recording keeps its time, and several units in one leap are split evenly", () => {
  const leap = { ...CURVE, distances: [0, null, 3000], times: [0, 10, 900], cadences: [null, null, null] };
  assert.deepEqual(splitsOf(leap, 1000).map(({ seconds }) => seconds), [300, 300, 300]);
  assert.deepEqual(splitsOf({ ...leap, distances: [], times: [] }, 1000), []);
});

test("the axis is the way, or the time where there is none", () => {
  assert.ok(axisOf(CURVE).isDistance);
  assert.deepEqual(axisOf({ ...CURVE, distances: metres.map(() => null) }).values, CURVE.times);
});

test("a lane shows the faster pace higher, and its gaps", () => {
  const lane = laneOf(CURVE.distances, CURVE.paces, { isPace: true })!;
  const heights = [...lane.line.matchAll(/ (\d+)/g)].map(([, y]) => Number(y));
  assert.ok(heights[0]! < heights.at(-1)!);
  const gaps = laneOf([0, 1, 2, 3, 4, 5, 6, 7, 8], [170, 171, null, null, null, null, 172, 173, 174])!;
  assert.equal(gaps.line.match(/M/g)?.length, 2);
  assert.equal(laneOf([0, 1], [null, 170]), undefined);
});

test("the band lies in the frame", () => {
  const { band } = laneOf([0, 1, 2], [160, 165, 168], { band: [170, 180] })!;
  assert.ok(band && band.top >= 0 && band.top + band.height <= 100 && band.height > 0);
});

test("values are averaged with their neighbours", () => {
  assert.deepEqual(smoothed([1, 2, 3, 4, 5])[2], 3);
  assert.deepEqual(smoothed([null, 2, null]), [null, 2, null]);
});

test("a trend needs two values", () => {
  assert.equal(lineOf([undefined, 170], false), undefined);
  assert.equal(lineOf([170, undefined, 174], false)?.latest, 174);
  // The smaller pace is the higher on the page.
  assert.equal(lineOf([0.36, 0.3], true)?.path, "M0 29L100 3");
});
