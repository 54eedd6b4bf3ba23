import assert from "node:assert/strict";
import { test } from "node:test";
import { formatOf } from "./make";

test("distances are in the home's unit", () => {
  assert.equal(formatOf("en").distance(8012.34, 2), "8.01\u00a0km");
  assert.equal(formatOf("de").distance(8012.34, 2), "8,01\u00a0km");
  // 1609.344 metres are a mile.
  assert.equal(formatOf("en", { length: "mi" }).distance(16_093.44, 1), "10.0\u00a0mi");
  assert.equal(formatOf("en", { length: "furlong" }).unit, "km");
});

test("long distances have no decimals", () => {
  assert.equal(formatOf("en").distance(99_900), "99.9\u00a0km");
  assert.equal(formatOf("en").distance(412_300), "412\u00a0km");
});

test("pace", () => {
  // 40 minutes for 8 km are 5 minutes for each.
  assert.equal(formatOf().pace(8000, 2400), "5:00\u00a0/km");
  assert.equal(formatOf("en", { length: "mi" }).pace(1609.344, 499.6), "8:20\u00a0/mi");
  assert.equal(formatOf().pace(undefined, 2400), undefined);
  assert.equal(formatOf().pace(8000, 0), undefined);
  // Who needs more than an hour for a kilometre does not run.
  assert.equal(formatOf().pace(10, 2400), undefined);
});

test("clocks", () => {
  assert.equal(formatOf().clock(59.6), "1:00");
  assert.equal(formatOf().clock(3905), "1:05:05");
  assert.equal(formatOf().clock(-1), "0:00");
});

test("speed", () => {
  // 2.5 m/s are 9 km/h.
  assert.equal(formatOf().speed(2.5), "9.0\u00a0km/h");
  assert.equal(formatOf("en", { length: "mi" }).speed(4.4704), "10.0\u00a0mph");
});

for (const [number_format, shown] of [
  ["language", "1,234.5"],
  ["comma_decimal", "1,234.5"],
  ["decimal_comma", "1.234,5"],
  ["quote_decimal", "1’234.5"],
  ["space_comma", "1\u202f234,5"],
  ["none", "1234.5"],
] as const) {
  test(`numbers by profile: ${number_format}`, () => {
    // Which apostrophe it is depends on the age of the tables.
    assert.equal(formatOf("en", { number_format }).number(1234.5, 1).replace("'", "’"), shown);
  });
}

test("without a number format, figures are plain in every language", () => {
  const plain = formatOf("de", { number_format: "none" });
  assert.equal(plain.number(1234.5, 1), "1234.5");
  assert.equal(plain.percent(82.4), "82%");
  assert.equal(plain.money(1234.5, "EUR"), "€1234.50");
});

test("times by profile, in the home's time zone or the device's", () => {
  const instant = "2026-05-04T16:05:00+00:00";
  assert.equal(formatOf("en").time(instant).replace("\u202f", " "), "6:05 PM");
  assert.equal(formatOf("en", { time_format: "24" }).time(instant), "18:05");
  assert.equal(formatOf("de", { time_format: "12" }).time(instant).replace("\u202f", " "), "6:05 PM");
  assert.equal(formatOf("de").time(instant), "18:05");
  assert.equal(formatOf("en", { time_format: "24" }).time("2026-05-04T05:05:00+00:00"), "07:05");
  // As the browser has it, in the language of the profile.
  const isAmPm = new Date("2023-01-01T22:00:00").toLocaleString().includes("10");
  assert.equal(formatOf("de", { time_format: "system" }).time(instant).replace("\u202f", " "), isAmPm ? "6:05 PM" : "18:05");
});

test("dates by profile", () => {
  const late = "2026-05-04T22:30:00+00:00";
  // In Berlin it is half past midnight.
  assert.equal(formatOf("en").localDay(late), "2026-05-05");
  assert.equal(formatOf("en").fullDate(late), "5/5/2026");
  // What stands between is the language's own, as in Home Assistant.
  assert.equal(formatOf("en", { date_format: "DMY" }).fullDate("2026-05-04"), "4/5/2026");
  assert.equal(formatOf("en", { date_format: "MDY" }).fullDate("2026-05-04"), "5/4/2026");
  assert.equal(formatOf("en", { date_format: "YMD" }).fullDate("2026-05-04"), "2026/5/4");
  assert.equal(formatOf("de", { date_format: "YMD" }).fullDate(late), "2026.5.5");
  assert.equal(formatOf("nl", { date_format: "MDY" }).fullDate("2026-05-04"), "5-4-2026");
  // Hungarian ends with what it puts between, and Bulgarian with the word for a year.
  assert.equal(formatOf("hu", { date_format: "DMY" }).fullDate("2026-05-04"), "04. 05. 2026.");
  assert.equal(formatOf("bg", { date_format: "YMD" }).fullDate("2026-05-04"), "2026.05.4");
  const system = new Intl.DateTimeFormat(undefined, { year: "numeric", month: "numeric", day: "numeric" });
  assert.equal(formatOf("de", { date_format: "system" }).fullDate("2026-05-04"), system.format(new Date(2026, 4, 4)));
  assert.equal(formatOf("de").day("2026-05-04"), "Montag, 4. Mai");
  assert.equal(formatOf("fr").month("2026-05"), "mai 2026");
});

test("how long ago", () => {
  const format = formatOf("en");
  assert.equal(format.ago("2026-05-04T10:00:00+00:00", "2026-05-04"), "today");
  assert.equal(format.ago("2026-05-03T10:00:00+00:00", "2026-05-04"), "yesterday");
  assert.equal(format.ago("2026-04-24", "2026-05-04"), "10 days ago");
  assert.equal(format.ago("2026-04-10", "2026-05-04"), "3 weeks ago");
  assert.equal(format.ago("2024-01-01", "2026-05-04"), "2 years ago");
});

test("money, whatever the currency is", () => {
  assert.equal(formatOf("en").money(0.254, "EUR"), "€0.25");
  assert.equal(formatOf("en").money(0.254, "shells"), "0.25 shells");
});

test("shares", () => {
  assert.equal(formatOf("en").percent(82.4), "82%");
});

test("lengths of time and units of the calendar in each language", () => {
  assert.deepEqual([1, 12].map((days) => formatOf("en").counted(days, "day", "long")), ["1 day", "12 days"]);
  assert.equal(formatOf("de").counted(3, "week", "long"), "3 Wochen");
  assert.deepEqual((["week", "month", "year"] as const).map((unit) => formatOf("de").nameOf(unit)), ["Woche", "Monat", "Jahr"]);
});
