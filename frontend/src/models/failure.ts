// What went wrong, in the cards' own words.
import type { Failure } from "../ha/types";
import type { Key, Translate } from "../words/translate";

const KNOWN: Record<string, Key> = {
  unauthorized: "trouble_unauthorized",
  not_found: "trouble_not_found",
  not_loaded: "trouble_not_loaded",
  runner_closed: "trouble_not_loaded",
  unknown_run: "failed_unknown_run",
  unknown_shoe: "failed_unknown_shoe",
  nothing_to_undo: "failed_nothing_to_undo",
  nothing_to_answer: "failed_nothing_to_answer",
  impossible_figure: "failed_impossible_figure",
  in_the_future: "failed_in_the_future",
  routine_running: "failed_routine_running",
  no_routine: "failed_no_routine",
  speaker_taken: "failed_speaker_taken",
};

export function messageOf(failure: Failure, words: Translate): string {
  const key = KNOWN[failure.translation_key ?? ""] ?? KNOWN[failure.code ?? ""] ?? "failed";
  return words.t(key);
}
