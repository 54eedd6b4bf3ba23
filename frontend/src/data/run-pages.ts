// The pages of a runner's list of runs, asked for when they come into sight.
import type { Hass } from "../ha/types";
import { layoutOf, PAGE, type Layout, type MonthInfo } from "../models/run-list";
import type { Run } from "./document";

interface Answer {
  total: number;
  revision: number;
  runs: Run[];
  months?: MonthInfo[];
}

export class RunPages {
  layout: Layout | undefined;
  total = 0;
  failed = false;
  private readonly pages = new Map<number, Run[] | "asked">();
  private generation = 0;

  constructor(private readonly changed: () => void) {}

  at(index: number): Run | undefined {
    const page = this.pages.get(Math.floor(index / PAGE));
    return page === "asked" ? undefined : page?.[index % PAGE];
  }

  // Begins anew; what is shown stays until the new first page is there.
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

  private ask(hass: Hass, runner: string, search: string, page: number): Promise<Answer> {
    const range = { offset: page * PAGE, limit: PAGE };
    return hass.callWS<Answer>({ type: "home_gym/runs", config_entry_id: runner, search, ...range });
  }
}
