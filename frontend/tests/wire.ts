// A stand-in for Home Assistant's connection.
import type { Connection } from "../src/ha/types";

type Tell = (message: unknown) => void;

// A connection under the test's control that records its commands.
export class Wire implements Connection {
  asked: Record<string, unknown>[] = [];
  ended = 0;
  tell: Tell = () => undefined;
  refuse: string | undefined;
  private readonly listeners = new Map<string, Set<() => void>>();

  subscribeMessage<T>(callback: (message: T) => void, command: Record<string, unknown>): Promise<() => Promise<void>> {
    this.asked.push(command);
    if (this.refuse) return Promise.reject({ code: this.refuse });
    this.tell = callback as Tell;
    return Promise.resolve(() => {
      this.ended += 1;
      return Promise.resolve();
    });
  }

  addEventListener(event: string, listener: () => void): void {
    this.listeners.set(event, (this.listeners.get(event) ?? new Set()).add(listener));
  }

  removeEventListener(event: string, listener: () => void): void {
    this.listeners.get(event)?.delete(listener);
  }

  fire(event: string): void {
    for (const listener of this.listeners.get(event) ?? []) listener();
  }
}

export const passed = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
export const settled = () => new Promise((resolve) => setImmediate(resolve));
