import assert from "node:assert/strict";
import { test } from "node:test";
import { layoutOf, MONTH_HEIGHT, pagesOf, rowsBetween, RUN_HEIGHT, searchWords } from "../src/models/run-list";

const MONTHS = [
  { month: "2026-05", runs: 3, distance: 1 },
  { month: "2026-04", runs: 2, distance: 1 },
];

test("each month and run has a position", () => {
  const layout = layoutOf(MONTHS);
  assert.equal(layout.height, 2 * MONTH_HEIGHT + 5 * RUN_HEIGHT);
  assert.deepEqual(layout.months.map(({ top, first }) => [top, first]), [[0, 0], [MONTH_HEIGHT + 3 * RUN_HEIGHT, 3]]);
  const rows = rowsBetween(layout, 0, layout.height);
  assert.deepEqual(rows.map((row) => row.key), ["2026-05", "run 0", "run 1", "run 2", "2026-04", "run 3", "run 4"]);
});

test("only months and runs in view are rows", () => {
  const layout = layoutOf(MONTHS);
  const second = MONTH_HEIGHT + RUN_HEIGHT;
  assert.deepEqual(rowsBetween(layout, second, second + RUN_HEIGHT).map((row) => row.key), ["run 1"]);
  assert.deepEqual(rowsBetween(layout, -100, 1).map((row) => row.key), ["2026-05"]);
  assert.deepEqual(rowsBetween(layout, layout.height, layout.height + 100), []);
});

test("a view at the position of a row contains the row", () => {
  const months = Array.from({ length: 40 }, (_, number) => ({ month: `m${number}`, runs: (number * 7) % 13, distance: 0 }));
  const layout = layoutOf(months);
  const all = rowsBetween(layout, 0, layout.height);
  for (const row of all) assert.ok(rowsBetween(layout, row.top, row.top + 1).some(({ key }) => key === row.key), row.key);
  assert.equal(all.filter((row) => row.kind === "run").length, months.reduce((sum, { runs }) => sum + runs, 0));
});

test("rows of 20,000 runs are found within a frame", () => {
  const layout = layoutOf(Array.from({ length: 360 }, (_, number) => ({ month: `m${number}`, runs: 56, distance: 0 })));
  const begun = performance.now();
  for (let look = 0; look < 1000; look += 1) {
    const from = (layout.height / 1000) * look;
    assert.ok(rowsBetween(layout, from, from + 1300).length < 25);
  }
  // A frame is 16 ms, and these are a thousand.
  assert.ok(performance.now() - begun < 1000);
});

test("pages are those of the runs in view", () => {
  const layout = layoutOf([{ month: "m", runs: 500, distance: 0 }]);
  const from = MONTH_HEIGHT + 98 * RUN_HEIGHT;
  assert.deepEqual(pagesOf(rowsBetween(layout, from, from + 4 * RUN_HEIGHT)), [0, 1]);
});

test("typed text becomes search words", () => {
  const surfaces = { road: "Straße", treadmill: "Laufband" };
  const months = ["Januar", "Februar", "März"];
  assert.equal(searchWords("  Laufb  2026 ", surfaces, months), "laufb|treadmill 2026");
  assert.equal(searchWords("mär", surfaces, months), "mär|-03-");
  assert.equal(searchWords("st", surfaces, months), "st");
  // A pair may be called so, too, and not everybody types accents.
  assert.equal(searchWords("strass", surfaces, months), "strass|road");
  assert.equal(searchWords("Straßenflitzer", surfaces, months), "straßenflitzer");
  assert.equal(searchWords("aout", {}, ["mai", "juin", "juillet", "août"]), "aout|-04-");
  assert.equal(searchWords("jui", {}, ["mai", "juin", "juillet", "août"]), "jui|-02-|-03-");
  assert.equal(searchWords("x".repeat(500), surfaces, months).length, 200);
});
