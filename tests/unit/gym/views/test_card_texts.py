"""Sentences about the runner's state: one for each advice, state, hint and rule."""

from dataclasses import replace
import json

import pytest

from custom_components.home_gym.gym.back.advice import Advice
from custom_components.home_gym.gym.back.state import BackState, BackStatus
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.load import Hint
from custom_components.home_gym.gym.runs.wise_distance import WiseDistance, WiseRule
from custom_components.home_gym.gym.shoes.fitting import FittingHint
from custom_components.home_gym.gym.speech.phrases import Phrases
from custom_components.home_gym.gym.summary import Summary
from custom_components.home_gym.gym.views.card_texts import HELPS, WISE_TEXTS, card_texts
from custom_components.home_gym.languages import PHRASES

from ....support.unit.make import NOON, settings

ENGLISH: Phrases = json.loads((PHRASES / "en.json").read_text(encoding="utf-8"))


def quiet() -> Summary:
    summary = Runner(settings(), Journal()).summary(NOON)
    return replace(summary, wise=None)


def keys(summary: Summary) -> set[str]:
    """Return the keys of the sentences, without the instructions that are always there."""
    return set(card_texts(summary, ENGLISH)) - set(HELPS)


def test_quiet_runner_has_instructions_alone() -> None:
    assert card_texts(quiet(), ENGLISH).keys() == set(HELPS)


@pytest.mark.parametrize("advice", list(Advice))
def test_advice_has_title_and_help(advice: Advice) -> None:
    summary = quiet()
    advised = replace(summary, pain=replace(summary.pain, advice=advice))
    assert keys(advised) == {f"advice_{advice}", f"advice_{advice}_help"}


@pytest.mark.parametrize(
    ("status", "key"),
    [
        (BackStatus(state=BackState.SORE), "state_sore"),
        (BackStatus(state=BackState.DOCTOR), "state_doctor"),
        (BackStatus(state=BackState.SORE, is_unknown=True), "state_unknown"),
        *((BackStatus(state=BackState.CLEARED, step=step), f"state_cleared_{step}") for step in (1, 2, 3, 4)),
    ],
)
def test_state_of_the_back_has_a_sentence(status: BackStatus, key: str) -> None:
    assert keys(replace(quiet(), back=status)) == {key}


@pytest.mark.parametrize("state", [BackState.NONE, BackState.EMERGENCY])
def test_other_states_have_none(state: BackState) -> None:
    assert keys(replace(quiet(), back=BackStatus(state=state))) == set()


def test_every_hint_and_rule_has_a_sentence() -> None:
    summary = quiet()
    hinted = replace(summary, load=replace(summary.load, hints=tuple(Hint)))
    assert keys(hinted) == {f"hint_{hint}" for hint in Hint}
    for rule in WiseRule:
        wise = WiseDistance(distance=5_000, rule=rule)
        assert keys(replace(summary, wise=wise)) == {f"hint_wise_{rule}", *WISE_TEXTS}


def test_cards_fill_in_usual_distances() -> None:
    """The unit is that of the user, so the text keeps its placeholders."""
    wise = WiseDistance(distance=5_000, rule=WiseRule.LONGEST_RUN)
    texts = card_texts(replace(quiet(), wise=wise), ENGLISH)
    assert texts["wise_usual"].format(low="5 km", high="7 km") == "Usual for you: 5 km to 7 km"


def test_hints_about_fit_of_pairs_are_among_texts() -> None:
    texts = card_texts(quiet(), ENGLISH, fitting=[FittingHint.ARCH_SUPPORT])
    assert texts["hint_arch_support"].startswith("A flat or high arch")
