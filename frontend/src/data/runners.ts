// Runners whom the user may see, and treadmills; requested again when devices come or go, and on each connection.
import type { Connection, Hass } from "../ha/types";
import type { Household } from "./documents";

interface Asked {
  devices: Hass["devices"];
  answer: Promise<Household>;
}

// A connection with an undefined answer has been lost since.
const asked = new WeakMap<Connection, Asked | undefined>();

export function household(hass: Hass, again = false): Promise<Household> {
  const { connection, devices } = hass;
  const known = asked.get(connection);
  if (known && !again && known.devices === devices) return known.answer;
  if (!asked.has(connection)) connection.addEventListener("ready", () => asked.set(connection, undefined));
  const answer = hass.callWS<Household>({ type: "home_gym/runners" });
  asked.set(connection, { devices, answer });
  answer.catch(() => asked.get(connection)?.answer === answer && asked.set(connection, undefined));
  return answer;
}

// The page's own `hass`: a card's editor is asked for its form before it gets one.
export function pageHass(): Hass | undefined {
  return document.querySelector<HTMLElement & { hass?: Hass }>("home-assistant")?.hass;
}
