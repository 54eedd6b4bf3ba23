"""Table of the usual commands of a household that Home Gym takes, by language, room and moment."""

from collections.abc import Collection

from custom_components.home_gym.assist.sentence_reader import SentenceReader
from custom_components.home_gym.gym.voice_commands import FreeSpeech, SentenceContext, Sentences
from tests.support.commands import LANGUAGES, commands_in
from tests.support.unit.sentences import DATA, NAMES, ROUTINES

ALWAYS, ASKED, GUIDED = SentenceContext.ALWAYS, SentenceContext.WHILE_ASKED, SentenceContext.WHILE_GUIDED
HEADER = "| language | commands | at any time | where a prompt waits | where a routine is guided | other rooms |"
TITLES = {"de": "German", "en": "English", "es": "Spanish", "fr": "French", "nl": "Dutch"}


def taken(language: str, *, here: Collection[SentenceContext]) -> list[str]:
    """Return the usual commands that are the gym's in a room where certain contexts are present."""
    data = DATA[language]
    reader = SentenceReader(
        sentences={language: Sentences(data, NAMES, ROUTINES)}, free={language: FreeSpeech(data, NAMES)}
    )
    return [
        text
        for text in commands_in(language)
        if reader.read(text, [language], {ALWAYS, *here}, spoken=[language], short=here)
    ]


def table() -> list[str]:
    """Return the lines of the table."""
    lines = [HEADER, "| --- | --- | --- | --- | --- | --- |"]
    for language in sorted(LANGUAGES, key=TITLES.__getitem__):
        cells = [taken(language, here=here) for here in ((), (ASKED,), (GUIDED,), ())]
        words = [", ".join(f"*{text}*" for text in cell) or "none" for cell in cells]
        lines.append(f"| {TITLES[language]} | {len(commands_in(language))} | {' | '.join(words)} |")
    return lines


if __name__ == "__main__":
    print("\n".join(table()))  # noqa: T201
