"""Every path through the sign-in at Polar, with a server on loopback and Home Assistant's own callback."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiohttp.test_utils import TestServer
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.home_gym import application_credentials as applications
from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.sources.services.polar_accesslink import client, sign_in
from homeassistant.components.application_credentials import ClientCredential, async_import_client_credential
from homeassistant.config_entries import SOURCE_REAUTH, SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from tests.support.integration.runner_entry import ENTRY_ID, SetUp
from tests.support.integration.services import until
from tests.support.services.polar_accesslink import (
    CLIENT_ID,
    CLIENT_SECRET,
    CODE,
    TOKEN,
    USER,
    PolarServer,
    exercise,
)

pytestmark = pytest.mark.usefixtures("socket_enabled", "current_request_with_host")

type SignIn = Callable[[Any, str], Awaitable[Any]]


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[PolarServer]:
    """Return the service."""
    service = PolarServer()
    async with TestServer(service.application()) as running:
        monkeypatch.setattr(client, "BASE_URL", str(running.make_url("/v3")))
        monkeypatch.setattr(sign_in, "TOKEN_URL", str(running.make_url("/v2/oauth2/token")))
        yield service


@pytest.fixture
async def signed_in(hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator) -> SignIn:
    """Return a function that follows a flow through the browser's callback."""

    async def follow(screen: Any, answer: str = f"code={CODE}") -> Any:
        assert screen["type"] is FlowResultType.EXTERNAL_STEP
        address = urlsplit(screen["url"])
        asked = parse_qs(address.query)
        assert f"{address.scheme}://{address.netloc}{address.path}" == sign_in.AUTHORIZE_URL
        assert (asked["client_id"], asked["response_type"]) == ([CLIENT_ID], ["code"])
        browser = await hass_client_no_auth()
        called_back = await browser.get(f"/auth/external/callback?{answer}&state={asked['state'][0]}")
        assert called_back.status == 200
        return await hass.config_entries.flow.async_configure(screen["flow_id"])

    return follow


async def with_application(hass: HomeAssistant) -> None:
    """Enter the ID and the secret of an application."""
    await async_import_client_credential(hass, DOMAIN, ClientCredential(CLIENT_ID, CLIENT_SECRET), "application")


def next_flow(screen: Any) -> tuple[str, str]:
    """Return the kind and the id of the flow that follows an ended one."""
    kind, flow_id = screen["next_flow"]
    return str(kind), str(flow_id)


async def choose(hass: HomeAssistant) -> Any:
    """Choose Polar and a runner."""
    flows = hass.config_entries.flow
    menu = await flows.async_init(DOMAIN, context={"source": SOURCE_USER})
    form = await flows.async_configure(menu["flow_id"], {"next_step_id": "polar"})
    assert form["step_id"] == "polar"
    return await flows.async_configure(form["flow_id"], {"runner": ENTRY_ID})


def sources(entry: MockConfigEntry) -> list[Any]:
    """Return the sources of a runner."""
    return list(entry.get_subentries_of_type("source"))


async def test_account_becomes_source_and_its_runs_arrive(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    server: PolarServer,
    signed_in: SignIn,
    caplog: pytest.LogCaptureFixture,
) -> None:
    coordinator = await set_up(entry)
    screen = await choose(hass)
    assert (screen["type"], screen["reason"]) == (FlowResultType.ABORT, "missing_credentials")
    await with_application(hass)
    server.exercises = [exercise("a1", datetime.now(UTC) - timedelta(days=2))]
    ended = await signed_in(await choose(hass), f"code={CODE}")
    assert (ended["reason"], ended["description_placeholders"]) == ("account_added", {"runner": entry.title})
    (source,) = sources(entry)
    assert source.title == "Polar: Alex Runner"
    token = {key: value for key, value in source.data["token"].items() if key != "expires_at"}
    assert token == {"access_token": TOKEN, "token_type": "bearer", "expires_in": 31535999, "x_user_id": USER}
    assert {key: value for key, value in source.data.items() if key not in ("token", "since")} == {
        "online": "polar_accesslink",
        "account": str(USER),
        "auth_implementation": "application",
        "registered": "2026-01-14T12:50:37+00:00",
        "gear": {},
    }
    assert server.members == {f"home-gym-{USER}": USER}
    await until(lambda: len(coordinator.runner.runs) == 1)
    again = await signed_in(await choose(hass), f"code={CODE}")
    assert again["reason"] == "account_taken"
    assert not [secret for secret in (TOKEN, CLIENT_SECRET) if secret in caplog.text]


async def test_each_failure_of_sign_in_is_named_and_adds_nothing(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    server: PolarServer,
    signed_in: SignIn,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await set_up(entry)
    await with_application(hass)

    async def reason(answer: str = f"code={CODE}") -> str:
        ended = await signed_in(await choose(hass), answer)
        found: str = ended["reason"]
        return found

    assert await reason("error=access_denied") == "user_rejected_authorize"
    assert await reason("code=stolen") == "oauth_failed"
    # An answer without a token's term is as good; Polar's older ones had none.
    faults = {
        "/token": {400: "oauth_failed", 401: "oauth_failed", 429: "oauth_failed", 503: "oauth_failed"},
        "/users": {
            401: "consent_missing",
            403: "consent_missing",
            404: "online_odd",
            429: "online_busy",
            500: "online_failing",
        },
        f"/users/{USER}": {204: "online_odd", 403: "consent_missing", 422: "online_odd", 302: "online_failing"},
    }
    for end, outcomes in faults.items():
        for status, expected in outcomes.items():
            server.faults = {end: status}
            assert await reason() == expected
    server.faults, server.page = {}, True
    assert await reason() == "oauth_failed"
    server.page = False
    answers: tuple[dict[str, Any], ...] = ({}, {"access_token": TOKEN}, {"access_token": 5, "x_user_id": USER})
    for server.answer in answers:
        assert await reason() == "oauth_failed"
    assert sources(entry) == []
    server.answer = {"access_token": TOKEN, "x_user_id": USER}
    # Registered by an earlier attempt: a conflict is no failure.
    server.members = {"home-gym-475": USER}
    assert await reason() == "account_added"
    assert not [secret for secret in (TOKEN, CLIENT_SECRET) if secret in caplog.text]


async def test_refused_token_asks_for_another_sign_in_of_same_account(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, server: PolarServer, signed_in: SignIn
) -> None:
    coordinator = await set_up(entry)
    await with_application(hass)
    await signed_in(await choose(hass), f"code={CODE}")
    (source,) = sources(entry)
    before = dict(source.data)
    flows = hass.config_entries.flow
    server.token, server.exercises = "another", [exercise("a1", datetime.now(UTC) - timedelta(days=2))]
    await hass.config_entries.async_reload(entry.entry_id)
    await until(lambda: bool(flows.async_progress_by_handler(DOMAIN)))
    (flow,) = flows.async_progress_by_handler(DOMAIN)
    assert (flow["context"]["source"], flow["step_id"]) == (SOURCE_REAUTH, "reauth_sign_in")
    server.user = 9
    other = await signed_in(await flows.async_configure(flow["flow_id"], {}), f"code={CODE}")
    assert other["reason"] == "other_account"
    server.user, server.registered = USER, "2026-11-01T00:00:00.000Z"

    # The way through the source's own settings leads to the same screen.
    shown = await entry.start_subentry_reconfigure_flow(hass, source.subentry_id)
    assert (shown["type"], shown["reason"]) == (FlowResultType.ABORT, "sign_in_begun")
    kind, flow_id = next_flow(shown)
    assert kind == "config_flow"
    ended = await signed_in(await flows.async_configure(flow_id, {}), f"code={CODE}")
    assert ended["reason"] == "account_renewed"
    (source,) = sources(entry)
    assert source.data["token"]["access_token"] == "another"
    assert source.data["registered"] == "2026-11-01T00:00:00+00:00"
    assert (source.data["since"], source.data["gear"]) == (before["since"], before["gear"])
    coordinator = entry.runtime_data.coordinator
    await until(lambda: len(coordinator.runner.runs) == 1)


async def test_menu_of_sources_leads_to_sign_in(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, server: PolarServer
) -> None:
    await set_up(entry)
    flows = hass.config_entries.subentries
    menu = await flows.async_init((ENTRY_ID, "source"), context={"source": SOURCE_USER})
    shown = await flows.async_configure(menu["flow_id"], {"next_step_id": "polar"})
    assert (shown["type"], shown["reason"]) == (FlowResultType.ABORT, "polar_begun")
    assert next_flow(shown)[0] == "config_flow"
    form = await hass.config_entries.flow.async_configure(next_flow(shown)[1])
    assert form["step_id"] == "polar"


async def test_source_that_is_gone_needs_no_sign_in(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, server: PolarServer, signed_in: SignIn
) -> None:
    await set_up(entry)
    await with_application(hass)
    await signed_in(await choose(hass), f"code={CODE}")
    (source,) = sources(entry)
    shown = await entry.start_subentry_reconfigure_flow(hass, source.subentry_id)
    hass.config_entries.async_remove_subentry(entry, source.subentry_id)
    ended = await hass.config_entries.flow.async_configure(next_flow(shown)[1], {})
    assert ended["reason"] == "source_gone"


async def test_dialog_of_application_names_addresses(hass: HomeAssistant) -> None:
    placeholders = await applications.async_get_description_placeholders(hass)
    assert set(placeholders) == {"applications_url", "redirect_url"}
