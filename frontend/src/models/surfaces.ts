// Icons and names of surfaces, names of origins.
import type { Key } from "../words/translate";

export const SURFACES: Record<string, { icon: string; name: Key }> = {
  road: { icon: "mdi:road-variant", name: "surface_road" },
  trail: { icon: "mdi:pine-tree", name: "surface_trail" },
  treadmill: { icon: "mdi:dumbbell", name: "surface_treadmill" },
  track: { icon: "mdi:stadium", name: "surface_track" },
};

export const ORIGINS: Record<string, Key> = {
  file: "origin_file",
  cloud: "origin_cloud",
  entity: "origin_entity",
  person: "origin_person",
  treadmill: "origin_treadmill",
  power: "origin_power",
};

// Names of services, the same in every language.
export const SERVICES: Partial<Record<string, string>> = { garmin_connect: "Garmin", ha_strava: "Strava" };
