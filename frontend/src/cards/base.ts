// What all cards do: show what is told of their runner, say so where there is none, and pass on what is asked for.
import { html, LitElement, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from "lit";
import type { RunnerDocument } from "../data/document";
import { Following } from "../data/following";
import type { Trouble } from "../data/store";
import { Format } from "../format/locale";
import { failureOf, type Hass } from "../ha/types";
import { messageOf } from "../models/failure";
import { Translate, type Key } from "../words/translate";
import { common } from "./styles";

export interface CardConfig {
  type: string;
  runner?: string;
  [option: string]: unknown;
}

const TROUBLES: Record<Trouble, { key: Key; icon: string }> = {
  not_found: { key: "trouble_not_found", icon: "mdi:account-question-outline" },
  unauthorized: { key: "trouble_unauthorized", icon: "mdi:lock-outline" },
  no_runner: { key: "trouble_no_runner", icon: "mdi:account-question-outline" },
  unreachable: { key: "trouble_unreachable", icon: "mdi:timer-sand" },
};

export abstract class GymCard extends LitElement {
  static override styles: CSSResultGroup = common;

  // Counted, since whatever changes elsewhere must leave a card alone.
  renders = 0;
  preview = false;
  protected config: CardConfig = { type: "" };
  protected format!: Format;
  protected words!: Translate;
  protected busy = false;
  private home: Hass | undefined;
  private focused: Element | null = null;
  private readonly following = new Following(
    this,
    () => this.parts,
    (before) => this.told(before),
  );

  // The parts of the document that the card shows; it is drawn anew when one of them changes.
  protected abstract readonly parts: readonly (keyof RunnerDocument)[];

  protected abstract body(document: RunnerDocument): TemplateResult;

  // Whether what the body needs is there.
  protected isComplete(document: RunnerDocument): boolean {
    return document.today !== undefined;
  }

  setConfig(config: CardConfig): void {
    this.config = config;
    this.following.choose(config.runner);
    this.requestUpdate();
  }

  get hass(): Hass | undefined {
    return this.home;
  }

  set hass(hass: Hass) {
    const before = this.home;
    this.home = hass;
    if (before?.connection !== hass.connection || before?.locale !== hass.locale || before?.config !== hass.config) {
      this.format = Format.of(hass);
      this.words = new Translate(hass.locale.language);
      this.requestUpdate();
    }
    this.following.update(hass, this.words.language);
  }

  private readonly sizes = new ResizeObserver(() => {
    if (!this.document || !this.isComplete(this.document)) return;
    // Without the border around it, which an empty card has as well.
    remember(this.heightKey, this.renderRoot.querySelector(".inside")?.getBoundingClientRect().height ?? 0);
  });

  abstract getCardSize(): number;

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  protected override shouldUpdate(_changed: PropertyValues): boolean {
    return this.home !== undefined;
  }

  protected override willUpdate(_changed: PropertyValues): void {
    this.renders += 1;
    this.focused = (this.renderRoot as ShadowRoot).activeElement;
  }

  protected override updated(_changed: PropertyValues): void {
    // What had the focus may be done and gone; who goes on by keyboard goes on from here.
    if (this.focused && !this.focused.isConnected) {
      this.renderRoot.querySelector<HTMLElement>(".content")?.focus({ preventScroll: true });
    }
    this.focused = null;
  }

  protected get document(): RunnerDocument | undefined {
    return this.following.snapshot.document;
  }

  // Whether it makes sense to ask for anything.
  protected get isReachable(): boolean {
    const { connected, trouble } = this.following.snapshot;
    return connected && trouble === undefined;
  }

  protected get runner(): string | undefined {
    return this.following.runner;
  }

  // The home's clock, whatever this device's says.
  protected now(): number {
    return Date.now() + this.following.snapshot.ahead;
  }

  protected override render(): TemplateResult {
    const { trouble, connected } = this.following.snapshot;
    const document = this.document;
    if (this.following.noRunner) return this.card(this.notice("mdi:run-fast", this.words.t("trouble_no_runners")));
    if (document?.state === "removed") return this.card(this.trouble("not_found"));
    if (document && this.isComplete(document)) {
      const isCutOff = !connected || trouble !== undefined;
      const isStale = document.state !== "ready" || isCutOff;
      return this.card(
        html`${this.staleness(document, isCutOff)}
          <div class=${isStale ? "content offline" : "content"} ?inert=${isStale} tabindex="-1">${this.body(document)}</div>`,
      );
    }
    if (document && document.state !== "ready") {
      return this.card(this.notice("mdi:timer-sand", this.words.t("trouble_not_loaded")));
    }
    if (trouble) return this.card(this.trouble(trouble));
    const height = remembered(this.heightKey) ?? 50 * this.getCardSize();
    return html`<ha-card><div class="inside" aria-busy="true" style="box-sizing:border-box;min-height:${height}px"></div></ha-card>`;
  }

  private staleness(document: RunnerDocument, isCutOff: boolean): TemplateResult | typeof nothing {
    if (document.state !== "ready") return this.notice("mdi:timer-sand", this.words.t("trouble_not_loaded"));
    // A connection that is back in a moment is not worth a word.
    return isCutOff ? html`<div class="late">${this.notice("mdi:timer-sand", this.words.t("trouble_stale"))}</div>` : nothing;
  }

  protected notice(icon: string, text: string): TemplateResult {
    return html`<p class="notice" role="status"><ha-icon icon=${icon}></ha-icon><span>${text}</span></p>`;
  }

  private trouble(trouble: Trouble): TemplateResult {
    const { key, icon } = TROUBLES[trouble];
    return this.notice(icon, this.words.t(key));
  }

  private card(content: TemplateResult): TemplateResult {
    return html`<ha-card><div class="inside">${content}</div></ha-card>`;
  }

  // Performs an action of the runner's; what went wrong is told in the card's own words.
  protected async act(action: string, data: Record<string, unknown> = {}): Promise<boolean> {
    const done = await this.attempt(async (hass, runner) => {
      await hass.callService("home_gym", action, { config_entry_id: runner, ...data }, undefined, false);
      return true;
    });
    return done === true;
  }

  // Gives a command of the runner's, and returns its answer, undefined where it went wrong.
  protected async command<T extends object = object>(name: string, data: Record<string, unknown> = {}): Promise<T | undefined> {
    return this.attempt((hass, runner) => hass.callWS<T>({ type: `home_gym/${name}`, config_entry_id: runner, ...data }));
  }

  // Asks an action that answers.
  protected async ask<T>(action: string): Promise<T | undefined> {
    const told = await this.attempt((hass, runner) =>
      hass.callService("home_gym", action, { config_entry_id: runner }, undefined, false, true),
    );
    return (told as { response?: T } | undefined)?.response;
  }

  private async attempt<T>(what: (hass: Hass, runner: string) => Promise<T>): Promise<T | undefined> {
    const { home, runner } = this;
    if (!home || !runner || this.busy) return undefined;
    this.busy = true;
    this.requestUpdate();
    try {
      return await what(home, runner);
    } catch (thrown) {
      this.toast(messageOf(failureOf(thrown), this.words));
      return undefined;
    } finally {
      this.busy = false;
      this.requestUpdate();
    }
  }

  // Home Assistant's own message at the foot of the page, which screen readers speak.
  protected toast(message: string, action?: { text: string; action: () => void }): void {
    const detail = { message, ...(action ? { action, duration: 8000 } : {}) };
    this.dispatchEvent(new CustomEvent("hass-notification", { detail, bubbles: true, composed: true }));
  }

  protected offerUndo(message: string): void {
    this.toast(message, { text: this.words.t("undo"), action: () => void this.command("undo") });
  }

  // Called when a part that the card shows changed.
  protected told(_before: RunnerDocument | undefined): void {}

  private get heightKey(): string {
    return `home-gym ${this.localName} ${this.config.runner ?? ""}`;
  }
}

// How high a card was lately, so that nothing moves when what it shows arrives.
function remember(key: string, height: number): void {
  try {
    if (height) localStorage.setItem(key, String(height));
  } catch {
    // Private windows keep nothing.
  }
}

function remembered(key: string): number | undefined {
  try {
    return Number(localStorage.getItem(key)) || undefined;
  } catch {
    return undefined;
  }
}
