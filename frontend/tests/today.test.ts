import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { LOOKS } from "../src/models/habits";
import { askedLess, coachLine, dueItems, greetingKey, leading, runFigures, shoeOf, unaskedLine, verdictOf } from "../src/models/today";
import { Translate } from "../src/words/translate";
import { documentOf, formatOf, shoeOf as pair } from "./make";
import type { Habit, RunView } from "../src/data/documents";

const words = new Translate("en");
const format = formatOf();
const RUN: RunView = { id: "1", start: "2026-05-04T16:00:00+00:00", sources: ["file"], corrected: false };

test("greetings go by the hour", () => {
  assert.deepEqual([0, 4, 5, 10, 11, 16, 17, 23].map(greetingKey), [
    "greeting_day", "greeting_day", "greeting_morning", "greeting_morning", "greeting_day", "greeting_day", "greeting_evening", "greeting_evening",
  ]);
});

test("due habits come with their reasons, the most urgent first", () => {
  const document = documentOf();
  document.today!.due = {
    massage: { reason: "asked", asked: true, snoozed: false },
    core: { reason: "goal", asked: false, snoozed: false },
    stretch: { reason: "daily", asked: false, snoozed: false },
    foam_roll: { reason: "after_run", since: "2026-05-04T16:40:00+00:00", asked: true, snoozed: false },
  };
  const items = dueItems(document, words, formatOf("en", { time_format: "24" }), Date.parse("2026-05-04T20:00:00+00:00"));
  assert.deepEqual(items.map(({ habit }) => habit), ["foam_roll", "stretch", "core", "massage"]);
  assert.deepEqual(items.map(({ canWait }) => canWait), [true, false, false, true]);
  assert.equal(items[0]?.why, "Your run ended at 18:40");
  assert.equal(items[2]?.why, "1 of 3 done this week");
});

test("habits that the coach asked for lead, in the order of urgency", () => {
  const item = (habit: Habit, asked = false) => ({ habit, why: "", asked, canWait: asked });
  const items = [item("foam_roll"), item("stretch"), item("core", true), item("massage", true)];
  assert.deepEqual(leading(items, 2).map(({ habit }) => habit), ["core", "massage"]);
  assert.deepEqual(leading([item("foam_roll"), item("stretch"), item("massage", true)], 2).map(({ habit }) => habit), ["foam_roll", "massage"]);
  assert.deepEqual(leading(items.slice(0, 1), 2).length, 1);
});

test("a snoozed habit can't wait again", () => {
  const document = documentOf();
  document.today!.due = { core: { reason: "goal", asked: true, snoozed: true }, stretch: { reason: "daily", asked: true, snoozed: false } };
  const items = dueItems(document, words, format, 0);
  assert.deepEqual(items.map(({ habit, canWait }) => [habit, canWait]), [["stretch", true], ["core", false]]);
});

test("a habit due after yesterday's run names yesterday", () => {
  const document = documentOf();
  document.today!.due = { foam_roll: { reason: "after_run", since: "2026-05-04T16:40:00+00:00", asked: true, snoozed: false } };
  // Half past midnight in the home's time zone, two hours ahead.
  const items = dueItems(document, words, formatOf("en", { time_format: "24" }), Date.parse("2026-05-04T22:30:00+00:00"));
  assert.equal(items[0]?.why, "Your run ended yesterday at 18:40");
});

test("an unknown reason reads like a prompt by the coach", () => {
  const document = documentOf();
  document.today!.due = { core: { reason: "moon" as never, asked: false, snoozed: false } };
  assert.equal(dueItems(document, words, format, 0)[0]?.why, "You asked for this reminder");
});

test("a run shows its known figures only", () => {
  assert.deepEqual(runFigures(RUN, words, format), []);
  const figures = runFigures({ ...RUN, distance: 8000, duration: 2400, cadence: 174.4, heart_rate: 150, in_band: 82.3 }, words, format);
  assert.deepEqual(figures.map(({ value }) => value), ["40:00", "5:00\u00a0/km", "174 spm", "82%", "150 bpm"]);
});

test("verdicts", () => {
  assert.equal(verdictOf(RUN), undefined);
  assert.equal(verdictOf({ ...RUN, verdict: "below" })?.tone, "warn");
});

test("the pair of a run", () => {
  assert.equal(shoeOf({ ...RUN, shoe: "a" }, { a: pair({ name: "Old <b>" }) }), "Old <b>");
  assert.equal(shoeOf({ ...RUN, shoe: "gone" }, {}), undefined);
});

test("the coach's line has its state in its own words", () => {
  const quiet = documentOf({ coach: { silence: "It is quiet until 7:00." } });
  assert.equal(coachLine(quiet, words).text, "It is quiet until 7:00.");
  assert.equal(coachLine(documentOf(), words).text, words.t("coach_ready"));
  assert.equal(coachLine({ ...quiet, today: { ...quiet.today!, resting: true } }, words).text, words.t("resting"));
  assert.equal(coachLine({ ...quiet, pain: { days: 1, advice: "red_flag", red_flags: [], is_read: false } }, words).text, words.t("coach_silent"));
});

test("a question left out is named with its time and reason", () => {
  const coach = { unasked: "You weren't at home.", topic: "foam roll", at: "2026-05-04T16:00:00+00:00" };
  assert.equal(unaskedLine(documentOf({ coach }), words, formatOf("en", { time_format: "24" })), "foam roll, 18:00: You weren't at home.");
  assert.equal(unaskedLine(documentOf({ coach: {} }), words, format), words.t("unasked_none"));
});

test("topics that are asked about less are named, except while resting", () => {
  const today = { ...documentOf().today!, asked_less: { foam_roll: "2026-05-05T05:00:00Z", shoes: "2026-05-05T05:00:00Z", unknown: "" } };
  assert.deepEqual(askedLess(documentOf({ today }), words).map((each) => each.name), ["Foam roll", "Shoes"]);
  assert.deepEqual(askedLess(documentOf({ today: { ...today, resting: true } }), words), []);
});

test("each habit has the icon of its entities, and no two share one", () => {
  const icons = JSON.parse(readFileSync(join(process.cwd(), "../custom_components/home_gym/icons.json"), "utf8")) as {
    entity: { button: Record<string, { default: string }> };
  };
  const looks = Object.entries(LOOKS);
  assert.deepEqual(looks.map(([habit, { icon }]) => [habit, icon]), looks.map(([habit]) => [habit, icons.entity.button[`log_${habit}`]?.default]));
  assert.equal(new Set(looks.map(([, { icon }]) => icon)).size, looks.length);
});
