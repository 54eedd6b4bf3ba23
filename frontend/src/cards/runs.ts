// The list of runs: searchable, grouped by month, rendered only in view.
import { css, html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { styleMap } from "lit/directives/style-map.js";
import type { RunView, RunnerDocument } from "../data/documents";
import { doubtfulRuns } from "../parts/doubtful";
import { formLine } from "../models/form";
import { ColumnRoom } from "../data/columns";
import { RunPages } from "../data/run-pages";
import { pagesOf, rowsBetween, MONTH_HEIGHT, RUN_HEIGHT, searchWords, type Row } from "../models/run-list";
import { SURFACES } from "../models/surfaces";
import { noRuns, shoeOf } from "../models/today";
import { GymCard } from "./base";
import { runnerForm, type Form } from "./form";
import { common } from "./styles";
import { dialogIn } from "../parts/lazy";

// Pixels rendered above and below the view, so that scrolling shows no gap.
const OVERSCAN = 6 * RUN_HEIGHT;
// Heights of a list that takes the room in its column.
const FEWEST = 4 * RUN_HEIGHT + MONTH_HEIGHT;
const MOST = 24 * RUN_HEIGHT;

export class RunsCard extends GymCard {
  static override styles: CSSResultGroup = [common, css`
    .head {
      display: flex;
      flex-wrap: wrap;
      gap: 12px 20px;
      align-items: center;
      justify-content: space-between;
    }
    .search {
      flex: 1 1 180px;
      max-width: 360px;
      display: flex;
      align-items: center;
      gap: 8px;
      padding-inline: 14px 4px;
      border-radius: 22px;
      background: var(--gym-soft);
    }
    .search:focus-within {
      outline: 2px solid var(--gym-accent);
    }
    .search input {
      flex: 1;
      min-width: 0;
      height: 44px;
      border: 0;
      background: none;
      outline: none;
    }
    .search input::placeholder {
      color: var(--gym-muted);
      opacity: 1;
    }
    .doubts,
    .doubt {
      display: grid;
      gap: 8px;
    }
    .doubts {
      margin-top: 16px;
    }
    .doubt .answers,
    .doubt form {
      display: flex;
      flex-wrap: wrap;
      align-items: end;
      gap: 8px;
    }
    .doubt summary {
      min-height: 44px;
      align-content: center;
      cursor: pointer;
    }
    .doubt label {
      display: grid;
      gap: 4px;
    }
    .doubt input {
      box-sizing: border-box;
      width: 120px;
      height: 44px;
      padding: 0 12px;
      border: 1px solid var(--gym-ring);
      border-radius: 12px;
      color: var(--primary-text-color);
      background: var(--card-background-color, #fff);
      font-size: 1rem;
    }
    .form {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 16px;
      margin-top: 12px;
    }
    .list {
      position: relative;
      height: 460px;
      margin: 16px -20px -20px;
      overflow-y: auto;
      overscroll-behavior: contain;
      contain: strict;
    }
    .row {
      position: absolute;
      inset-inline: 0;
      top: 0;
      box-sizing: border-box;
      padding-inline: 20px;
    }
    .month {
      height: 52px;
      display: flex;
      justify-content: space-between;
      align-items: flex-end;
      padding-bottom: 8px;
      gap: 12px;
    }
    button.run {
      width: 100%;
      height: 68px;
      border-radius: 0;
      background: none;
      font-weight: 400;
      display: grid;
      grid-template-columns: 1fr auto 20px;
      gap: 2px 12px;
      align-content: center;
      text-align: start;
    }
    button.run:hover {
      background: var(--gym-soft);
    }
    button.run:focus-visible {
      outline-offset: -2px;
    }
    .run > * {
      min-width: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .run .opens {
      grid-area: 1 / 3 / 3 / 4;
      align-self: center;
      margin-inline-end: -8px;
    }
    .run .end {
      text-align: end;
    }
    .run strong {
      font-weight: 500;
    }
  `];

  protected readonly parts = ["name", "revision", "shoes", "runs", "doubtful", "form", "pain", "today", "set_up"] as const;
  private readonly pages = new RunPages(() => this.requestUpdate());
  private readonly columns = new ColumnRoom(() => this.measure());
  private room: number | undefined;
  private typed = "";
  private searched: string | undefined;
  private top = 0;
  private visible = 460;
  private frame = 0;
  private pause: ReturnType<typeof setTimeout> | undefined;

  static getStubConfig(): Record<string, unknown> {
    return {};
  }

  static async getConfigForm(): Promise<Form> {
    return runnerForm();
  }

  override getCardSize(): number {
    return 9;
  }

  getGridOptions(): Record<string, unknown> {
    return { columns: 12, min_columns: 6, rows: "auto" };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.config["fill"]) this.columns.connect(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.columns.disconnect();
    cancelAnimationFrame(this.frame);
    clearTimeout(this.pause);
  }

  protected override isComplete(document: RunnerDocument): boolean {
    return document.runs !== undefined;
  }

  protected override documentChanged(before: RunnerDocument | undefined): void {
    const isOther = before?.revision !== this.document?.revision || before?.state !== this.document?.state;
    // A search that failed, or was typed while the home could not be reached, is repeated.
    if (isOther || this.pages.failed || this.searched !== this.words_) this.search();
  }

  // The height left by the other columns, within some rows, and at most the whole list.
  private get listHeight(): string {
    const whole = this.pages.layout?.height ?? Infinity;
    return `${Math.min(this.room ?? 460, whole)}px`;
  }

  private measure(): void {
    const list = this.renderRoot.querySelector<HTMLElement>(".list");
    const height = list ? this.columns.heightFor(list) : undefined;
    const room = height === undefined ? undefined : Math.round(Math.max(FEWEST, Math.min(MOST, height)));
    if (room === this.room) return;
    this.room = room;
    this.requestUpdate();
  }

  private get words_(): string {
    const surfaces = Object.fromEntries(
      Object.entries(SURFACES).map(([surface, { name }]) => [surface, this.words.t(name)]),
    );
    const months = Array.from({ length: 12 }, (_, month) =>
      this.format.calendarDay(`2026-${String(month + 1).padStart(2, "0")}-15`, { month: "long" }),
    );
    return searchWords(this.typed, surfaces, months);
  }

  private search = (): void => {
    const { hass, runner } = this;
    if (!hass || !runner || !this.isReachable || this.document?.state !== "ready") return;
    this.searched = this.words_;
    void this.pages.search(hass, runner, this.searched);
  };

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const list = this.renderRoot.querySelector<HTMLElement>(".list");
    this.measure();
    if (!list || this.visible === list.clientHeight) return;
    this.visible = list.clientHeight;
    this.requestUpdate();
  }

  protected body(document: RunnerDocument): TemplateResult {
    const { layout, total, failed } = this.pages;
    const { words } = this;
    return html`<header class="head">
        <h2>${words.t("runs")}</h2>
        <label class="search">
          <ha-icon icon="mdi:magnify"></ha-icon>
          <span class="hidden">${words.t("search")}</span>
          <input type="search" maxlength="100" placeholder=${words.t("search")} .value=${this.typed} @input=${this.handleInput} />
        </label>
      </header>
      <p class="hidden" role="status">${layout ? words.count("runs_found", total, this.format.number(total)) : ""}</p>
      ${failed
        ? html`<div style="margin-top:16px">${this.notice("mdi:alert-circle-outline", words.t("failed"))}
            <button style="margin-top:12px" @click=${this.search}>${words.t("try_again")}</button></div>`
        : nothing}
      ${doubtfulRuns(document.doubtful, words, this.format, this.decide)}
      ${this.form(document)}
      ${layout && !total
        ? html`<div style="margin-top:16px">${this.notice("mdi:run-fast", words.t(this.typed ? "nothing_found" : noRuns(document)))}</div>`
        : html`<div class="list" style=${styleMap({ height: this.listHeight })} @scroll=${this.handleScroll} tabindex="-1">
            <div role="list" style="height:${layout?.height ?? 0}px">
              ${layout ? this.rows(rowsBetween(layout, this.top - OVERSCAN, this.top + this.visible + OVERSCAN), document) : nothing}
            </div>
          </div>`}`;
  }

  private form({ form, runs, pain }: RunnerDocument): TemplateResult | typeof nothing {
    if (!form || !runs || pain?.advice === "red_flag") return nothing;
    const line = formLine(form, this.words, this.format);
    return html`<div class="form">
      <button @click=${this.openForm}><ha-icon icon="mdi:run-fast"></ha-icon>${this.words.t("form_check")}</button>
      ${line ? html`<span class="small muted">${line}</span>` : nothing}
    </div>`;
  }

  // Its code is loaded when it is opened.
  private openForm = async (): Promise<void> => {
    const { document, words, format } = this;
    if (!document?.form) return;
    const { FormDialog } = await import("../parts/dialogs");
    dialogIn(this.renderRoot, "home-gym-form-check", FormDialog).open({ form: document.form, how: document.texts?.["form_check_how"] ?? "", words, format, act: this.enter });
  };

  private rows(rows: Row[], document: RunnerDocument): unknown {
    const { hass, runner } = this;
    for (const page of pagesOf(rows)) if (hass && runner) void this.pages.want(hass, runner, this.words_, page);
    return repeat(rows, (row) => row.key, (row) => (row.kind === "month" ? this.month(row) : this.run(row, document)));
  }

  private month({ top, month }: Row & { kind: "month" }): TemplateResult {
    return html`<div class="row month" role="listitem" style="transform:translateY(${top}px)">
      <h3>${this.format.month(month.month)}</h3>
      <span class="small muted figures">${this.words.count("runs_found", month.runs, this.format.number(month.runs))} · ${this.format.distance(month.distance, 0)}</span>
    </div>`;
  }

  private run({ top, index }: Row & { kind: "run" }, document: RunnerDocument): TemplateResult {
    const run = this.pages.at(index);
    return html`<div role="listitem" class="row" style="padding:0;transform:translateY(${top}px)">
      ${run ? this.line(run, document) : html`<div style="height:${RUN_HEIGHT}px"></div>`}
    </div>`;
  }

  private line(run: RunView, document: RunnerDocument): TemplateResult {
    const { format, words } = this;
    const shoe = shoeOf(run, document.shoes);
    const surface = run.surface ? SURFACES[run.surface]?.name : undefined;
    const about = [surface ? words.t(surface) : undefined, shoe].filter((part) => part !== undefined);
    return html`<button class="run" style="padding-inline:20px" @click=${() => this.openRun(run)}>
      <span><strong>${format.shortDay(run.start)}</strong> <span class="muted">${format.time(run.start)}</span></span>
      <strong class="end figures">${run.distance === undefined ? "–" : format.distance(run.distance, 2)}</strong>
      <span class="small muted"><bdi>${about.join(" · ")}</bdi></span>
      <span class="small muted end figures">${run.duration ? format.clock(run.duration) : ""}${run.distance && run.duration ? ` · ${format.pace(run.distance, run.duration) ?? ""}` : ""}</span>
      <ha-icon class="opens muted" icon="mdi:chevron-right"></ha-icon>
    </button>`;
  }

  private handleInput = (event: InputEvent): void => {
    this.typed = (event.target as HTMLInputElement).value;
    clearTimeout(this.pause);
    this.pause = setTimeout(() => {
      this.renderRoot.querySelector(".list")?.scrollTo({ top: 0 });
      this.top = 0;
      this.search();
    }, 200);
  };

  private handleScroll = (event: Event): void => {
    const { scrollTop } = event.currentTarget as HTMLElement;
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.top = scrollTop;
      this.requestUpdate();
    });
  };

  private decide = (data: Record<string, unknown>, message: string): void => this.enter("decide_run", data, message);
}
