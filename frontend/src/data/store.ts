// One subscription for each runner, shared by all cards that show that runner.
import { failureOf, type Connection } from "../ha/types";
import type { RunnerDocument, ServerMessage } from "./documents";
import { patched } from "./patch";

export type ConnectionProblem = "not_found" | "unauthorized" | "no_runner" | "unreachable";

export interface Snapshot {
  document?: RunnerDocument;
  problem?: ConnectionProblem;
  connected: boolean;
  // Milliseconds by which the home's clock is ahead of this device's.
  ahead: number;
}

type Listener = () => void;

const KNOWN: ReadonlySet<string> = new Set(["not_found", "unauthorized", "no_runner"]);
// Milliseconds: between attempts, as Home Assistant may still be starting; between attempts without permission, which
// changes seldom; and until an unused subscription ends, so that a change of view does not subscribe again.
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
    // The server may have dropped the subscription already.
    this.unsubscribe?.().catch(() => undefined);
    this.unsubscribe = undefined;
  }

  private async subscribe(): Promise<void> {
    this.end();
    const mine = this.generation;
    const command = { type: "home_gym/subscribe", config_entry_id: this.runner, language: this.language };
    try {
      const end = await this.connection.subscribeMessage<ServerMessage>(
        (message) => mine === this.generation && this.take(message),
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
    const problem = known ? (code as ConnectionProblem) : "unreachable";
    const { document: _gone, ...rest } = this.snapshot;
    this.show({ ...(known ? rest : this.snapshot), problem });
    if (code === "no_runner") return;
    const soon = PATIENCE.retryAfter[Math.min(this.attempts, PATIENCE.retryAfter.length - 1)];
    const delay = code === "unauthorized" ? PATIENCE.unauthorized : soon;
    this.attempts += 1;
    this.timer = setTimeout(() => void this.subscribe(), delay);
  }

  private take(message: ServerMessage): void {
    this.attempts = 0;
    if (message.whole?.state === "unauthorized") {
      this.end();
      this.fail("unauthorized");
      return;
    }
    const before = this.snapshot.document;
    const document = message.whole ?? (before && message.patch ? patched(before, message.patch) : before);
    this.show({ ...(document ? { document } : {}), connected: true, ahead: Date.parse(message.now) - Date.now() });
  }

  private show(snapshot: Snapshot): void {
    this.snapshot = snapshot;
    for (const listener of [...this.listeners]) listener();
  }
}
