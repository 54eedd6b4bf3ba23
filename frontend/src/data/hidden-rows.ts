// Rows of the set-up that a user has hidden, kept with the user in Home Assistant, so on every device.
import type { Hass } from "../ha/types";

const KEY = "home_gym";

export class HiddenRows {
  isKnown = false;
  private asked: Hass["connection"] | undefined;
  private rows: Record<string, string[]> = {};

  constructor(private readonly changed: () => void) {}

  has(runner: string | undefined, row: string): boolean {
    return this.rows[runner ?? ""]?.includes(row) ?? false;
  }

  async load(hass: Hass): Promise<void> {
    if (this.asked === hass.connection) return;
    this.asked = hass.connection;
    try {
      const { value } = await hass.callWS<{ value: { hidden?: Record<string, string[]> } | null }>({ type: "frontend/get_user_data", key: KEY });
      this.rows = value?.hidden ?? {};
    } catch {
      // Nothing is hidden, then.
    }
    this.isKnown = true;
    this.changed();
  }

  async add(hass: Hass, runner: string | undefined, row: string): Promise<void> {
    const of = runner ?? "";
    this.rows = { ...this.rows, [of]: [...(this.rows[of] ?? []), row] };
    this.changed();
    await hass.callWS({ type: "frontend/set_user_data", key: KEY, value: { hidden: this.rows } });
  }
}
