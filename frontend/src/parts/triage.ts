// The questions after a report of pain, and the ways out of a state of the back.
import { css, html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import { common } from "../cards/styles";
import type { BackStateView } from "../data/documents";
import type { Translate } from "../words/translate";

export type Answer = "yes" | "no" | "unknown" | "leg_weakness" | "fever" | "recent_fall" | "old_fall";

const ANSWERS: readonly Answer[] = ["yes", "no", "unknown"];
// The last question names several things, so its answers can, too.
const NAMED: readonly Answer[] = ["leg_weakness", "fever", "recent_fall", "old_fall", "no", "unknown"];

export interface Clearance {
  day: string;
  may_run: boolean;
}

export function question(
  back: BackStateView | undefined,
  words: Translate,
  on: { disabled: boolean; answer: (answer: Answer) => void },
): TemplateResult | typeof nothing {
  if (!back?.question || back.state === "emergency") return nothing;
  const answers = back.question === "weakness_fever_fall" ? NAMED : ANSWERS;
  return html`<section class="triage" role="group" aria-labelledby="question">
    <p class="small muted">${words.t("question_of", { number: back.number ?? 1, questions: back.questions ?? 1 })}</p>
    <h3 id="question">${words.option("triage_question", back.question)}</h3>
    <div class="answers">
      ${answers.map(
        (answer) => html`<button aria-disabled=${on.disabled} @click=${() => !on.disabled && on.answer(answer)}>
          ${words.option("triage_answer", answer)}
        </button>`,
      )}
    </div>
    <p class="small muted">${words.t("question_help")}</p>
  </section>`;
}

// A form for the word of a professional, closed at first.
export class ClearanceForm extends LitElement {
  static override styles: CSSResultGroup = [common, css`
    :host {
      height: auto;
      color: inherit;
    }
    form {
      display: grid;
      gap: 12px;
      justify-items: start;
    }
    label {
      display: flex;
      align-items: center;
      gap: 12px;
      min-height: 44px;
    }
    input[type="date"] {
      min-height: 44px;
      padding: 8px 12px;
      border: 1px solid var(--gym-ring);
      border-radius: 12px;
      font: inherit;
      color: var(--primary-text-color);
      background: var(--card-background-color, #fff);
    }
    input[type="checkbox"] {
      width: 22px;
      height: 22px;
      flex: none;
      accent-color: var(--gym-accent);
    }
    .buttons {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
  `];

  static override properties = { words: { attribute: false }, today: {}, disabled: { type: Boolean } };

  declare words: Translate | undefined;
  declare today: string;
  declare disabled: boolean;
  private isOpen = false;

  protected override render(): TemplateResult | typeof nothing {
    const { words } = this;
    if (!words) return nothing;
    if (!this.isOpen) return html`<button aria-disabled=${this.disabled} @click=${this.toggle}>${words.t("cleared")}</button>`;
    return html`<form @submit=${this.handleSubmit}>
      <label>${words.t("cleared_on")}<input type="date" name="day" required max=${this.today} .value=${this.today} /></label>
      <label><input type="checkbox" name="may_run" />${words.t("may_run")}</label>
      <div class="buttons">
        <button class="main" aria-disabled=${this.disabled}>${words.t("confirm_cleared")}</button>
        <button type="button" @click=${this.toggle}>${words.t("cancel")}</button>
      </div>
    </form>`;
  }

  private toggle = (): void => {
    this.isOpen = !this.isOpen;
    this.requestUpdate();
  };

  private handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    if (this.disabled) return;
    const detail: Clearance = { day: String(data.get("day")), may_run: data.has("may_run") };
    this.toggle();
    this.dispatchEvent(new CustomEvent("cleared", { detail }));
  };
}

export const triageStyles = css`
  .triage {
    display: grid;
    gap: 10px;
    padding: 16px;
    border-radius: var(--gym-radius);
    background: color-mix(in srgb, var(--gym-accent) 10%, transparent);
  }
  .triage h3 {
    margin: 0;
    font-size: 1.125rem;
    font-weight: 500;
    line-height: 1.35;
    color: var(--primary-text-color);
  }
  .triage p {
    margin: 0;
  }
  .answers {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(110px, 1fr));
    gap: 8px;
  }
`;
