"""Posts to a webhook: accepted parts, the moment of the response, and rejections with their reasons."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
import gzip
import json
import logging
from random import Random
from typing import Any, cast

from aiohttp import ClientResponse, FormData, ServerDisconnectedError
from aiohttp.test_utils import TestClient
from aiohttp.web import Request
from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym.recordings.phone_json import RUN_NAMES
from custom_components.home_gym.gym.runs.activity import Activity, Doubt
from custom_components.home_gym.languages import async_phrases
from custom_components.home_gym.sources import SourceConfig
from custom_components.home_gym.sources.webhook import endpoint as module
from custom_components.home_gym.sources.webhook.address import PostView
from custom_components.home_gym.sources.webhook.endpoint import watch
from homeassistant.components.webhook import async_handle_webhook
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from homeassistant.util.aiohttp import MockRequest
from tests.builders import FitShape, LapPlan, Recording, build_fit
from tests.builders.health import HAE_V2, OWN, ROWS, build_json, changed
from tests.support.archives import zipped
from tests.support.integration.recordings import START, recording
from tests.support.integration.runner_entry import (
    ENTRY_ID,
    NEW_SHOE,
    NOW,
    SetUp,
    entity_id_of,
    shoe_data,
    state_of,
    with_id,
)
from tests.support.integration.stored import stored_journal
from tests.support.unit.health_fuzz import mutant

SECRET = "f" * 43
WEBHOOK = "e" * 64
NO_CLOCK = Recording(start=START, laps=(LapPlan(duration=60, distance=180, cadence=170),))
ADDRESS = f"/api/home_gym/post/{SECRET}"
OLD_ADDRESS = f"/api/webhook/{WEBHOOK}"


class Home:
    """A webhook, its client, and the deliveries."""

    def __init__(self, hass: HomeAssistant, client: TestClient[Any, Any]) -> None:
        self.hass = hass
        self.client = client
        self.delivered: list[Activity] = []
        self.before_delivery: Callable[[], None] = lambda: None
        self.go_on = asyncio.Event()
        self.go_on.set()
        self.end: Callable[[], None] = lambda: None

    async def deliver(self, activities: Sequence[Activity], *, live: bool) -> None:
        """Accept a delivery, as a coordinator does."""
        assert live
        self.before_delivery()
        await self.go_on.wait()
        self.delivered += activities

    async def watch(self, *, local_only: bool = True, runs: Sequence[str] = RUN_NAMES) -> None:
        """Accept posts."""
        config = SourceConfig(
            subentry_id="01SOURCE",
            runner="Alex",
            data={"secret": SECRET, "webhook": WEBHOOK, "app": "other", "local_only": local_only, "runs": list(runs)},
            phrases=await async_phrases(self.hass, "en"),
        )
        self.end = await watch(self.hass, config, self.deliver)

    async def post(self, data: Any, **rest: Any) -> tuple[int, Any]:
        """Post, and return status and response."""
        return await told(await self.client.post(ADDRESS, data=data, **rest))


async def told(response: ClientResponse) -> tuple[int, Any]:
    """Return status and response."""
    return response.status, json.loads(await response.read() or b"null")


@pytest.fixture
async def home(hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator) -> Home:
    """Return a webhook with a watcher."""
    assert await async_setup_component(hass, "webhook", {})
    hass.http.register_view(PostView(hass, module.async_ask_to_repeat))
    home = Home(hass, await hass_client_no_auth())
    await home.watch()
    return home


def ours(caplog: pytest.LogCaptureFixture) -> str:
    """Return the log above debug level; the test's own server logs every address."""
    records = (record for record in caplog.records if record.levelno > logging.DEBUG)
    return "\n".join(record.getMessage() for record in records if not record.name.startswith("aiohttp"))


TAKEN = {"taken": 1, "runs": 1, "refused": []}


@pytest.mark.parametrize("shape", ROWS)
async def test_every_shape_is_taken(home: Home, shape: str) -> None:
    assert await home.post(build_json(shape)) == (200, TAKEN)
    [run] = home.delivered
    assert run.start == (START if shape != "shortcut" else START.astimezone(UTC) + timedelta(hours=7))


@pytest.mark.parametrize("method", ["POST", "PUT"])
async def test_a_recording_as_the_body(home: Home, method: str) -> None:
    response = await home.client.request(method, ADDRESS, data=recording())
    assert await told(response) == (200, TAKEN)
    assert home.delivered[0].start == START
    assert home.delivered[0].origin == "file"


async def test_compressed_body_is_read(home: Home) -> None:
    """Decompressed by Home Assistant according to its encoding, and otherwise by its content."""
    packed = gzip.compress(build_json("own"))
    assert await home.post(packed, headers={"Content-Encoding": "gzip"}) == (200, TAKEN)
    assert await home.post(packed) == (200, TAKEN)
    status, answer = await home.post(b"no gzip at all", headers={"Content-Encoding": "gzip"})
    assert (status, answer["error"]) == (400, "damaged")
    # The server may close the connection here.
    with suppress(ServerDisconnectedError):
        status, _ = await home.post(packed[:60], headers={"Content-Encoding": "gzip"})
        assert status == 400
    assert len(home.delivered) == 2


def form(**files: bytes) -> FormData:
    """Return a form with files and another field."""
    form = FormData()
    form.add_field("note", "from the phone")
    for name, data in files.items():
        form.add_field("file", data, filename=f"{name}.fit", content_type="application/octet-stream")
    return form


async def test_a_form_with_files(home: Home) -> None:
    status, answer = await home.post(form(one=recording(), other=recording(1), broken=recording()[:40]))
    assert status == 200
    assert (answer["taken"], answer["runs"]) == (2, 2)
    assert [(refused["which"], refused["reason"]) for refused in answer["refused"]] == [("broken.fit", "damaged")]
    assert [run.start for run in home.delivered] == [START, START - timedelta(days=1)]


async def test_a_form_with_a_field(home: Home) -> None:
    fields = FormData({"note": build_json("own").decode()}, default_to_multipart=True)
    assert await home.post(fields) == (200, TAKEN)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"--x\r\n\r\nnothing", "multipart/form-data; boundary=x"),
        (b"--x--", "multipart/form-data; boundary=x"),
        (b"--x\r\n\r\n1" * 1001 + b"\r\n--x--", "multipart/form-data; boundary=x"),
        (b"\r\n--x\r\n\r\n1" * 1001 + b"\r\n--x--", "multipart/form-data; boundary=x"),
        (b"--x\r\nContent-Disposition\xff: \xff\r\n\r\nhello\r\n--x--", "multipart/form-data; boundary=x"),
        (b"hello", "multipart/form-data"),
        (b"hello", "nonsense;;;=\xff".encode("latin1").decode("latin1")),
    ],
)
async def test_a_form_that_is_none(home: Home, body: bytes, content_type: str) -> None:
    status, _ = await home.post(body, headers={"Content-Type": content_type})
    assert status in {200, 400}
    assert home.delivered == []


async def test_the_answer_comes_after_the_disk(home: Home) -> None:
    home.go_on.clear()
    posting = asyncio.ensure_future(home.post(build_json("own")))
    await asyncio.wait([posting], timeout=0.2)
    assert not posting.done()

    home.go_on.set()

    assert await posting == (200, TAKEN)
    assert len(home.delivered) == 1


@pytest.mark.parametrize("error", [HomeAssistantError("the disk is full"), RuntimeError("a fault")])
async def test_unsaved_post_is_answered_with_error(
    home: Home, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise error

    home.before_delivery = fail
    for _ in range(3):
        status, answer = await home.post(build_json("own"))
        assert (status, answer["error"], answer["taken"]) == (503, "unavailable", 0)
    assert caplog.text.count("is not taken") == 1
    assert str(error) in caplog.text

    home.before_delivery = lambda: None
    assert await home.post(build_json("own")) == (200, TAKEN)
    home.before_delivery = fail
    await home.post(build_json("own"))
    assert caplog.text.count("is not taken") == 2


async def test_a_fault_of_ours(home: Home, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Home Assistant would confirm the post, and log the secret."""
    monkeypatch.setattr(module, "parse_post", lambda *_: 1 / 0)
    status, answer = await home.post(build_json("own"))
    assert (status, answer["error"]) == (500, "failed")
    assert "ZeroDivisionError" in caplog.text
    assert SECRET not in ours(caplog)


async def test_one_bad_row_costs_no_other(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    bad = changed(OWN, id="bad one", start="never")
    ahead = changed(OWN, id="ahead", start=(dt_util.utcnow() + timedelta(days=2)).isoformat())
    body = build_json("own", bad, OWN, 7, changed(HAE_V2, distance={"qty": 900, "units": "km"}), ahead)
    for _ in range(2):
        status, answer = await home.post(body)

    assert status == 200
    assert (answer["taken"], answer["runs"]) == (1, 1)
    refused = [(part["which"], part["reason"]) for part in answer["refused"]]
    assert refused == [
        ("bad one", "no_start"),
        ("#3", "unknown_format"),
        (HAE_V2["id"], "impossible"),
        ("home_gym/ahead", "future"),
    ]
    assert all(part["message"] for part in answer["refused"])
    assert caplog.text.count("is not taken") == 4


async def test_a_clock_in_the_wrong_zone_is_not_the_future(home: Home) -> None:
    start = dt_util.utcnow() + timedelta(hours=13)
    assert await home.post(build_json("own", changed(OWN, start=start.isoformat()))) == (200, TAKEN)


async def test_one_workout_under_two_ids(home: Home) -> None:
    other = changed(HAE_V2, id="another", heartRate=None)
    assert await home.post(build_json("hae_v2", other, HAE_V2)) == (200, TAKEN)
    assert home.delivered[0].heart_rate == 150


@pytest.mark.parametrize("body", [b"[]", b'{"data": {"metrics": [], "workouts": []}}'])
async def test_post_without_activities_is_answered(home: Home, body: bytes) -> None:
    assert await home.post(body) == (200, {"taken": 0, "runs": 0, "refused": []})


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"hello", "unknown_format"),
        (b"{}", "unknown_format"),
        (b"{", "damaged"),
        (b"[" * 100_000, "hostile"),
        (recording()[:40], "damaged"),
        (zipped({}), "no_recording"),
        (zipped({"notes.txt": b"nothing"}), "no_recording"),
        (b"type=Running&startDate=now", "unknown_format"),
        (build_json("own", changed(OWN, start="never")), "no_start"),
        (build_json("own", changed(OWN, distance=90_000)), "impossible"),
        (build_json("own", changed(OWN, start="2090-01-01T00:00:00Z")), "future"),
    ],
)
async def test_unusable_body_is_rejected(home: Home, body: bytes, reason: str) -> None:
    status, answer = await home.post(body)
    assert status == 400
    assert answer["error"] == reason
    assert answer["message"]
    assert answer["taken"] == 0
    assert home.delivered == []


async def test_doubtful_recording_is_kept_and_named(home: Home) -> None:
    assert await home.post(recording()[:-400]) == (200, {"taken": 0, "runs": 0, "doubtful": 1, "refused": []})
    assert [(each.doubt, each.start) for each in home.delivered] == [(Doubt.BROKEN_OFF, START)]


async def test_a_recording_without_a_clock(home: Home) -> None:
    """A watch with an unset clock."""
    status, answer = await home.post(build_fit(NO_CLOCK, shape=FitShape(clock_set=False)))
    assert status == 400
    assert [part["reason"] for part in answer["refused"]] == ["no_start"]


async def test_too_large_body_is_rejected(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BODY", 200_000)
    status, answer = await home.post(b"[" + b" " * 300_000 + b"]")
    assert (status, answer["error"]) == (413, "too_large")
    bomb = gzip.compress(b" " * 5_000_000)
    status, answer = await home.post(bomb, headers={"Content-Encoding": "gzip"})
    assert (status, answer["error"]) == (413, "too_large")
    many = build_json("own", *[OWN] * 20_001)
    monkeypatch.setattr(module, "MAX_BODY", len(many))
    status, answer = await home.post(many)
    assert (status, answer["error"]) == (413, "too_large")


async def test_too_slow_upload_is_rejected(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "UPLOAD_TIMEOUT", 0.05)

    async def drip() -> Any:
        yield b"["
        await asyncio.sleep(0.5)
        yield b"]"

    status, answer = await home.post(drip())
    assert (status, answer["error"]) == (408, "slow")


async def test_slow_uploads_keep_no_other_waiting(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight slow uploads; with room for eight, the ninth is to be sent again."""
    go_on = asyncio.Event()

    async def drip() -> Any:
        yield build_json("own")[:1]
        await go_on.wait()
        yield build_json("own")[1:]

    slow = [asyncio.create_task(home.post(drip())) for _ in range(8)]
    await asyncio.sleep(0.2)
    assert (await home.post(build_json("own")))[0] == 200
    assert not any(post.done() for post in slow)
    go_on.set()
    assert [status for status, _ in await asyncio.gather(*slow)] == [200] * 8

    monkeypatch.setattr(module, "MAX_UPLOADS", 8)
    await home.watch()
    go_on.clear()
    slow = [asyncio.create_task(home.post(drip())) for _ in range(8)]
    await asyncio.sleep(0.2)
    response = await home.client.post(ADDRESS, data=build_json("own"))
    assert (response.status, response.headers["Retry-After"]) == (503, "60")
    go_on.set()
    assert [status for status, _ in await asyncio.gather(*slow)] == [200] * 8


async def test_upload_without_room_for_its_bytes_is_to_be_sent_again(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 100)
    await home.watch()
    assert (await home.post(build_json("own")))[0] == 503
    assert (await home.post(b"{}"))[0] != 503


async def test_post_beyond_budget_is_refused_whole(home: Home) -> None:
    rows = [OWN, changed(OWN, id="x" * 201)]
    status, answer = await home.post(build_json("own", *rows))
    assert (status, answer["error"], answer["taken"]) == (413, "long_text", 0)
    assert home.delivered == []


async def test_many_posts_at_once_are_answered(home: Home) -> None:
    """They wait for each other, and each gets a response."""
    rows = [changed(OWN, id=str(number)) for number in range(30)]
    answers = await asyncio.gather(*(home.post(build_json("own", row)) for row in rows))
    assert answers == [(200, TAKEN)] * 30
    assert len({run.id for run in home.delivered}) == 30


async def test_a_post_from_elsewhere(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    view = PostView(home.hass, module.async_ask_to_repeat)

    async def post(remote: str | None) -> set[int]:
        """Return the statuses of both addresses."""
        first, other = (MockRequest(build_json("own"), "test", method="POST", remote=remote) for _ in range(2))
        answers = [
            await async_handle_webhook(home.hass, WEBHOOK, first),
            await view.post(cast("Request", other), SECRET),
        ]
        return {answer.status for answer in answers}

    assert [await post(remote) for remote in ("203.0.113.7", None, "nowhere")] == [{403}] * 3
    assert await post("192.168.1.20") == {200}
    await home.watch(local_only=False)
    assert await post("203.0.113.7") == {200}
    assert len(home.delivered) == 4
    assert SECRET not in ours(caplog)
    assert WEBHOOK not in ours(caplog)


async def test_the_names_of_runs(home: Home) -> None:
    await home.watch(runs=["Mud Hop"])
    status, answer = await home.post(build_json("hae_v2", changed(HAE_V2, name="Mud hop"), HAE_V2 | {"end": 0}))
    assert (status, answer["taken"], answer["runs"]) == (200, 2, 1)


async def test_stopped_watcher_accepts_nothing(home: Home) -> None:
    home.end()
    assert await home.post(build_json("own")) == (404, None)
    assert home.delivered == []


async def test_a_log_does_not_grow_without_end(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    for number in range(10):
        rows = [changed(OWN, id=f"\x1b[31m{number}-{row}", start="never") for row in range(20)]
        _, answer = await home.post(build_json("own", *rows))
        assert len(answer["refused"]) == 20
    assert caplog.text.count("is not taken") == module.MAX_LISTED_PARTS
    assert "\x1b[31m0" not in caplog.text


async def test_random_posts_are_answered(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    """Every post gets a response, and none is logged as a fault."""
    random = Random(1)
    statuses = set()
    for number in range(300):
        shape = random.choice(sorted(ROWS))
        body = mutant(random, build_json(shape).decode()) if number % 3 else random.randbytes(random.randrange(200))
        status, answer = await home.post(body, headers={"Content-Type": random.choice(["", "application/json"])})
        statuses.add(status)
        assert set(answer) >= {"taken", "runs", "refused"}
    assert statuses == {200, 400}
    assert not [
        record for record in caplog.records if record.levelno > logging.WARNING and record.name != "aiohttp.access"
    ]


# The whole: a runner, the journal, and the webhook


def with_address(**data: Any) -> MockConfigEntry:
    """Return the entry of a runner with a webhook."""
    chosen = {"secret": SECRET, "webhook": WEBHOOK, "app": "other", "local_only": True, "runs": list(RUN_NAMES), **data}
    source = {"subentry_type": "source", "subentry_id": "01SOURCE", "title": "Phone", "unique_id": None, "data": chosen}
    return MockConfigEntry(
        domain=DOMAIN,
        title="Alex",
        entry_id=ENTRY_ID,
        data={"name": "Alex"},
        subentries_data=[with_id(shoe_data("Trainers"), NEW_SHOE), source],
    )


@pytest.mark.usefixtures("clock")
async def test_a_run_is_counted_once_however_often_it_is_posted(
    hass: HomeAssistant,
    set_up: SetUp,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    coordinator = await set_up(with_address())
    client = await hass_client_no_auth()
    for shape in ("hae_v2", "hae_v1", "strava", "garmin_pushed", "hc_app", "hae_v2"):
        assert await told(await client.post(ADDRESS, data=build_json(shape))) == (200, TAKEN)
        assert len(coordinator.runner.runs) == 1
    await hass.async_block_till_done()

    assert stored_journal(hass).deliveries
    assert state_of(hass, "sensor", "distance", f"{ENTRY_ID}_{NEW_SHOE}") == "5.0"
    assert len({activity for activity, _ in coordinator.runner.journal.prompts}) == 1
    assert hass.states.get(entity_id_of(hass, "event", "run")) is not None


@pytest.mark.usefixtures("clock")
async def test_history_is_silent(
    hass: HomeAssistant, set_up: SetUp, hass_client_no_auth: ClientSessionGenerator
) -> None:
    coordinator = await set_up(with_address())
    client = await hass_client_no_auth()
    days = (datetime(2026, 1, 1, 17, tzinfo=UTC) + timedelta(days=day) for day in range(100))
    rows = [changed(OWN, id=str(start), start=start.isoformat()) for start in days]
    status, answer = await told(await client.post(ADDRESS, data=build_json("own", *rows)))
    assert (status, answer["runs"]) == (200, 100)
    assert len(coordinator.runner.runs) == 100
    assert coordinator.runner.journal.prompts == {}


async def test_no_post_is_lost_while_the_runner_is_away(
    hass: HomeAssistant, set_up: SetUp, hass_client_no_auth: ClientSessionGenerator
) -> None:
    """Home Assistant itself would confirm posts to a webhook without a handler."""
    entry = with_address()
    await set_up(entry)
    client = await hass_client_no_auth()

    assert await hass.config_entries.async_unload(ENTRY_ID)
    for address in (ADDRESS, OLD_ADDRESS):
        response = await client.post(address, data=build_json("own"))
        assert (response.status, response.headers["Retry-After"]) == (503, "60")
        assert (await response.json())["error"] == "unavailable"

    assert await hass.config_entries.async_setup(ENTRY_ID)
    await hass.async_block_till_done()
    for address in (ADDRESS, OLD_ADDRESS):
        assert await told(await client.post(address, data=build_json("own"))) == (200, TAKEN)

    hass.config_entries.async_remove_subentry(entry, "01SOURCE")
    await hass.async_block_till_done()
    assert await told(await client.post(ADDRESS, data=build_json("own"))) == (404, None)


async def test_post_to_runner_before_its_setup_is_to_be_sent_again(
    hass: HomeAssistant, set_up: SetUp, hass_client_no_auth: ClientSessionGenerator
) -> None:
    """The first entry sets up the integration; a second one is known, but disabled until later."""
    await set_up(MockConfigEntry(domain=DOMAIN, title="Billie", entry_id="billie", data={"name": "Billie"}))
    client = await hass_client_no_auth()
    assert await told(await client.post(ADDRESS, data=build_json("own"))) == (404, None)

    entry = with_address()
    entry.add_to_hass(hass)
    response = await client.post(ADDRESS, data=build_json("own"))
    assert (response.status, response.headers["Retry-After"]) == (503, "60")

    assert await hass.config_entries.async_setup(ENTRY_ID)
    await hass.async_block_till_done()
    assert await told(await client.post(ADDRESS, data=build_json("own"))) == (200, TAKEN)


@pytest.mark.parametrize(
    ("languages", "title"),
    [
        ("", "Home Gym takes runs here"),
        ("de-AT,de;q=0.9,en;q=0.8", "Hier nimmt Home Gym Läufe entgegen"),
        ("../../secrets;q=1", "Home Gym takes runs here"),
        ("x" * 5000, "Home Gym takes runs here"),
    ],
)
async def test_browser_sees_the_purpose_of_the_address(
    hass: HomeAssistant, set_up: SetUp, hass_client_no_auth: ClientSessionGenerator, languages: str, title: str
) -> None:
    await set_up(with_address())
    client = await hass_client_no_auth()
    page = await client.get(ADDRESS, headers={"Accept-Language": languages})
    assert (page.status, page.content_type) == (200, "text/html")
    text = await page.text()
    assert f"<h1>{title}</h1>" in text
    assert SECRET not in text
    assert (page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == ("no-referrer", "no-store")
    assert (await client.get(ADDRESS.replace("f", "e"))).status == 404


async def test_page_of_local_address_is_not_shown_elsewhere(hass: HomeAssistant, set_up: SetUp) -> None:
    await set_up(with_address())
    view = PostView(hass, module.async_ask_to_repeat)
    requests = [MockRequest(b"", "test", remote=remote) for remote in ("192.168.1.20", "203.0.113.7")]
    assert [(await view.get(cast("Request", request), SECRET)).status for request in requests] == [200, 404]


async def test_removed_runner_gives_up_address(
    hass: HomeAssistant, set_up: SetUp, hass_client_no_auth: ClientSessionGenerator
) -> None:
    await set_up(with_address())
    client = await hass_client_no_auth()
    await hass.config_entries.async_remove(ENTRY_ID)
    assert await told(await client.post(ADDRESS, data=build_json("own"))) == (404, None)


HURTS = {"name": "Lower Back Pain", "severity": "Moderate"}


async def test_pain_in_post_is_reported(
    hass: HomeAssistant, set_up: SetUp, hass_client_no_auth: ClientSessionGenerator, clock: FrozenDateTimeFactory
) -> None:
    """It is in the journal, once; a future time is rejected."""
    source = {"secret": SECRET, "webhook": WEBHOOK, "app": "other", "local_only": True, "runs": list(RUN_NAMES)}
    subentry = ConfigSubentryData(data=source, subentry_type="source", title="Phone", unique_id=None)
    entry = MockConfigEntry(
        domain=DOMAIN, title="Alex", entry_id=ENTRY_ID, data={"name": "Alex"}, subentries_data=[subentry]
    )
    coordinator = await set_up(entry)
    await hass.async_block_till_done(wait_background_tasks=True)
    client = await hass_client_no_auth()
    yesterday, tomorrow = (f"{NOW + days * timedelta(days=1):%Y-%m-%d %H:%M:%S} +0000" for days in (-1, 1))
    body = json.dumps({"data": {"symptoms": [HURTS | {"start": yesterday}, HURTS | {"start": tomorrow}]}})

    for _ in range(2):
        assert await told(await client.post(ADDRESS, data=body)) == (200, {"taken": 0, "runs": 0, "refused": []})
    [report] = coordinator.runner.journal.pains.values()
    assert (report.score, report.at, report.source) == (5, NOW - timedelta(days=1), "apple_health")
    assert state_of(hass, "sensor", "back_pain") == "5"
