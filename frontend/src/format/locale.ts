// Numbers, distances, times and dates by the user's profile and the home's units, written as in Home Assistant's own
// frontend.
import type { Hass, Locale } from "../ha/types";

const METRES: Record<string, number> = { km: 1000, mi: 1609.344 };
const A_DAY = 86_400_000;
const ORDERS: Record<string, Intl.DateTimeFormatPartTypes[] | undefined> = {
  DMY: ["day", "month", "year"],
  MDY: ["month", "day", "year"],
  YMD: ["year", "month", "day"],
};
const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * A_DAY],
  ["month", 30 * A_DAY],
  ["week", 7 * A_DAY],
  ["day", A_DAY],
];

export class Format {
  readonly language: string;
  readonly unit: string;
  readonly timeZone: string | undefined;
  private readonly numberLanguage: string | string[] | undefined;
  private readonly grouping: { useGrouping?: false };
  private readonly isAmPm: boolean;
  private readonly numbers = new Map<number, Intl.NumberFormat>();
  private readonly dates = new Map<string, Intl.DateTimeFormat>();

  constructor(
    private readonly locale: Locale,
    units: { length: string },
    homeTimeZone: string,
  ) {
    this.language = locale.language;
    this.unit = units.length in METRES ? units.length : "km";
    this.timeZone = locale.time_zone === "server" ? homeTimeZone : undefined;
    this.numberLanguage = numberLanguage(locale);
    this.grouping = locale.number_format === "none" ? { useGrouping: false } : {};
    this.isAmPm = isAmPm(locale);
  }

  static of(hass: Hass): Format {
    return new Format(hass.locale, hass.config.unit_system, hass.config.time_zone);
  }

  number(value: number, digits = 0): string {
    const known = this.numbers.get(digits);
    const format =
      known ??
      new Intl.NumberFormat(this.numberLanguage, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        ...this.grouping,
      });
    if (!known) this.numbers.set(digits, format);
    return format.format(value);
  }

  // A pain score, which has half points.
  score(score: number): string {
    return this.number(score, Number.isInteger(score) ? 0 : 1);
  }

  // A distance in the home's unit, without the unit.
  figure(metres: number, digits = metres < 100 * this.metresPerUnit ? 1 : 0): string {
    return this.number(metres / this.metresPerUnit, digits);
  }

  distance(metres: number, digits?: number): string {
    return `${this.figure(metres, digits)}\u00a0${this.unit}`;
  }

  get metresPerUnit(): number {
    return METRES[this.unit] ?? 1000;
  }

  // Pace in minutes and seconds per kilometre or mile, undefined without sensible figures.
  pace(metres: number | undefined, seconds: number | undefined): string | undefined {
    if (!metres || !seconds) return undefined;
    const each = Math.round((seconds / metres) * this.metresPerUnit);
    return each < 3600 ? `${this.clock(each)}\u00a0/${this.unit}` : undefined;
  }

  speed(metresASecond: number): string {
    const unit = this.unit === "mi" ? "mph" : "km/h";
    return `${this.number((metresASecond * 3600) / this.metresPerUnit, 1)}\u00a0${unit}`;
  }

  // A height or a step: metres, or feet beside miles.
  length(metres: number, digits: number): string {
    const [unit, size] = this.unit === "mi" ? ["ft", 0.3048] : ["m", 1];
    return `${this.number(metres / size, unit === "ft" ? Math.max(0, digits - 1) : digits)}\u00a0${unit}`;
  }

  // 5:07 or 1:05:07.
  clock(seconds: number): string {
    const whole = Math.max(0, Math.round(seconds));
    const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
    const padded = (part: number) => String(part).padStart(2, "0");
    return hours ? `${hours}:${padded(minutes)}:${padded(rest)}` : `${minutes}:${padded(rest)}`;
  }

  minutes(seconds: number): string {
    return this.counted(Math.max(1, Math.round(seconds / 60)), "minute");
  }

  weeks(weeks: number): string {
    return this.counted(weeks, "week");
  }

  counted(count: number, unit: string, unitDisplay: "short" | "long" = "short"): string {
    return new Intl.NumberFormat(this.language, { style: "unit", unit, unitDisplay }).format(count);
  }

  // The name of a unit of the calendar.
  nameOf(unit: "week" | "month" | "year"): string {
    const field = unit === "week" ? "weekOfYear" : unit;
    return new Intl.DisplayNames(this.language, { type: "dateTimeField" }).of(field) ?? unit;
  }

  percent(share: number): string {
    return new Intl.NumberFormat(this.numberLanguage, { style: "percent", maximumFractionDigits: 0, ...this.grouping }).format(share / 100);
  }

  money(amount: number, currency: string): string {
    try {
      return new Intl.NumberFormat(this.numberLanguage, { style: "currency", currency, ...this.grouping }).format(amount);
    } catch {
      // Browsers don't know every currency.
      return `${this.number(amount, 2)} ${currency}`;
    }
  }

  time(instant: string | number): string {
    const hourCycle = this.isAmPm ? "h12" : "h23";
    return this.date({ hour: "numeric", minute: "2-digit", hourCycle }).format(new Date(instant));
  }

  // The time of a clock, as a field has it.
  wallTime(instant: number): string {
    return new Intl.DateTimeFormat("en-GB", this.zoned({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" })).format(instant);
  }

  // The instant of a day's wall time for an action, which reads one without a zone in the home's own.
  wallInstant(day: string, time: string): string {
    return this.timeZone ? `${day} ${time}:00` : new Date(`${day}T${time}`).toISOString();
  }

  // Monday, 4 May.
  day(instant: string | number): string {
    return this.shown(instant, { weekday: "long", day: "numeric", month: "long" });
  }

  shortDay(instant: string | number): string {
    return this.shown(instant, { weekday: "short", day: "numeric", month: "short" });
  }

  // A full date in the profile's order, with the language's separators.
  fullDate(instant: string | number): string {
    const { date_format: wanted } = this.locale;
    const language = wanted === "system" ? undefined : this.language;
    const options: Intl.DateTimeFormatOptions = { year: "numeric", month: "numeric", day: "numeric", timeZone: "UTC" };
    const format = new Intl.DateTimeFormat(language, options);
    const day = new Date(`${this.localDay(instant)}T00:00:00Z`);
    const order = ORDERS[wanted];
    if (!order) return format.format(day);
    const parts = format.formatToParts(day);
    const valueOf = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
    const last = parts.at(-1);
    const isEnded = last?.type === "literal" && !(this.language === "bg" && wanted === "YMD");
    return order.map(valueOf).join(valueOf("literal")) + (isEnded ? last.value : "");
  }

  month(month: string): string {
    const [year, number] = month.split("-").map(Number);
    return this.utc({ month: "long", year: "numeric" }).format(Date.UTC(year ?? 1970, (number ?? 1) - 1));
  }

  // A calendar day, which has no time zone.
  calendarDay(day: string, options: Intl.DateTimeFormatOptions): string {
    return this.utc(options).format(Date.parse(`${day}T00:00:00Z`));
  }

  // Relative time in days or more.
  ago(instant: string, today: string): string {
    const day = this.localDay(instant);
    const difference = Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`);
    const [unit, length] = STEPS.find(([, size]) => Math.abs(difference) >= 2 * size) ?? ["day", A_DAY];
    const format = new Intl.RelativeTimeFormat(this.language, { numeric: "auto" });
    return format.format(Math.trunc(difference / length), unit);
  }

  // The calendar day of an instant, as 2026-05-04.
  localDay(instant: string | number): string {
    if (typeof instant === "string" && instant.length === 10) return instant;
    const format = this.dates.get("day") ?? new Intl.DateTimeFormat("en-CA", this.zoned({ dateStyle: "short" }));
    this.dates.set("day", format);
    return format.format(new Date(instant));
  }

  hour(now: number): number {
    return Number(
      new Intl.DateTimeFormat("en", this.zoned({ hour: "numeric", hourCycle: "h23" })).format(new Date(now)),
    );
  }

  private shown(instant: string | number, options: Intl.DateTimeFormatOptions): string {
    if (typeof instant === "string" && instant.length === 10) return this.calendarDay(instant, options);
    return this.date(options).format(new Date(instant));
  }

  private date(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = JSON.stringify(options);
    const format = this.dates.get(key) ?? new Intl.DateTimeFormat(this.language, this.zoned(options));
    this.dates.set(key, format);
    return format;
  }

  private utc(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = `utc ${JSON.stringify(options)}`;
    const format = this.dates.get(key) ?? new Intl.DateTimeFormat(this.language, { ...options, timeZone: "UTC" });
    this.dates.set(key, format);
    return format;
  }

  private zoned(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormatOptions {
    return this.timeZone ? { ...options, timeZone: this.timeZone } : options;
  }
}

function numberLanguage(locale: Locale): string | string[] | undefined {
  switch (locale.number_format) {
    case "comma_decimal":
      return ["en-US", "en"];
    case "decimal_comma":
      return ["de", "es", "it"];
    case "space_comma":
      return ["fr", "sv", "cs"];
    case "quote_decimal":
      return ["de-CH"];
    case "none":
      return "en-US";
    case "system":
      return undefined;
    default:
      return locale.language;
  }
}

// 12 or 24 hours by the browser where the profile says so, whatever the language.
function isAmPm({ time_format: style, language }: Locale): boolean {
  if (style !== "language" && style !== "system") return style === "12";
  const evening = new Date("January 1, 2023 22:00:00");
  return evening.toLocaleString(style === "system" ? undefined : language).includes("10");
}
