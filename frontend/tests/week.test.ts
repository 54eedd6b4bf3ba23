import assert from "node:assert/strict";
import { test } from "node:test";
import { dayLines, ringsOf, smallRingsOf } from "../src/models/day";
import { distanceOf, firstWeekdayOf, habitsShown, WEEKLY, weekOf } from "../src/models/week";
import { Translate } from "../src/words/translate";
import { documentOf, formatOf } from "./make";

const words = new Translate("en");

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
});

test("a week that begins on Saturday has the weekend before, too", () => {
  const cells = weekOf(DAYS, "2026-05-04", 6);
  assert.equal(cells[0]?.day, "2026-05-02");
  assert.ok(cells[0]?.resting);
  assert.equal(distanceOf(cells), 15_000);
});

test("massage, heat and ice have a row in weeks in which they were done", () => {
  assert.deepEqual(habitsShown(() => false), WEEKLY);
  assert.deepEqual(habitsShown((habit) => habit === "massage").slice(WEEKLY.length), ["massage"]);
});

test("the week begins by the runner's option", () => {
  const today = { ...documentOf().today!, first_weekday: 5 };
  // Monday is 0 there, Sunday here: Saturday is 5 and 6.
  assert.equal(firstWeekdayOf(documentOf({ today })), 6);
  assert.equal(firstWeekdayOf(documentOf({ today: { ...today, first_weekday: 6 } })), 0);
});

test("the rings of a day show run, core and stretch", () => {
  const today = { ...documentOf().today!, core_done: 1, core_goal: 4, done: ["stretch" as const] };
  const shares = (more: object) => ringsOf(documentOf({ today: { ...today, ...more }, days: DAYS })).map(({ share }) => share);
  assert.deepEqual(shares({}), [1, 0.25, 1]);
  assert.deepEqual(shares({ day: "2026-05-05", done: [], core_done: 6 }), [0, 1, 0]);
  // Without a goal nothing is missing.
  assert.equal(shares({ core_goal: 0 })[1], 1);
  const [run] = ringsOf(documentOf({ today: { ...today, day: "2026-05-02", resting: true }, days: DAYS }));
  assert.deepEqual([run?.share, run?.isRest], [1, true]);
  const cells = weekOf(DAYS, "2026-05-04", 6);
  assert.deepEqual(cells.slice(0, 3).map((cell) => smallRingsOf(cell).map(({ share }) => share)), [[1, 0, 0], [1, 0, 0], [1, 1, 0]]);
});

test("a day is put in words", () => {
  const [line] = dayLines(documentOf({ days: DAYS }), words, formatOf());
  assert.equal(line?.figure, "5.0\u00a0km");
  assert.deepEqual(dayLines(documentOf(), words, formatOf()).map(({ figure }) => figure), ["No run", "1 of 3", "0 of 1"]);
});

test("a week has seven days over a change of clocks", () => {
  const cells = weekOf({}, "2026-03-29", 1);
  assert.deepEqual([cells[0]?.day, cells[6]?.day], ["2026-03-23", "2026-03-29"]);
});
