// The button that opens the log, for the footer of a view on a phone.
import { css, html, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import { GymCard } from "./base";
import { common } from "./styles";

export class LogCard extends GymCard {
  static override styles: CSSResultGroup = [common, css`
    :host {
      display: flex;
      justify-content: center;
      height: auto;
    }
    .pill {
      min-width: 120px;
      min-height: 52px;
      border-radius: 26px;
      color: #fff;
      background: color-mix(in srgb, var(--gym-accent) 60%, #000);
      box-shadow: 0 2px 8px rgb(0 0 0 / 30%);
    }
    .pill:hover {
      background: color-mix(in srgb, var(--gym-accent) 75%, #000);
    }
  `];

  protected readonly parts = ["name"] as const;

  override getCardSize(): number {
    return 1;
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.document?.today || !this.isReachable) return nothing;
    return this.body();
  }

  protected body(): TemplateResult {
    return html`<button class="pill" @click=${() => this.openLog()}><ha-icon icon="mdi:plus"></ha-icon>${this.words.t("log")}</button>`;
  }
}
