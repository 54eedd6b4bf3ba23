// Countdown of a step: an emptying ring with its seconds, the only part rendered by the clock.
import { css, html, LitElement, svg, type TemplateResult } from "lit";
import type { PlaybackPosition } from "../data/documents";
import { momentOf, type Phase } from "../models/routine";

const RADIUS = 92;
const LENGTH = 2 * Math.PI * RADIUS;
const EVERY = 200;

export class RingPart extends LitElement {
  static override styles = css`
    :host {
      display: block;
      position: relative;
      width: min(100%, 280px);
      aspect-ratio: 1;
    }
    svg {
      position: absolute;
      inset: 0;
      width: 100%;
      height: 100%;
      transform: rotate(-90deg);
    }
    circle {
      fill: none;
      stroke-width: 8;
    }
    .track {
      stroke: var(--gym-line);
    }
    .left {
      stroke: color-mix(in srgb, var(--habit, var(--gym-accent)) 75%, var(--primary-text-color));
      stroke-linecap: round;
      transition: stroke-dashoffset ${EVERY}ms linear;
    }
    .lead_in .left,
    .rest .left {
      stroke: var(--gym-muted);
    }
    .inside {
      position: absolute;
      inset: 14%;
      display: flex;
      flex-direction: column;
      align-items: center;
      justify-content: center;
      gap: 2px;
      text-align: center;
    }
    .seconds {
      font-size: 2.75rem;
      font-weight: 400;
      line-height: 1;
      font-variant-numeric: tabular-nums;
      letter-spacing: -0.02em;
    }
    .phase {
      font-size: 0.8125rem;
      color: var(--gym-muted);
      min-height: 1.4em;
    }
    :host([small]) {
      pointer-events: none;
    }
    :host([small]) circle {
      stroke-width: 18;
    }
    :host([small]) .seconds {
      font-size: 0.875rem;
    }
    :host([small]) .phase {
      display: none;
    }
    @media (prefers-reduced-motion: reduce) {
      .left {
        transition: none;
      }
    }
  `;

  static override properties = {
    place: { attribute: false },
    ahead: { attribute: false },
    labels: { attribute: false },
  };

  declare place: PlaybackPosition | undefined;
  declare ahead: number;
  declare labels: Record<Phase, string>;
  private timer: ReturnType<typeof setInterval> | undefined;
  private second = -1;

  constructor() {
    super();
    this.ahead = 0;
    this.labels = { lead_in: "", hold: "", rest: "" };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.timer = setInterval(() => this.tick(), calm ? 1000 : EVERY);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  private tick(): void {
    if (!this.place?.began) return;
    this.requestUpdate();
    const moment = momentOf(this.place, Date.now() + this.ahead);
    const second = Math.round(moment.done * 1000);
    if (second === this.second) return;
    this.second = second;
    this.dispatchEvent(new CustomEvent("progress", { detail: moment.done }));
  }

  protected override render(): TemplateResult {
    const moment = this.place ? momentOf(this.place, Date.now() + this.ahead) : undefined;
    const share = moment?.length ? moment.left / moment.length : 0;
    const phase = moment?.phase ?? "hold";
    return html`<svg viewBox="0 0 200 200" class=${phase} aria-hidden="true">
        ${svg`<circle class="track" cx="100" cy="100" r=${RADIUS}></circle>
        <circle class="left" cx="100" cy="100" r=${RADIUS} stroke-dasharray=${LENGTH}
          stroke-dashoffset=${LENGTH * (1 - share)}></circle>`}
      </svg>
      <div class="inside">
        <slot></slot>
        <span class="seconds" role="timer">${Math.ceil(moment?.left ?? 0)}</span>
        <span class="phase">${this.labels[phase]}</span>
      </div>`;
  }
}
