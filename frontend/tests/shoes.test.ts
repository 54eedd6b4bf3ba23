import assert from "node:assert/strict";
import { test } from "node:test";
import { factsOf, rackOf, takenBack } from "../src/models/shoes";
import { Translate } from "../src/words/translate";
import { documentOf, formatOf, shoeOf } from "./make";

const words = new Translate("en");

test("no shoes", () => {
  assert.deepEqual(rackOf(documentOf()), { worn: [], retired: [] });
});

test("the next pair is first, then the latest worn; retired pairs are apart", () => {
  const shoes = {
    a: shoeOf({ last_used: "2026-05-01T00:00:00+00:00" }),
    b: shoeOf({ last_used: "2026-05-03T00:00:00+00:00" }),
    c: shoeOf({ name: "Never worn" }),
    d: shoeOf({ retired: "2026-01-01" }),
    e: shoeOf({ retired: "2026-02-01" }),
  };
  const rack = rackOf(documentOf({ shoes, chosen_shoe: "c", rested_shoe: "a" }));
  assert.deepEqual(rack.worn.map(({ id }) => id), ["c", "b", "a"]);
  assert.deepEqual(rack.retired.map(({ id }) => id), ["e", "d"]);
  assert.ok(rack.worn[0]?.isNext);
  assert.ok(rack.worn[2]?.isRested);
});

test("a bar ends at the replacement and turns at the warning", () => {
  const shoes = {
    a: shoeOf({ distance: 900_000, warning: true, replacement_due: true }),
    b: shoeOf({ distance: 500_000, warning: true }),
  };
  const [a, b] = rackOf(documentOf({ shoes })).worn;
  assert.deepEqual([a?.worn, a?.tone], [1, "bad"]);
  assert.equal(b?.tone, "warn");
  // 483 of 805 km: 300 of 500 miles.
  assert.equal(b?.warnAt, 0.6);
});

test("facts of a pair", () => {
  const shoe = shoeOf({ last_used: "2026-05-03T10:00:00+00:00", replace_by: "2026-09-10", cost: 0.0002 });
  const [pair] = rackOf(documentOf({ shoes: { a: shoe } })).worn;
  assert.deepEqual(factsOf(pair!, "2026-05-04", words, formatOf("en"), "EUR"), [
    "Worn yesterday", "lasts until about September 2026", "€0.20 a km",
  ]);
  const [old] = rackOf(documentOf({ shoes: { a: shoeOf({ retired: "2026-01-02" }) } })).retired;
  assert.deepEqual(factsOf(old!, "2026-05-04", words, formatOf("en")), ["Not worn yet", "retired 1/2/2026"]);
});

test("forty pairs", () => {
  const shoes = Object.fromEntries(Array.from({ length: 40 }, (_, number) => [`s${number}`, shoeOf({ name: "x".repeat(200) })]));
  assert.equal(rackOf(documentOf({ shoes })).worn.length, 40);
});

test("undo restores the earlier day of retirement, or none", () => {
  assert.deepEqual(takenBack({ before: "2026-12-31" }), { retired: true, on: "2026-12-31" });
  assert.deepEqual(takenBack({}), { retired: false });
});
