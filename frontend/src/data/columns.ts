// The height that the columns of a view of Home Assistant leave beside one another: a list in the shorter ones takes it.
// Where the view is built in another way, nothing is known, and the list keeps its own height.

const SECTION = ".section";

export class ColumnRoom {
  private readonly observer = new ResizeObserver(() => this.changed());
  private sections: HTMLElement[] = [];
  private own: HTMLElement | undefined;

  constructor(private readonly changed: () => void) {}

  connect(card: HTMLElement): void {
    this.own = outerSection(card);
    const beside = [...(this.own?.parentElement?.children ?? [])];
    this.sections = beside.filter((one) => one instanceof HTMLElement && one !== this.own && one.matches(SECTION)) as HTMLElement[];
    for (const section of this.sections) this.observer.observe(section);
  }

  disconnect(): void {
    this.observer.disconnect();
  }

  // The height for a list so that its column ends with the longest other one beside it; undefined without any beside it.
  heightFor(list: HTMLElement): number | undefined {
    const own = this.own?.getBoundingClientRect();
    const beside = this.sections.map((one) => one.getBoundingClientRect()).filter((box) => box.height && own && Math.abs(box.top - own.top) < 1);
    if (!own || !beside.length) return undefined;
    return Math.max(...beside.map((box) => box.height)) - (own.height - list.clientHeight);
  }
}

function outerSection(card: HTMLElement): HTMLElement | undefined {
  for (let node: Node | null = card; node; node = node instanceof ShadowRoot ? node.host : node.parentNode) {
    if (node instanceof HTMLElement && node.matches(SECTION)) return node;
  }
  return undefined;
}
