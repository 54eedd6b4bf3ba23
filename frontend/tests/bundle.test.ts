import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

const BUILT = join(process.cwd(), "../custom_components/home_gym/frontend");

test("the bundle has at most 66 kB compressed", () => {
  const files = readdirSync(BUILT).filter((name) => name.endsWith(".js"));
  assert.ok(files.includes("home-gym.js"));
  const size = files.reduce((sum, name) => sum + gzipSync(readFileSync(join(BUILT, name))).length, 0);
  assert.ok(size <= 66_000, `${size} bytes`);
});

test("no server text is written as markup", () => {
  const source = join(process.cwd(), "src");
  for (const name of readdirSync(source, { recursive: true }).map(String).filter((file) => file.endsWith(".ts"))) {
    assert.doesNotMatch(readFileSync(join(source, name), "utf8"), /innerHTML|unsafeHTML|insertAdjacentHTML/, name);
  }
});
