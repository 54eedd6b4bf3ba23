// A generated dashboard: a view for every runner, with the treadmills.
import type { EntryInfo, Household, RunnerInfo } from "./data/documents";
import { household } from "./data/runners";
import type { Hass } from "./ha/types";
import { widthsOf } from "./models/columns";
import { Translate, loadWords, type Key } from "./words/translate";

interface Config {
  [key: string]: unknown;
}

export class HomeGymStrategy extends HTMLElement {
  static noEditor = true;

  static async generate(_config: Config, hass: Hass): Promise<Config> {
    const [home] = await Promise.all([household(hass, true), loadWords(hass.locale.language)]);
    return dashboardOf(home, new Translate(hass.locale.language), hass.dockedSidebar);
  }

  // The registries change when a runner is added or removed, and when an entity is renamed, disabled or added.
  static shouldRegenerate(_config: Config, before: Hass, after: Hass): boolean {
    const isOther =
      before.devices !== after.devices ||
      before.locale.language !== after.locale.language ||
      before.dockedSidebar !== after.dockedSidebar;
    return isOther || (before.entities !== after.entities && ours(before) !== ours(after));
  }
}

function ours({ entities }: Hass): string {
  const found = Object.values(entities).flatMap((entity) => (entity?.platform === "home_gym" ? [entity.entity_id] : []));
  return found.sort().join();
}

export function dashboardOf({ runners, treadmills }: Household, words: Translate, sidebar?: string): Config {
  if (!runners.length) return { views: [{ title: "Home Gym", cards: [{ type: "custom:home-gym-today" }] }] };
  return { title: "Home Gym", views: runners.map((runner) => viewOf(runner, treadmills, words, sidebar)) };
}

// The cards of each column, for one to four columns, balanced by their usual heights; the runs take the rest of theirs.
type Part = "set_up" | "day" | "last_run" | "week" | "routines" | "back" | "runs" | "trends" | "shoes" | "treadmills";
const ARRANGEMENTS: readonly (readonly (readonly Part[])[])[] = [
  [["set_up", "day", "last_run", "week", "treadmills", "back", "routines", "runs", "trends", "shoes"]],
  [["set_up", "day", "week", "back", "shoes"], ["last_run", "treadmills", "routines", "runs", "trends"]],
  [["set_up", "day", "week", "routines"], ["last_run", "treadmills", "runs", "trends"], ["back", "shoes"]],
  [["set_up", "day", "week", "shoes"], ["last_run", "runs"], ["back"], ["treadmills", "routines", "trends"]],
];
// A tab with the runner's name, in a section for each column: sections side by side leave no gaps in a row of cards.
function viewOf(runner: RunnerInfo, treadmills: EntryInfo[], words: Translate, sidebar?: string): Config {
  const card = (kind: string, more: Config = {}) => ({ type: `custom:home-gym-${kind}`, runner: runner.config_entry_id, ...more });
  const today = (...sections: string[]) => card("today", { header: false, part: true, sections });
  const belts = treadmills.flatMap(({ entities }) => tilesOf(entities));
  const state = runner.entities["sensor.back_state"];
  const inState = (comparison: Config): Config[] => (state ? [{ condition: "state", entity: state, ...comparison }] : []);
  const partsOf = (columns: number): Record<Part, Config[]> => ({
    set_up: [card("setup")],
    day: [card("today", { sections: ["due"], part: true })],
    last_run: [today("last_run", "next_run")],
    week: [today("week", "streaks")],
    routines: [card("routine", { banner: false, player: false })],
    back: [card("back", { banner: false })],
    runs: [card("runs", columns > 1 ? { fill: true } : {})],
    trends: [card("trends")],
    shoes: [card("shoes")],
    treadmills: belts.length ? [{ type: "heading", heading: words.t("section_treadmills") }, ...belts] : [],
  });
  const sections = ARRANGEMENTS.flatMap((columns) => {
    const parts = partsOf(columns.length);
    const visibility = [{ condition: "screen", media_query: widthsOf(columns.length, sidebar) }, ...inState({ state_not: "emergency" })];
    return columns.map((names, place) => ({
      type: "grid",
      visibility,
      cards: [...headingOf(place, columns.length, words), ...names.flatMap((name) => parts[name])],
    }));
  });
  return {
    title: runner.name,
    path: runner.config_entry_id.toLowerCase(),
    type: "sections",
    max_columns: ARRANGEMENTS.length,
    footer: { card: card("log", { visibility: [{ condition: "screen", media_query: "(max-width: 600px)" }] }) },
    sections: [...(state ? emergencyOf(card, inState({ state: "emergency" })) : []), ...sections],
  };
}

// Columns side by side have headings in one line.
const HEADINGS: readonly (readonly [Key, string])[] = [
  ["today", "mdi:calendar-today"],
  ["runs", "mdi:run"],
  ["body_and_gear", "mdi:human"],
  ["trends", "mdi:chart-line"],
];
function headingOf(place: number, columns: number, words: Translate): Config[] {
  const [key, icon] = HEADINGS[place] ?? [];
  return key && columns > 1 ? [{ type: "heading", heading: words.t(key), icon }] : [];
}

// One banner across the view; runs and kilometres stay as plain facts.
function emergencyOf(card: (kind: string, more?: Config) => Config, visibility: Config[]): Config[] {
  const section = (shown: Config, span = 1) => ({ type: "grid", column_span: span, visibility, cards: [shown] });
  return [section(card("back", { grid_options: { columns: "full" } }), ARRANGEMENTS.length), section(card("runs")), section(card("shoes"))];
}

function tilesOf(entities: Record<string, string>): Config[] {
  const keys = ["binary_sensor.in_use", "sensor.session_duration"];
  return keys.flatMap((key) => (entities[key] ? [{ type: "tile", entity: entities[key] }] : []));
}
