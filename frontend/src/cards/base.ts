// Base of all cards: shows the runner's document or the reason for its absence, and sends actions.
import { html, LitElement, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from "lit";
import type { RunnerDocument, RunView } from "../data/documents";
import { RunnerController, type Part } from "../data/runner-controller";
import type { ConnectionProblem } from "../data/store";
import { Format } from "../format/locale";
import { failureOf, type Hass } from "../ha/types";
import { messageOf } from "../models/failure";
import { dialogIn } from "../parts/lazy";
import { hasOptions, loadOptions } from "../words/options";
import { hasWords, loadWords, Translate, type Key } from "../words/translate";
import { common } from "./styles";

export interface CardConfig {
  type: string;
  runner?: string;
  [option: string]: unknown;
}

const PROBLEMS: Record<ConnectionProblem, { key: Key; icon: string }> = {
  not_found: { key: "trouble_not_found", icon: "mdi:account-question-outline" },
  unauthorized: { key: "trouble_unauthorized", icon: "mdi:lock-outline" },
  no_runner: { key: "trouble_no_runner", icon: "mdi:account-question-outline" },
  unreachable: { key: "trouble_unreachable", icon: "mdi:timer-sand" },
};

export abstract class GymCard extends LitElement {
  static override styles: CSSResultGroup = common;

  // Home Assistant keeps a hidden card connected, so that it can come back by itself.
  connectedWhileHidden = true;
  // Number of renders: a test holds that changes elsewhere cause none.
  renders = 0;
  preview = false;
  protected config: CardConfig = { type: "" };
  protected format!: Format;
  protected words!: Translate;
  protected busy = false;
  private home: Hass | undefined;
  private focused: Element | null = null;
  private readonly controller = new RunnerController(
    this,
    () => this.parts,
    (before) => this.documentChanged(before),
  );

  constructor() {
    super();
    this.controller.isAsleep = true;
  }

  // Parts of the document that the card shows: a change of one renders it again.
  protected abstract readonly parts: readonly Part[];

  protected abstract body(document: RunnerDocument): TemplateResult;

  // Whether the document has all that the body needs.
  protected isComplete(document: RunnerDocument): boolean {
    return document.today !== undefined;
  }

  setConfig(config: CardConfig): void {
    this.config = config;
    this.controller.choose(config.runner);
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
      this.speak(hass.locale.language);
    }
    this.controller.update(hass, this.words.language);
  }

  private speak(language: string): void {
    this.words = new Translate(language);
    this.requestUpdate();
    if (this.home && !hasOptions(language)) void loadOptions(this.home).then((isNew) => isNew && this.speak(language));
    if (hasWords(language)) return;
    void loadWords(language).then(() => {
      if (this.home?.locale.language === language) this.speak(language);
    });
  }

  private readonly sizes = new ResizeObserver(([entry]) => {
    // A generated dashboard has its cards once for each number of columns, and one arrangement is seen.
    if (entry?.contentRect.width || this.hidden) this.controller.wake();
    if (!this.document || !this.isComplete(this.document)) return;
    // Without the border, which an empty card has as well.
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
    return this.home !== undefined && hasWords(this.home.locale.language);
  }

  protected override willUpdate(_changed: PropertyValues): void {
    this.renders += 1;
    this.focused = (this.renderRoot as ShadowRoot).activeElement;
  }

  protected override updated(_changed: PropertyValues): void {
    // The focused element may have been removed; keyboard users continue from the card's content.
    if (this.focused && !this.focused.isConnected) {
      this.renderRoot.querySelector<HTMLElement>(".content")?.focus({ preventScroll: true });
    }
    this.focused = null;
    this.show(this.preview || this.isWanted(this.document));
  }

  // Whether there is anything to show; without it Home Assistant leaves no place for the card.
  protected isWanted(_document: RunnerDocument | undefined): boolean {
    return true;
  }

  private show(isShown: boolean): void {
    if (isShown !== this.hidden) return;
    this.hidden = !isShown;
    this.style.display = isShown ? "" : "none";
    this.dispatchEvent(new CustomEvent("card-visibility-changed", { detail: { value: isShown }, bubbles: true, composed: true }));
  }

  protected get document(): RunnerDocument | undefined {
    return this.controller.snapshot.document;
  }

  // Whether the home can be reached.
  protected get isReachable(): boolean {
    const { connected, problem } = this.controller.snapshot;
    return connected && problem === undefined;
  }

  protected get runner(): string | undefined {
    return this.controller.runner;
  }

  // The home's clock, which may differ from this device's.
  protected now(): number {
    return Date.now() + this.controller.snapshot.ahead;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { problem, connected } = this.controller.snapshot;
    const document = this.document;
    // Others than administrators can't add one.
    if (this.controller.noRunner) return this.card(this.notice("mdi:run-fast", this.words.t(this.home?.user?.is_admin === false ? "trouble_no_shared" : "trouble_no_runners")));
    if (document?.state === "removed") return this.card(this.problemNotice("not_found"));
    if (document && this.isComplete(document)) {
      const isCutOff = !connected || problem !== undefined;
      const isStale = document.state !== "ready" || isCutOff;
      return this.card(
        html`${this.staleness(document, isCutOff)}
          <div class=${isStale ? "content offline" : "content"} ?inert=${isStale} tabindex="-1">${this.body(document)}</div>`,
      );
    }
    if (document && document.state !== "ready") {
      return this.card(this.notice("mdi:timer-sand", this.words.t("trouble_not_loaded")));
    }
    if (problem) return this.card(this.problemNotice(problem));
    const height = remembered(this.heightKey) ?? 50 * this.getCardSize();
    return html`<ha-card><div class="inside" aria-busy="true" style="box-sizing:border-box;min-height:${height}px"></div></ha-card>`;
  }

  private staleness(document: RunnerDocument, isCutOff: boolean): TemplateResult | typeof nothing {
    if (document.state !== "ready") return this.notice("mdi:timer-sand", this.words.t("trouble_not_loaded"));
    // The notice fades in late, so a short loss of the connection shows none.
    return isCutOff ? html`<div class="late">${this.notice("mdi:timer-sand", this.words.t("trouble_stale"))}</div>` : nothing;
  }

  protected notice(icon: string, text: string): TemplateResult {
    return html`<p class="notice" role="status"><ha-icon icon=${icon}></ha-icon><span>${text}</span></p>`;
  }

  private problemNotice(problem: ConnectionProblem): TemplateResult {
    const { key, icon } = PROBLEMS[problem];
    return this.notice(icon, this.words.t(key));
  }

  private card(content: TemplateResult): TemplateResult {
    return html`<ha-card><div class="inside">${content}</div></ha-card>`;
  }

  // Performs an action for the runner; a failure is shown in the card's own words.
  protected async act(action: string, data: Record<string, unknown> = {}): Promise<boolean> {
    const done = await this.attempt(async (hass, runner) => {
      await hass.callService("home_gym", action, { config_entry_id: runner, ...data }, undefined, false);
      return true;
    });
    return done === true;
  }

  // Sends a websocket command for the runner and returns its answer, undefined after a failure.
  protected async command<T extends object = object>(name: string, data: Record<string, unknown> = {}): Promise<T | undefined> {
    return this.attempt((hass, runner) => hass.callWS<T>({ type: `home_gym/${name}`, config_entry_id: runner, ...data }));
  }

  // Performs an action with a response and returns that.
  protected async ask<T>(action: string, data: Record<string, unknown> = {}): Promise<T | undefined> {
    const answer = await this.attempt((hass, runner) =>
      hass.callService("home_gym", action, { config_entry_id: runner, ...data }, undefined, false, true),
    );
    return (answer as { response?: T } | undefined)?.response;
  }

  private async attempt<T>(what: (hass: Hass, runner: string) => Promise<T>): Promise<T | undefined> {
    const { home, runner } = this;
    if (!home || !runner || this.busy) return undefined;
    this.busy = true;
    this.requestUpdate();
    try {
      return await what(home, runner);
    } catch (thrown) {
      this.toast(await messageOf(failureOf(thrown), this.words, home));
      return undefined;
    } finally {
      this.busy = false;
      this.requestUpdate();
    }
  }

  // Home Assistant's toast at the foot of the page, which screen readers speak.
  protected toast(message: string, action?: { text: string; action: () => void }): void {
    const detail = { message, ...(action ? { action, duration: 8000 } : {}) };
    this.dispatchEvent(new CustomEvent("hass-notification", { detail, bubbles: true, composed: true }));
  }

  // Performs an action that can be undone from its message.
  protected enter = (action: string, data: Record<string, unknown>, done: string): void => {
    void this.act(action, data).then((isDone) => isDone && this.offerUndo(done));
  };

  protected offerUndo(message: string): void {
    this.toast(message, { text: this.words.t("undo"), action: () => void this.command("undo") });
  }

  // The log of a day, today where none is given. Its code is loaded when it is opened.
  protected async openLog(day?: string): Promise<void> {
    const { document, words, format } = this;
    if (!document) return;
    const { LogDialog } = await import("../parts/dialogs");
    dialogIn(this.renderRoot, "home-gym-log-dialog", LogDialog).open({ document, day, words, format, act: this.enter });
  }

  // A run with all that is known about it. Its code is loaded when it is opened.
  protected async openRun(run: RunView): Promise<void> {
    const { document, home: hass, runner, words, format } = this;
    if (!document || !hass || !runner) return;
    const { RunDialog } = await import("../parts/dialogs");
    const dialog = dialogIn(this.renderRoot, "home-gym-run", RunDialog);
    dialog.open({ run, document, hass, runner, words, format, act: this.enter });
  }

  // Called when a part that the card shows has changed.
  protected documentChanged(_before: RunnerDocument | undefined): void {}

  private get heightKey(): string {
    return `home-gym ${this.localName} ${this.config.runner ?? ""}`;
  }
}

// Keeps the last height of a card, so that the page does not jump when the document arrives.
function remember(key: string, height: number): void {
  try {
    if (height) localStorage.setItem(key, String(height));
  } catch {
    // Private windows have no storage.
  }
}

function remembered(key: string): number | undefined {
  try {
    return Number(localStorage.getItem(key)) || undefined;
  } catch {
    return undefined;
  }
}
