// The look of a dialog: its frame, its backdrop, the heading with the button to close it. `--gym-dialog-width` widens it.
import { css } from "lit";

export const dialogStyle = css`
  :host {
    display: contents;
  }
  dialog {
    box-sizing: border-box;
    width: min(var(--gym-dialog-width, 480px), calc(100vw - 24px));
    max-height: calc(100dvh - 48px);
    padding: 24px;
    border: 0;
    border-radius: 24px;
    color: var(--primary-text-color);
    background: var(--ha-card-background, var(--card-background-color, #fff));
    overflow-y: auto;
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 50%);
  }
  .stack {
    display: grid;
    gap: 18px;
  }
  .top {
    display: flex;
    justify-content: space-between;
    align-items: flex-start;
    gap: 12px;
  }
  .top button {
    margin: -8px;
    flex: none;
  }
`;

// Labelled fields of a dialogue.
export const fieldStyle = css`
  label {
    display: grid;
    gap: 4px;
    font-size: 0.8125rem;
    color: var(--gym-muted);
  }
  input,
  select {
    box-sizing: border-box;
    width: 100%;
    min-width: 0;
    height: 44px;
    padding: 0 12px;
    border: 1px solid var(--gym-ring);
    border-radius: 12px;
    color: var(--primary-text-color);
    background: var(--card-background-color, #fff);
    font-size: 1rem;
  }
`;
