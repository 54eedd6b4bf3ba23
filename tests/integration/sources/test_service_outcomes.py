"""Outcomes of everything that can go wrong at a service, the same for each of them, with a server on loopback."""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial

from aiohttp.test_utils import TestServer, unused_port
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.diagnostics import async_get_config_entry_diagnostics
from custom_components.home_gym.sources.services import reports
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from tests.support.integration.runner_entry import SetUp
from tests.support.integration.services import (
    DAY,
    SOURCE,
    now,
    recording,
    runner_with,
    runs,
    source_of,
    until,
    without_pauses,
)
from tests.support.services.case import IntervalsIcuCase, PolarCase, ServiceCase

pytestmark = pytest.mark.usefixtures("socket_enabled")

ISSUE = f"service_failing_{SOURCE}"
OF_LIST = 8012.3
FAULTS = ("page", "away", 301, 404, 418, 422, 429, 500, 502, 503)


@pytest.fixture(params=[IntervalsIcuCase, PolarCase], ids=lambda case: case.name)
async def service(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ServiceCase]:
    """Return a service, with looks that follow without pauses."""
    case: ServiceCase = request.param()
    async with TestServer(case.server.application()) as running:
        monkeypatch.setattr(case.client, "BASE_URL", str(running.make_url(case.below)))
        without_pauses(monkeypatch)
        yield case


def has_runs(entry: MockConfigEntry, number: int) -> bool:
    """Return whether a runner has as many runs."""
    return len(runs(entry.runtime_data.coordinator)) == number


async def test_failing_service_is_asked_until_it_answers(
    hass: HomeAssistant,
    set_up: SetUp,
    service: ServiceCase,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(reports, "FAILING_FOR", timedelta(0))
    entry = runner_with(source_of(service.data(), service.name))
    await set_up(entry)
    issues = ir.async_get(hass)
    for number, fault in enumerate(FAULTS, start=1):
        server = service.server
        server.page = fault == "page"
        server.faults = {service.list_path: fault} if isinstance(fault, int) else {}
        with monkeypatch.context() as away:
            if fault == "away":
                away.setattr(service.client, "BASE_URL", f"http://127.0.0.1:{unused_port()}")
                await hass.config_entries.async_reload(entry.entry_id)
            await until(lambda: issues.async_get_issue(DOMAIN, ISSUE) is not None)
            service.add(f"a{number}", now() - number * DAY)
        if fault == "away":
            await hass.config_entries.async_reload(entry.entry_id)
        assert len(runs(entry.runtime_data.coordinator)) == number - 1
        server.page, server.faults = False, {}
        await until(partial(has_runs, entry, number))
        await until(lambda: issues.async_get_issue(DOMAIN, ISSUE) is None)
    warnings = [record.message for record in caplog.records if f"{service.name} can" in record.message]
    assert [message.partition(" for now")[0] for message in warnings[:2]] == [
        f"{service.name} can't be read",
        f"{service.name} can be read again",
    ]
    # Each outage is one line, however long it lasts.
    assert len(warnings) <= 2 * len(FAULTS)
    assert service.secret not in caplog.text
    assert service.secret not in str(await async_get_config_entry_diagnostics(hass, entry))


async def test_recording_that_service_fails_to_send_leaves_figures_of_list(
    hass: HomeAssistant, set_up: SetUp, service: ServiceCase
) -> None:
    contents = {"page": b"<html></html>", "none": b"", "cut": b".FIT", "large": b"\x0e" * (47 << 20)}
    statuses = (401, 403, 404, 422, 500, 503)
    for number, content in enumerate(contents.values(), start=1):
        service.add(f"c{number}", now() - number * DAY, content)
    for number, status in enumerate(statuses, start=10):
        service.add(f"s{number}", now() - number * DAY, recording(now() - number * DAY))
        service.fail_recording(f"s{number}", status)
    service.add("good", now() - 20 * DAY, recording(now() - 20 * DAY))
    coordinator = await set_up(runner_with(source_of(service.data(), service.name)))
    await until(lambda: runs(coordinator) == [9000] + [OF_LIST] * (len(contents) + len(statuses)))

    service.fail_recording("late", 429)
    service.add("late", now() - DAY / 2, recording(now() - DAY / 2))
    asked = service.server.asked
    late = [path for path in service.server.faults if "/late/" in path]
    await until(lambda: sum(asked[path] for path in asked if path.endswith(late[0])) >= 3)
    assert len(runs(coordinator)) == 11
    service.server.faults = {}
    await until(lambda: runs(coordinator)[-1] == 9000)
    assert not hass.config_entries.flow.async_progress_by_handler(DOMAIN)


async def test_activity_of_a_clock_that_is_ahead_waits(
    hass: HomeAssistant, set_up: SetUp, service: ServiceCase
) -> None:
    # Far enough to be in no zone of the earth, and still in the list of tomorrow.
    service.add("ahead", now() + timedelta(hours=16))
    service.add("today", now() - timedelta(hours=2))
    coordinator = await set_up(runner_with(source_of(service.data(), service.name)))
    await until(lambda: len(runs(coordinator)) == 1)
    # The service corrects the clock.
    service.remove("ahead")
    service.add("ahead", now() - timedelta(hours=5))
    await until(lambda: len(runs(coordinator)) == 2)


async def test_edits_and_deletions_are_followed(hass: HomeAssistant, set_up: SetUp, service: ServiceCase) -> None:
    service.add("a1", now() - 3 * DAY, distance=5000)
    service.add("a2", now() - 2 * DAY, distance=6000)
    coordinator = await set_up(runner_with(source_of(service.data(), service.name)))
    await until(lambda: runs(coordinator) == [5000, 6000])
    service.remove("a1")
    service.add("a1", now() - 3 * DAY, distance=5500)
    await until(lambda: runs(coordinator) == [5500, 6000])
    service.remove("a2")
    await until(lambda: runs(coordinator) == [5500])
