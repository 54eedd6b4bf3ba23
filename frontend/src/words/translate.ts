// The cards' texts in five languages, each a file of its own that loads when it is needed; English for all others.
import en from "./en.json";
import { optionOf, type OptionList } from "./options";

export type Key = keyof typeof en;
export type Words = Record<Key, string>;
export type Placeholders = Record<string, string | number>;

// A built file has the texts alone, in the order of the English keys.
const FILES: Record<string, () => Promise<{ default: unknown }>> = {
  de: () => import("./de.json"),
  es: () => import("./es.json"),
  fr: () => import("./fr.json"),
  nl: () => import("./nl.json"),
};
export const LANGUAGES: readonly string[] = ["en", ...Object.keys(FILES)];

// Texts that are loaded; without them a card speaks English.
const loaded: Record<string, Words> = { en };

export function hasWords(language: string): boolean {
  const primary = primaryOf(language);
  return primary in loaded || !(primary in FILES);
}

export async function loadWords(language: string): Promise<void> {
  const primary = primaryOf(language);
  const load = FILES[primary];
  if (!load || primary in loaded) return;
  try {
    const texts = (await load()).default as (string | object | undefined)[];
    const keys = Object.keys(en);
    loaded[primary] = { ...Object.fromEntries(keys.map((key, place) => [key, texts[place]])), ...(texts[keys.length] as object | undefined) } as Words;
  } catch {
    // The connection is gone, or an update replaced the file: English until the page is loaded again.
    loaded[primary] = en;
  }
}

export function wordsOf(language: string): Words {
  return loaded[primaryOf(language)] ?? en;
}

function primaryOf(language: string): string {
  return language.split(/[-_]/)[0]?.toLowerCase() ?? "en";
}

// Plural forms: keys end in `_one` and `_other`, and in `_few` and `_many` in languages that have these.
type Counted = Key extends infer K ? (K extends `${infer Stem}_other` ? Stem : never) : never;

export class Translate {
  readonly language: string;
  private readonly spoken: string;
  private readonly words: Words;
  private readonly plural: Intl.PluralRules;

  constructor(language: string) {
    const primary = primaryOf(language);
    this.spoken = language;
    this.language = LANGUAGES.includes(primary) ? primary : "en";
    this.words = wordsOf(this.language);
    this.plural = new Intl.PluralRules(this.language);
  }

  t(key: Key, placeholders: Placeholders = {}): string {
    return filled(this.words[key], placeholders);
  }

  count(stem: Counted, count: number, shown: string = String(count)): string {
    const form = this.words[`${stem}_${this.plural.select(count)}` as Key] ?? this.words[`${stem}_other`];
    return filled(form, { count: shown });
  }

  // An option of an action, by Home Assistant's own translations.
  option(list: OptionList, option: string): string {
    return optionOf(this.spoken, list, option);
  }

  // For a key built from server data, which this version may not know.
  maybe(key: string): string | undefined {
    return this.words[key as Key];
  }
}

export function filled(text: string, placeholders: Placeholders): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(placeholders[name] ?? whole));
}
