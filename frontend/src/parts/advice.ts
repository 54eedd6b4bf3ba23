// The advice to see a professional: calm, or urgent where a doctor must look today.
import { css, html, nothing, type TemplateResult } from "lit";
import type { PainFigures } from "../data/documents";
import type { Translate } from "../words/translate";

export function advice(
  pain: PainFigures | undefined,
  words: Translate,
  acknowledge?: { disabled: boolean; handle: () => void },
): TemplateResult | typeof nothing {
  if (!pain?.advice) return nothing;
  const isFlag = pain.advice === "red_flag";
  const flags = pain.red_flags.map((flag) => words.maybe(`flag_${flag}`) ?? flag).join(", ");
  return html`<section class="advice ${pain.advice}" role=${isFlag ? "alert" : "status"}>
    <ha-icon icon=${isFlag ? "mdi:hospital-box-outline" : "mdi:stethoscope"}></ha-icon>
    <strong>${words.t(`advice_${pain.advice}`)}</strong>
    <p>${words.t(`advice_${pain.advice}_help`, { flags })}</p>
    ${acknowledge
      ? html`<button aria-disabled=${acknowledge.disabled} @click=${acknowledge.handle}>${words.t("acknowledge")}</button>`
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
  .advice button {
    justify-self: start;
  }
  .advice.red_flag button {
    background: #8c1d18;
  }
  .advice.red_flag :focus-visible {
    outline-color: #fff;
  }
`;
