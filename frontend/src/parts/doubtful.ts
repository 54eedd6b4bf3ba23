// Recordings that may be runs: each is taken, refused or corrected by one tap.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { DoubtfulRuns, DoubtfulView } from "../data/documents";
import type { Format } from "../format/locale";
import type { Key, Translate } from "../words/translate";

const DOUBTS: Partial<Record<string, Key>> = {
  no_sport: "doubt_no_sport",
  broken_off: "doubt_broken_off",
  no_figures: "doubt_no_figures",
};
const GUESSES: Partial<Record<string, Key>> = { run: "guess_run", walk: "guess_walk", other: "guess_other" };

type Decide = (data: Record<string, unknown>, message: string) => void;

export function doubtfulRuns(
  doubtful: DoubtfulRuns | undefined,
  words: Translate,
  format: Format,
  decide: Decide,
): TemplateResult | typeof nothing {
  if (!doubtful?.total) return nothing;
  const more = doubtful.total - doubtful.latest.length;
  return html`<section class="doubts" aria-labelledby="doubtful">
    <h3 id="doubtful">${words.t("doubtful")}</h3>
    ${repeat(doubtful.latest, (each) => each.id, (each) => recording(each, words, format, decide))}
    ${more > 0 ? html`<p class="small muted">${words.count("doubtful_more", more, format.number(more))}</p>` : nothing}
  </section>`;
}

function recording(each: DoubtfulView, words: Translate, format: Format, decide: Decide): TemplateResult {
  const figures = [
    each.distance === undefined ? undefined : format.distance(each.distance, 2),
    each.duration ? format.clock(each.duration) : undefined,
    each.distance && each.duration ? format.pace(each.distance, each.duration) : undefined,
  ].filter((figure) => figure !== undefined);
  const reasons = [DOUBTS[each.doubt ?? ""], GUESSES[each.guess ?? ""]].filter((key) => key !== undefined);
  const take = (more: Record<string, unknown> = {}) =>
    decide({ run: each.id, is_run: true, ...more }, words.t("counts_as_run"));
  const correct = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const [distance, minutes] = [Number(form.get("distance")), Number(form.get("minutes"))];
    take({
      ...(distance ? { distance, unit_of_measurement: format.unit } : {}),
      ...(minutes ? { duration: { minutes } } : {}),
    });
  };
  return html`<div class="notice doubt">
    <div>
      <strong>${format.shortDay(each.start)}</strong> <span class="muted">${format.time(each.start)}</span>
      <span class="figures">${figures.join(" · ")}</span>
      <p class="small muted">${each.title ? html`<bdi>${each.title}</bdi> · ` : nothing}${reasons.map((key) => words.t(key)).join(" · ")}</p>
    </div>
    <div class="answers">
      <button class="main" @click=${() => take()}>${words.t("was_run")}</button>
      <button @click=${() => decide({ run: each.id, is_run: false }, words.t("counts_for_nothing"))}>${words.t("was_no_run")}</button>
    </div>
    <details>
      <summary class="small">${words.t("correct_figures")}</summary>
      <form @submit=${correct}>
        <label class="small">${words.t("correct_distance", { unit: format.unit })}
          <input name="distance" type="number" min="0" max="1000" step="0.01" inputmode="decimal"
            .value=${each.distance === undefined ? "" : (each.distance / format.metresPerUnit).toFixed(2)} /></label>
        <label class="small">${words.t("correct_minutes")}
          <input name="minutes" type="number" min="0" max="10000" step="0.1" inputmode="decimal" /></label>
        <button>${words.t("save")}</button>
      </form>
    </details>
  </div>`;
}
