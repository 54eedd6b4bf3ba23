import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { LANGUAGES, loadWords, Translate, wordsOf, type Words } from "../src/words/translate";

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
for (const language of LANGUAGES) await loadWords(language);
const english = wordsOf("en");

function otherOf(key: string): string {
  return key.replace(/_(few|many)$/, "_other");
}

function fileOf(language: string): Record<string, string> {
  return JSON.parse(readFileSync(join(process.cwd(), `src/words/${language}.json`), "utf8")) as Record<string, string>;
}

for (const language of LANGUAGES) {
  const table = wordsOf(language);
  test(`${language} says all that English says, with the same placeholders`, () => {
    const keys = Object.keys(fileOf(language));
    const forms = keys.filter((key) => /_(few|many)$/.test(key) && otherOf(key) in english);
    assert.deepEqual(keys.filter((key) => !forms.includes(key)).sort(), Object.keys(fileOf("en")).sort());
    assert.deepEqual(table, fileOf(language));
    for (const [key, text] of Object.entries(table)) {
      assert.deepEqual(placeholders(text), placeholders(english[(key in english ? key : otherOf(key)) as keyof Words]), key);
      assert.equal(text, text.trim(), key);
      assert.doesNotMatch(text, /[<>]/, key);
    }
  });
}

test("the other languages are not English", () => {
  for (const language of LANGUAGES.filter((language) => language !== "en")) {
    const same = Object.entries(wordsOf(language)).filter(([key, text]) => text === english[key as keyof Words]);
    assert.ok(same.length < 25, `${language}: ${same.map(([key]) => key).join(", ")}`);
  }
});

test("every text is used", () => {
  const source = join(process.cwd(), "src");
  const files = readdirSync(source, { recursive: true }).map(String).filter((name) => name.endsWith(".ts"));
  const code = files.map((name) => readFileSync(join(source, name), "utf8")).join("\n");
  // Keys that are put together of what was told.
  const families = ["habit_", "length_", "surface_", "origin_", "section_", "trend_", "record_", "rating_", "form_answer_"];
  const unused = Object.keys(english).filter((key) => {
    const stem = key.replace(/_(one|other)$/, "");
    return !code.includes(`"${key}"`) && !code.includes(`"${stem}"`) && !families.some((family) => key.startsWith(family));
  });
  assert.deepEqual(unused, []);
});

test("placeholders are inserted as text", () => {
  const name = '<img src=x onerror="alert(1)"> {name} $&';
  assert.equal(new Translate("en").t("greeting_day", { name }), `Hello, ${name}`);
});

test("a language without a table reads English, a region its language", () => {
  assert.equal(new Translate("ja").t("done"), "Done");
  assert.equal(new Translate("de-AT").t("done"), "Erledigt");
  assert.equal(new Translate("pt_BR").language, "en");
});

test("texts for one and for many", () => {
  assert.equal(new Translate("en").count("pairs", 1), "1 pair");
  assert.equal(new Translate("en").count("pairs", 0), "0 pairs");
  // In French nothing is one.
  assert.equal(new Translate("fr").count("pairs", 0), "0 paire");
});
