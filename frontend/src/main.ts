// Registers the cards and the dashboard strategy.
import { BackCard } from "./cards/back";
import { LogCard } from "./cards/log";
import { RoutineCard } from "./cards/routine";
import { RunsCard } from "./cards/runs";
import { SetupCard } from "./cards/setup";
import { ShoesCard } from "./cards/shoes";
import { TrendsCard } from "./cards/trends";
import { TodayCard } from "./cards/today";
import { ClockPart } from "./parts/clock";
import { FunctionForm } from "./parts/function-form";
import { PlayerPart } from "./parts/player";
import { PainForm } from "./parts/pain-form";
import { ClearanceForm } from "./parts/triage";
import { RingPart } from "./parts/ring";
import { pageHass } from "./data/runners";
import { HomeGymStrategy } from "./strategy";
import { suggestionFor, SUGGESTED } from "./models/suggestions";
import { Translate, type Key, loadWords } from "./words/translate";

interface Known {
  type: string;
  [about: string]: unknown;
}

declare global {
  interface Window {
    customCards?: Known[];
    customStrategies?: Known[];
  }
}

const DOCS = "https://github.com/home-gym/home-gym/blob/main/docs/cards.md";
const CARDS: [string, CustomElementConstructor, Key, Key][] = [
  ["home-gym-today", TodayCard, "card_today", "card_today_help"],
  ["home-gym-routine", RoutineCard, "card_routine", "card_routine_help"],
  ["home-gym-shoes", ShoesCard, "card_shoes", "card_shoes_help"],
  ["home-gym-back", BackCard, "card_back", "card_back_help"],
  ["home-gym-runs", RunsCard, "card_runs", "card_runs_help"],
  ["home-gym-trends", TrendsCard, "card_trends", "card_trends_help"],
];
const PARTS: [string, CustomElementConstructor][] = [
  ["home-gym-clock", ClockPart],
  ["home-gym-function", FunctionForm],
  ["home-gym-pain", PainForm],
  ["home-gym-player", PlayerPart],
  ["home-gym-clearance", ClearanceForm],
  ["home-gym-ring", RingPart],
  // Cards of the generated dashboard alone.
  ["home-gym-log", LogCard],
  ["home-gym-setup", SetupCard],
  ["ll-strategy-dashboard-home-gym", HomeGymStrategy],
];

// Another version of this file may have been loaded before, after an update without a reload.
function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}

// Before the first card, so that none is drawn twice.
await loadWords(pageHass()?.locale.language ?? navigator.language);
for (const [name, part] of PARTS) define(name, part);
for (const [name, card] of CARDS) define(name, card);

// The card picker reads these when it opens; only then is the user's language known.
function inWords(about: Known, texts: Record<string, Key>): Known {
  for (const [field, key] of Object.entries(texts)) {
    const get = () => new Translate(pageHass()?.locale.language ?? navigator.language).t(key);
    Object.defineProperty(about, field, { get, enumerable: true });
  }
  return about;
}

const cards = (window.customCards ??= []);
for (const [type, , name, description] of CARDS) {
  if (cards.some((card) => card.type === type)) continue;
  const getEntitySuggestion = SUGGESTED[type] ? suggestionFor(type) : undefined;
  cards.push(inWords({ type, preview: true, documentationURL: DOCS, getEntitySuggestion }, { name, description }));
}

const strategies = (window.customStrategies ??= []);
if (!strategies.some((strategy) => strategy.type === "home-gym")) {
  strategies.push(
    inWords(
      { type: "home-gym", strategyType: "dashboard", name: "Home Gym", documentationURL: DOCS },
      { description: "strategy_help" },
    ),
  );
}
