"""Figures of a run as entities, cards and actions show them."""

import pytest

from custom_components.home_gym.gym.runs.activity import RunningDynamics
from custom_components.home_gym.gym.runs.exertion import Exertion, HeartRateProfile, HeartRateZones
from custom_components.home_gym.gym.runs.run_figures import RunFigures, figures_of, heart_rates_of_watch
from tests.support.unit.make import run


def test_figures_of_everything_known() -> None:
    known = run(
        moving_time=1800,
        heart_rate=150,
        max_heart_rate=171,
        power=250,
        ascent=57,
        descent=56,
        dynamics=RunningDynamics(
            vertical_oscillation=0.09,
            ground_contact_time=0.24,
            ground_contact_balance=50.2,
            vertical_ratio=8.1,
            step_length=1.1,
        ),
        exertion=Exertion(training_load=142, aerobic_effect=3.3, anaerobic_effect=2.3, perceived=4, feel=75),
        heart_rate_zones=HeartRateZones(seconds=(9, 1, 2, 3, 4, 5, 6), limits=(94, 136, 145, 153, 170, 206)),
        heart_rate_profile=HeartRateProfile(resting=44, maximum=206),
    )
    assert figures_of(known) == RunFigures(
        heart_rate=150,
        max_heart_rate=171,
        power=250,
        ascent=57,
        descent=56,
        step_length=1.1,
        vertical_oscillation=0.09,
        vertical_ratio=8.1,
        ground_contact_time=0.24,
        ground_contact_balance=50.2,
        training_load=142,
        aerobic_effect=3.3,
        anaerobic_effect=2.3,
        perceived_exertion=4,
        session_load=120,  # 4 times 30 minutes
        feel=75,
        # What is above the last limit belongs to the last zone.
        zones=(1, 2, 3, 4, 11),
        zone_limits=(94, 136, 145, 153, 170, 206),
        runner_resting_heart_rate=44,
        runner_max_heart_rate=206,
    )


def test_figures_of_nothing_known() -> None:
    assert figures_of(run()) == RunFigures()


@pytest.mark.parametrize(
    ("seconds", "zones"),
    [
        ((1, 2, 3, 4, 5), (1, 2, 3, 4, 5)),
        ((9, 1, 2, 3, 4, 5), (1, 2, 3, 4, 5)),
        ((1, 2, 3), ()),
        ((1, 2, 3, 4, 5, 6, 7, 8), ()),
    ],
)
def test_five_zones_of_every_watch(seconds: tuple[float, ...], zones: tuple[float, ...]) -> None:
    figures = figures_of(run(heart_rate_zones=HeartRateZones(seconds=seconds)))
    assert figures.zones == zones
    assert [figures.zone(number) for number in range(1, 6)] == list(zones or (None,) * 5)


def test_heart_rates_of_the_first_watch_that_knows_both() -> None:
    def worn(resting: float | None, maximum: float | None) -> HeartRateProfile:
        return HeartRateProfile(resting=resting, maximum=maximum)

    profiles = [None, worn(None, 190), worn(48, None), worn(120, 100), worn(47, 191), worn(46, 192)]
    runs = [run(heart_rate_profile=each) for each in profiles]
    assert heart_rates_of_watch(runs) == worn(47, 191)
    assert heart_rates_of_watch(runs[:4]) is None
