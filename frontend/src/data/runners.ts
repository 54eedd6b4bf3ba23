// The runners who may be seen, and the treadmills; asked for anew when devices come and go, and on each connection.
import type { Connection, Hass } from "../ha/types";

export interface EntryInfo {
  config_entry_id: string;
  name: string;
  loaded: boolean;
  own?: boolean;
  // The id of the distance in Home Assistant's statistics, where these are kept.
  statistic?: string | null;
  entities: Record<string, string>;
}

export interface Household {
  runners: EntryInfo[];
  treadmills: EntryInfo[];
}

interface Asked {
  devices: Hass["devices"];
  answer: Promise<Household>;
}

// A connection whose answer is undefined was lost since.
const asked = new WeakMap<Connection, Asked | undefined>();

export function household(hass: Hass, anew = false): Promise<Household> {
  const { connection, devices } = hass;
  const known = asked.get(connection);
  if (known && !anew && known.devices === devices) return known.answer;
  if (!asked.has(connection)) connection.addEventListener("ready", () => asked.set(connection, undefined));
  const answer = hass.callWS<Household>({ type: "home_gym/runners" });
  asked.set(connection, { devices, answer });
  answer.catch(() => asked.get(connection)?.answer === answer && asked.set(connection, undefined));
  return answer;
}

// The page's own; a card's editor is asked for its form before it is given anything.
export function pageHass(): Hass | undefined {
  return document.querySelector<HTMLElement & { hass?: Hass }>("home-assistant")?.hass;
}
