// The cards' editors, rendered by Home Assistant from a form schema.
import { household, pageHass } from "../data/runners";
import type { Hass } from "../ha/types";
import { Translate, type Key, loadWords } from "../words/translate";

export interface Field {
  name: string;
  selector: Record<string, unknown>;
  required?: boolean;
}

export interface Form {
  schema: Field[];
  computeLabel: (field: Field) => string;
  computeHelper: (field: Field) => string | undefined;
}

const LABELS: Record<string, Key> = { runner: "form_runner", sections: "form_sections", weeks: "form_weeks", length: "form_length" };
// Names of the sections of the today card.
const SECTIONS: Record<string, Key> = { due: "due_today", last_run: "last_run", next_run: "next_pair", week: "this_week", streaks: "streaks" };
const HELPS: Record<string, Key> = { runner: "form_runner_help", sections: "form_sections_help" };

export async function runnerForm(more: Field[] = []): Promise<Form> {
  const hass = pageHass();
  const language = hass?.locale.language ?? "en";
  await loadWords(language);
  const words = new Translate(language);
  return {
    schema: [{ name: "runner", selector: await runnerSelector(hass) }, ...more.map((field) => inWords(field, words))],
    computeLabel: ({ name }) => (LABELS[name] ? words.t(LABELS[name]) : name),
    computeHelper: ({ name }) => (HELPS[name] ? words.t(HELPS[name]) : undefined),
  };
}

export function sectionsField(sections: readonly string[]): Field {
  return {
    name: "sections",
    selector: { select: { multiple: true, mode: "list", options: sections.map((value) => ({ value, label: SECTIONS[value] ?? value })) } },
  };
}

// Runners by name where known, else Home Assistant's own list of entries.
async function runnerSelector(hass: Hass | undefined): Promise<Record<string, unknown>> {
  try {
    const { runners } = hass ? await household(hass, true) : { runners: [] };
    if (runners.length) {
      const options = runners.map((runner) => ({ value: runner.config_entry_id, label: runner.name }));
      return { select: { mode: "dropdown", options } };
    }
  } catch {
    // Home Assistant lists its entries without our help.
  }
  return { config_entry: { integration: "home_gym" } };
}

// Options are labelled by their keys.
function inWords(field: Field, words: Translate): Field {
  const select = field.selector["select"] as { options: { value: string; label: string }[] } | undefined;
  if (!select) return field;
  const options = select.options.map(({ value, label }) => ({ value, label: words.maybe(label) ?? label }));
  return { ...field, selector: { select: { ...select, options } } };
}
