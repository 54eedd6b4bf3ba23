"""The sentences in Home Assistant's own files match the gym's sentences, and work without them."""

import json
from pathlib import Path
import re
from shutil import copyfile
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.assist.intents import intent_type
from custom_components.home_gym.gym.back.words import Vocabulary
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.voice_commands import FreeSpeech, Sentences, VoiceCommand
from custom_components.home_gym.languages import GYM
from homeassistant.components.conversation import agent_manager
from homeassistant.core import Context, HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util.yaml import dump, parse_yaml
from tests.support.integration.runner_entry import SetUp

FILES = Path(__file__).parents[3] / "docs" / "custom_sentences"
LANGUAGES = ["de", "en", "es", "fr", "nl"]
# The runner in the files as shipped.
NAMES = ["Alex", "Sam"]
ROUTINES = ["Evening yoga"]
# The names of habits in the gym's sentences, by the slot of an intent.
SLOT_OF = {
    name: name for name in ("length", "period", "routine", "runner", "score", "effort", "minutes", "tomorrow")
} | {
    "span": "minutes",
    "whose": "runner",
    "painless": "score",
    "well": "score",
}

pytestmark = pytest.mark.usefixtures("clock")


def expected(language: str) -> dict[str, Any]:
    """Return the content of a file: the sentences valid at any time, with lists of its own."""
    data = json.loads((GYM / "voice_commands" / f"{language}.json").read_text(encoding="utf-8"))
    lists = {
        name: {form: value for value, forms in values.items() for form in forms}
        for name, values in data["lists"].items()
    }
    lists["runner"] = {name: name for name in NAMES}
    lists["routine"] = {name: name for name in ROUTINES}
    lists["whose"] = {form.format(runner=name): name for name in NAMES for form in data["whose"]}
    rules = {**data["rules"], "please": "|".join(data["please"])}
    return {
        "language": language,
        "intents": {
            intent_type(VoiceCommand(command)): {
                "data": [{"sentences": [listed(f"[<please>] {sentence} [<please>]") for sentence in sentences]}]
            }
            for command, sentences in data["sentences"]["always"].items()
        },
        "expansion_rules": {f"home_gym_{name}": listed(f"({rule})") for name, rule in rules.items()},
        "lists": {
            f"home_gym_{name}": {"values": [{"in": form, "out": value} for form, value in values.items()]}
            for name, values in lists.items()
        },
    }


def listed(sentence: str) -> str:
    """Return a sentence with slots named after their lists, and rules with names of their own."""
    named = re.sub(r"<(\w+)>", r"<home_gym_\1>", sentence)
    return re.sub(r"\{(\w+)\}", lambda slot: f"{{home_gym_{slot[1]}:{SLOT_OF.get(slot[1], 'habit')}}}", named)


def text_of(language: str) -> str:
    """Return a whole file."""
    return dump(expected(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_says_the_same(language: str) -> None:
    """`python -m tests.integration.assist.test_custom_sentences` writes the files again."""
    text = (FILES / language / "home_gym.yaml").read_text(encoding="utf-8")
    assert parse_yaml(text) == expected(language)


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        ("de", "Sam hat sich gedehnt", "Eingetragen: Dehnen."),
        ("en", "Sam stretched", "Noted: stretching."),
        ("es", "Sam ha estirado", "Anotado: estiramientos."),
        ("fr", "Sam s'est étiré", "C'est noté : étirements."),
        ("nl", "Sam heeft gestretcht", "Genoteerd: rekken."),
    ],
)
async def test_a_file_works_by_itself(
    hass: HomeAssistant, set_up: SetUp, monkeypatch: pytest.MonkeyPatch, language: str, text: str, answer: str
) -> None:
    folder = Path(hass.config.path("custom_sentences", language))
    folder.mkdir(parents=True)
    copyfile(FILES / language / "home_gym.yaml", folder / "home_gym.yaml")
    monkeypatch.delattr(agent_manager.AgentManager, "register_trigger")
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "conversation", {})
    coordinator = await set_up(MockConfigEntry(domain="home_gym", title="Sam", data={"name": "Sam"}))

    result = await agent_manager.async_converse(hass, text, None, context=Context(), language=language)

    assert result.response.speech["plain"]["speech"] == answer
    assert coordinator.data.done_today == {Habit.STRETCH}


PAGE = (FILES.parent / "assist.md").read_text(encoding="utf-8")
# The columns of the page's table of languages.
COLUMNS = ["de", "fr", "nl", "es"]
COMMAND_OF_ROW = {
    "start": VoiceCommand.START_ROUTINE,
    "start a full one": VoiceCommand.START_ROUTINE,
    "pause": VoiceCommand.PAUSE_ROUTINE,
    "go on": VoiceCommand.RESUME_ROUTINE,
    "next": VoiceCommand.NEXT_STEP,
    "end": VoiceCommand.STOP_ROUTINE,
    "log": VoiceCommand.LOG_SESSION,
    "shoes": VoiceCommand.SHOES,
    "last time": VoiceCommand.LAST_SESSION,
    "pain": VoiceCommand.PAIN,
    "how far": VoiceCommand.WISE_DISTANCE,
    "today": VoiceCommand.TODAY,
    "form check": VoiceCommand.START_FORM_CHECK,
    "film": VoiceCommand.FILM_FORM,
    "rest": VoiceCommand.REST,
    "be ill": VoiceCommand.REST,
    "train again": VoiceCommand.END_REST,
}


def sentences_in(language: str) -> Sentences:
    """Return the sentences of a language."""
    return Sentences(
        json.loads((GYM / "voice_commands" / f"{language}.json").read_text(encoding="utf-8")), NAMES, ROUTINES
    )


def test_the_page_gives_examples_in_every_language() -> None:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines()]
    table = {row[0]: row[1:] for row in rows if len(row) == len(COLUMNS) + 1 and row[0] in COMMAND_OF_ROW}
    assert table.keys() == COMMAND_OF_ROW.keys()
    for name, cells in table.items():
        for language, cell in zip(COLUMNS, cells, strict=True):
            said = sentences_in(language).understood(cell)
            assert said is not None, cell
            assert said.command is COMMAND_OF_ROW[name], cell


REPLIES = {"yes", "no", "I know", "I don't know"}
WORDS = GYM / "back" / "words" / "en.json"


def test_the_page_gives_examples_in_english() -> None:
    examples = re.findall(r'"([^"]+)"', PAGE)
    free = FreeSpeech(json.loads((GYM / "voice_commands" / "en.json").read_text(encoding="utf-8")), NAMES)
    unknown = [
        text
        for text in examples
        if sentences_in("en").understood(text.replace("*", "")) is None and free.understood(text) is None
    ]
    assert len(examples) > 10
    # Sentences about one's own body are read word by word, and replies to its questions only while one is open.
    back = Vocabulary(json.loads(WORDS.read_text(encoding="utf-8")))
    others = [text for text in unknown if not (back.read(text).is_own or back.read(text).words)]
    # Light and music are Home Assistant's.
    assert {" ".join(text.split()) for text in others} - REPLIES == {"turn on the back light", "stop the music"}


if __name__ == "__main__":
    for each in LANGUAGES:
        (FILES / each).mkdir(parents=True, exist_ok=True)
        (FILES / each / "home_gym.yaml").write_text(text_of(each), encoding="utf-8")
