import assert from "node:assert/strict";
import { test } from "node:test";
import { patched } from "../src/data/patch";

test("what went, came and changed is so in the document", () => {
  const before = { shoes: { one: { metres: 1 }, two: { metres: 2 } }, name: "Alex" };
  const after = patched(before, { shoes: { one: { metres: 3 }, two: null, three: { metres: 4 } }, runs: [1] });
  assert.deepEqual(after, { shoes: { one: { metres: 3 }, three: { metres: 4 } }, name: "Alex", runs: [1] });
});

test("what did not change stays the very same object, and the one before stays as it was", () => {
  const before = { shoes: { one: { metres: 1 }, two: { metres: 2 } }, days: { monday: 1 } };
  const after = patched(before, { shoes: { one: { metres: 3 } } });
  assert.equal(after.days, before.days);
  assert.equal(after.shoes.two, before.shoes.two);
  assert.notEqual(after.shoes, before.shoes);
  assert.equal(before.shoes.one.metres, 1);
});

test("an object takes the place of a list or a figure", () => {
  assert.deepEqual(patched({ a: [1], b: 2 }, { a: { c: 1 }, b: { d: 2 } }), { a: { c: 1 }, b: { d: 2 } });
});
