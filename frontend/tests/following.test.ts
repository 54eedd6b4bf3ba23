import assert from "node:assert/strict";
import { test } from "node:test";
import { Following } from "../src/data/following";
import { PATIENCE } from "../src/data/store";
import type { RunnerDocument } from "../src/data/document";
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
  const following = new Following(host, () => ["name", "shoes"], (before) => seen.push(before));
  const hass = {
    connection: wire,
    devices: {},
    callWS: () => Promise.resolve({ runners: home.runners.map((id) => ({ config_entry_id: id })), treadmills: [] }),
  } as unknown as Hass;
  following.choose(chosen);
  following.update(hass, "en");
  const leave = () => {
    card.isConnected = false;
    following.hostDisconnected();
  };
  return { wire, home, seen, card, following, hass, leave };
}

test("whoever may be seen first is followed where nobody is chosen, and whoever is chosen else", async () => {
  const first = onPage(["alex", "billie"], "");
  const chosen = onPage(["alex", "billie"], "billie");
  await settled();
  assert.deepEqual([first.following.runner, chosen.following.runner], ["alex", "billie"]);
  assert.equal(first.wire.asked[0]?.["config_entry_id"], "alex");
  assert.equal(chosen.wire.asked[0]?.["config_entry_id"], "billie");
  chosen.following.choose("alex");
  await settled();
  assert.equal(chosen.wire.asked[1]?.["config_entry_id"], "alex");
  first.leave();
  chosen.leave();
});

test("a card is drawn anew for the parts that it shows, and for no others", async () => {
  const { wire, card, seen, following, leave } = onPage(["alex"]);
  await settled();
  wire.tell({ whole: { state: "ready", name: "Alex" }, now });
  const drawn = card.drawn;
  wire.tell({ patch: { revision: 7 }, now });
  assert.equal(card.drawn, drawn);
  wire.tell({ patch: { name: "Alexandra" }, now });
  assert.equal(card.drawn, drawn + 1);
  assert.equal(seen.at(-1)?.name, "Alex");
  assert.equal(following.snapshot.document?.name, "Alexandra");
  wire.fire("disconnected");
  assert.equal(card.drawn, drawn + 2);
  leave();
});

test("nobody to follow is looked for again until somebody is there", async () => {
  const { home, following, leave } = onPage([]);
  await settled();
  assert.equal(following.noRunner, true);
  home.runners = ["alex"];
  await passed(100);
  assert.deepEqual([following.noRunner, following.runner], [false, "alex"]);
  leave();
});

test("a card that left the page follows nobody, and goes on when it is back", async () => {
  const { wire, card, following, leave } = onPage(["alex"]);
  await settled();
  leave();
  await passed(20);
  assert.equal(wire.ended, 1);
  assert.equal(following.snapshot.document, undefined);
  card.isConnected = true;
  following.hostConnected();
  await settled();
  assert.equal(wire.asked.length, 2);
  leave();
});

test("another language is another subscription", async () => {
  const { wire, hass, following, leave } = onPage(["alex"]);
  await settled();
  following.update({ ...hass }, "en");
  await settled();
  assert.equal(wire.asked.length, 1);
  following.update({ ...hass }, "de");
  await settled();
  assert.equal(wire.asked[1]?.["language"], "de");
  leave();
});
