"""Polar alone: a list of thirty days from the registration on, other formats, limits, and refused tokens."""

from collections.abc import AsyncIterator
from datetime import timedelta
from gzip import compress
from typing import Any

from aiohttp.test_utils import TestServer
import pytest

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.sources.services.errors import ServiceError
from custom_components.home_gym.sources.services.polar_accesslink import client
from homeassistant.core import HomeAssistant
from tests.builders import LapPlan, Recording, build_tcx
from tests.support.integration.runner_entry import SetUp
from tests.support.integration.services import DAY, now, runner_with, runs, source_of, until, without_pauses
from tests.support.services.case import PolarCase

pytestmark = pytest.mark.usefixtures("socket_enabled")


@pytest.fixture
async def polar(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[PolarCase]:
    """Return the service, with looks that follow without pauses."""
    case = PolarCase()
    async with TestServer(case.server.application()) as running:
        monkeypatch.setattr(client, "BASE_URL", str(running.make_url("/v3")))
        without_pauses(monkeypatch)
        yield case


async def looked(polar: PolarCase, times: int) -> None:
    """Wait for some more looks."""
    before = polar.server.asked["/exercises"]
    await until(lambda: polar.server.asked["/exercises"] >= before + times)


async def test_exercise_that_leaves_the_list_by_age_or_registration_stays(
    hass: HomeAssistant, set_up: SetUp, polar: PolarCase
) -> None:
    registered = now() - 10 * DAY
    polar.add("aged", now() - 30 * DAY, distance=4000)
    polar.add("before", now() - 11 * DAY, distance=5000)
    polar.add("deleted", now() - 9 * DAY, distance=6000)
    polar.add("kept", now() - 8 * DAY, distance=7000)
    data = {**polar.data(), "registered": registered.isoformat()}
    coordinator = await set_up(runner_with(source_of(data, "Polar")))
    await until(lambda: runs(coordinator) == [4000, 5000, 6000, 7000])
    for own_id in ("aged", "before", "deleted"):
        polar.remove(own_id)
    await until(lambda: runs(coordinator) == [4000, 5000, 7000])
    await looked(polar, 3)
    assert runs(coordinator) == [4000, 5000, 7000]


async def test_other_formats_are_read_where_there_is_no_fit(
    hass: HomeAssistant, set_up: SetUp, polar: PolarCase
) -> None:
    start = now() - 3 * DAY
    polar.add("a1", start)
    laps = (LapPlan(duration=2400, distance=7400, cadence=170),)
    polar.server.files["a1/tcx"] = compress(build_tcx(Recording(start=start, laps=laps)))
    coordinator = await set_up(runner_with(source_of(polar.data(), "Polar")))
    await until(lambda: runs(coordinator) == [7400])
    assert polar.server.asked["/exercises/a1/gpx"] == 0


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"RateLimit-Usage": "521, 900", "RateLimit-Limit": "520, 10100", "RateLimit-Reset": "63, 85523"}, 63),
        ({"RateLimit-Usage": "1, 10100", "RateLimit-Limit": "520, 10100", "RateLimit-Reset": "63, 85523"}, 85523),
        ({"RateLimit-Usage": "1, 1", "RateLimit-Limit": "520, 10100", "RateLimit-Reset": "63, 85523"}, None),
        ({"RateLimit-Usage": "many", "RateLimit-Limit": "520", "RateLimit-Reset": "63"}, None),
        ({"Retry-After": "120", "RateLimit-Usage": "9", "RateLimit-Limit": "9", "RateLimit-Reset": "63"}, 120),
        ({"Retry-After": "soon"}, None),
        ({}, None),
    ],
)
async def test_used_up_limit_is_waited_for(
    hass: HomeAssistant, polar: PolarCase, headers: dict[str, str], wait: float | None
) -> None:
    polar.server.faults, polar.server.headers = {"/exercises": 429}, headers
    today = now().date()
    with pytest.raises(ServiceError) as raised:
        await client.PolarAccessLink(hass, polar.data()).async_listed(today, today)
    assert raised.value.retry_after == (None if wait is None else timedelta(seconds=wait))


async def test_refused_token_asks_for_sign_in_once(
    hass: HomeAssistant, set_up: SetUp, polar: PolarCase, hass_storage: dict[str, Any]
) -> None:
    polar.server.token = "another"
    await set_up(runner_with(source_of(polar.data(), "Polar")))
    await looked(polar, 4)
    flows = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert [flow["step_id"] for flow in flows] == ["reauth_sign_in"]
