import assert from "node:assert/strict";
import { test } from "node:test";
import { patched } from "../src/data/patch";

test("a patch removes, adds and changes parts", () => {
  const before = { shoes: { one: { metres: 1 }, two: { metres: 2 } }, name: "Alex" };
  const after = patched(before, { shoes: { one: { metres: 3 }, two: null, three: { metres: 4 } }, runs: [1] });
  assert.deepEqual(after, { shoes: { one: { metres: 3 }, three: { metres: 4 } }, name: "Alex", runs: [1] });
});

test("unchanged parts stay the same objects, and the earlier document stays unchanged", () => {
  const before = { shoes: { one: { metres: 1 }, two: { metres: 2 } }, days: { monday: 1 } };
  const after = patched(before, { shoes: { one: { metres: 3 } } });
  assert.equal(after.days, before.days);
  assert.equal(after.shoes.two, before.shoes.two);
  assert.notEqual(after.shoes, before.shoes);
  assert.equal(before.shoes.one.metres, 1);
});

test("an object replaces a list or a figure", () => {
  assert.deepEqual(patched({ a: [1], b: 2 }, { a: { c: 1 }, b: { d: 2 } }), { a: { c: 1 }, b: { d: 2 } });
});
