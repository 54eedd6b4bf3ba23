// Error messages in the cards' own words.
import type { Failure } from "../ha/types";
import type { Key, Translate } from "../words/translate";

const KNOWN: Record<string, Key> = {
  unauthorized: "failed_unauthorized",
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
  journal_not_written: "failed_journal_not_written",
  red_flag: "failed_red_flag",
  unknown_routine: "failed_unknown_routine",
  habit_or_routine: "failed_habit_or_routine",
  speaker_silent: "failed_speaker_silent",
  speaker_unavailable: "failed_speaker_silent",
  satellite_busy: "failed_speaker_silent",
};

export function messageOf(failure: Failure, words: Translate): string {
  const key = KNOWN[failure.translation_key ?? ""] ?? KNOWN[failure.code ?? ""] ?? "failed";
  return words.t(key);
}
