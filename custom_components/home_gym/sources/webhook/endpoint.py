"""Endpoint of a source with an address: the handler of its posts.

Activities are on disk before the response confirms them. Until the runner is loaded, and during a reload, the address
asks for a later repetition.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from aiohttp import StreamReader
from aiohttp.hdrs import CONTENT_TYPE, RETRY_AFTER as RETRY_AFTER_HEADER
from aiohttp.web import Request, Response, json_response

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect, async_dispatcher_send
from homeassistant.util import dt as dt_util

from ...const import CONF_LOCAL_ONLY, CONF_RUNS, CONF_WEBHOOK, DOMAIN, LOGGER
from ...gym.recordings import RecordingFault
from ...gym.recordings.phone_json import MAX_JSON_SIZE, Names, PostContext
from ...gym.speech.phrases import line
from .. import Deliver, SourceConfig
from ..folder.recordings import printable
from .address import async_register, async_unregister, is_from_home, sources_of
from .bodies import Bodies, NoRoomError, UploadRoom
from .intake import ParsedPost, RejectedPart, parse_post

# Largest body in bytes, the limit of the JSON parser.
MAX_BODY = MAX_JSON_SIZE
CHUNK_SIZE = 1 << 16
# Uploads that may be under way at once, and their bytes in memory; others are to be sent again.
MAX_UPLOADS = 32
MAX_BYTES = 4 * MAX_BODY
RETRY_AFTER = 60
"""Seconds until an upload is worth another try."""
# Seconds for an upload.
UPLOAD_TIMEOUT = 120
# Longest list of parts in a response or a log message.
MAX_LISTED_PARTS = 50

REMOTE, SLOW, UNAVAILABLE, FAILED = "remote", "slow", "unavailable", "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostResponse:
    """Response to a post; `reason` is the key of the reason that nothing was accepted."""

    status: HTTPStatus = HTTPStatus.OK
    reason: str | None = None
    message: str | None = None
    taken: int = 0
    runs: int = 0
    doubtful: int = 0
    refused: tuple[Mapping[str, str], ...] = ()

    def response(self) -> Response:
        """Return the response as JSON."""
        failure = {} if self.reason is None else {"error": self.reason, "message": self.message}
        doubtful = {"doubtful": self.doubtful} if self.doubtful else {}
        body = {**failure, "taken": self.taken, "runs": self.runs, **doubtful, "refused": self.refused}
        again = {RETRY_AFTER_HEADER: str(RETRY_AFTER)} if self.status is HTTPStatus.SERVICE_UNAVAILABLE else None
        return json_response(body, status=self.status, headers=again)


class PostRefusedError(Exception):
    """A post with no acceptable part."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        """Keep status and reason for the response."""
        super().__init__(reason)
        self.status = status
        self.reason = reason


async def watch(hass: HomeAssistant, config: SourceConfig, deliver: Deliver) -> CALLBACK_TYPE:
    """Accept posts to the address of a subentry, and return the function to stop."""
    return listen(hass, config, deliver)


@callback
def listen(hass: HomeAssistant, config: SourceConfig, deliver: Deliver) -> CALLBACK_TYPE:
    """Accept posts to the addresses of a source, and return the function to stop."""
    async_register(hass, config.data, WebhookEndpoint(hass, config, deliver).async_handle)

    @callback
    def end() -> None:
        async_unregister(hass, config.data)

    return end


@callback
def hold(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Ask senders to repeat their posts later, until the runner's sources are watched."""
    for data in sources_of(entry):
        async_register(hass, data, async_ask_to_repeat)


@callback
def forget(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Give up the addresses of a removed runner."""
    for data in sources_of(entry):
        async_unregister(hass, data)


@callback
def on_answer(hass: HomeAssistant, webhook_id: str, listener: Callable[[PostResponse], None]) -> CALLBACK_TYPE:
    """Call a listener with every response of a source, by its webhook's id, and return its removal."""
    return async_dispatcher_connect(hass, _signal(webhook_id), listener)


class WebhookEndpoint:
    """Handler of posts to one address, one at a time."""

    def __init__(self, hass: HomeAssistant, config: SourceConfig, deliver: Deliver) -> None:
        """Handle posts for one subentry."""
        self._hass = hass
        self._config = config
        self._deliver = deliver
        self._names = Names.of(config.data[CONF_RUNS])
        # Parsing takes many times the memory of the body, so it happens one at a time.
        self._reading = asyncio.Lock()
        self._bodies = Bodies(MAX_UPLOADS, MAX_BYTES)
        self._logged: set[tuple[str, str]] = set()

    async def async_handle(self, request: Request) -> Response:
        """Respond to a post; never raises, since Home Assistant would then confirm the post."""
        try:
            answer = await self._async_take(request)
        except PostRefusedError as error:
            answer = self._refusal(error.status, error.reason)
        except NoRoomError:
            answer = self._refusal(HTTPStatus.SERVICE_UNAVAILABLE, UNAVAILABLE)
        # A fault of ours is logged once, and the sender still has the activities.
        except Exception:  # noqa: BLE001
            self._log_once("post", FAILED, with_traceback=True)
            answer = self._refusal(HTTPStatus.INTERNAL_SERVER_ERROR, FAILED)
        async_dispatcher_send(self._hass, _signal(self._config.data[CONF_WEBHOOK]), answer)
        return answer.response()

    async def _async_take(self, request: Request) -> PostResponse:
        """Accept the valid parts of a post; raises PostRefusedError without any."""
        if self._config.data[CONF_LOCAL_ONLY] and not is_from_home(self._hass, request):
            raise PostRefusedError(HTTPStatus.FORBIDDEN, REMOTE)
        context = PostContext(names=self._names, zone=dt_util.get_default_time_zone())
        content_type = request.headers.get(CONTENT_TYPE, "")
        with self._bodies.upload() as room:
            body = await _async_body(request, room)
            async with self._reading:
                intake = await self._hass.async_add_executor_job(
                    parse_post, content_type, body, context, dt_util.utcnow()
                )
        for refused in intake.refused:
            self._log_once(refused.which, refused.reason, detail=refused.detail)
        await self._async_deliver(intake)
        return self._answer_to(intake)

    async def _async_deliver(self, intake: ParsedPost) -> None:
        """Deliver the valid parts; raises PostRefusedError if they are not on disk."""
        try:
            if intake.activities:
                await self._deliver(intake.activities, live=True)
            if intake.symptoms and self._config.report:
                await self._config.report(intake.symptoms)
        # After any exception the sender still has the activities.
        except Exception as error:
            self._log_once("post", UNAVAILABLE, with_traceback=True)
            raise PostRefusedError(HTTPStatus.SERVICE_UNAVAILABLE, UNAVAILABLE) from error
        self._logged -= {("post", UNAVAILABLE), ("post", FAILED)}

    def _answer_to(self, intake: ParsedPost) -> PostResponse:
        """Return the response to a parsed post; an error for one without a valid part."""
        refused = tuple(map(self._reported_part, intake.refused[:MAX_LISTED_PARTS]))
        if intake.refused and not intake.activities:
            reason = intake.refused[0].reason
            too_large = reason in {RecordingFault.TOO_LARGE, RecordingFault.TOO_MANY, RecordingFault.LONG_TEXT}
            return PostResponse(
                status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE if too_large else HTTPStatus.BAD_REQUEST,
                reason=reason,
                message=self._reason(reason),
                refused=refused,
            )
        doubtful = intake.doubtful
        taken = len(intake.activities) - doubtful
        return PostResponse(taken=taken, runs=intake.runs, doubtful=doubtful, refused=refused)

    def _reported_part(self, refused: RejectedPart) -> Mapping[str, str]:
        return {"which": refused.which, "reason": refused.reason, "message": self._reason(refused.reason)}

    def _refusal(self, status: HTTPStatus, reason: str) -> PostResponse:
        is_ours = reason in {REMOTE, SLOW, UNAVAILABLE, FAILED}
        message = line(self._config.phrases, f"answer.{reason}") if is_ours else self._reason(reason)
        return PostResponse(status=status, reason=reason, message=message)

    def _reason(self, reason: str) -> str:
        return line(self._config.phrases, f"reason.{reason}")

    def _log_once(self, which: str, reason: str, *, detail: str = "", with_traceback: bool = False) -> None:
        """Log a rejected post, once for each sender's repetition."""
        if (which, reason) in self._logged or len(self._logged) >= MAX_LISTED_PARTS:
            return
        self._logged.add((which, reason))
        LOGGER.warning(
            "%s: %s that was posted is not taken (%s) %s",
            self._config.runner,
            printable(which),
            reason,
            printable(detail),
            exc_info=with_traceback,
        )


async def async_ask_to_repeat(_request: Request) -> Response:
    """Ask for a later repetition of the post."""
    return PostResponse(status=HTTPStatus.SERVICE_UNAVAILABLE, reason=UNAVAILABLE).response()


async def _async_body(request: Request, room: UploadRoom) -> bytes:
    """Return the decompressed body of a post; raises PostRefusedError for one too large, too slow or broken."""
    try:
        async with asyncio.timeout(UPLOAD_TIMEOUT):
            body = await _async_read(request.content, room)
    except NoRoomError:
        raise
    except TimeoutError as error:
        raise PostRefusedError(HTTPStatus.REQUEST_TIMEOUT, SLOW) from error
    # A body with a wrong encoding, or one cut short, raises more exceptions than documented.
    except Exception as error:
        raise PostRefusedError(HTTPStatus.BAD_REQUEST, RecordingFault.DAMAGED) from error
    if len(body) > MAX_BODY:
        raise PostRefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, RecordingFault.TOO_LARGE)
    return body


async def _async_read(content: StreamReader, room: UploadRoom) -> bytes:
    """Return the body, up to one piece beyond the limit."""
    body = bytearray()
    while len(body) <= MAX_BODY and (piece := await content.read(CHUNK_SIZE)):
        room.take(len(piece))
        body += piece
    return bytes(body)


def _signal(webhook_id: str) -> str:
    return f"{DOMAIN}_answer_{webhook_id}"
