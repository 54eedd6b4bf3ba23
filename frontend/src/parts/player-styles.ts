// Styles of the player, its bar and the screen at the end.
import { css } from "lit";

export const playerStyles = css`
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
    width: 100%;
    max-width: 46ch;
  }
  .controls {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 14px;
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
  @container gym-card (max-width: 340px) {
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
    .player:has(.relief) {
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
    .relief {
      justify-content: flex-start;
    }
  }
  :host {
    height: auto;
  }
  :host([hidden]) {
    display: none;
  }
  .relief {
    width: 100%;
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 8px;
  }
  .relief > :not(button) {
    flex-basis: 100%;
  }
  .relief home-gym-pain {
    text-align: start;
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 8px 4px 8px 12px;
    border: 1px solid color-mix(in srgb, var(--habit, var(--gym-accent)) 75%, var(--primary-text-color));
    border-radius: 12px;
  }
  .bar home-gym-ring {
    flex: none;
    width: 44px;
  }
  .bar strong {
    font-weight: 500;
  }
  .grow {
    flex: 1;
    min-width: 0;
  }
  dialog.screen {
    outline: none;
    width: min(480px, 100vw);
    max-width: 100vw;
    padding: 8px 20px 20px;
  }
  .screen header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    margin: 0 -12px 12px;
  }
  .screen .of {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .screen strong {
    font-weight: 500;
  }
  .screen .player {
    display: flex;
    text-align: center;
  }
  .screen .step,
  .screen .below {
    justify-items: center;
  }
  .ending {
    display: grid;
    justify-items: center;
    gap: 14px;
    text-align: center;
  }
  .ending .rings {
    width: 180px;
  }
  .panel {
    width: 100%;
    box-sizing: border-box;
    display: grid;
    gap: 12px;
    padding: 16px;
    border: 1px solid var(--gym-line);
    border-radius: 12px;
  }
  .panel.next {
    grid-template-columns: auto 1fr auto;
    align-items: center;
    text-align: start;
  }
  .efforts {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: 8px;
  }
  .efforts button {
    padding: 0 4px;
  }
  .wide {
    width: 100%;
  }
  @media (max-width: 600px) {
    dialog.screen {
      width: 100vw;
      height: 100dvh;
      max-height: 100dvh;
      border-radius: 0;
      margin: 0;
    }
  }
`;
