// Finds a card's runner and subscribes to that runner's document while the card is on the page.
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Connection, Hass } from "../ha/types";
import type { RunnerDocument } from "./documents";
import { household } from "./runners";
import { PATIENCE, storeOf, type RunnerStore, type Snapshot } from "./store";

// A part of the document, or what follows from it: a change draws the card again.
export type Part = keyof RunnerDocument | ((document: RunnerDocument) => unknown);

type Card = ReactiveControllerHost & Pick<Element, "isConnected">;

const NOTHING: Snapshot = { connected: true, ahead: 0 };
// Milliseconds between attempts while Home Assistant is still starting.
const RETRY = 2_000;

export class RunnerController implements ReactiveController {
  // A card in a hidden part of a page waits until it is seen.
  isAsleep = false;
  // Whether there is no runner that the user may see.
  noRunner = false;
  private hass: Hass | undefined;
  private language = "";
  private chosen: string | undefined;
  private found: string | undefined;
  private store: RunnerStore | undefined;
  private stop: (() => void) | undefined;
  private shown: RunnerDocument | undefined;
  private status = "";
  private watched: Connection | undefined;
  private seeking: ReturnType<typeof setTimeout> | undefined;

  // The card renders again when one of these parts has changed; `changed` is called first.
  constructor(
    private readonly card: Card,
    private readonly parts: () => readonly Part[],
    private readonly changed: (before: RunnerDocument | undefined) => void,
  ) {
    card.addController(this);
  }

  get runner(): string | undefined {
    // A cleared field of the editor is an empty string.
    return this.chosen || this.found;
  }

  get snapshot(): Snapshot {
    return this.store?.snapshot ?? NOTHING;
  }

  choose(runner: string | undefined): void {
    const isOther = this.chosen !== runner;
    this.chosen = runner;
    if (this.hass && isOther) this.follow();
  }

  // Takes the `hass` object, which Home Assistant passes at each change of any entity.
  update(hass: Hass, language: string): void {
    const { hass: before, language: spoken } = this;
    this.hass = hass;
    this.language = language;
    if (before?.connection !== hass.connection || spoken !== language) this.follow();
    else if (before.devices !== hass.devices) void this.seek();
  }

  hostConnected(): void {
    if (this.hass && !this.stop) this.follow();
  }

  hostDisconnected(): void {
    this.watch(undefined);
    this.unfollow();
  }

  wake(): void {
    if (!this.isAsleep) return;
    this.isAsleep = false;
    if (this.hass) this.follow();
  }

  private follow(): void {
    this.unfollow();
    if (this.card.isConnected && !this.isAsleep) void this.find();
  }

  // Without a configured runner, the first visible one may change: runners come, go, or share their figures.
  private async seek(again = false): Promise<void> {
    const { hass } = this;
    if (!hass || !this.card.isConnected || this.chosen) return;
    try {
      const found = (await household(hass, again)).runners[0]?.config_entry_id;
      if (found !== this.found || this.noRunner !== (found === undefined)) this.follow();
      else if (this.noRunner) this.seekLater();
    } catch {
      this.seekLater();
    }
  }

  private seekLater(): void {
    clearTimeout(this.seeking);
    this.seeking = setTimeout(() => void this.seek(true), PATIENCE.unauthorized);
  }

  // After a lost connection the list of runners is requested again, by a listener registered before this one.
  private handleReady = (): void => queueMicrotask(() => void this.seek());

  private watch(connection: Connection | undefined): void {
    if (this.watched === connection) return;
    this.watched?.removeEventListener("ready", this.handleReady);
    this.watched = connection;
    connection?.addEventListener("ready", this.handleReady);
  }

  private async find(): Promise<void> {
    const { hass } = this;
    if (!hass) return;
    if (!this.chosen) {
      try {
        this.found = (await household(hass)).runners[0]?.config_entry_id;
      } catch {
        setTimeout(() => this.follow(), RETRY);
        return;
      }
      if (!this.card.isConnected) return;
      this.watch(hass.connection);
      this.noRunner = this.found === undefined;
      if (this.noRunner) {
        this.seekLater();
        return this.card.requestUpdate();
      }
    }
    if (!this.runner || !this.card.isConnected || this.stop) return;
    this.noRunner = false;
    this.store = storeOf(hass.connection, this.runner, this.language);
    this.stop = this.store.listen(() => this.look());
    this.look();
  }

  private unfollow(): void {
    clearTimeout(this.seeking);
    this.stop?.();
    this.stop = undefined;
    this.store = undefined;
    this.shown = undefined;
    this.status = "";
  }

  private look(): void {
    const { document, problem, connected } = this.snapshot;
    const status = `${document?.state} ${problem} ${connected}`;
    const before = this.shown;
    this.shown = document;
    const isSame = status === this.status && this.parts().every((part) => seen(before, part) === seen(document, part));
    this.status = status;
    if (isSame) return;
    this.changed(before);
    this.card.requestUpdate();
    if (document?.state === "removed" || problem === "not_found" || problem === "unauthorized") void this.seek(true);
  }
}

function seen(document: RunnerDocument | undefined, part: Part): unknown {
  return typeof part === "function" ? document && part(document) : document?.[part];
}
