// The today card: the day's rings, the coach, due habits, the last run, the week, the streaks, and the running routine.
import { html, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { styleMap } from "lit/directives/style-map.js";
import type { Habit, RunView, RunnerDocument } from "../data/documents";
import { dayLines, ringsOf } from "../models/day";
import { LOOKS } from "../models/habits";
import { askedLess, coachLine, dueItems, greetingKey, leading, noRuns, runFigures, shoeOf, unaskedLine, verdictOf, type DueItem } from "../models/today";
import { distanceOf, firstWeekdayOf, weekOf } from "../models/week";
import { advice, adviceStyles } from "../parts/advice";
import type { Deed, PlayerPart } from "../parts/player";
import { rings, ringStyles } from "../parts/rings";
import { treadmillStyles, treadmillTile } from "../parts/treadmill";
import { weekStrip, weekStyles } from "../parts/week";
import { filled, type Key } from "../words/translate";
import { GymCard } from "./base";
import { runnerForm, sectionsField, type Form } from "./form";
import { common } from "./styles";
import { todayStyles } from "./today-styles";

const A_MINUTE = 60_000;
// Due habits with a button of their own; the others are named.
const MOST_DUE = 2;
export const TODAY_SECTIONS = ["due", "last_run", "next_run", "week", "streaks"] as const;
type Section = (typeof TODAY_SECTIONS)[number];
const COLUMNS: readonly (readonly Section[])[] = [["due", "last_run", "next_run"], ["week", "streaks"]];

export class TodayCard extends GymCard {
  static override styles: CSSResultGroup = [common, ringStyles, weekStyles, treadmillStyles, adviceStyles, todayStyles];

  protected readonly parts = [
    "name", "today", "days", "last_run", "core_streak", "stretch_streak", "pain", "emergency_number", "treadmills", "shoes", "coach", "set_up", "texts",
  ] as const;

  private greeting = "";
  private minutes: ReturnType<typeof setInterval> | undefined;
  private chosenDay: string | undefined;
  // The due habit whose further answers are shown.
  private opened: Habit | undefined;

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

  // Without a choice all sections are shown.
  private isShown(section: Section): boolean {
    const chosen = this.config["sections"];
    if (!Array.isArray(chosen) || chosen.length === 0) return true;
    return chosen.includes(section) || (section === "next_run" && chosen.includes("due") && !this.isPart);
  }

  // Whether a generated dashboard shows the other sections and the advice in cards of their own.
  private get isPart(): boolean {
    return this.config["part"] === true;
  }

  // Whether this card has greeting, rings and the routine.
  private get hasHeader(): boolean {
    return this.config["header"] !== false;
  }

  protected override isWanted(document: RunnerDocument | undefined): boolean {
    return this.hasHeader || document?.pain?.advice !== "red_flag";
  }

  protected body(document: RunnerDocument): TemplateResult {
    const { words } = this;
    const ahead = this.now() - Date.now();
    if (!this.hasHeader) return html`${this.sections(document)}`;
    return html`<div class="column">
      <home-gym-player
        .words=${words}
        .format=${this.format}
        .disabled=${this.busy}
        .isPreview=${this.preview}
        .runner=${this.runner}
        .hass=${this.hass}
        .onTop=${true}
        @act=${this.handleAct}
      ></home-gym-player>
      ${Object.entries(document.treadmills ?? {}).map(([id, treadmill]) =>
        treadmillTile(treadmill, { id, isOwn: treadmill.runner === this.runner, ahead }, words, this.format),
      )}
      ${this.isPart && document.pain?.advice !== "red_flag" ? nothing : advice(document, words)} ${this.header(document)} ${this.sections(document)}
    </div>`;
  }

  private header(document: RunnerDocument): TemplateResult {
    const { words, format } = this;
    // A red flag hides prompts, counts and praise.
    const isUrgent = document.pain?.advice === "red_flag";
    return html`<header class="head">
        <div>
          <h2 class="name">${words.t((this.greeting = this.greetingKey), { name: document.name })}</h2>
          <p class="muted">${format.day(document.today?.day ?? this.now())}</p>
        </div>
        ${isUrgent
          ? nothing
          : html`<button class="main log ${this.isPart ? "footed" : ""}" @click=${() => this.openLog()}>
              <ha-icon icon="mdi:plus"></ha-icon>${words.t("log")}
            </button>`}
      </header>
      ${isUrgent
        ? nothing
        : html`<section class="day" aria-label=${words.t("today")}>
            ${rings(ringsOf(document))}
            <dl>
              ${dayLines(document, words, format).map(
                (line) => html`<div style=${styleMap({ "--ring": line.colour })}>
                  <ha-icon icon=${line.icon} aria-hidden="true"></ha-icon>
                  <dd class="figures">${line.figure}</dd>
                  <dt class="small muted">${line.about}</dt>
                </div>`,
              )}
            </dl>
          </section>`}
      ${this.coach(document)}`;
  }

  private coach(document: RunnerDocument): TemplateResult {
    const { words } = this;
    const { icon, text } = coachLine(document, words);
    const less = askedLess(document, words);
    return html`<details class="coach">
      <summary><ha-icon icon=${icon} aria-hidden="true"></ha-icon><span class="grow">${text}</span>
        <ha-icon class="more" icon="mdi:chevron-right"></ha-icon></summary>
      <h3>${words.t("why_not_asked")}</h3>
      <p class="small">${unaskedLine(document, words, this.format)}</p>
      ${less.map(
        ({ topic, name }) => html`<div class="less">
          <p class="small">${words.t("asked_less", { habit: name })}</p>
          <button aria-disabled=${this.busy} @click=${() => this.restore(topic)} aria-label=${this.about("ask_as_before", name)}>
            ${words.t("ask_as_before")}
          </button>
          <button aria-disabled=${this.busy} @click=${() => this.move(topic)} aria-label=${this.about("ask_another_time", name)}>
            ${words.t("ask_another_time")}
          </button>
        </div>`,
      )}
    </details>`;
  }

  private sections(document: RunnerDocument): TemplateResult | typeof nothing {
    if (document.pain?.advice === "red_flag") return nothing;
    const drawn: Record<Section, () => unknown> = {
      due: () => this.due(document),
      last_run: () => this.lastRun(document),
      next_run: () => [this.wise(document), this.walking(document)],
      week: () => this.week(document),
      streaks: () => this.streaks(document),
    };
    const columns = COLUMNS.map((names) => names.filter((name) => this.isShown(name))).filter((names) => names.length);
    return html`<div class="columns ${this.hasHeader ? "" : "alone"}">
      ${columns.map((names) => html`<div class="column">${names.map((name) => drawn[name]())}</div>`)}
    </div>`;
  }

  private due(document: RunnerDocument): TemplateResult | typeof nothing {
    if (document.today?.resting) return nothing;
    const { words } = this;
    const items = dueItems(document, words, this.format, this.now());
    if (!items.length) return this.notice("mdi:check-circle-outline", words.t("nothing_due"));
    const first = leading(items, MOST_DUE);
    const others = items.filter((item) => !first.includes(item)).map(({ habit }) => words.t(LOOKS[habit].name));
    return html`<section>
      <h3>${words.t("due_today")}</h3>
      <ul class="due" aria-label=${words.t("due_today")}>
        ${repeat(first, (item) => item.habit, (item, place) => this.dueItem(item, place === 0))}
      </ul>
      ${others.length ? html`<p class="small muted">${words.t("then_due", { habits: others.join(", ") })}</p>` : nothing}
    </section>`;
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
        <span>${shown} <span class="small muted">${document.texts?.[`hint_wise_${wise.rule}`] ?? ""}</span></span>
      </p>
      ${wise.distance ? this.reach(document, wise.distance) : nothing}`;
  }

  // The own runs of 30 days as dots, and the wise distance as an edge behind them.
  private reach(document: RunnerDocument, edge: number): TemplateResult | typeof nothing {
    const { distances, usual } = document.today?.lately ?? { distances: [], usual: null };
    if (!distances.length) return nothing;
    const { format } = this;
    const farthest = Math.max(edge, ...distances) / format.metresPerUnit;
    const step = farthest > 5 ? 5 : 1;
    const end = Math.ceil(farthest / step) * step * format.metresPerUnit;
    const at = (metres: number) => styleMap({ "inset-inline-start": `${(100 * metres) / end}%` });
    const [low, high] = (usual ?? []).map((metres) => format.distance(metres, 0));
    const texts = document.texts ?? {};
    return html`<div class="reach" aria-hidden="true" style=${styleMap({ "--edge": `${(100 * edge) / end}%` })}>
        ${distances.map((metres) => html`<i style=${at(metres)}></i>`)}<b style=${at(edge)}></b>
      </div>
      <p class="ends small muted"><span>0</span><span>${texts["wise_runs"] ?? ""}</span><span>${format.distance(end, 0)}</span></p>
      ${low && low !== high ? html`<p class="small muted">${filled(texts["wise_usual"] ?? "", { low, high: high ?? "" })}</p>` : nothing}`;
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

  private dueItem({ habit, why, canWait }: DueItem, isFirst: boolean): TemplateResult {
    const { words } = this;
    const look = LOOKS[habit];
    const name = words.t(look.name);
    const isOpen = this.opened === habit;
    const answer = (label: Key, icon: string, act: (habit: Habit) => Promise<void>) => html`<button
      aria-disabled=${this.busy}
      aria-label=${this.about(label, name)}
      @click=${() => act.call(this, habit)}
    >
      <ha-icon icon=${icon}></ha-icon>${words.t(label)}
    </button>`;
    return html`<li style=${styleMap({ "--habit": look.colour })}>
      <span class="badge" aria-hidden="true"><ha-icon icon=${look.icon}></ha-icon></span>
      <div>
        <div class="title">${name}</div>
        <div class="small muted">${why}</div>
      </div>
      <div class="buttons">
        <button class=${isFirst ? "start solid" : "start"} aria-disabled=${this.busy} @click=${() => this.start(habit)} aria-label=${this.about("start", name)}>
          <ha-icon icon="mdi:play"></ha-icon>${words.t("start")}
        </button>
        <button class="icon bare" aria-expanded=${isOpen} aria-label=${this.about("more_answers", name)} @click=${() => this.toggle(habit)}>
          <ha-icon icon="mdi:dots-vertical"></ha-icon>
        </button>
      </div>
      ${isOpen
        ? html`<div class="answers">
            ${answer("done", "mdi:check", this.log)}
            ${canWait ? answer("later", "mdi:clock-outline", this.later) : nothing}
            ${answer("not_today", "mdi:close", this.dismiss)}
          </div>`
        : nothing}
    </li>`;
  }

  private about(label: Key, habit: string): string {
    return this.words.t("about", { what: this.words.t(label), habit });
  }

  private toggle(habit: Habit): void {
    this.opened = this.opened === habit ? undefined : habit;
    this.requestUpdate();
  }

  private get player(): PlayerPart | null {
    return this.renderRoot.querySelector<PlayerPart>("home-gym-player");
  }

  private async start(habit: Habit): Promise<void> {
    if (!(await this.act("start_routine", { habit }))) return;
    // Its screen opens here, unless this card has none.
    if (this.player) this.player.open();
    else this.toast(this.words.t("routine_started"));
  }

  private handleAct = (event: CustomEvent<Deed>): void => {
    const { action, data } = event.detail;
    void this.act(action, data).then((done) => done && action === "start_routine" && this.player?.open());
  };

  private async log(habit: Habit): Promise<void> {
    const name = this.words.t(LOOKS[habit].name);
    if (await this.act("log_session", { habit })) this.offerUndo(this.words.t("logged", { habit: name }));
  }

  private async later(habit: Habit): Promise<void> {
    if (await this.act("snooze_prompt", { habit })) this.toast(this.words.t("snoozed"));
  }

  private async dismiss(habit: Habit): Promise<void> {
    if (await this.act("dismiss_prompt", { habit })) this.toast(this.words.t("dismissed"));
  }

  private lastRun(document: RunnerDocument): TemplateResult {
    const run = document.last_run;
    if (!run) return this.notice("mdi:run-fast", this.words.t(noRuns(document)));
    return html`<section class="last" aria-label=${this.words.t("last_run")}>
      <header>
        <button class="bare opens" @click=${() => this.openRun(run)}>
          <h3>${this.words.t("last_run")} · ${this.format.ago(run.start, document.today?.day ?? "")}</h3><ha-icon icon="mdi:chevron-right"></ha-icon>
        </button>
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
    const { today, days = {} } = document;
    const cells = weekOf(days, today?.day ?? "", firstWeekdayOf(document));
    return html`<section>
      <div class="row">
        <h3>${this.words.t("this_week")}</h3>
        <span class="small figures">${this.format.distance(distanceOf(cells), 1)}</span>
      </div>
      ${weekStrip(cells, this.words, this.format, {
        chosen: this.chosenDay ?? today?.day ?? "",
        due: dueItems(document, this.words, this.format, this.now()).map((item) => item.habit),
        choose: this.chooseDay,
        log: (day) => void this.openLog(day),
      })}
    </section>`;
  }

  private chooseDay = (day: string): void => {
    this.chosenDay = day;
    this.requestUpdate();
  };

  private streaks(document: RunnerDocument): TemplateResult {
    const { today, core_streak: weeks = 0, stretch_streak: days = 0 } = document;
    const { core_best: mostWeeks, stretch_best: mostDays } = today ?? {};
    const lengthOf = (unit: "week" | "day", count: number): string => this.format.counted(count, unit, "long");
    const best = (unit: "week" | "day", length: number, longest = 0): string[] =>
      longest > length ? [this.words.t("streak_best", { length: lengthOf(unit, longest) })] : [];
    const forgiven = today?.forgiven_week ? [this.words.t("streak_forgiven")] : [];
    const core = [...best("week", weeks, mostWeeks), ...forgiven];
    return html`<section class="streaks" aria-label=${this.words.t("streaks")}>
      ${this.streak("habit_core", weeks, lengthOf("week", weeks), core, today?.resting)}
      ${this.streak("habit_stretch", days, lengthOf("day", days), best("day", days, mostDays), today?.resting)}
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
