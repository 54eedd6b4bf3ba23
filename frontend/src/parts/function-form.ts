// The monthly questions about how much the back limits: three sliders from 0 to 10.
import { css, html, nothing, LitElement, type TemplateResult } from "lit";
import type { Key, Translate } from "../words/translate";

const QUESTIONS: readonly (readonly [string, Key])[] = [
  ["pain", "function_pain"],
  ["enjoyment", "function_enjoyment"],
  ["activity", "function_activity"],
];

export type FunctionScore = Record<string, number>;

export class FunctionForm extends LitElement {
  static override styles = css`
    form,
    label {
      display: grid;
      gap: 8px;
    }
    form {
      gap: 14px;
    }
    p {
      margin: 0;
    }
    summary {
      min-height: 44px;
      align-content: center;
      cursor: pointer;
      font-weight: 500;
    }
    input {
      width: 100%;
      min-height: 44px;
    }
    button {
      justify-self: start;
      min-height: 44px;
      padding: 0 20px;
      border: 0;
      border-radius: 22px;
      font: inherit;
      font-weight: 500;
      color: inherit;
      background: var(--gym-soft, rgb(127 127 127 / 16%));
      cursor: pointer;
    }
    .asked {
      display: flex;
      justify-content: space-between;
      gap: 12px;
    }
    output {
      font-weight: 500;
      font-variant-numeric: tabular-nums;
    }
  `;

  static override properties = { words: { attribute: false }, disabled: { type: Boolean } };

  declare words: Translate | undefined;
  declare disabled: boolean;

  constructor() {
    super();
    this.disabled = false;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { words } = this;
    if (!words) return nothing;
    return html`<details><summary>${words.t("function_title")}</summary><form @submit=${this.handleSubmit}>
      <p>${words.t("function_help")}</p>
      ${QUESTIONS.map(
        ([name, label]) => html`<label>
          <span class="asked"><span>${words.t(label)}</span><output>0</output></span>
          <input type="range" name=${name} min="0" max="10" value="0" @input=${this.handleInput} />
        </label>`,
      )}
      <button aria-disabled=${this.disabled}>${words.t("save")}</button>
    </form></details>`;
  }

  private handleInput = ({ target }: Event): void => {
    const input = target as HTMLInputElement;
    const shown = input.closest("label")?.querySelector("output");
    if (shown) shown.textContent = input.value;
  };

  private handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (this.disabled) return;
    const data = new FormData(event.target as HTMLFormElement);
    const score: FunctionScore = {};
    for (const [name] of QUESTIONS) score[name] = Number(data.get(name));
    this.dispatchEvent(new CustomEvent("score", { detail: score }));
  };
}
