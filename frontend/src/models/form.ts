// Form checks: the points in their order, and what was answered about each.
import type { FormCheckView, FormPoint, FormView, FormWitness } from "../data/documents";
import type { Format } from "../format/locale";
import type { Translate } from "../words/translate";

export type PointAnswer = "good" | "to_work_on" | "unseen";

export const POINTS: readonly FormPoint[] = ["posture", "arms", "lean", "shin", "landing", "hips", "width", "steps"];
export const WITNESSES: readonly FormWitness[] = ["film", "coach", "physiotherapist"];

export function answerOf(check: FormCheckView, point: FormPoint): PointAnswer {
  if (check.good.includes(point)) return "good";
  return check.to_work_on.includes(point) ? "to_work_on" : "unseen";
}

// What the latest check says, or that one is due.
export function formLine(form: FormView | undefined, words: Translate, format: Format): string | undefined {
  const latest = form?.checks[0];
  if (form?.is_due) return words.t("form_check_due");
  if (!latest) return undefined;
  const day = format.day(latest.day);
  const first = POINTS.find((point) => latest.to_work_on.includes(point));
  if (!first) return words.t("form_check_all_good", { day });
  return words.t("form_check_latest", { day, point: words.option("form_point", first) });
}
