// Rings in one another: run outside, then core and stretch.
import { css, html, svg, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import type { Ring } from "../models/day";

// Of a picture of 100 by 100.
const WIDE = { radii: [43, 30, 17], stroke: 11 };
const SMALL = { radii: [44, 29, 14], stroke: 11 };

export function rings(shown: readonly Ring[], isSmall = false): TemplateResult {
  const { radii, stroke } = isSmall ? SMALL : WIDE;
  return html`<svg class="rings" viewBox="0 0 100 100" aria-hidden="true">
    ${shown.map((ring, place) => {
      const radius = radii[place] ?? 0;
      const length = 2 * Math.PI * radius;
      return svg`<g class=${ring.isRest ? "rest" : ""} style=${styleMap({ "--ring": ring.colour, "stroke-width": String(stroke) })}>
        <circle class="track" cx="50" cy="50" r=${radius}></circle>
        ${ring.share
          ? svg`<circle class="share" cx="50" cy="50" r=${radius} stroke-dasharray="${length * Math.min(ring.share, 1)} ${length}"
              stroke-linecap=${ring.share < 1 ? "round" : "butt"} transform="rotate(-90 50 50)"></circle>`
          : ""}
      </g>`;
    })}
  </svg>`;
}

export const ringStyles = css`
  .rings circle {
    fill: none;
  }
  .rings .track {
    stroke: color-mix(in srgb, var(--ring) 18%, var(--card-background-color, #fff));
  }
  .rings .share {
    stroke: color-mix(in srgb, var(--ring) 75%, var(--primary-text-color));
    transition: stroke-dasharray 0.6s;
  }
  .rings .rest .share {
    stroke: var(--gym-ring);
  }
`;
