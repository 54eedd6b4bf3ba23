import assert from "node:assert/strict";
import { test } from "node:test";
import type { Hass } from "../src/ha/types";
import { messageOf } from "../src/models/failure";
import { widthsOf } from "../src/models/columns";
import { suggestionFor } from "../src/models/suggestions";
import { Translate } from "../src/words/translate";

// The strategy is an element, and there are none here.
(globalThis as { HTMLElement?: unknown }).HTMLElement ??= class {};
const { dashboardOf, HomeGymStrategy } = await import("../src/strategy");

const words = new Translate("en");
const info = (name: string, entities: Record<string, string> = {}, statistic: string | null = null) => ({ config_entry_id: `01${name}`, name, loaded: true, own: false, entities, statistic });

type View = { title: string; icon?: string; sections: { visibility: { condition: string; media_query?: string; state?: string; state_not?: string }[]; cards: Record<string, unknown>[] }[] };

test("the dashboard has a named tab per runner, with renamed entities", () => {
  const belt = info("Belt", { "binary_sensor.in_use": "binary_sensor.renamed" });
  const dashboard = dashboardOf({ runners: [info("Alex"), info("Billie")], treadmills: [belt] }, words);
  const views = dashboard["views"] as View[];
  assert.deepEqual(views.map(({ title, icon }) => [title, icon]), [["Alex", undefined], ["Billie", undefined]]);
  for (const { cards } of views[0]!.sections) {
    for (const card of cards.filter(({ type }) => String(type).startsWith("custom:"))) assert.equal(card["runner"], "01Alex");
  }
  // One to four columns, each with all cards.
  const widths = [...new Set(views[0]!.sections.map(({ visibility }) => visibility[0]!.media_query))];
  assert.equal(widths.length, 4);
  for (const [columns, width] of widths.entries()) {
    const sections = views[0]!.sections.filter(({ visibility }) => visibility[0]!.media_query === width);
    assert.equal(sections.length, columns + 1);
    const kinds = sections.flatMap(({ cards }) => cards).map(({ type }) => String(type).replace("custom:home-gym-", ""));
    for (const kind of ["setup", "today", "routine", "shoes", "back", "runs", "trends"]) assert.ok(kinds.includes(kind), kind);
    assert.equal(sections.flatMap(({ cards }) => cards).find(({ type }) => type === "tile")?.["entity"], "binary_sensor.renamed");
  }
});

test("an emergency takes the view of a runner whose state of the back is known", () => {
  const runner = info("Alex", { "sensor.back_state": "sensor.renamed" });
  const [view] = dashboardOf({ runners: [runner], treadmills: [] }, words)["views"] as View[];
  const conditions = view!.sections.map(({ visibility }) => visibility.find(({ condition }) => condition === "state"));
  assert.ok(conditions.every((condition) => condition && (condition.state ?? condition.state_not) === "emergency"));
  const urgent = view!.sections.filter(({ visibility }) => visibility.some(({ state }) => state));
  assert.deepEqual(urgent.flatMap(({ cards }) => cards.map(({ type }) => type)), ["custom:home-gym-back", "custom:home-gym-runs", "custom:home-gym-shoes"]);
});

// Whether a window of this width matches a media query made of widths.
const matches = (query: string, width: number) => query.split(", ").some((part) =>
  [...part.matchAll(/\((min|max)-width: (\d+)px\)/g)].every(([, bound, pixels]) => (bound === "min" ? width >= Number(pixels) : width <= Number(pixels))));

test("every width of a window has one arrangement, of as many columns as fit beside the sidebar", () => {
  for (const [sidebar, width] of [["docked", 256], ["auto", 56], ["always_hidden", 0]] as const) {
    for (let window = 300; window <= 2600; window += 1) {
      const shown = [1, 2, 3, 4].filter((columns) => matches(widthsOf(columns, sidebar), window));
      assert.equal(shown.length, 1, `${sidebar} ${window}`);
      // Home Assistant's own count: columns of 320 with 32 between and beside them, and no sidebar in narrow windows.
      const fit = Math.floor((window - (window > 870 ? width : 0) - 32) / 352);
      assert.ok(shown[0]! <= Math.max(1, fit), `${sidebar} ${window}: ${shown} of ${fit}`);
    }
  }
  assert.deepEqual([800, 1280, 1920].map((window) => [1, 2, 3, 4].find((columns) => matches(widthsOf(columns, "auto"), window))), [2, 3, 4]);
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
