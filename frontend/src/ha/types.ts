// The part of Home Assistant's frontend that the cards use.

export interface Locale {
  language: string;
  number_format: string;
  time_format: string;
  date_format: string;
  first_weekday: string;
  time_zone: string;
}

export type Localize = (key: string, placeholders?: Record<string, string>) => string;

export interface Connection {
  subscribeMessage<T>(
    callback: (message: T) => void,
    command: Record<string, unknown>,
    options?: { resubscribe?: boolean },
  ): Promise<() => Promise<void>>;
  addEventListener(event: "ready" | "disconnected", listener: () => void): void;
  removeEventListener(event: "ready" | "disconnected", listener: () => void): void;
}

export interface EntityEntry {
  entity_id: string;
  platform?: string;
  device_id?: string;
  translation_key?: string;
}

export interface DeviceEntry {
  id: string;
  config_entries?: string[];
  primary_config_entry?: string | null;
}

export interface Hass {
  connection: Connection;
  locale: Locale;
  language: string;
  config: { unit_system: { length: string }; time_zone: string };
  user?: { id: string; is_admin: boolean };
  dockedSidebar?: string;
  entities: Record<string, EntityEntry | undefined>;
  devices: Record<string, DeviceEntry | undefined>;
  loadBackendTranslation(category: string, integration: string): Promise<Localize>;
  callWS<T>(command: Record<string, unknown>): Promise<T>;
  callService(
    domain: string,
    service: string,
    data?: Record<string, unknown>,
    target?: Record<string, unknown>,
    notifyOnError?: boolean,
    returnResponse?: boolean,
  ): Promise<unknown>;
}

// Error of a failed command or action.
export interface Failure {
  code?: string;
  message?: string;
  translation_key?: string;
  translation_placeholders?: Record<string, string>;
}

export function failureOf(thrown: unknown): Failure {
  return typeof thrown === "object" && thrown !== null ? thrown : {};
}
