// Options of Home Gym's actions in Home Assistant's own translations: signs, areas, questions, points of a form check.
import type { Hass, Localize } from "../ha/types";

export type OptionList =
  | "red_flag" | "pain_area" | "pain_side" | "pain_moment" | "triage_question" | "triage_answer" | "form_point" | "form_witness";

const loaded = new Map<string, Localize>();

export function hasOptions(language: string): boolean {
  return loaded.has(language);
}

// Without the texts an option is shown by its key.
export async function loadOptions(hass: Hass): Promise<boolean> {
  const { language } = hass.locale;
  if (loaded.has(language)) return false;
  try {
    loaded.set(language, await hass.loadBackendTranslation("selector", "home_gym"));
    return true;
  } catch {
    return false;
  }
}

export function optionOf(language: string, list: OptionList, option: string): string {
  return loaded.get(language)?.(`component.home_gym.selector.${list}.options.${option}`) || option.replaceAll("_", " ");
}
