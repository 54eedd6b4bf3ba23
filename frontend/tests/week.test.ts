import assert from "node:assert/strict";
import { test } from "node:test";
import { distanceOf, habitsShown, WEEKLY, weekOf } from "../src/models/week";

const DAYS = {
  "2026-05-04": { distance: 5000, habits: ["core" as const], resting: false },
  "2026-05-03": { distance: 10_000, habits: [], resting: false },
  "2026-05-02": { distance: 0, habits: [], resting: true },
};

test("a week that begins on Monday has today, a Monday, and six days to come", () => {
  const cells = weekOf(DAYS, "2026-05-04", 1);
  assert.deepEqual(cells.map((cell) => cell.day), ["04", "05", "06", "07", "08", "09", "10"].map((day) => `2026-05-${day}`));
  assert.deepEqual(cells.map((cell) => cell.isFuture), [false, true, true, true, true, true, true]);
  assert.equal(distanceOf(cells), 5000);
  assert.ok(cells[0]?.isToday && cells[0].habits.has("core"));
  assert.equal(cells[0]?.height, 1);
});

test("a week that begins on Saturday has the weekend before, too", () => {
  const cells = weekOf(DAYS, "2026-05-04", 6);
  assert.equal(cells[0]?.day, "2026-05-02");
  assert.ok(cells[0]?.resting);
  // 5 of 10 km.
  assert.deepEqual(cells.slice(0, 3).map((cell) => cell.height), [0, 1, 0.5]);
  assert.equal(distanceOf(cells), 15_000);
});

test("a week without a run has no bars", () => {
  assert.ok(weekOf({}, "2026-03-29", 1).every((cell) => cell.height === 0));
});

test("massage, heat and ice have a row in weeks in which they were done", () => {
  assert.deepEqual(habitsShown(() => false), WEEKLY);
  assert.deepEqual(habitsShown((habit) => habit === "massage").slice(WEEKLY.length), ["massage"]);
});

test("a week has seven days over a change of clocks", () => {
  const cells = weekOf({}, "2026-03-29", 1);
  assert.deepEqual([cells[0]?.day, cells[6]?.day], ["2026-03-23", "2026-03-29"]);
});
