import assert from "node:assert/strict";
import { test } from "node:test";
import { finishOf, momentOf, offersOf } from "../src/models/routine";
import { documentOf } from "./make";

const BEGAN = "2026-05-04T18:00:00+00:00";
const PLACE = { lead_in: 10, hold: 30, rest: 5, offset: 0, began: BEGAN, before: 55, total: 200 };
const after = (seconds: number) => momentOf(PLACE, Date.parse(BEGAN) + seconds * 1000);

test("a step has a lead-in, a hold and a rest", () => {
  assert.deepEqual(after(0), { phase: "lead_in", left: 10, length: 10, done: 55 / 200 });
  assert.deepEqual(after(10), { phase: "hold", left: 30, length: 30, done: 65 / 200 });
  assert.deepEqual(after(25), { phase: "hold", left: 15, length: 30, done: 80 / 200 });
  assert.deepEqual(after(42), { phase: "rest", left: 3, length: 5, done: 97 / 200 });
});

test("a step without a successor stays at its end", () => {
  assert.deepEqual(after(100), { phase: "rest", left: 0, length: 5, done: 100 / 200 });
  const { rest: _none, ...held } = PLACE;
  assert.equal(momentOf({ ...held, rest: 0 }, Date.parse(BEGAN) + 100_000).left, 0);
});

test("a clock that is behind shows the beginning", () => {
  assert.equal(after(-5).left, 10);
});

test("a paused routine stands still", () => {
  const { began: _stood, ...still } = PLACE;
  const paused = { ...still, offset: 20 };
  assert.deepEqual(momentOf(paused, 0), momentOf(paused, Date.now()));
  assert.equal(momentOf(paused, 0).left, 20);
});

test("due habits are offered first", () => {
  const routines = { warm_up: { short: 300, full: 600 }, core: { short: 400, full: 900 } };
  const document = documentOf({ routines });
  assert.deepEqual(offersOf(document, "full").map(({ habit, seconds }) => [habit, seconds]), [["warm_up", 600], ["core", 900]]);
  document.today!.due = { core: { reason: "goal", asked: false, snoozed: false } };
  assert.deepEqual(offersOf(document, "short").map(({ habit }) => habit), ["core", "warm_up"]);
});

test("a routine that went through its last step has an end, with its time where its begin was seen", () => {
  const last = { state: "running" as const, habit: "stretch" as const, number: 6, steps: 6 };
  assert.deepEqual(finishOf(last, 1_000, 371_000), { habit: "stretch", steps: 6, seconds: 370 });
  assert.deepEqual(finishOf(last, undefined, 371_000), { habit: "stretch", steps: 6 });
  assert.equal(finishOf({ ...last, number: 5 }, 1_000, 371_000), undefined);
  assert.equal(finishOf(undefined, 1_000, 371_000), undefined);
});
