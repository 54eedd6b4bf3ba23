// The pain report: a score with one touch, and optional details.
import { css, html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import { common } from "../cards/styles";
import type { OptionList } from "../words/options";
import type { Key, Translate } from "../words/translate";

// Signs for a doctor today, in plain words first, and those for this week.
export const FLAGS = [
  "numbness", "bladder_or_bowel", "both_legs", "leg_weakness", "fever", "after_fall", "chest_pain", "pulsating_belly",
  "dark_urine", "swollen_calf", "sexual_function", "bleeding_in_pregnancy",
] as const;
export const LATER_FLAGS = [
  "night_pain", "foot_numbness", "clumsiness", "tired_legs", "walking_pain", "bone_stress", "old_fall", "stumble",
  "growing_pain", "morning_stiffness", "flank_pain", "weight_loss", "crooked_back", "spine_procedure", "pregnancy",
  "medical_history",
] as const;
const AREAS = ["neck", "upper_back", "lower_back", "sacroiliac_joint", "buttock", "hip", "leg"] as const;
const SIDES = ["left", "right", "both"] as const;
const MOMENTS = ["before_run", "during_run", "after_run", "at_rest"] as const;
const SCORES = Array.from({ length: 11 }, (_, score) => score);

export interface PainReport {
  score: number;
  [said: string]: unknown;
}

export class PainForm extends LitElement {
  static override styles: CSSResultGroup = [common, css`
    :host {
      height: auto;
    }
    fieldset {
      margin: 0;
      padding: 0;
      border: 0;
      min-width: 0;
    }
    legend {
      padding: 0;
      margin-bottom: 10px;
      font-weight: 500;
    }
    .scores {
      display: grid;
      grid-template-columns: repeat(6, 1fr);
      gap: 4px;
      margin-inline: -14px;
    }
    @container gym-card (min-width: 340px) {
      .scores {
        gap: 6px;
        margin-inline: 0;
      }
    }
    @container gym-card (min-width: 640px) {
      .scores {
        grid-template-columns: repeat(11, minmax(44px, 72px));
      }
    }
    .scores button {
      padding: 0;
      border-radius: 12px;
    }
    .scores button[aria-pressed="true"] {
      background: color-mix(in srgb, var(--deep-orange-color, #ff6f22) 18%, transparent);
      box-shadow: inset 0 0 0 2px color-mix(in srgb, var(--deep-orange-color, #ff6f22) 75%, var(--primary-text-color));
    }
    .noted {
      display: flex;
      align-items: center;
      gap: 10px;
      margin-top: 10px;
    }
    .noted span {
      flex: 1;
    }
    form {
      display: grid;
      gap: 16px;
      margin-top: 16px;
    }
    .choices {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(130px, 1fr));
      gap: 12px;
    }
    .choices label {
      display: grid;
      gap: 4px;
      font-size: 0.8125rem;
      color: var(--gym-muted);
    }
    select,
    textarea {
      width: 100%;
      min-height: 44px;
      box-sizing: border-box;
      padding: 10px 12px;
      border: 1px solid var(--gym-ring);
      border-radius: 12px;
      font: inherit;
      font-size: 1rem;
      color: var(--primary-text-color);
      background: var(--card-background-color, #fff);
    }
    .flags label {
      display: flex;
      align-items: center;
      gap: 12px;
      min-height: 44px;
    }
    .flags label::first-letter {
      text-transform: uppercase;
    }
    summary {
      min-height: 44px;
      display: flex;
      align-items: center;
      cursor: pointer;
    }
    input[type="checkbox"] {
      width: 22px;
      height: 22px;
      flex: none;
      accent-color: var(--gym-accent);
    }
    .buttons {
      display: flex;
      gap: 8px;
    }
  `];

  static override properties = { words: { attribute: false }, disabled: { type: Boolean }, noted: { attribute: false } };

  declare words: Translate | undefined;
  declare disabled: boolean;
  // The report just made, in words.
  declare noted: string | undefined;
  private score: number | undefined;

  constructor() {
    super();
    this.disabled = false;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { words } = this;
    if (!words) return nothing;
    return html`<fieldset>
        <legend>${words.t("back_now")} <span class="small muted">${words.t("back_now_help")}</span></legend>
        <div class="scores">${SCORES.map((score) => this.button(score, words))}</div>
      </fieldset>
      ${this.noted === undefined || this.score !== undefined
        ? nothing
        : html`<p class="noted small" role="status"><ha-icon icon="mdi:check"></ha-icon><span>${this.noted}</span>
            <button class="bare" aria-disabled=${this.disabled} @click=${this.handleUndo}>${words.t("undo")}</button></p>`}
      ${this.score === undefined ? nothing : this.details(words)}`;
  }

  private button(score: number, words: Translate): TemplateResult {
    return html`<button
      aria-pressed=${score === this.score}
      aria-label=${words.t("score", { score })}
      aria-disabled=${this.disabled}
      @click=${() => this.choose(score)}
    >
      ${score}
    </button>`;
  }

  private choose(score: number | undefined): void {
    this.score = score;
    this.requestUpdate();
  }

  // The form closes, so the focus returns to the button that opened it.
  private close = (): void => {
    const { score = 0 } = this;
    this.choose(undefined);
    void this.updateComplete.then(() => this.renderRoot.querySelectorAll<HTMLElement>(".scores button")[score]?.focus());
  };

  private details(words: Translate): TemplateResult {
    const choice = (name: string, label: Key, list: OptionList, options: readonly string[]) => html`<label>
      ${words.t(label)}
      <select name=${name}>
        <option value="">${words.t("anything")}</option>
        ${options.map((option) => html`<option value=${option}>${words.option(list, option)}</option>`)}
      </select>
    </label>`;
    return html`<form @submit=${this.handleSubmit}>
      ${this.score
        ? html`<div class="choices">
            ${choice("area", "where", "pain_area", AREAS)} ${choice("side", "side", "pain_side", SIDES)}
            ${choice("when", "when", "pain_moment", MOMENTS)}
          </div>`
        : nothing}
      <fieldset class="flags">
        <legend class="small">${words.t("flags")}</legend>
        ${FLAGS.map((flag) => this.flag(flag, words))}
        <details>
          <summary>${words.t("more_flags")}</summary>
          ${LATER_FLAGS.map((flag) => this.flag(flag, words))}
        </details>
      </fieldset>
      <div class="choices"><label>${words.t("note")}<textarea name="note" rows="1" maxlength="500"></textarea></label></div>
      <div class="buttons">
        <button class="main" aria-disabled=${this.disabled}>${words.t("report")}</button>
        <button type="button" class="bare" @click=${this.close}>${words.t("cancel")}</button>
      </div>
    </form>`;
  }

  private flag(flag: string, words: Translate): TemplateResult {
    return html`<label><input type="checkbox" name="red_flags" value=${flag} />${words.option("red_flag", flag)}</label>`;
  }

  private handleUndo = (): void => void this.dispatchEvent(new CustomEvent("undo"));

  private handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (this.score === undefined || this.disabled) return;
    const data = new FormData(event.target as HTMLFormElement);
    const report: PainReport = { score: this.score };
    for (const name of ["area", "side", "when", "note"]) {
      const said = String(data.get(name) ?? "").trim();
      if (said) report[name] = said;
    }
    const flags = data.getAll("red_flags");
    if (flags.length) report["red_flags"] = flags;
    this.close();
    this.dispatchEvent(new CustomEvent("report", { detail: report }));
  };
}
