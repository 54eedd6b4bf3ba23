"""Running form: figures of a run, and cues for the next."""

from datetime import timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import CadenceProfile, Lap, RunningDynamics
from custom_components.home_gym.gym.runs.form import (
    AnyCue,
    Band,
    CadenceVerdict,
    CheckedCue,
    Cue,
    Form,
    band_around,
    form_of,
    next_cue,
    own_cadence,
)
from tests.support.unit.make import NOON, PHONE, activity, run, settings

BAND = Band()


def lap(seconds: float, cadence: float | None, **rest: Any) -> Lap:
    """Return a lap of so many seconds."""
    return Lap(start=NOON, moving_time=seconds, cadence=cadence, **rest)


@pytest.mark.parametrize(
    ("cadence", "verdict"),
    [
        (None, None),
        (169.9, CadenceVerdict.BELOW),
        (170, CadenceVerdict.IN_BAND),
        (180, CadenceVerdict.IN_BAND),
        (180.1, CadenceVerdict.ABOVE),
    ],
)
def test_verdict_compares_cadence_with_band(cadence: float | None, verdict: CadenceVerdict | None) -> None:
    form = form_of(run(cadence=cadence), BAND)
    assert (form.cadence, form.verdict) == (cadence, verdict)


def test_share_in_band_follows_from_profile() -> None:
    """Of 100 s, 30 at 169, 20 at 170, 40 at 180 and 10 at 181."""
    profile = CadenceProfile(lowest=169, seconds=(30, 20, *[0] * 9, 40, 10))
    one = run(cadence=172, cadence_profile=profile, laps=(lap(100, 150),))
    assert form_of(one, BAND).in_band == 60
    assert form_of(one, Band(low=168.5, high=170.5)).in_band == 50


def test_share_in_band_follows_from_laps() -> None:
    """300 of 900 s; a lap without cadence or time is left out, one without moving time counts with its elapsed time."""
    laps = (lap(600, 160), lap(0, 175, elapsed_time=300), lap(600, None), lap(0, 175))
    assert form_of(run(laps=laps), BAND).in_band == pytest.approx(100 / 3)
    assert form_of(run(laps=(lap(600, None),)), BAND).in_band is None
    assert form_of(run(), BAND).in_band is None


@pytest.mark.parametrize(
    ("thirds", "fade"),
    [
        ((180, 175, 171), 5),
        ((160, 170, 168), -5),
        ((None, 170, 168), None),
        ((170, 168, None), None),
        (None, None),
    ],
)
def test_fade_compares_first_and_last_third(thirds: Any, fade: float | None) -> None:
    assert form_of(run(cadence_thirds=thirds), BAND).fade == pytest.approx(fade)


def test_stride_comes_from_most_trusted_source_with_it() -> None:
    """A phone's record without a stride and a watch's with one are one run with it."""
    dynamics = RunningDynamics(vertical_oscillation=0.09, ground_contact_time=0.25, ground_contact_balance=49.5)
    someone = Runner(settings(), Journal())
    someone.deliveries.learn([activity(**PHONE), activity(dynamics=dynamics)], now=NOON, live=False)
    form = someone.summary(NOON).form
    assert (form.vertical_oscillation, form.ground_contact_time, form.ground_contact_balance) == (0.09, 0.25, 49.5)


@pytest.mark.parametrize(
    ("form", "cues"),
    [
        (Form(verdict=CadenceVerdict.ABOVE), [cue for cue in Cue if cue is not Cue.CADENCE]),
        (Form(verdict=CadenceVerdict.IN_BAND), list(Cue)),
        (Form(fade=2.9), list(Cue)),
        (Form(ground_contact_balance=51.4), list(Cue)),
        (Form(verdict=CadenceVerdict.BELOW, fade=5.0), [Cue.CADENCE, Cue.CHEST]),
        (Form(verdict=CadenceVerdict.ABOVE, fade=5.0, ground_contact_time=0.3), [Cue.CHEST, Cue.LANDING]),
        (Form(), list(Cue)),
    ],
)
def test_cues_that_fit_take_turns(form: Form, cues: list[Cue]) -> None:
    """The measurements decide; several that fit, or none, take turns."""
    assert given(form, 2 * len(cues)) == cues * 2


def given(form: Form, number: int, chosen: AnyCue | None = None) -> list[AnyCue]:
    """Return the cues of a number of runs with the same measurements."""
    cues: list[AnyCue] = []
    for _ in range(number):
        cues.append(next_cue(form, cues, chosen))
    return cues


@pytest.mark.parametrize(
    ("form", "cue"),
    [
        (Form(verdict=CadenceVerdict.BELOW), Cue.CADENCE),
        (Form(fade=3.0), Cue.CHEST),
        (Form(fade=3.0, verdict=CadenceVerdict.ABOVE), Cue.CHEST),
        (Form(ground_contact_time=0.3), Cue.LANDING),
        (Form(vertical_oscillation=0.1), Cue.LEAN),
        (Form(ground_contact_balance=51.5), Cue.SHOULDERS),
        (Form(ground_contact_balance=48.5), Cue.SHOULDERS),
    ],
)
def test_lone_cue_that_fits_has_break_after_three_runs(form: Form, cue: Cue) -> None:
    cues = given(form, 24)
    assert [number for number, each in enumerate(cues) if each is not cue] == [3, 7, 11, 15, 19, 23]
    others = [each for each in cues if each is not cue]
    assert len({*others[:3]}) == 3
    assert not (form.verdict is CadenceVerdict.ABOVE and Cue.CADENCE in cues)


@pytest.mark.parametrize(
    ("form", "chosen", "expected"),
    [
        (Form(), CheckedCue.HIPS, CheckedCue.HIPS),
        (Form(verdict=CadenceVerdict.BELOW, fade=5.0), Cue.LANDING, Cue.LANDING),
        (Form(verdict=CadenceVerdict.ABOVE, fade=5.0), Cue.CADENCE, Cue.CHEST),
        (Form(verdict=CadenceVerdict.IN_BAND), Cue.CADENCE, Cue.CADENCE),
    ],
)
def test_cue_of_a_form_check_comes_first(form: Form, chosen: AnyCue, expected: AnyCue) -> None:
    cues = given(form, 8, chosen)
    assert cues[:3] == cues[4:7] == [expected] * 3
    assert cues[3] != expected
    assert cues[7] != expected


@pytest.mark.parametrize(
    ("own", "band"),
    [(150, Band(low=152.5, high=162.5)), (172, Band(low=175, high=185)), (186, Band(low=181, high=191))],
)
def test_raised_band_stops_at_quick_steps(own: float, band: Band) -> None:
    """5 % above 172 is 180.6, more than needed; nothing is asked of a cadence of 186."""
    assert band_around(own) == band


@pytest.mark.parametrize(
    ("runs", "changed", "band"),
    [
        (9, {}, Band()),
        (10, {}, Band(low=163, high=173)),
        (10, {"follows_own_cadence": False}, Band()),
        (10, {"band": Band(low=160, high=170)}, Band(low=160, high=170)),
    ],
)
def test_band_follows_own_cadence_once_known(runs: int, changed: dict[str, Any], band: Band) -> None:
    someone = Runner(settings(**changed), Journal())
    for number in range(runs):
        start = NOON - timedelta(days=number)
        someone.deliveries.learn([activity(start, cadence=160.0), activity(start, **PHONE)], now=NOON, live=False)
    assert someone.band == band
    expected = CadenceVerdict.BELOW if band.low > 160 else CadenceVerdict.IN_BAND
    assert someone.summary(NOON).form.verdict is expected


def test_band_lies_around_raised_baseline() -> None:
    """5 % above 160 is 168; the band is as wide as the usual one."""
    assert band_around(160) == Band(low=163, high=173)


def test_own_cadence_is_median_of_first_twenty_runs() -> None:
    """The middle of the first twenty that are known: of 150 to 169 between 159 and 160."""
    runs = [run(NOON + timedelta(days=number), cadence=150 + number) for number in range(30)]
    assert own_cadence([run(), *runs]) == 159.5
    assert own_cadence([run(), *runs[:3]]) == 151
    assert own_cadence([run()]) is None
