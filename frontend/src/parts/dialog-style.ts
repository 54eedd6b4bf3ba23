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
