// A treadmill in use, with its live figures.
import { css, html, nothing, type TemplateResult } from "lit";
import type { LiveTreadmill } from "../data/documents";
import type { Format } from "../format/locale";
import type { Translate } from "../words/translate";

interface Seen {
  id: string;
  isOwn: boolean;
  ahead: number;
}

export function treadmillTile(
  treadmill: LiveTreadmill,
  seen: Seen,
  words: Translate,
  format: Format,
): TemplateResult | typeof nothing {
  if (!treadmill.in_use) return nothing;
  const speed = treadmill.speed === undefined ? undefined : format.speed(treadmill.speed);
  const cadence = treadmill.cadence ? words.t("steps_a_minute", { steps: format.number(treadmill.cadence) }) : undefined;
  const verdict = treadmill.cadence_verdict && cadence ? words.t(`verdict_${treadmill.cadence_verdict}`) : undefined;
  const distance = treadmill.distance ? format.distance(treadmill.distance, 2) : undefined;
  return html`<section class="treadmill">
    <span class="pulse" aria-hidden="true"></span>
    <div class="where">
      <strong class="name"><bdi>${treadmill.name}</bdi></strong>
      <span class="small">${words.t(seen.isOwn ? "treadmill_yours" : "treadmill_in_use")}</span>
    </div>
    <div class="live figures">
      ${treadmill.since
        ? html`<home-gym-clock .since=${Date.parse(treadmill.since)} .ahead=${seen.ahead}></home-gym-clock>`
        : nothing}
      ${[distance, speed, cadence].map((figure) => (figure ? html`<span>${figure}</span>` : nothing))}
      ${verdict ? html`<span class="small verdict">${verdict}</span>` : nothing}
    </div>
  </section>`;
}

export const treadmillStyles = css`
  .treadmill {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 8px 14px;
    padding: 14px 16px;
    border-radius: var(--gym-radius);
    background: color-mix(in srgb, var(--gym-accent) 14%, transparent);
  }
  .treadmill .where {
    flex: 1;
    min-width: 120px;
    display: grid;
  }
  .treadmill strong {
    font-weight: 500;
  }
  .treadmill .live {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 14px;
    font-weight: 500;
  }
  .pulse {
    width: 10px;
    height: 10px;
    border-radius: 50%;
    background: var(--gym-accent);
    animation: gym-pulse 1.6s ease-in-out infinite;
  }
  @keyframes gym-pulse {
    50% {
      transform: scale(1.5);
      opacity: 0.5;
    }
  }
`;
