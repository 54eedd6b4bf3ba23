// A generated dashboard: a view for every runner, with the treadmills.
import type { EntryInfo, Household, RunnerInfo } from "./data/documents";
import { household } from "./data/runners";
import type { Hass } from "./ha/types";
import { Translate, loadWords } from "./words/translate";

interface Config {
  [key: string]: unknown;
}

export class HomeGymStrategy extends HTMLElement {
  static noEditor = true;

  static async generate(_config: Config, hass: Hass): Promise<Config> {
    const [home] = await Promise.all([household(hass, true), loadWords(hass.locale.language)]);
    return dashboardOf(home, new Translate(hass.locale.language));
  }

  // The registries change when a runner is added or removed, and when an entity is renamed, disabled or added.
  static shouldRegenerate(_config: Config, before: Hass, after: Hass): boolean {
    const isOther = before.devices !== after.devices || before.locale.language !== after.locale.language;
    return isOther || (before.entities !== after.entities && ours(before) !== ours(after));
  }
}

function ours({ entities }: Hass): string {
  const found = Object.values(entities).flatMap((entity) => (entity?.platform === "home_gym" ? [entity.entity_id] : []));
  return found.sort().join();
}

export function dashboardOf({ runners, treadmills }: Household, words: Translate): Config {
  if (!runners.length) return { views: [{ title: "Home Gym", cards: [{ type: "custom:home-gym-today" }] }] };
  return { title: "Home Gym", views: runners.map((runner) => viewOf(runner, treadmills, words)) };
}

function viewOf(runner: RunnerInfo, treadmills: EntryInfo[], words: Translate): Config {
  const card = (kind: string) => ({ type: `custom:home-gym-${kind}`, runner: runner.config_entry_id });
  const section = (...cards: Config[]) => ({ type: "grid", cards });
  const belts = treadmills.flatMap(({ entities }) => tilesOf(entities));
  return {
    title: runner.name,
    path: runner.config_entry_id.toLowerCase(),
    icon: "mdi:run-fast",
    type: "sections",
    max_columns: 3,
    sections: [
      section(card("today")),
      section({ ...card("routine"), banner: false }, ...(belts.length ? [{ type: "heading", heading: words.t("section_treadmills") }, ...belts] : [])),
      section(card("shoes")),
      section({ ...card("back"), banner: false }),
      section(card("runs"), ...(runner.statistic ? [chartOf(runner.statistic, words)] : [])),
    ],
  };
}

function tilesOf(entities: Record<string, string>): Config[] {
  const keys = ["binary_sensor.in_use", "sensor.session_duration"];
  return keys.flatMap((key) => (entities[key] ? [{ type: "tile", entity: entities[key] }] : []));
}

// Home Assistant's own chart of the distance statistics, which are dated by the run, not by its import.
function chartOf(statistic: string, words: Translate): Config {
  const chart = { type: "statistics-graph", title: words.t("section_weekly"), chart_type: "bar", period: "week" };
  return { ...chart, days_to_show: 180, stat_types: ["change"], hide_legend: true, entities: [statistic] };
}
