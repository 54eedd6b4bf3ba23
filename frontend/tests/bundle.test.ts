import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

const BUILT = join(process.cwd(), "../custom_components/home_gym/frontend");

const FILES = readdirSync(BUILT).filter((name) => name.endsWith(".js"));

function compressed(names: readonly string[]): number {
  return names.reduce((sum, name) => sum + gzipSync(readFileSync(join(BUILT, name))).length, 0);
}

test("the cards have at most 75 kB compressed, in all languages", () => {
  assert.ok(FILES.includes("home-gym.js"));
  const size = compressed(FILES);
  assert.ok(size <= 75_000, `${size} bytes`);
});

test("at most 60 kB compressed load before the first card, in any language", () => {
  const isLanguage = (name: string) => /^(de|es|fr|nl)-/.test(name);
  assert.equal(FILES.filter(isLanguage).length, 4);
  // Dialogues load when they are opened.
  const isLater = (name: string) => /^dialogs-/.test(name);
  assert.equal(FILES.filter(isLater).length, 1);
  const first = compressed(FILES.filter((name) => !isLanguage(name) && !isLater(name)));
  for (const language of FILES.filter(isLanguage)) {
    const size = first + compressed([language]);
    assert.ok(size <= 60_000, `${language}: ${size} bytes`);
  }
});

test("no server text is written as markup", () => {
  const source = join(process.cwd(), "src");
  for (const name of readdirSync(source, { recursive: true }).map(String).filter((file) => file.endsWith(".ts"))) {
    assert.doesNotMatch(readFileSync(join(source, name), "utf8"), /innerHTML|unsafeHTML|insertAdjacentHTML/, name);
  }
});
