// Shared styles: Home Assistant's colours, spacing, and touch targets large enough for a thumb.
import { css } from "lit";

// A choice of a few, side by side.
export const segments = css`
  .segments {
    display: flex;
    flex-wrap: wrap;
    padding: 3px;
    border-radius: 25px;
    background: var(--gym-soft);
  }
  .segments button {
    background: none;
    padding: 0 14px;
  }
  .segments button[aria-pressed="true"] {
    background: var(--card-background-color, #fff);
    box-shadow: 0 1px 3px rgb(0 0 0 / 20%);
  }
`;

export const common = css`
  :host {
    display: block;
    height: 100%;
    --gym-gap: 20px;
    --gym-radius: 14px;
    --gym-soft: color-mix(in srgb, var(--primary-text-color) 6%, transparent);
    --gym-line: color-mix(in srgb, var(--primary-text-color) 13%, var(--card-background-color, #fff));
    --gym-muted: color-mix(in srgb, var(--primary-text-color) 68%, var(--card-background-color, #fff));
    --gym-accent: var(--primary-color, #03a9f4);
    --gym-good: var(--success-color, #43a047);
    --gym-warn: var(--warning-color, #ffa600);
    --gym-bad: var(--error-color, #db4437);
    /* Meaningful shapes have a contrast of at least 3:1 against their background, in light and dark themes. */
    --gym-shape: color-mix(in srgb, var(--gym-accent) 75%, var(--primary-text-color));
    --gym-ring: color-mix(in srgb, var(--primary-text-color) 50%, var(--card-background-color, #fff));
  }
  ha-card {
    height: 100%;
    box-sizing: border-box;
    container: gym-card / inline-size;
    overflow: hidden;
    color: var(--primary-text-color);
  }
  .inside {
    display: flex;
    flex-direction: column;
    gap: var(--gym-gap);
    padding: 20px;
  }
  .offline {
    opacity: 0.55;
    transition: opacity 0.3s 2s;
  }
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h2 {
    font-size: 1.375rem;
    font-weight: 500;
    line-height: 1.3;
    letter-spacing: -0.01em;
  }
  h3 {
    font-size: 0.8125rem;
    font-weight: 500;
    line-height: 1.4;
    color: var(--gym-muted);
  }
  .muted {
    color: var(--gym-muted);
  }
  .small {
    font-size: 0.875rem;
    line-height: 1.45;
  }
  .name {
    overflow-wrap: anywhere;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
  }
  .figures {
    font-variant-numeric: tabular-nums;
  }
  button,
  summary,
  select,
  input {
    font: inherit;
    color: inherit;
  }
  button {
    min-height: 44px;
    min-width: 44px;
    padding: 0 16px;
    border: 0;
    border-radius: 22px;
    background: var(--gym-soft);
    font-weight: 500;
    font-size: 0.9375rem;
    cursor: pointer;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    transition: background-color 0.15s;
  }
  button:hover {
    background: color-mix(in srgb, var(--primary-text-color) 12%, transparent);
  }
  button.main {
    background: color-mix(in srgb, var(--gym-accent) 22%, transparent);
  }
  button.main:hover {
    background: color-mix(in srgb, var(--gym-accent) 32%, transparent);
  }
  button.icon {
    padding: 0;
    width: 44px;
  }
  button.bare {
    background: none;
  }
  button.bare:hover {
    background: var(--gym-soft);
  }
  /* A disabled button would lose the focus. Short actions show no sign of progress. */
  button[aria-disabled="true"] {
    opacity: 0.45;
    cursor: default;
    transition: opacity 0.15s 0.25s;
  }
  :focus-visible {
    outline: 2px solid var(--gym-accent);
    outline-offset: 2px;
  }
  ha-icon {
    --mdc-icon-size: 22px;
    width: 22px;
    height: 22px;
    display: inline-flex;
    flex: none;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 26px;
    padding: 0 10px;
    border-radius: 13px;
    font-size: 0.8125rem;
    font-weight: 500;
    background: var(--gym-soft);
    --mdc-icon-size: 16px;
  }
  .chip ha-icon {
    width: 16px;
    height: 16px;
    --mdc-icon-size: 16px;
  }
  .chip.good {
    background: color-mix(in srgb, var(--gym-good) 20%, transparent);
  }
  .chip.warn {
    background: color-mix(in srgb, var(--gym-warn) 24%, transparent);
  }
  .chip.bad {
    background: color-mix(in srgb, var(--gym-bad) 20%, transparent);
  }
  .notice {
    display: flex;
    gap: 12px;
    align-items: flex-start;
    padding: 14px 16px;
    border-radius: var(--gym-radius);
    background: var(--gym-soft);
    font-size: 0.9375rem;
    line-height: 1.45;
    overflow-wrap: anywhere;
  }
  .late {
    animation: gym-late 2s step-end;
  }
  @keyframes gym-late {
    from {
      position: absolute;
      visibility: hidden;
    }
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;
