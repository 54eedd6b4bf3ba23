// One control over the columns of a chart: pointer, touch or keys choose a column, whose figures are announced.
import { css, html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { styleMap } from "lit/directives/style-map.js";

export interface Scrub {
  count: number;
  // Undefined until the user chooses a column.
  chosen: number | undefined;
  // The column from which keys start.
  first: number;
  label: string;
  text: (column: number) => string;
  choose: (column: number | undefined) => void;
}

export function scrub({ count, chosen, first, label, text, choose }: Scrub): TemplateResult {
  const value = Math.min(chosen ?? first, count - 1);
  const hover = (event: PointerEvent) => {
    const target = event.currentTarget as HTMLElement;
    if (event.pointerType === "mouse") choose(columnAt(event.clientX, target.getBoundingClientRect(), count, isMirrored(target)));
  };
  const leave = (event: Event) => {
    // A passing mouse does not move a choice made by keyboard.
    if (!(event.currentTarget as HTMLElement).matches(":focus")) choose(undefined);
  };
  return html`<input
    class="scrub"
    type="range"
    min="0"
    max=${count - 1}
    step="1"
    .value=${live(String(value))}
    aria-label=${label}
    aria-valuetext=${text(value)}
    style=${styleMap({ "--count": String(count) })}
    @input=${(event: Event) => choose(Number((event.currentTarget as HTMLInputElement).value))}
    @focus=${() => choose(value)}
    @blur=${() => choose(undefined)}
    @pointermove=${hover}
    @pointerleave=${leave}
  />`;
}

export function columnAt(x: number, { left, width }: { left: number; width: number }, count: number, mirrored: boolean): number {
  const column = Math.max(0, Math.min(count - 1, Math.floor(((x - left) / width) * count)));
  return mirrored ? count - 1 - column : column;
}

function isMirrored(element: Element): boolean {
  return getComputedStyle(element).direction === "rtl";
}

// The handle is as wide as a column, so that a touch chooses the column under it.
export const scrubStyles = css`
  .scrub {
    position: absolute;
    inset: 0;
    z-index: 1;
    width: 100%;
    height: 100%;
    margin: 0;
    appearance: none;
    background: none;
    border-radius: 8px;
    cursor: pointer;
  }
  .scrub::-webkit-slider-runnable-track {
    height: 100%;
  }
  .scrub::-webkit-slider-thumb {
    appearance: none;
    width: calc(100% / var(--count));
    height: 100%;
    background: none;
  }
  .scrub::-moz-range-thumb {
    width: calc(100% / var(--count));
    height: 100%;
    border: 0;
    background: none;
  }
`;
