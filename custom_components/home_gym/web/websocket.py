"""Websocket commands for cards: visible runners, a runner's feed, the list of runs, and changes."""

from base64 import b64decode
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import voluptuous as vol

from homeassistant.config_entries import ConfigEntry, ConfigEntryState, ConfigSubentry
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import config_validation as cv, entity_registry as er
from homeassistant.util import dt as dt_util

from ..const import CONF_RETIRED, DOMAIN
from ..data import RunnerData
from ..errors import translated_errors
from ..gym import verbs
from ..gym.habits.habit import sessions_within
from ..gym.runs.curve import NO_CURVE
from ..gym.runs.run import best_first
from ..gym.runs.run_figures import figures_of
from ..gym.settings import UnknownShoeError
from ..gym.shoes.fitting import FittingHint
from ..gym.views.back import MAX_WEEKS, back_view
from ..gym.views.dashboard import run_view
from ..gym.views.patches import Document, document_of
from ..gym.views.run_list import found, months_of
from ..gym.views.trends import Period, trends_view
from ..ha.websocket_api import (
    BASE_COMMAND_MESSAGE_SCHEMA,
    ERR_NOT_FOUND,
    ERR_UNAUTHORIZED,
    ActiveConnection,
    WebSocketCommandHandler,
    async_register_command,
    async_response,
    event_message,
    websocket_command,
)
from ..importer import MAX_PIECE, MAX_UPLOAD, Piece
from ..languages import async_phrases
from ..options.shoe import HINTS_READ
from ..permissions import Right, is_own, may
from ..statistics import async_statistic_of
from ..treadmill import is_treadmill
from .documents import (
    EntryInfo,
    Household,
    RetirementAnswer,
    RunDetail,
    RunPage,
    UploadAnswer,
    correction_view,
    curve_view,
    lap_view,
    left_out_view,
    report_of,
    run_part,
)
from .feed import Feed

type CommandMessage = Mapping[str, Any]
type CommandHandler = Callable[[HomeAssistant, RunnerData, CommandMessage], Awaitable[Document]]

RUNNER = {vol.Required("config_entry_id"): str}
LONGEST_PAGE = 200
LONGEST_SEARCH = 200
UPLOAD = r"^[0-9A-Za-z_-]{8,64}$"
FILE_NAME = r"^[^./\\\x00-\x1f][^/\\\x00-\x1f]*$"
MONTH = r"^\d{4}-\d{2}$"
# Error code of a failure without a translation key.
FAILED = "failed"


@callback
def async_register_websocket(hass: HomeAssistant) -> None:
    """Register all commands."""
    async_register_command(hass, _handle_runners)
    async_register_command(hass, _handle_subscribe)
    for name, (fields, handler) in COMMAND_HANDLERS.items():
        schema = BASE_COMMAND_MESSAGE_SCHEMA.extend({"type": name, **RUNNER, **fields})
        async_register_command(hass, name, _answering(handler, reads=name in READ_ONLY_COMMANDS), schema)


@websocket_command({vol.Required("type"): "home_gym/runners"})
@callback
def _handle_runners(hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]) -> None:
    """Answer with the runners visible to the user, their own first, and the treadmills."""
    entries = [entry for entry in hass.config_entries.async_entries(DOMAIN) if not entry.disabled_by]
    runners = [entry for entry in entries if not is_treadmill(entry) and may(hass, connection.user, entry, Right.SEE)]
    own = {entry.entry_id: is_own(hass, connection.user, entry) for entry in runners}
    shown: Household = {
        "runners": [
            {
                **_shown_entry(hass, entry),
                "own": own[entry.entry_id],
                "statistic": async_statistic_of(hass, entry.entry_id),
            }
            for entry in sorted(runners, key=lambda entry: (not own[entry.entry_id], entry.title.casefold()))
        ],
        "treadmills": [_shown_entry(hass, entry) for entry in entries if is_treadmill(entry)],
    }
    connection.send_result(message["id"], shown)


@websocket_command({vol.Required("type"): "home_gym/subscribe", **RUNNER, vol.Optional("language", default="en"): str})
@async_response
async def _handle_subscribe(hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]) -> None:
    """Subscribe to a runner's document."""
    entry = _visible(hass, connection, message)
    if entry is None:
        return
    phrases = await async_phrases(hass, message["language"])
    answer = message["id"]
    feed = Feed(
        hass,
        entry,
        phrases,
        lambda update: connection.send_message(event_message(answer, update)),
        may_see=lambda: may(hass, connection.user, entry, Right.SEE),
    )
    connection.subscriptions[answer] = feed.async_stop
    connection.send_result(answer)
    feed.async_start()


async def _runs(hass: HomeAssistant, gym: RunnerData, message: CommandMessage) -> Document:
    """Return a page of the list of runs, the first one with the months of the list."""
    runner = gym.runner
    runs = found(runner, message["search"].split(), message.get("month", ""))
    first = message["offset"]
    page = runs[first : first + message["limit"]]
    shown = RunPage(
        revision=runner.projections.revision,
        total=len(runs),
        offset=first,
        runs=tuple(run_view(runner, run) for run in page),
        months=tuple(months_of(runs)) if first == 0 else None,
    )
    return document_of(shown)


async def _run(hass: HomeAssistant, gym: RunnerData, message: CommandMessage) -> Document:
    """Return a run with the reports of its sources and its corrections."""
    runner = gym.runner
    run = runner.runs.named(message["run"])
    detail = RunDetail(
        run=run_view(runner, run),
        figures=figures_of(run),
        parts=tuple(map(run_part, sessions_within(run))),
        end=run.end,
        told=tuple(report_of(runner.journal.deliveries[key]) for key in sorted(run.activities)),
        said=tuple(correction_view(each) for each in runner.projections.corrections.about(run) if each.corrects),
        left_out=tuple(map(left_out_view, run.left_out)),
        laps=tuple(map(lap_view, run.laps)),
        band=(runner.band.low, runner.band.high),
    )
    return document_of(detail)


async def _run_curve(hass: HomeAssistant, gym: RunnerData, message: CommandMessage) -> Document:
    """Return the curve of a run, from its most trusted recording with one."""
    runner = gym.runner
    run = runner.runs.named(message["run"])
    activities = [activity.id for activity in best_first(runner.activities_of(run))]
    curve = await gym.coordinator.store.async_curve(runner.journal, activities)
    return document_of(curve_view(curve or NO_CURVE))


async def _back(hass: HomeAssistant, gym: RunnerData, message: CommandMessage) -> Document:
    """Return the view of the back over some weeks."""
    return document_of(back_view(gym.runner, dt_util.utcnow(), message["weeks"]))


async def _trends(hass: HomeAssistant, gym: RunnerData, message: CommandMessage) -> Document:
    """Return the trends by week, month or year, and the records."""
    today = gym.runner.settings.calendar.day_of(dt_util.utcnow())
    return document_of(trends_view(gym.runner, today, Period(message["period"])))


async def _choose_shoe(hass: HomeAssistant, gym: RunnerData, message: CommandMessage) -> Document:
    """Choose the pair of the next run."""
    await gym.coordinator.async_apply(verbs.choose_shoe(message["shoe"]))
    return {}


async def _retire_shoe(hass: HomeAssistant, gym: RunnerData, message: CommandMessage) -> Document:
    """Retire a pair, today unless another day is given, or take it back into use.

    `before` in the response is the earlier retirement day, if any, for undoing; it may be in the future.
    """
    entry = gym.entry
    subentry = _shoe_of(gym, message["shoe"])
    data = {key: value for key, value in subentry.data.items() if key != CONF_RETIRED}
    if message["retired"]:
        data[CONF_RETIRED] = message.get("on", dt_util.now().date()).isoformat()
    before: str | None = subentry.data.get(CONF_RETIRED)
    hass.config_entries.async_update_subentry(entry, subentry, data=data)
    return document_of(RetirementAnswer(before=before or None))


async def _read_shoe_hint(hass: HomeAssistant, gym: RunnerData, message: CommandMessage) -> Document:
    """Note that a hint about a pair was read; it isn't shown again for this pair."""
    subentry = _shoe_of(gym, message["shoe"])
    read = {*subentry.data.get(HINTS_READ.key, ()), message["hint"]}
    data = {**subentry.data, HINTS_READ.key: sorted(read)}
    hass.config_entries.async_update_subentry(gym.entry, subentry, data=data)
    return {}


def _shoe_of(gym: RunnerData, shoe: str) -> ConfigSubentry:
    """Return the subentry of a pair; raises UnknownShoeError."""
    found = next((each for each in gym.coordinator.shoes if each.subentry_id == shoe), None)
    if found is None:
        raise UnknownShoeError(shoe)
    return found


async def _upload(hass: HomeAssistant, gym: RunnerData, message: CommandMessage) -> Document:
    """Add a piece to the upload of a file of past runs; without bytes, only say how many came so far."""
    piece = Piece(
        upload=message["upload"],
        name=message["name"],
        size=message["size"],
        offset=message["offset"],
        data=message["data"],
    )
    received = await gym.importer.async_take_piece(piece)
    return document_of(UploadAnswer(received=received.size, complete=received.size == piece.size))


def _decoded(text: str) -> bytes:
    """Return the bytes of a text in base64; raises vol.Invalid."""
    try:
        data = b64decode(text, validate=True)
    except ValueError as error:
        raise vol.Invalid("base64 was expected") from error
    if len(data) > MAX_PIECE:
        raise vol.Invalid(f"at most {MAX_PIECE} bytes were expected")
    return data


async def _undo(hass: HomeAssistant, gym: RunnerData, message: CommandMessage) -> Document:
    """Undo the last entry."""
    await gym.coordinator.async_apply(verbs.undo_last())
    return {}


COMMAND_HANDLERS: Mapping[str, tuple[Mapping[vol.Marker, Any], CommandHandler]] = {
    "home_gym/runs": (
        {
            vol.Optional("offset", default=0): vol.All(int, vol.Range(min=0)),
            vol.Optional("limit", default=50): vol.All(int, vol.Range(min=1, max=LONGEST_PAGE)),
            vol.Optional("search", default=""): vol.All(str, vol.Length(max=LONGEST_SEARCH)),
            vol.Optional("month"): vol.All(str, vol.Match(MONTH)),
        },
        _runs,
    ),
    "home_gym/run": ({vol.Required("run"): str}, _run),
    "home_gym/run_curve": ({vol.Required("run"): str}, _run_curve),
    "home_gym/back": ({vol.Optional("weeks", default=8): vol.All(int, vol.Range(min=1, max=MAX_WEEKS))}, _back),
    "home_gym/trends": ({vol.Optional("period", default=Period.MONTH): vol.In(Period)}, _trends),
    "home_gym/choose_shoe": ({vol.Required("shoe"): str}, _choose_shoe),
    "home_gym/read_shoe_hint": (
        {vol.Required("shoe"): str, vol.Required("hint"): vol.In(list(FittingHint))},
        _read_shoe_hint,
    ),
    "home_gym/retire_shoe": (
        {vol.Required("shoe"): str, vol.Required("retired"): bool, vol.Optional("on"): cv.date},
        _retire_shoe,
    ),
    "home_gym/undo": ({}, _undo),
    "home_gym/upload": (
        {
            vol.Required("upload"): vol.All(str, vol.Match(UPLOAD)),
            vol.Required("name"): vol.All(str, vol.Length(min=1, max=LONGEST_SEARCH), vol.Match(FILE_NAME)),
            vol.Required("size"): vol.All(int, vol.Range(min=1, max=MAX_UPLOAD)),
            vol.Optional("offset", default=0): vol.All(int, vol.Range(min=0)),
            vol.Optional("data", default=""): vol.All(str, _decoded),
        },
        _upload,
    ),
}
# All other commands change the journal or the settings.
READ_ONLY_COMMANDS = {"home_gym/runs", "home_gym/run", "home_gym/run_curve", "home_gym/back", "home_gym/trends"}


def _answering(handler: CommandHandler, *, reads: bool) -> WebSocketCommandHandler:
    """Wrap a handler with the lookup of the runner, and errors for the card."""

    @async_response
    async def answer(hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]) -> None:
        entry = _visible(hass, connection, message)
        if entry is None:
            return
        if not (reads or may(hass, connection.user, entry, Right.ACT)):
            connection.send_error(message["id"], ERR_UNAUTHORIZED, entry.title)
            return
        if entry.state is not ConfigEntryState.LOADED:
            connection.send_error(message["id"], "not_loaded", entry.title)
            return
        try:
            with translated_errors(entry.title):
                result = await handler(hass, entry.runtime_data, message)
        except HomeAssistantError as error:
            connection.send_error(
                message["id"],
                error.translation_key or FAILED,
                str(error),
                translation_key=error.translation_key,
                translation_domain=error.translation_domain,
                translation_placeholders=error.translation_placeholders,
            )
        else:
            connection.send_result(message["id"], result)

    return answer


def _visible(hass: HomeAssistant, connection: ActiveConnection, message: CommandMessage) -> ConfigEntry | None:
    """Return the entry of a runner visible to the user; send an error if there is none."""
    entry = hass.config_entries.async_get_entry(message["config_entry_id"])
    if entry is None or entry.domain != DOMAIN:
        connection.send_error(message["id"], ERR_NOT_FOUND, message["config_entry_id"])
    elif is_treadmill(entry):
        connection.send_error(message["id"], "no_runner", entry.title)
    elif not may(hass, connection.user, entry, Right.SEE):
        connection.send_error(message["id"], ERR_UNAUTHORIZED, message["config_entry_id"])
    else:
        return entry
    return None


def _shown_entry(hass: HomeAssistant, entry: ConfigEntry) -> EntryInfo:
    """Return an entry with the ids of its enabled entities, by domain and key."""
    entities = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    return {
        "config_entry_id": entry.entry_id,
        "name": entry.title,
        "loaded": entry.state is ConfigEntryState.LOADED,
        "entities": {
            f"{entity.domain}.{entity.unique_id.removeprefix(f'{entry.entry_id}_')}": entity.entity_id
            for entity in entities
            if not entity.disabled
        },
    }
