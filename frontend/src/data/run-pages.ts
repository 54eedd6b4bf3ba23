// Pages of a runner's list of runs, requested when they come into view.
import type { Hass } from "../ha/types";
import { layoutOf, PAGE, type Layout } from "../models/run-list";
import type { RunPage, RunView } from "./documents";

export class RunPages {
  layout: Layout | undefined;
  total = 0;
  failed = false;
  private readonly pages = new Map<number, RunView[] | "asked">();
  private generation = 0;

  constructor(private readonly changed: () => void) {}

  at(index: number): RunView | undefined {
    const page = this.pages.get(Math.floor(index / PAGE));
    return page === "asked" ? undefined : page?.[index % PAGE];
  }

  // Starts a new search; the shown runs stay until its first page arrives.
  async search(hass: Hass, runner: string, search: string): Promise<void> {
    this.generation += 1;
    const mine = this.generation;
    try {
      const answer = await this.ask(hass, runner, search, 0);
      if (mine !== this.generation) return;
      this.pages.clear();
      this.pages.set(0, answer.runs);
      this.layout = layoutOf(answer.months ?? []);
      this.total = answer.total;
      this.failed = false;
    } catch {
      if (mine !== this.generation) return;
      this.failed = true;
    }
    this.changed();
  }

  async want(hass: Hass, runner: string, search: string, page: number): Promise<void> {
    if (this.pages.has(page)) return;
    const mine = this.generation;
    this.pages.set(page, "asked");
    try {
      const answer = await this.ask(hass, runner, search, page);
      if (mine === this.generation) this.pages.set(page, answer.runs);
    } catch {
      if (mine === this.generation) this.pages.delete(page);
      return;
    }
    if (mine === this.generation) this.changed();
  }

  private ask(hass: Hass, runner: string, search: string, page: number): Promise<RunPage> {
    const range = { offset: page * PAGE, limit: PAGE };
    return hass.callWS<RunPage>({ type: "home_gym/runs", config_entry_id: runner, search, ...range });
  }
}
