// Icons, colours and names of the habits, in the order of a day.
import type { Habit } from "../data/documents";
import type { Key } from "../words/translate";

export interface HabitLook {
  icon: string;
  colour: string;
  name: Key;
}

export const LOOKS: Record<Habit, HabitLook> = {
  warm_up: { icon: "mdi:run-fast", colour: "var(--orange-color, #ff9800)", name: "habit_warm_up" },
  cool_down: { icon: "mdi:speedometer-slow", colour: "var(--light-blue-color, #03a9f4)", name: "habit_cool_down" },
  foam_roll: { icon: "mdi:cylinder", colour: "var(--teal-color, #009688)", name: "habit_foam_roll" },
  stretch: { icon: "mdi:yoga", colour: "var(--green-color, #4caf50)", name: "habit_stretch" },
  core: { icon: "mdi:human-handsup", colour: "var(--purple-color, #926bc7)", name: "habit_core" },
  massage: { icon: "mdi:hand-heart", colour: "var(--pink-color, #e91e63)", name: "habit_massage" },
  compression: { icon: "mdi:arrow-collapse-horizontal", colour: "var(--brown-color, #795548)", name: "habit_compression" },
  heat_or_ice: { icon: "mdi:thermometer", colour: "var(--indigo-color, #3f51b5)", name: "habit_heat_or_ice" },
  walk: { icon: "mdi:walk", colour: "var(--light-green-color, #8bc34a)", name: "habit_walk" },
};

export function isHabit(key: string): key is Habit {
  return key in LOOKS;
}
