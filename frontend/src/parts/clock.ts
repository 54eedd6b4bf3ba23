// Elapsed time, the only part rendered each second.
import { html, LitElement, type TemplateResult } from "lit";

export class ClockPart extends LitElement {
  static override properties = { since: { attribute: false }, ahead: { attribute: false } };

  declare since: number;
  declare ahead: number;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.since = Date.now();
    this.ahead = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = setInterval(() => this.requestUpdate(), 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  protected override render(): TemplateResult {
    const seconds = Math.max(0, Math.floor((Date.now() + this.ahead - this.since) / 1000));
    const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
    const padded = (part: number) => String(part).padStart(2, "0");
    return html`${hours ? `${hours}:${padded(minutes)}` : minutes}:${padded(rest)}`;
  }
}
