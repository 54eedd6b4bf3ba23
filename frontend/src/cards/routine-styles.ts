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
    grid-template-columns: repeat(auto-fill, minmax(min(150px, 100%), 1fr));
    gap: 8px;
  }
  .offers button {
    width: 100%;
    height: 100%;
    min-height: 60px;
    border-radius: 12px;
    justify-content: flex-start;
    text-align: start;
    gap: 10px;
    padding: 8px;
    font-weight: 400;
    line-height: 1.25;
  }
  .offers .what {
    min-width: 0;
  }
  .offers strong {
    display: block;
    font-weight: 500;
    hyphens: auto;
  }
  .badge {
    width: 36px;
    height: 36px;
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
