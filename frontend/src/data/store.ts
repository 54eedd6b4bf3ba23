// One subscription for each runner, shared by all cards that show that runner.
import { failureOf, type Connection } from "../ha/types";
import type { RunnerDocument } from "./document";
import { patched, type PlainObject } from "./patch";

export type Trouble = "not_found" | "unauthorized" | "no_runner" | "unreachable";

export interface Snapshot {
  document?: RunnerDocument;
  trouble?: Trouble;
  connected: boolean;
  // By so many milliseconds the home's clock is ahead of this device's.
  ahead: number;
}

interface Told {
  whole?: RunnerDocument;
  patch?: PlainObject;
  now: string;
}

type Listener = () => void;

const KNOWN: ReadonlySet<string> = new Set(["not_found", "unauthorized", "no_runner"]);
// Milliseconds. Home Assistant may still be starting: what it does not know yet it may know soon. Who may see whom is
// changed by people, and seldom. What nobody shows any more is kept for a moment, so that going from one view to another
// asks for nothing again.
export const PATIENCE = { retryAfter: [1_000, 2_000, 5_000, 10_000, 30_000], unauthorized: 60_000, linger: 5_000 };

const stores = new WeakMap<Connection, Map<string, RunnerStore>>();

export function storeOf(connection: Connection, runner: string, language: string): RunnerStore {
  const known = stores.get(connection) ?? new Map<string, RunnerStore>();
  stores.set(connection, known);
  const key = `${runner} ${language}`;
  const store = known.get(key) ?? new RunnerStore(connection, runner, language, () => known.delete(key));
  known.set(key, store);
  return store;
}

export class RunnerStore {
  snapshot: Snapshot = { connected: true, ahead: 0 };
  private listeners = new Set<Listener>();
  private unsubscribe: (() => Promise<void>) | undefined;
  private attempts = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private generation = 0;
  private isOpen = false;

  constructor(
    private readonly connection: Connection,
    private readonly runner: string,
    private readonly language: string,
    private readonly forget: () => void,
  ) {}

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    if (!this.isOpen) this.open();
    return () => {
      this.listeners.delete(listener);
      if (!this.listeners.size) setTimeout(() => this.closeUnused(), PATIENCE.linger);
    };
  }

  private open(): void {
    this.isOpen = true;
    this.connection.addEventListener("ready", this.handleReady);
    this.connection.addEventListener("disconnected", this.handleLost);
    void this.subscribe();
  }

  private closeUnused(): void {
    if (this.listeners.size || !this.isOpen) return;
    this.isOpen = false;
    this.forget();
    this.connection.removeEventListener("ready", this.handleReady);
    this.connection.removeEventListener("disconnected", this.handleLost);
    this.end();
  }

  private handleReady = (): void => {
    this.attempts = 0;
    this.unsubscribe = undefined;
    void this.subscribe();
  };

  private handleLost = (): void => {
    this.generation += 1;
    this.unsubscribe = undefined;
    this.show({ ...this.snapshot, connected: false });
  };

  private end(): void {
    this.generation += 1;
    clearTimeout(this.timer);
    // The other side may have forgotten it already.
    this.unsubscribe?.().catch(() => undefined);
    this.unsubscribe = undefined;
  }

  private async subscribe(): Promise<void> {
    this.end();
    const mine = this.generation;
    const command = { type: "home_gym/subscribe", config_entry_id: this.runner, language: this.language };
    try {
      const end = await this.connection.subscribeMessage<Told>(
        (told) => mine === this.generation && this.take(told),
        command,
        { resubscribe: false },
      );
      if (mine === this.generation) this.unsubscribe = end;
      else end().catch(() => undefined);
    } catch (thrown) {
      if (mine === this.generation) this.fail(failureOf(thrown).code ?? "unreachable");
    }
  }

  private fail(code: string): void {
    const known = KNOWN.has(code);
    const trouble = known ? (code as Trouble) : "unreachable";
    const { document: _gone, ...rest } = this.snapshot;
    this.show({ ...(known ? rest : this.snapshot), trouble });
    if (code === "no_runner") return;
    const soon = PATIENCE.retryAfter[Math.min(this.attempts, PATIENCE.retryAfter.length - 1)];
    const delay = code === "unauthorized" ? PATIENCE.unauthorized : soon;
    this.attempts += 1;
    this.timer = setTimeout(() => void this.subscribe(), delay);
  }

  private take(told: Told): void {
    this.attempts = 0;
    if (told.whole?.state === "unauthorized") {
      this.end();
      this.fail("unauthorized");
      return;
    }
    const before = this.snapshot.document;
    const document = told.whole ?? (before && told.patch ? patched(before, told.patch) : before);
    this.show({ ...(document ? { document } : {}), connected: true, ahead: Date.parse(told.now) - Date.now() });
  }

  private show(snapshot: Snapshot): void {
    this.snapshot = snapshot;
    for (const listener of [...this.listeners]) listener();
  }
}
