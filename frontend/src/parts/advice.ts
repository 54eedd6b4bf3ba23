// The advice to see a professional: calm, or urgent where a doctor must look today.
import { css, html, nothing, type TemplateResult } from "lit";
import type { RunnerDocument } from "../data/documents";
import type { Translate } from "../words/translate";

export interface Ways {
  disabled: boolean;
  // Hide the notice; nothing else changes.
  read: () => void;
  // The form for a professional's word, and the button to take a report back.
  more?: TemplateResult | typeof nothing;
}

export function advice(
  document: Pick<RunnerDocument, "pain" | "emergency_number" | "texts">,
  words: Translate,
  ways?: Ways,
): TemplateResult | typeof nothing {
  const { pain, emergency_number: number, texts } = document;
  if (!pain?.advice) return nothing;
  const isUrgent = pain.advice === "red_flag";
  if (pain.is_read && !ways) return nothing;
  const flags = (pain.red_flags ?? []).map((flag) => words.option("red_flag", flag)).join(", ");
  const isShort = pain.is_read && !isUrgent;
  return html`<section class="advice ${pain.advice}" role=${isUrgent ? "alert" : "status"}>
    <ha-icon icon=${isUrgent ? "mdi:hospital-box-outline" : "mdi:stethoscope"}></ha-icon>
    <strong>${texts?.[`advice_${pain.advice}`]}</strong>
    ${isShort
      ? nothing
      : html`<p>${flags ? `${words.t("advice_signs", { flags })} ` : ""}${texts?.[`advice_${pain.advice}_help`]}</p>`}
    ${isUrgent
      ? number
        ? html`<a class="call" href="tel:${number}"><ha-icon icon="mdi:phone"></ha-icon>${words.t("call", { number })}</a>`
        : html`<p class="call">${words.t("call_local")}</p>`
      : nothing}
    ${ways
      ? html`<div class="ways">
          ${pain.is_read ? nothing : html`<button aria-disabled=${ways.disabled} @click=${ways.read}>${words.t("acknowledge")}</button>`}
          ${ways.more ?? nothing}
        </div>`
      : nothing}
  </section>`;
}

export const adviceStyles = css`
  .advice {
    display: grid;
    gap: 6px 14px;
    grid-template-columns: auto 1fr;
    padding: 16px;
    border-radius: var(--gym-radius);
    background: color-mix(in srgb, var(--gym-accent) 14%, transparent);
    line-height: 1.5;
  }
  .advice strong {
    font-size: 1.0625rem;
    font-weight: 500;
  }
  .advice > :nth-child(n + 3) {
    grid-column: 2;
  }
  .advice.red_flag {
    color: #fff;
    background: #b3261e;
  }
  .advice.red_flag strong {
    font-size: 1.375rem;
    font-weight: 700;
  }
  .advice p {
    margin: 0;
  }
  .advice a.call {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 10px;
    justify-self: start;
    min-width: min(220px, 100%);
    min-height: 52px;
    padding: 0 24px;
    box-sizing: border-box;
    border-radius: 26px;
    font-size: 1.125rem;
    font-weight: 500;
    text-decoration: none;
    color: #8c1d18;
    background: #fff;
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    gap: 8px;
  }
  .advice.red_flag button {
    background: #8c1d18;
  }
  .advice.red_flag home-gym-clearance {
    --gym-soft: #8c1d18;
  }
  .advice.red_flag :focus-visible {
    outline-color: #fff;
  }
`;
