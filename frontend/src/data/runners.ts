// The runners who may be seen, and the treadmills; asked for once for each connection.
import type { Connection, Hass } from "../ha/types";

export interface EntryInfo {
  config_entry_id: string;
  name: string;
  loaded: boolean;
  own?: boolean;
  entities: Record<string, string>;
}

export interface Household {
  runners: EntryInfo[];
  treadmills: EntryInfo[];
}

const asked = new WeakMap<Connection, Promise<Household>>();

export function household(hass: Hass, anew = false): Promise<Household> {
  const known = asked.get(hass.connection);
  if (known && !anew) return known;
  const answer = hass.callWS<Household>({ type: "home_gym/runners" });
  asked.set(hass.connection, answer);
  answer.catch(() => asked.delete(hass.connection));
  return answer;
}

// The page's own; a card's editor is asked for its form before it is given anything.
export function pageHass(): Hass | undefined {
  return document.querySelector<HTMLElement & { hass?: Hass }>("home-assistant")?.hass;
}
