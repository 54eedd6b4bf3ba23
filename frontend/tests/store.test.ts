import assert from "node:assert/strict";
import { test } from "node:test";
import { PATIENCE, storeOf } from "../src/data/store";
import { household } from "../src/data/runners";
import type { Hass } from "../src/ha/types";
import { passed, settled, Wire } from "./wire";

PATIENCE.retryAfter = [20, 40];
PATIENCE.linger = 40;
PATIENCE.unauthorized = 100;

const now = new Date().toISOString();

test("cards of one runner share a subscription and its patches", async () => {
  const wire = new Wire();
  let heard = 0;
  const store = storeOf(wire, "alex", "en");
  assert.equal(storeOf(wire, "alex", "en"), store);
  assert.notEqual(storeOf(wire, "billie", "en"), store);
  const stops = [store.listen(() => (heard += 1)), store.listen(() => (heard += 1))];
  await settled();
  assert.equal(wire.asked.length, 1);
  assert.equal(wire.asked[0]?.["config_entry_id"], "alex");
  wire.tell({ whole: { state: "ready", name: "Alex" }, now });
  wire.tell({ patch: { name: "Alexandra" }, now });
  assert.equal(heard, 4);
  assert.equal(store.snapshot.document?.name, "Alexandra");
  for (const stop of stops) stop();
});

test("a lost connection keeps the document, and the subscription starts again with it", async () => {
  const wire = new Wire();
  const store = storeOf(wire, "alex", "en");
  const stop = store.listen(() => undefined);
  await settled();
  wire.tell({ whole: { state: "ready", name: "Alex" }, now });
  const before = wire.tell;
  wire.fire("disconnected");
  assert.equal(store.snapshot.connected, false);
  assert.equal(store.snapshot.document?.name, "Alex");
  before({ patch: { name: "too late" }, now });
  assert.equal(store.snapshot.document?.name, "Alex");
  wire.fire("ready");
  await settled();
  assert.equal(wire.asked.length, 2);
  wire.tell({ whole: { state: "ready", name: "Back" }, now });
  assert.deepEqual([store.snapshot.connected, store.snapshot.document?.name], [true, "Back"]);
  stop();
});

test("an unknown runner is requested again, a forbidden one less often, a treadmill never", async () => {
  const wire = new Wire();
  wire.refuse = "unknown_command";
  const store = storeOf(wire, "alex", "en");
  const stop = store.listen(() => undefined);
  await settled();
  assert.equal(store.snapshot.problem, "unreachable");
  await passed(30);
  assert.equal(wire.asked.length, 2);
  wire.refuse = undefined;
  await passed(60);
  assert.equal(wire.asked.length, 3);
  wire.tell({ whole: { state: "ready", name: "Alex" }, now });
  assert.equal(store.snapshot.problem, undefined);
  stop();

  const other = new Wire();
  other.refuse = "unauthorized";
  const forbidden = storeOf(other, "alex", "en");
  const leave = forbidden.listen(() => undefined);
  await settled();
  assert.equal(forbidden.snapshot.problem, "unauthorized");
  await passed(60);
  assert.equal(other.asked.length, 1);
  other.refuse = undefined;
  await passed(80);
  assert.equal(other.asked.length, 2);
  leave();

  const belt = new Wire();
  belt.refuse = "no_runner";
  const stopBelt = storeOf(belt, "belt", "en").listen(() => undefined);
  await passed(150);
  assert.equal(belt.asked.length, 1);
  stopBelt();
});

test("a withdrawn permission removes the document until it is granted again", async () => {
  const wire = new Wire();
  const store = storeOf(wire, "alex", "en");
  const stop = store.listen(() => undefined);
  await settled();
  wire.tell({ whole: { state: "ready", name: "Alex" }, now });
  wire.tell({ whole: { state: "unauthorized" }, now });
  assert.deepEqual([store.snapshot.document, store.snapshot.problem], [undefined, "unauthorized"]);
  assert.equal(wire.ended, 1);
  await passed(140);
  assert.equal(wire.asked.length, 2);
  wire.tell({ whole: { state: "ready", name: "Alex" }, now });
  assert.deepEqual([store.snapshot.document?.name, store.snapshot.problem], ["Alex", undefined]);
  stop();
});

test("runners are requested once, and again when devices or the connection change", async () => {
  const wire = new Wire();
  let asked = 0;
  const callWS = () => Promise.resolve({ runners: [], treadmills: [], asked: (asked += 1) });
  const hass = { connection: wire, devices: {}, callWS } as unknown as Hass;
  await Promise.all([household(hass), household(hass)]);
  assert.equal(asked, 1);
  const moved = { ...hass, devices: {} };
  await Promise.all([household(moved), household(moved)]);
  assert.equal(asked, 2);
  wire.fire("ready");
  await Promise.all([household(moved), household(moved)]);
  assert.equal(asked, 3);
  await household(moved, true);
  assert.equal(asked, 4);
});

test("an unused subscription ends after a while", async () => {
  const wire = new Wire();
  const store = storeOf(wire, "alex", "en");
  const stop = store.listen(() => undefined);
  await settled();
  stop();
  const again = store.listen(() => undefined);
  await passed(80);
  assert.equal(wire.ended, 0);
  again();
  await passed(80);
  assert.equal(wire.ended, 1);
  assert.notEqual(storeOf(wire, "alex", "en"), store);
});

test("the home's clock may be ahead", async () => {
  const wire = new Wire();
  const store = storeOf(wire, "alex", "en");
  const stop = store.listen(() => undefined);
  await settled();
  wire.tell({ whole: { state: "ready", name: "Alex" }, now: new Date(Date.now() + 60_000).toISOString() });
  assert.ok(Math.abs(store.snapshot.ahead - 60_000) < 1000);
  stop();
});


