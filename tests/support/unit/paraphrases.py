"""Ways to say each command, one file for each language: `# command`, then a sentence a line.

Sentences with an even number are open: grammars may follow them. The others are held out, to measure a grammar with.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from custom_components.home_gym.gym.voice_commands import SentenceContext, VoiceCommand

FOLDER = Path(__file__).parent.parent / "paraphrases"
LANGUAGES = sorted(file.stem for file in FOLDER.glob("*.txt"))
# The sections of the files with the command that they mean and the context of its short words.
SECTIONS: dict[str, tuple[VoiceCommand, SentenceContext | None]] = {
    "start": (VoiceCommand.START_ROUTINE, None),
    "log": (VoiceCommand.LOG_SESSION, None),
    "last": (VoiceCommand.LAST_SESSION, None),
    "shoes": (VoiceCommand.SHOES, None),
    "today": (VoiceCommand.TODAY, None),
    "why_silent": (VoiceCommand.WHY_SILENT, None),
    "rest": (VoiceCommand.REST, None),
    "end_rest": (VoiceCommand.END_REST, None),
    "wise_distance": (VoiceCommand.WISE_DISTANCE, None),
    "pause": (VoiceCommand.PAUSE_ROUTINE, SentenceContext.WHILE_GUIDED),
    "resume": (VoiceCommand.RESUME_ROUTINE, SentenceContext.WHILE_GUIDED),
    "next": (VoiceCommand.NEXT_STEP, SentenceContext.WHILE_GUIDED),
    "previous": (VoiceCommand.PREVIOUS_STEP, SentenceContext.WHILE_GUIDED),
    "repeat": (VoiceCommand.REPEAT_STEP, SentenceContext.WHILE_GUIDED),
    "stop": (VoiceCommand.STOP_ROUTINE, SentenceContext.WHILE_GUIDED),
    "agree": (VoiceCommand.AGREE, SentenceContext.WHILE_ASKED),
    "done": (VoiceCommand.DONE, SentenceContext.WHILE_ASKED),
    "later": (VoiceCommand.LATER, SentenceContext.WHILE_ASKED),
    "decline": (VoiceCommand.DECLINE, SentenceContext.WHILE_ASKED),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paraphrase:
    """A sentence, the command that it means, and the context of its short words."""

    text: str
    command: VoiceCommand
    context: SentenceContext | None
    is_held_out: bool


def paraphrases_in(language: str) -> Iterator[Paraphrase]:
    """Yield the paraphrases of a language."""
    section, number = "", 0
    for line in (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            section, number = line.removeprefix("# "), 0
        else:
            command, context = SECTIONS[section]
            yield Paraphrase(text=line, command=command, context=context, is_held_out=bool(number % 2))
            number += 1
