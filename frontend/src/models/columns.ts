// Widths of the window at which Home Assistant shows a number of columns: as wide as 320 pixels each, 32 between and
// beside them, beside a sidebar that narrow windows hide.
const COLUMN = 320;
const GAP = 32;
const SCROLLBAR = 16;
const NARROW = 870;
const SIDEBARS: Record<string, number> = { docked: 256, always_hidden: 0 };
const COLLAPSED = 56;
export const MOST_COLUMNS = 4;

// The media query of a number of columns.
export function widthsOf(columns: number, sidebar = "auto"): string {
  const parts = [
    { from: 0, to: NARROW, beside: 0 },
    { from: NARROW + 1, to: Infinity, beside: SIDEBARS[sidebar] ?? COLLAPSED },
  ];
  const ranges = parts.flatMap(({ from, to, beside }) => {
    const least = columns === 1 ? from : Math.max(from, widthOf(columns) + beside);
    const most = columns === MOST_COLUMNS ? to : Math.min(to, widthOf(columns + 1) + beside - 1);
    if (least > most) return [];
    return [[least ? `(min-width: ${least}px)` : "", most < Infinity ? `(max-width: ${most}px)` : ""].filter(Boolean).join(" and ")];
  });
  return ranges.join(", ");
}

function widthOf(columns: number): number {
  return columns * (COLUMN + GAP) + GAP + SCROLLBAR;
}
