// Error messages: by Home Assistant's translations of our errors, else in the cards' own words.
import type { Failure, Hass } from "../ha/types";
import type { Key, Translate } from "../words/translate";

const KNOWN: Record<string, Key> = {
  unauthorized: "failed_unauthorized",
  not_found: "trouble_not_found",
  not_loaded: "trouble_not_loaded",
  runner_closed: "trouble_not_loaded",
};

export async function messageOf(
  { translation_key: key = "", translation_placeholders: placeholders = {}, code = "" }: Failure,
  words: Translate,
  hass: Pick<Hass, "loadBackendTranslation">,
): Promise<string> {
  const known = KNOWN[key] ?? KNOWN[code];
  if (known) return words.t(known);
  try {
    const localize = key && (await hass.loadBackendTranslation("exceptions", "home_gym"));
    const text = localize && localize(`component.home_gym.exceptions.${key}.message`, placeholders);
    return text || words.t("failed");
  } catch {
    return words.t("failed");
  }
}
