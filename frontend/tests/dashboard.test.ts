import assert from "node:assert/strict";
import { test } from "node:test";
import type { Hass } from "../src/ha/types";
import { messageOf } from "../src/models/failure";
import { suggestionFor } from "../src/models/suggestions";
import { Translate } from "../src/words/translate";

// The strategy is an element, and there are none here.
(globalThis as { HTMLElement?: unknown }).HTMLElement ??= class {};
const { dashboardOf, HomeGymStrategy } = await import("../src/strategy");

const words = new Translate("en");
const info = (name: string, entities: Record<string, string> = {}, statistic: string | null = null) => ({ config_entry_id: `01${name}`, name, loaded: true, own: false, entities, statistic });

test("the dashboard has a view per runner, with renamed entities", () => {
  const belt = info("Belt", { "binary_sensor.in_use": "binary_sensor.renamed" });
  const dashboard = dashboardOf({ runners: [info("Alex", {}, "home_gym:01alex_distance"), info("Billie")], treadmills: [belt] }, words);
  const views = dashboard["views"] as { title: string; sections: { cards: Record<string, unknown>[] }[] }[];
  assert.deepEqual(views.map(({ title }) => title), ["Alex", "Billie"]);
  const cards = views[0]!.sections.flatMap((section) => section.cards);
  assert.deepEqual(cards.filter((card) => String(card["type"]).startsWith("custom:")).map((card) => [card["type"], card["runner"]]), [
    ["custom:home-gym-today", "01Alex"], ["custom:home-gym-routine", "01Alex"], ["custom:home-gym-shoes", "01Alex"],
    ["custom:home-gym-back", "01Alex"], ["custom:home-gym-runs", "01Alex"],
  ]);
  const chart = cards.find((card) => card["type"] === "statistics-graph");
  // How far a week was, imported ones among them: what a curve rose by, not how high a sensor stood.
  assert.deepEqual([chart?.["entities"], chart?.["stat_types"]], [["home_gym:01alex_distance"], ["change"]]);
  assert.equal(cards.find((card) => card["type"] === "tile")?.["entity"], "binary_sensor.renamed");
  const others = views[1]!.sections.flatMap((section) => section.cards);
  assert.ok(!others.some((card) => card["type"] === "statistics-graph"));
});

test("a dashboard without runners has the today card", () => {
  const [view] = dashboardOf({ runners: [], treadmills: [] }, words)["views"] as { cards: unknown[] }[];
  assert.deepEqual(view?.cards, [{ type: "custom:home-gym-today" }]);
});

test("the dashboard is generated again when devices or our entities change", () => {
  const entities = { "sensor.a": { entity_id: "sensor.a", platform: "home_gym" }, "light.b": { entity_id: "light.b", platform: "hue" } };
  const hass = { entities, devices: {}, locale: { language: "en" } } as unknown as Hass;
  const follows = (change: object) => HomeGymStrategy.shouldRegenerate({}, hass, { ...hass, ...change } as Hass);
  assert.ok(!follows({ states: {} }));
  assert.ok(!follows({ entities: { "sensor.a": { ...entities["sensor.a"] } } }));
  assert.ok(follows({ entities: { ...entities, "sensor.c": { entity_id: "sensor.c", platform: "home_gym" } } }));
  assert.ok(follows({ entities: { "sensor.renamed": { entity_id: "sensor.renamed", platform: "home_gym" } } }));
  assert.ok(follows({ entities: {} }));
  assert.ok(follows({ devices: {} }));
  assert.ok(follows({ locale: { language: "de" } }));
});

test("a suggested card suits the entity and has its runner", () => {
  const hass = {
    entities: {
      "sensor.a": { entity_id: "sensor.a", platform: "home_gym", translation_key: "wear", device_id: "d" },
      "sensor.b": { entity_id: "sensor.b", platform: "other", translation_key: "wear" },
      "sensor.c": { entity_id: "sensor.c", platform: "home_gym", translation_key: "routine" },
    },
    devices: { d: { id: "d", primary_config_entry: "01ALEX" } },
  } as unknown as Hass;
  const shoes = suggestionFor("home-gym-shoes");
  assert.deepEqual(shoes(hass, "sensor.a"), { config: { type: "custom:home-gym-shoes", runner: "01ALEX" } });
  assert.equal(shoes(hass, "sensor.b"), null);
  assert.equal(shoes(hass, "sensor.c"), null);
  assert.equal(shoes(hass, "sensor.unknown"), null);
  assert.deepEqual(suggestionFor("home-gym-routine")(hass, "sensor.c"), { config: { type: "custom:home-gym-routine" } });
});

test("failures are shown by Home Assistant's translations of our errors, others in the cards' own words", async () => {
  const texts: Record<string, string> = { "component.home_gym.exceptions.no_routine.message": "{runner} has no active routine." };
  const hass = {
    loadBackendTranslation: async () => (key: string, { runner = "" }: Record<string, string> = {}) => texts[key]?.replace("{runner}", runner) ?? "",
  };
  const failed = (failure: object, at: Pick<Hass, "loadBackendTranslation"> = hass) => messageOf(failure, words, at);
  const known = { code: "service_validation_error", translation_key: "no_routine", translation_placeholders: { runner: "Alex" } };
  assert.equal(await failed(known), "Alex has no active routine.");
  assert.equal(await failed({ code: "failed", translation_key: "new_error" }), words.t("failed"));
  assert.equal(await failed(known, { loadBackendTranslation: () => Promise.reject(new Error("gone")) }), words.t("failed"));
  assert.equal(await failed({ translation_key: "runner_closed" }), words.t("trouble_not_loaded"));
  assert.equal(await failed({ code: "unauthorized" }), words.t("failed_unauthorized"));
  assert.equal(await failed({}), words.t("failed"));
});
