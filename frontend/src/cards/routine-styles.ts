// Styles of the routine card.
import { css } from "lit";

export const routineStyles = css`
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
  @container gym-card (max-width: 340px) {
    .lengths {
      display: grid;
      grid-template-columns: repeat(3, 1fr);
    }
  }
`;
