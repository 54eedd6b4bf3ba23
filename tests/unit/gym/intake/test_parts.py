"""Parts of a delivery."""

from datetime import timedelta

import pytest

from custom_components.home_gym.gym.intake.deliveries import MAX_NEWS_AGE, MAX_SLICE, Circumstances, divided
from custom_components.home_gym.gym.runs.activity import Activity
from tests.support.unit.make import NOON, activity

DAY = timedelta(days=1)
OLD = [activity(NOON - MAX_NEWS_AGE - DAY * (number + 1)) for number in range(2 * MAX_SLICE + 1)]
NEWS = [activity(NOON - DAY), activity(NOON - 2 * DAY)]


@pytest.mark.parametrize(
    ("activities", "live", "parts", "last"),
    [
        ([], True, [], []),
        (OLD[:MAX_SLICE], False, [], [MAX_SLICE]),
        (OLD, False, [MAX_SLICE, 1], [MAX_SLICE]),
        ([OLD[0], *NEWS, OLD[1]], True, [], [1, 1, 1, 1]),
        ([OLD[0], *NEWS, OLD[1]], False, [], [4]),
    ],
)
def test_delivery_is_divided_into_parts(
    activities: list[Activity], live: bool, parts: list[int], last: list[int]
) -> None:
    """News is added one by one, since each has events of its own."""
    circumstances = Circumstances(now=NOON, live=live, chosen_shoe=None, explicitly_chosen=False)
    dated = [(each, NOON.date()) for each in activities]
    assert tuple([len(part) for part in group] for group in divided(dated, circumstances)) == (parts, last)
