// Styles of the today card.
import { css } from "lit";

export const todayStyles = css`
  .columns,
  .column {
    display: flex;
    flex-direction: column;
    gap: 20px;
    min-width: 0;
  }
  .head {
    display: flex;
    justify-content: space-between;
    align-items: flex-start;
    gap: 12px;
  }
  .head p {
    margin-top: 2px;
  }
  .day {
    display: flex;
    align-items: center;
    gap: 20px;
  }
  .day > .rings {
    flex: none;
    width: min(128px, 40%);
  }
  .day dl {
    display: grid;
    gap: 8px;
    min-width: 0;
  }
  .day dl div {
    display: grid;
    grid-template-columns: auto 1fr;
    column-gap: 10px;
    align-items: center;
  }
  .day ha-icon {
    grid-row: span 2;
    color: color-mix(in srgb, var(--ring) 75%, var(--primary-text-color));
  }
  .day dd {
    font-weight: 500;
    line-height: 1.2;
  }
  .day dt {
    grid-column: 2;
    font-size: 0.75rem;
    order: 1;
  }
  .coach {
    margin: 0 -20px;
    padding: 0 20px;
    border-block: 1px solid var(--gym-line);
  }
  .coach summary {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 36px;
    padding-block: 8px;
    list-style: none;
    cursor: pointer;
  }
  .coach summary::-webkit-details-marker {
    display: none;
  }
  .coach .more {
    color: var(--gym-muted);
    transition: transform 0.15s;
  }
  .coach[open] .more {
    transform: rotate(90deg);
  }
  .coach > p,
  .coach .less {
    margin-bottom: 12px;
  }
  .grow {
    flex: 1;
    min-width: 0;
  }
  .wise {
    display: flex;
    gap: 12px;
    margin: 0;
  }
  .reach {
    position: relative;
    height: 26px;
    margin-top: 12px;
    border-radius: 8px;
    background: linear-gradient(to right, color-mix(in srgb, var(--primary-color) 15%, transparent) var(--edge), var(--gym-soft) 0);
  }
  :host(:dir(rtl)) .reach {
    background: linear-gradient(to left, color-mix(in srgb, var(--primary-color) 15%, transparent) var(--edge), var(--gym-soft) 0);
  }
  .reach i {
    position: absolute;
    top: 8px;
    width: 10px;
    height: 10px;
    margin-inline-start: -5px;
    border-radius: 50%;
    background: var(--primary-color);
    opacity: 0.75;
  }
  .reach b {
    position: absolute;
    inset-block: -2px;
    width: 2px;
    background: var(--primary-text-color);
  }
  .ends {
    display: flex;
    justify-content: space-between;
    gap: 8px;
    margin: 4px 0;
  }
  .due li {
    display: grid;
    grid-template-columns: 44px 1fr auto;
    column-gap: 12px;
    row-gap: 8px;
    align-items: center;
    padding-block: 10px;
  }
  .due li + li {
    border-top: 1px solid var(--gym-line);
  }
  .badge {
    width: 44px;
    height: 44px;
    border-radius: 50%;
    display: grid;
    place-items: center;
    background: color-mix(in srgb, var(--habit) 20%, transparent);
  }
  .due .title {
    font-weight: 500;
  }
  .due .buttons {
    display: flex;
  }
  .due .start {
    background: color-mix(in srgb, var(--habit) 18%, var(--card-background-color, #fff));
    color: color-mix(in srgb, var(--habit) 48%, var(--primary-text-color));
  }
  .due .start.solid {
    background: color-mix(in srgb, var(--habit) 60%, #000);
    color: #fff;
  }
  .due .answers {
    grid-column: 1 / -1;
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .last {
    display: grid;
    gap: 10px;
    padding: 16px;
    border-radius: var(--gym-radius);
    background: var(--gym-soft);
  }
  .alone .last {
    padding: 0;
    background: none;
  }
  .last header {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 8px;
    align-items: center;
  }
  .opens {
    margin: -10px -12px;
    padding: 0 12px;
    gap: 4px;
  }
  .big {
    font-size: 2.25rem;
    font-weight: 400;
    line-height: 1.1;
    letter-spacing: -0.02em;
  }
  .big small {
    font-size: 1rem;
    letter-spacing: 0;
    color: var(--gym-muted);
  }
  .last .figures {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 10px 16px;
  }
  .last dt {
    font-size: 0.8125rem;
    color: var(--gym-muted);
  }
  .last dd {
    font-weight: 500;
  }
  .effort {
    display: grid;
    grid-template-columns: repeat(5, 1fr);
    gap: 8px;
    border: 0;
    padding: 0;
    margin: 0;
    min-width: 0;
  }
  .effort button {
    min-width: 0;
    padding-inline: 0;
    justify-content: center;
  }
  .row {
    display: flex;
    justify-content: space-between;
    align-items: baseline;
    gap: 12px;
    margin-bottom: 10px;
  }
  .streaks {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 12px;
  }
  .streak {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 12px 14px;
    border-radius: var(--gym-radius);
    background: var(--gym-soft);
    min-width: 0;
  }
  .streak ha-icon {
    --mdc-icon-size: 28px;
    width: 28px;
    height: 28px;
    color: var(--gym-muted);
  }
  .streak.lit ha-icon {
    color: var(--deep-orange-color, #ff6f22);
  }
  .streak.frozen ha-icon {
    color: var(--light-blue-color, #03a9f4);
  }
  .streak span {
    display: block;
  }
  .streak strong {
    display: block;
    font-size: 1.0625rem;
    font-weight: 500;
    line-height: 1.3;
  }
  @container gym-card (min-width: 420px) {
    .last .figures {
      grid-template-columns: repeat(4, auto);
    }
  }
  @container gym-card (max-width: 340px) {
    .due .buttons {
      grid-column: 2 / -1;
    }
    .streaks {
      grid-template-columns: 1fr;
    }
  }
  @container gym-card (min-width: 760px) {
    .columns {
      display: grid;
      grid-auto-flow: column;
      grid-auto-columns: 1fr;
      gap: 28px;
      align-items: start;
    }
  }
  @media (max-width: 600px) {
    .footed {
      display: none;
    }
  }
`;
