// The today card: due habits and their reasons, the last run, the week, the streaks.
import { html, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { styleMap } from "lit/directives/style-map.js";
import type { Habit, RunView, RunnerDocument } from "../data/documents";
import { LOOKS } from "../models/habits";
import { askedLess, dueItems, greetingKey, runFigures, shoeOf, silenceOf, verdictOf, type DueItem } from "../models/today";
import { distanceOf, weekOf } from "../models/week";
import { dayTip, weekStyles, weekTable } from "../parts/week";
import { advice, adviceStyles } from "../parts/advice";
import { treadmillStyles, treadmillTile } from "../parts/treadmill";
import type { Key } from "../words/translate";
import { GymCard } from "./base";
import { runnerForm, sectionsField, type Form } from "./form";
import { common } from "./styles";
import { todayStyles } from "./today-styles";

const A_MINUTE = 60_000;
export const TODAY_SECTIONS = ["due", "last_run", "week", "streaks"] as const;

export class TodayCard extends GymCard {
  static override styles: CSSResultGroup = [common, weekStyles, treadmillStyles, adviceStyles, todayStyles];

  protected readonly parts = [
    "name", "today", "days", "last_run", "core_streak", "stretch_streak", "pain", "emergency_number", "treadmills", "shoes",
  ] as const;

  private greeting = "";
  private minutes: ReturnType<typeof setInterval> | undefined;
  private chosenDay: number | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    // The greeting changes with the hour even when no document arrives.
    this.minutes = setInterval(() => this.greet(), A_MINUTE);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.minutes);
  }

  private greet(): void {
    if (this.hass && this.greeting !== this.greetingKey) this.requestUpdate();
  }

  private get greetingKey(): Key {
    return greetingKey(this.format.hour(this.now()));
  }

  static getStubConfig(): Record<string, unknown> {
    return {};
  }

  static async getConfigForm(): Promise<Form> {
    return runnerForm([sectionsField(TODAY_SECTIONS)]);
  }

  override getCardSize(): number {
    return 10;
  }

  getGridOptions(): Record<string, unknown> {
    return { columns: 12, min_columns: 6, rows: "auto" };
  }

  private isShown(section: (typeof TODAY_SECTIONS)[number]): boolean {
    const chosen = this.config["sections"];
    return !Array.isArray(chosen) || chosen.length === 0 || chosen.includes(section);
  }

  protected body(document: RunnerDocument): TemplateResult {
    const { words, format } = this;
    const ahead = this.now() - Date.now();
    return html`<div class="column">
      <header class="head">
        <h2 class="name">${words.t(this.greeting = this.greetingKey, { name: document.name })}</h2>
        <p class="muted">${format.day(document.today?.day ?? this.now())}</p>
      </header>
      ${Object.entries(document.treadmills ?? {}).map(([id, treadmill]) =>
        treadmillTile(treadmill, { id, isOwn: treadmill.runner === this.runner, ahead }, words, format),
      )}
      ${advice(document, words)} ${this.sections(document)}
    </div>`;
  }

  private sections(document: RunnerDocument): TemplateResult | typeof nothing {
    // A red flag hides prompts, counts and praise.
    if (document.pain?.advice === "red_flag") return nothing;
    const section = (name: (typeof TODAY_SECTIONS)[number], draw: () => TemplateResult) => (this.isShown(name) ? draw() : nothing);
    return html`<div class="columns">
      <div class="column">${section("due", () => html`${this.due(document)}${this.silence(document)}${this.wise(document)}${this.walking(document)}`)}${section("last_run", () => this.lastRun(document))}</div>
      <div class="column">${section("week", () => this.week(document))}${section("streaks", () => this.streaks(document))}</div>
    </div>`;
  }

  private due(document: RunnerDocument): TemplateResult {
    if (document.today?.resting) return this.notice("mdi:bed-outline", this.words.t("resting"));
    const items = dueItems(document, this.words, this.format, this.now());
    if (!items.length) return this.notice("mdi:check-circle-outline", this.words.t("nothing_due"));
    const canAnyWait = items.some((item) => item.canWait);
    return html`<ul class="due" aria-label=${this.words.t("due_today")}>
      ${repeat(items, (item) => item.habit, (item) => this.dueItem(item, canAnyWait))}
    </ul>`;
  }

  private silence(document: RunnerDocument): TemplateResult | typeof nothing {
    const silence = silenceOf(document, this.words, this.format);
    const less = askedLess(document, this.words);
    if (!silence && !less.length) return nothing;
    return html`${silence
      ? html`<p class="wise"><ha-icon icon="mdi:volume-off" aria-hidden="true"></ha-icon><span>${silence}</span></p>`
      : nothing}
    ${less.map(
      ({ topic, name }) => html`<p class="wise">
        <ha-icon icon="mdi:bell-sleep-outline" aria-hidden="true"></ha-icon>
        <span class="grow">${this.words.t("asked_less", { habit: name })}</span>
        <button aria-disabled=${this.busy} @click=${() => this.restore(topic)} aria-label=${this.words.t("ask_as_before_habit", { habit: name })}>
          ${this.words.t("ask_as_before")}
        </button>
        <button aria-disabled=${this.busy} @click=${() => this.move(topic)} aria-label=${this.words.t("ask_another_time_habit", { habit: name })}>
          ${this.words.t("ask_another_time")}
        </button>
      </p>`,
    )}`;
  }

  private async restore(topic: string): Promise<void> {
    if (await this.act("restore_prompt", { habit: topic })) this.toast(this.words.t("asked_as_before"));
  }

  private async move(topic: string): Promise<void> {
    if (await this.act("move_prompt", { habit: topic })) this.toast(this.words.t("asked_another_time"));
  }

  private wise(document: RunnerDocument): TemplateResult | typeof nothing {
    const wise = document.today?.wise;
    if (!wise || document.today?.resting) return nothing;
    const { words, format } = this;
    const shown = wise.distance ? words.t("wise", { distance: format.distance(wise.distance, 1) }) : words.t("wise_none");
    return html`<p class="wise">
      <ha-icon icon="mdi:map-marker-distance" aria-hidden="true"></ha-icon>
      <span>${shown} <span class="small muted">${words.t(`hint_wise_${wise.rule}`)}</span></span>
    </p>`;
  }

  private walking(document: RunnerDocument): TemplateResult | typeof nothing {
    const { walking, resting } = document.today ?? {};
    if (!walking || resting) return nothing;
    const number = (value: number): string => this.format.number(Math.round(value));
    const { minutes, goal_days: days, goal_minutes: each } = walking;
    return html`<p class="wise">
      <ha-icon icon="mdi:walk" aria-hidden="true"></ha-icon>
      <span>${this.words.t("walking", { minutes: number(minutes), goal: number(days * each), days: number(days), each: number(each) })}</span>
    </p>`;
  }

  private dueItem(item: DueItem, canAnyWait: boolean): TemplateResult {
    const { words } = this;
    const look = LOOKS[item.habit];
    const name = words.t(look.name);
    return html`<li style=${styleMap({ "--habit": look.colour })}>
      <span class="badge" aria-hidden="true"><ha-icon icon=${look.icon}></ha-icon></span>
      <div>
        <div class="title">${name}</div>
        <div class="small muted">${item.why}</div>
      </div>
      <div class="buttons">
        <button class="main" aria-disabled=${this.busy} @click=${() => this.start(item.habit)} aria-label=${words.t("start_habit", { habit: name })}>
          <ha-icon icon="mdi:play"></ha-icon>${words.t("start")}
        </button>
        <button aria-disabled=${this.busy} @click=${() => this.log(item.habit)} aria-label=${words.t("log_habit", { habit: name })}>
          <ha-icon icon="mdi:check"></ha-icon>${words.t("done")}
        </button>
        ${item.canWait
          ? html`<button class="icon bare" aria-disabled=${this.busy} @click=${() => this.later(item.habit)} aria-label=${words.t("later_habit", { habit: name })} title=${words.t("later")}>
              <ha-icon icon="mdi:clock-outline"></ha-icon>
            </button>`
          : canAnyWait
            ? html`<span class="place"></span>`
            : nothing}
      </div>
    </li>`;
  }

  private async start(habit: Habit): Promise<void> {
    if (await this.act("start_routine", { habit })) this.toast(this.words.t("routine_started"));
  }

  private async log(habit: Habit): Promise<void> {
    const name = this.words.t(LOOKS[habit].name);
    if (await this.act("log_session", { habit })) this.offerUndo(this.words.t("logged", { habit: name }));
  }

  private async later(habit: Habit): Promise<void> {
    if (await this.act("snooze_prompt", { habit })) this.toast(this.words.t("snoozed"));
  }

  private lastRun(document: RunnerDocument): TemplateResult {
    const run = document.last_run;
    if (!run) return this.notice("mdi:run-fast", this.words.t("no_runs_yet"));
    return html`<section class="last" aria-label=${this.words.t("last_run")}>
      <header>
        <h3>${this.words.t("last_run")} · ${this.format.ago(run.start, document.today?.day ?? "")}</h3>
        ${this.verdict(run)}
      </header>
      <p class="big">
        ${run.distance === undefined
          ? this.words.t("no_distance")
          : html`${run.distance_error ? "≈ " : ""}${this.format.figure(run.distance, 2)} <small>${this.format.unit}</small>`}
      </p>
      <dl class="figures">
        ${runFigures(run, this.words, this.format, false).map(
          (figure) => html`<div><dt>${figure.label}</dt><dd>${figure.value}</dd></div>`,
        )}
      </dl>
      ${this.worn(run, document)} ${document.today?.asks_effort ? this.effort() : nothing}
    </section>`;
  }

  private effort(): TemplateResult {
    const scores = Array.from({ length: 10 }, (_, index) => index + 1);
    return html`<fieldset class="effort">
      <legend class="small muted">${this.words.t("effort_ask")}</legend>
      ${scores.map(
        (score) => html`<button aria-disabled=${this.busy} @click=${() => this.rate(score)} aria-label=${this.words.t("effort_score", { score: this.format.number(score) })}>
          ${this.format.number(score)}
        </button>`,
      )}
    </fieldset>`;
  }

  private async rate(score: number): Promise<void> {
    if (await this.act("rate_run", { score })) this.offerUndo(this.words.t("effort_done", { score: this.format.number(score) }));
  }

  private verdict(run: RunView): TemplateResult | typeof nothing {
    const verdict = verdictOf(run);
    return verdict
      ? html`<span class="chip ${verdict.tone}"><ha-icon icon=${verdict.icon}></ha-icon>${this.words.t(verdict.key)}</span>`
      : nothing;
  }

  private worn(run: RunView, document: RunnerDocument): TemplateResult | typeof nothing {
    const name = shoeOf(run, document.shoes);
    return name
      ? html`<p class="small muted name"><bdi>${this.words.t("worn", { shoe: name })}</bdi></p>`
      : nothing;
  }

  private week(document: RunnerDocument): TemplateResult {
    const cells = weekOf(document.days ?? {}, document.today?.day ?? "", this.format.firstWeekday);
    const chosen = this.chosenDay === undefined ? undefined : cells[this.chosenDay];
    return html`<section>
      <div class="row">
        <h3>${this.words.t("this_week")}</h3>
        <span class="small">${chosen ? dayTip(chosen, this.words, this.format) : this.format.distance(distanceOf(cells), 1)}</span>
      </div>
      ${weekTable(cells, this.words, this.format, { chosen: this.chosenDay, choose: this.chooseDay })}
    </section>`;
  }

  private chooseDay = (day: number | undefined): void => {
    if (day === this.chosenDay) return;
    this.chosenDay = day;
    this.requestUpdate();
  };

  private streaks(document: RunnerDocument): TemplateResult {
    const { today, core_streak: weeks = 0, stretch_streak: days = 0 } = document;
    const { core_best: mostWeeks, stretch_best: mostDays } = today ?? {};
    const lengthOf = (unit: "weeks" | "days", count: number): string => this.words.count(unit, count, this.format.number(count));
    const best = (unit: "weeks" | "days", length: number, longest = 0): string[] =>
      longest > length ? [this.words.t("streak_best", { length: lengthOf(unit, longest) })] : [];
    const forgiven = today?.forgiven_week ? [this.words.t("streak_forgiven")] : [];
    const core = [...best("weeks", weeks, mostWeeks), ...forgiven];
    return html`<section class="streaks" aria-label=${this.words.t("streaks")}>
      ${this.streak("habit_core", weeks, lengthOf("weeks", weeks), core, today?.resting)}
      ${this.streak("habit_stretch", days, lengthOf("days", days), best("days", days, mostDays), today?.resting)}
    </section>`;
  }

  private streak(
    name: "habit_core" | "habit_stretch",
    length: number,
    shown: string,
    notes: string[],
    isFrozen = false,
  ): TemplateResult {
    const tone = isFrozen ? "frozen" : length ? "lit" : "";
    const icon = isFrozen ? "mdi:snowflake" : length ? "mdi:fire" : "mdi:fire-off";
    return html`<div class="streak ${tone}" title=${isFrozen ? this.words.t("streak_frozen") : nothing}>
      <ha-icon icon=${icon} aria-hidden="true"></ha-icon>
      <div><strong>${shown}</strong><span class="small muted">${this.words.t(name)}</span>
        ${notes.map((note) => html`<span class="small muted">${note}</span>`)}</div>
    </div>`;
  }
}
