import assert from "node:assert/strict";
import { test } from "node:test";
import { RunnerController } from "../src/data/runner-controller";
import { PATIENCE } from "../src/data/store";
import type { RunnerDocument } from "../src/data/documents";
import type { Hass } from "../src/ha/types";
import { passed, settled, Wire } from "./wire";

PATIENCE.linger = 0;
PATIENCE.unauthorized = 60;

const now = new Date().toISOString();

// A card on a page, in a home with these runners; it shows the name and the shoes.
function onPage(runners: string[], chosen?: string) {
  const wire = new Wire();
  const home = { runners };
  const seen: (RunnerDocument | undefined)[] = [];
  const card = { isConnected: true, drawn: 0, addController: () => undefined, removeController: () => undefined };
  const host = Object.assign(card, { requestUpdate: () => void (card.drawn += 1), updateComplete: Promise.resolve(true) });
  const controller = new RunnerController(host, () => ["name", "shoes"], (before) => seen.push(before));
  const hass = {
    connection: wire,
    devices: {},
    callWS: () => Promise.resolve({ runners: home.runners.map((id) => ({ config_entry_id: id })), treadmills: [] }),
  } as unknown as Hass;
  controller.choose(chosen);
  controller.update(hass, "en");
  const leave = () => {
    card.isConnected = false;
    controller.hostDisconnected();
  };
  return { wire, home, seen, card, controller, hass, leave };
}

test("the configured runner is shown, else the first visible one", async () => {
  const first = onPage(["alex", "billie"], "");
  const chosen = onPage(["alex", "billie"], "billie");
  await settled();
  assert.deepEqual([first.controller.runner, chosen.controller.runner], ["alex", "billie"]);
  assert.equal(first.wire.asked[0]?.["config_entry_id"], "alex");
  assert.equal(chosen.wire.asked[0]?.["config_entry_id"], "billie");
  chosen.controller.choose("alex");
  await settled();
  assert.equal(chosen.wire.asked[1]?.["config_entry_id"], "alex");
  first.leave();
  chosen.leave();
});

test("a card renders again for the parts that it shows only", async () => {
  const { wire, card, seen, controller, leave } = onPage(["alex"]);
  await settled();
  wire.tell({ whole: { state: "ready", name: "Alex" }, now });
  const drawn = card.drawn;
  wire.tell({ patch: { revision: 7 }, now });
  assert.equal(card.drawn, drawn);
  wire.tell({ patch: { name: "Alexandra" }, now });
  assert.equal(card.drawn, drawn + 1);
  assert.equal(seen.at(-1)?.name, "Alex");
  assert.equal(controller.snapshot.document?.name, "Alexandra");
  wire.fire("disconnected");
  assert.equal(card.drawn, drawn + 2);
  leave();
});

test("a home without runners is asked again until it has one", async () => {
  const { home, controller, leave } = onPage([]);
  await settled();
  assert.equal(controller.noRunner, true);
  home.runners = ["alex"];
  await passed(100);
  assert.deepEqual([controller.noRunner, controller.runner], [false, "alex"]);
  leave();
});

test("a card that leaves the page unsubscribes, and subscribes again when it is back", async () => {
  const { wire, card, controller, leave } = onPage(["alex"]);
  await settled();
  leave();
  await passed(20);
  assert.equal(wire.ended, 1);
  assert.equal(controller.snapshot.document, undefined);
  card.isConnected = true;
  controller.hostConnected();
  await settled();
  assert.equal(wire.asked.length, 2);
  leave();
});

test("another language is another subscription", async () => {
  const { wire, hass, controller, leave } = onPage(["alex"]);
  await settled();
  controller.update({ ...hass }, "en");
  await settled();
  assert.equal(wire.asked.length, 1);
  controller.update({ ...hass }, "de");
  await settled();
  assert.equal(wire.asked[1]?.["language"], "de");
  leave();
});
