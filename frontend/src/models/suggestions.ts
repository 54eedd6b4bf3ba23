// Cards that suit an entity, for Home Assistant's card picker "by entity".
import type { Hass } from "../ha/types";

interface Suggestion {
  config: Record<string, unknown>;
}

// By the translation keys of the entities.
export const SUGGESTED: Record<string, RegExp | undefined> = {
  "home-gym-today": /^(next_habit|today|core_|stretch_|foam_roll_due|warm_up_due|cool_down_due|last_(core|stretch|warm_up|cool_down|foam_roll)|weekly_distance|days_since_rest)/,
  "home-gym-routine": /^routine$/,
  "home-gym-shoes": /^(shoe|distance|remaining|wear|replace_by|last_used|replacement_due|cost)$/,
  "home-gym-runs": /^(last_run|run|journal)/,
  "home-gym-back": /^(back_pain|see_professional|weekly_distance_change)$/,
};

export function suggestionFor(type: string): (hass: Hass, entityId: string) => Suggestion | null {
  return (hass, entityId) => {
    const entity = hass.entities[entityId];
    const suits = entity?.platform === "home_gym" && SUGGESTED[type]?.test(entity.translation_key ?? "");
    if (!suits) return null;
    const device = entity.device_id ? hass.devices[entity.device_id] : undefined;
    const runner = device?.primary_config_entry ?? device?.config_entries?.[0];
    return { config: { type: `custom:${type}`, ...(runner ? { runner } : {}) } };
  };
}
