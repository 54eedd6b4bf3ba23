// Styles of the routine card.
import { css } from "lit";

export const routineStyles = css`
  .player {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 18px;
    text-align: center;
  }
  .whole {
    width: 100%;
    display: grid;
    gap: 8px;
  }
  .whole div {
    display: flex;
    justify-content: space-between;
    gap: 12px;
  }
  .note {
    margin: 0;
  }
  progress {
    appearance: none;
    width: 100%;
    height: 6px;
    border: 0;
    border-radius: 3px;
    overflow: hidden;
    background: var(--gym-line);
  }
  progress::-webkit-progress-bar {
    background: var(--gym-line);
  }
  progress::-webkit-progress-value {
    background: var(--habit, var(--gym-accent));
  }
  progress::-moz-progress-bar {
    background: var(--habit, var(--gym-accent));
  }
  .drawing {
    width: 86%;
    aspect-ratio: 3 / 2;
    background: var(--primary-text-color);
    mask: var(--drawing) center / contain no-repeat;
    -webkit-mask: var(--drawing) center / contain no-repeat;
  }
  .drawing.mirrored {
    transform: scaleX(-1);
  }
  .step {
    display: grid;
    gap: 8px;
    justify-items: center;
    max-width: 46ch;
    min-height: 9.5em;
    align-content: start;
  }
  .below {
    display: grid;
    gap: 8px;
    justify-items: center;
    max-width: 46ch;
  }
  .controls {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 14px;
  }
  .forms p {
    margin-block-end: 8px;
  }
  .forms summary {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 44px;
    cursor: pointer;
    color: var(--gym-muted);
    font-size: 0.875rem;
  }
  .forms summary::-webkit-details-marker {
    display: none;
  }
  .forms[open] summary ha-icon {
    transform: rotate(180deg);
  }
  .controls button {
    width: 56px;
    height: 56px;
    border-radius: 28px;
    padding: 0;
  }
  .controls button.main {
    width: 76px;
    height: 76px;
    border-radius: 38px;
    background: color-mix(in srgb, var(--habit, var(--gym-accent)) 26%, transparent);
  }
  .controls button.main ha-icon {
    --mdc-icon-size: 34px;
    width: 34px;
    height: 34px;
  }
  :host(:dir(rtl)) .controls .way {
    transform: scaleX(-1);
  }
  .rating {
    display: grid;
    gap: 8px;
    margin-block-end: 16px;
  }
  .rating p {
    margin: 0;
  }
  .rating .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .rating button {
    min-height: 44px;
    padding: 0 18px;
    border-radius: 22px;
  }
  .offers {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 6px;
  }
  .offers button {
    width: 100%;
    min-height: 60px;
    border-radius: var(--gym-radius);
    background: none;
    justify-content: flex-start;
    text-align: start;
    gap: 14px;
    padding: 0 12px 0 8px;
    font-weight: 400;
  }
  .offers button:hover {
    background: var(--gym-soft);
  }
  .offers strong {
    flex: 1;
    font-weight: 500;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .badge {
    width: 44px;
    height: 44px;
    border-radius: 50%;
    display: grid;
    place-items: center;
    flex: none;
    background: color-mix(in srgb, var(--habit) 20%, transparent);
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    gap: 12px;
    justify-content: space-between;
    align-items: center;
  }
  .lengths {
    display: flex;
    flex-wrap: wrap;
    padding: 3px;
    border-radius: 25px;
    background: var(--gym-soft);
  }
  .lengths button {
    background: none;
  }
  .lengths button[aria-pressed="true"] {
    background: var(--card-background-color, #fff);
    box-shadow: 0 1px 3px rgb(0 0 0 / 20%);
  }
  @container gym-card (max-width: 340px) {
    .lengths {
      display: grid;
      grid-template-columns: repeat(3, 1fr);
    }
    .controls {
      gap: 10px;
    }
    .controls button {
      width: 48px;
      height: 48px;
    }
    .controls button.main {
      width: 68px;
      height: 68px;
    }
  }
  @container gym-card (min-width: 640px) {
    .player {
      display: grid;
      grid-template-columns: minmax(240px, 300px) 1fr;
      column-gap: 36px;
      text-align: start;
    }
    .player .whole {
      grid-column: 1 / -1;
    }
    /* Opened details grow downwards, so that nothing beside or above them moves. */
    .player:has(.forms) {
      grid-template-rows: auto auto 1fr;
    }
    home-gym-ring {
      grid-row: span 2;
      justify-self: center;
      align-self: start;
    }
    .step {
      justify-items: start;
      align-self: end;
    }
    .below {
      justify-items: start;
      align-self: start;
    }
  }
`;
