// The cards' own words, in five languages; who speaks another reads English.
import de from "./de.json";
import en from "./en.json";
import es from "./es.json";
import fr from "./fr.json";
import nl from "./nl.json";

export type Key = keyof typeof en;
export type Words = Record<Key, string>;
export type Placeholders = Record<string, string | number>;

export const TABLES: Record<string, Words> = { de, en, es, fr, nl };

// What is said of one, and of any other number: `_one` and `_other` at the end of a key.
type Counted = Key extends infer K ? (K extends `${infer Stem}_other` ? Stem : never) : never;

export class Translate {
  readonly language: string;
  private readonly words: Words;
  private readonly plural: Intl.PluralRules;

  constructor(language: string) {
    const primary = language.split(/[-_]/)[0]?.toLowerCase() ?? "en";
    this.language = primary in TABLES ? primary : "en";
    this.words = TABLES[this.language] ?? en;
    this.plural = new Intl.PluralRules(this.language);
  }

  t(key: Key, placeholders: Placeholders = {}): string {
    return filled(this.words[key], placeholders);
  }

  count(stem: Counted, count: number, shown: string = String(count)): string {
    const form = this.plural.select(count) === "one" ? "one" : "other";
    return filled(this.words[`${stem}_${form}` as Key], { count: shown });
  }

  // For a key that is put together of what was told, which may be news to this version.
  maybe(key: string): string | undefined {
    return this.words[key as Key];
  }
}

function filled(text: string, placeholders: Placeholders): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(placeholders[name] ?? whole));
}
