// A form check: the eight points with a drawing each, beside the answers of the check before.
import { css, html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import { common } from "../cards/styles";
import type { FormCheckView, FormPoint, FormView } from "../data/documents";
import { drawingUrl } from "../data/drawings";
import type { Format } from "../format/locale";
import { answerOf, POINTS, WITNESSES, type PointAnswer } from "../models/form";
import type { Key, Translate } from "../words/translate";
import { dialogStyle } from "./dialog-style";

interface Context {
  form: FormView;
  // How a check is made.
  how: string;
  words: Translate;
  format: Format;
  act: (action: string, data: Record<string, unknown>, done: string) => void;
}

const ANSWERS: readonly PointAnswer[] = ["good", "to_work_on", "unseen"];

export class FormDialog extends LitElement {
  static override styles: CSSResultGroup = [common, dialogStyle, css`
    dialog {
      --gym-dialog-width: 560px;
    }
    form {
      display: grid;
      gap: 18px;
    }
    fieldset {
      display: grid;
      grid-template-columns: 96px 1fr;
      gap: 4px 16px;
      align-items: center;
      margin: 0;
      padding: 14px 0 0;
      border: 0;
      border-top: 1px solid var(--gym-line);
      min-width: 0;
    }
    legend {
      float: left;
      width: 100%;
      grid-column: 1 / -1;
      padding: 0;
      font-weight: 500;
    }
    .drawing {
      width: 96px;
      aspect-ratio: 3 / 2;
      background: var(--primary-text-color);
      mask: var(--drawing) center / contain no-repeat;
      -webkit-mask: var(--drawing) center / contain no-repeat;
    }
    .answers {
      display: flex;
      flex-wrap: wrap;
      gap: 0 16px;
    }
    .answers label {
      display: flex;
      align-items: center;
      gap: 8px;
      min-height: 44px;
      cursor: pointer;
    }
    input[type="radio"] {
      width: 20px;
      height: 20px;
      flex: none;
      accent-color: var(--gym-accent);
    }
    .before {
      grid-column: 2;
    }
    .field {
      display: grid;
      gap: 4px;
      font-size: 0.8125rem;
      color: var(--gym-muted);
    }
    select,
    textarea {
      width: 100%;
      box-sizing: border-box;
      min-height: 44px;
      padding: 8px 12px;
      border: 1px solid var(--gym-ring);
      border-radius: 12px;
      color: var(--primary-text-color);
      background: var(--card-background-color, #fff);
      font: inherit;
      font-size: 1rem;
    }
    form > button {
      justify-self: start;
    }
  `];

  private context: Context | undefined;
  private problem = "";

  open(context: Context): void {
    this.context = context;
    this.problem = "";
    this.requestUpdate();
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector("form")?.reset();
      this.dialog?.showModal();
    });
  }

  private get dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  protected override render(): TemplateResult | typeof nothing {
    const { context } = this;
    if (!context) return nothing;
    const { words, format, form } = context;
    const before = form.checks[0];
    return html`<dialog aria-labelledby="title" @click=${this.handleClick}>
      <div class="stack">
        <header class="top">
          <h2 id="title">${words.t("form_check")}</h2>
          <button class="icon bare" @click=${this.close} aria-label=${words.t("close")}><ha-icon icon="mdi:close"></ha-icon></button>
        </header>
        <p class="small">${context.how}</p>
        ${before ? html`<p class="small muted">${words.t("form_check_before", { day: format.day(before.day) })}</p>` : nothing}
        <form @submit=${this.handleSubmit}>
          <label class="field">${words.t("form_check_seen_by")}
            <select name="seen_by">
              ${WITNESSES.map((witness) => html`<option value=${witness}>${words.option("form_witness", witness)}</option>`)}
            </select></label>
          ${POINTS.map((point) => this.question(point, before, context))}
          <label class="field">${words.t("form_check_note")}<textarea name="note" maxlength="500" rows="2"></textarea></label>
          ${this.problem ? html`<p class="notice" role="alert">${this.problem}</p>` : nothing}
          <button class="main">${words.t("save")}</button>
        </form>
      </div>
    </dialog>`;
  }

  private question(point: FormPoint, before: FormCheckView | undefined, { words }: Context): TemplateResult {
    const earlier = before && answerOf(before, point);
    return html`<fieldset>
      <legend>${words.option("form_point", point)}</legend>
      <div class="drawing" style=${styleMap({ "--drawing": `url("${drawingUrl(`form_${point}`)}")` })}></div>
      <div class="answers">
        ${ANSWERS.map(
          (answer) => html`<label>
            <input type="radio" name=${point} value=${answer} ?checked=${answer === "unseen"} />${words.t(`form_answer_${answer}` as Key)}
          </label>`,
        )}
      </div>
      ${earlier
        ? html`<p class="before small muted">${words.t("form_check_earlier", { answer: words.t(`form_answer_${earlier}` as Key) })}</p>`
        : nothing}
    </fieldset>`;
  }

  private close = (): void => this.dialog?.close();

  private handleClick = (event: MouseEvent): void => {
    // A click outside the content hits the dialog itself, its backdrop.
    if (event.target === this.dialog) this.close();
  };

  private handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const { context } = this;
    if (!context) return;
    const typed = new FormData(event.target as HTMLFormElement);
    const [good, toWorkOn] = ["good", "to_work_on"].map((answer) => POINTS.filter((point) => typed.get(point) === answer));
    if (!good?.length && !toWorkOn?.length) {
      this.problem = context.words.t("form_check_empty");
      this.requestUpdate();
      return;
    }
    const note = String(typed.get("note") ?? "").trim();
    const data = { good, to_work_on: toWorkOn, seen_by: typed.get("seen_by"), ...(note ? { note } : {}) };
    // The card performs the action; the dialog only requests it.
    context.act("log_form_check", data, context.words.t("form_check_done"));
    this.close();
  };
}
