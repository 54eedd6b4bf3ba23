// The cards' texts in five languages; English for all others.
import de from "./de.json";
import en from "./en.json";
import es from "./es.json";
import fr from "./fr.json";
import nl from "./nl.json";

export type Key = keyof typeof en;
export type Words = Record<Key, string>;
export type Placeholders = Record<string, string | number>;

export const TABLES: Record<string, Words> = { de, en, es, fr, nl };

// Plural forms: keys end in `_one` and `_other`.
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

  // For a key built from server data, which this version may not know.
  maybe(key: string): string | undefined {
    return this.words[key as Key];
  }
}

function filled(text: string, placeholders: Placeholders): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(placeholders[name] ?? whole));
}
