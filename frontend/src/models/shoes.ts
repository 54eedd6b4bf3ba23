// The rack: pairs in use with their wear, and retired ones.
import type { RetirementAnswer, RunnerDocument, ShoeView } from "../data/documents";
import type { Format } from "../format/locale";
import type { Translate } from "../words/translate";

export interface Pair {
  id: string;
  shoe: ShoeView;
  isNext: boolean;
  isRested: boolean;
  tone: "good" | "warn" | "bad";
  // Shares of the bar, from 0 to 1: how worn, and where the warning begins.
  worn: number;
  warnAt: number;
}

export interface Rack {
  worn: Pair[];
  retired: Pair[];
}

export function rackOf(document: RunnerDocument): Rack {
  const pairs = Object.entries(document.shoes ?? {}).map(([id, shoe]) => pairOf(id, shoe, document));
  const worn = pairs.filter(({ shoe }) => !shoe.retired).sort(byUse);
  const retired = pairs.filter(({ shoe }) => shoe.retired).sort((one, other) => order(other.shoe.retired, one.shoe.retired));
  return { worn, retired };
}

// Fields of the command `retire_shoe`.
export interface Retirement {
  retired: boolean;
  on?: string;
}

// The retirement that restores the day before a change, which may lie in the future.
export function takenBack({ before }: RetirementAnswer): Retirement {
  return before === undefined ? { retired: false } : { retired: true, on: before };
}

function pairOf(id: string, shoe: ShoeView, document: RunnerDocument): Pair {
  const tone = shoe.replacement_due ? "bad" : shoe.warning ? "warn" : "good";
  return {
    id,
    shoe,
    isNext: id === document.chosen_shoe,
    isRested: id === document.rested_shoe && id !== document.chosen_shoe,
    tone,
    worn: Math.min(1, shoe.distance / shoe.replace_at),
    warnAt: Math.min(1, shoe.warn_at / shoe.replace_at),
  };
}

// The next pair first, then those worn lately.
function byUse(one: Pair, other: Pair): number {
  return (
    Number(other.isNext) - Number(one.isNext) ||
    order(other.shoe.last_used, one.shoe.last_used) ||
    one.shoe.name.localeCompare(other.shoe.name)
  );
}

function order(one = "", other = ""): number {
  return one < other ? -1 : Number(one > other);
}

export function factsOf({ shoe }: Pair, today: string, words: Translate, format: Format, currency?: string): string[] {
  const facts: (string | undefined)[] = [
    shoe.last_used ? words.t("last_used", { when: format.ago(shoe.last_used, today) }) : words.t("never_used"),
    shoe.replace_by && !shoe.retired
      ? words.t("lasts_until", { month: format.calendarDay(shoe.replace_by, { month: "long", year: "numeric" }) })
      : undefined,
    shoe.cost !== undefined && currency
      ? words.t("cost", { cost: format.money(shoe.cost * format.metresPerUnit, currency), unit: format.unit })
      : undefined,
    shoe.retired ? words.t("retired_on", { day: format.fullDate(shoe.retired) }) : undefined,
  ];
  return facts.filter((fact) => fact !== undefined);
}
