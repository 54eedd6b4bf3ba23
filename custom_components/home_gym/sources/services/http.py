"""Requests to a service's server, bounded in time and size."""

from base64 import b64encode
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

from aiohttp import ClientError, ClientResponse, ClientTimeout

from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.util import dt as dt_util
from homeassistant.util.json import json_loads

from ...gym.recordings.containers import MAX_RECORDING_SIZE
from .errors import ServiceError, ServiceFault

LARGEST_LIST = 16 << 20
"""Bytes of a list; three thousand activities take one megabyte."""

LARGEST_FILE = MAX_RECORDING_SIZE
"""Bytes of a recording, the limit of every reader."""

LONGEST_WAIT = 86_400
"""Seconds; a service that asks for more is asked again the next day."""

PIECE = 1 << 16
PATIENCE = ClientTimeout(total=120, connect=15, sock_read=30)

ANSWERS = (HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.NO_CONTENT)

FAULTS: Mapping[int, ServiceFault] = {
    HTTPStatus.UNAUTHORIZED: ServiceFault.REFUSED,
    HTTPStatus.FORBIDDEN: ServiceFault.REFUSED,
    HTTPStatus.NOT_FOUND: ServiceFault.MISSING,
    HTTPStatus.GONE: ServiceFault.MISSING,
    HTTPStatus.UNPROCESSABLE_ENTITY: ServiceFault.MISSING,
    HTTPStatus.TOO_MANY_REQUESTS: ServiceFault.BUSY,
}


def basic(user: str, password: str) -> str:
    """Return the authorization header of HTTP basic authentication."""
    return f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"


def bearer(token: str) -> str:
    """Return the authorization header of a token of OAuth 2."""
    return f"Bearer {token}"


class Server:
    """A server with a base address, asked with one person's key."""

    def __init__(self, hass: HomeAssistant, base: str, authorization: str) -> None:
        """Ask below an address, with the value of an authorization header."""
        self._hass = hass
        self._session = async_get_clientsession(hass)
        self._base = base
        self._headers = {"Authorization": authorization}

    async def async_read[T](self, path: str, parameters: Mapping[str, str] | None, read: Callable[[Any], T]) -> T:
        """Return the JSON at a path, read by a function; raises ServiceError, also for the function's ValueError.

        Both run in the executor.
        """
        content = await self.async_get(path, parameters, most=LARGEST_LIST)

        def parsed() -> T:
            return read(json_loads(content) if content else None)

        try:
            return await self._hass.async_add_executor_job(parsed)
        except ValueError as error:
            raise ServiceError(ServiceFault.ODD, f"{path}: {error}") from error

    async def async_get(self, path: str, parameters: Mapping[str, str] | None = None, *, most: int) -> bytes:
        """Return the bytes at a path, up to a number, none for an answer without content; raises ServiceError."""
        return await self._async_ask("GET", path, most=most, params=parameters)

    async def async_post(self, path: str, body: Mapping[str, str], *, accepted: Collection[int] = ()) -> None:
        """Post JSON to a path; these statuses are no failures; raises ServiceError."""
        await self._async_ask("POST", path, most=LARGEST_LIST, accepted=accepted, json=dict(body))

    async def _async_ask(
        self, method: str, path: str, *, most: int, accepted: Collection[int] = (), **sent: Any
    ) -> bytes:
        address = f"{self._base}{path}"
        try:
            async with self._session.request(
                method, address, headers=self._headers, timeout=PATIENCE, allow_redirects=False, **sent
            ) as response:
                if response.status not in (*ANSWERS, *accepted):
                    raise _error_of(response, path)
                return await _content(response, path, most)
        except (ClientError, OSError) as error:
            # Its text may have the address with parameters; the kind says enough.
            raise ServiceError(ServiceFault.UNREACHABLE, f"{path}: {type(error).__name__}") from error


def _error_of(response: ClientResponse, path: str) -> ServiceError:
    fault = FAULTS.get(response.status, ServiceFault.FAILING)
    wait = _wait(response.headers.get("Retry-After"), dt_util.utcnow()) or _wait_for_limits(response.headers)
    return ServiceError(fault, f"{path}: status {response.status}", retry_after=wait)


async def _content(response: ClientResponse, path: str, most: int) -> bytes:
    if (response.content_length or 0) > most:
        raise ServiceError(ServiceFault.TOO_LARGE, f"{path}: {response.content_length} bytes")
    content = bytearray()
    async for piece in response.content.iter_chunked(PIECE):
        content += piece
        if len(content) > most:
            raise ServiceError(ServiceFault.TOO_LARGE, f"{path}: more than {most} bytes")
    return bytes(content)


def _wait(header: str | None, now: datetime) -> timedelta | None:
    """Return the time to wait of a header, which has seconds or a date."""
    if header is None:
        return None
    if header.strip().isdecimal():
        return timedelta(seconds=min(int(header), LONGEST_WAIT))
    try:
        return max(parsedate_to_datetime(header) - now, timedelta(0))
    except ValueError, TypeError:
        return None


def _wait_for_limits(headers: Mapping[str, str]) -> timedelta | None:
    """Return the time until every used-up limit is renewed; each header has a figure for each limit."""
    columns = [_figures(headers.get(f"RateLimit-{name}", "")) for name in ("Usage", "Limit", "Reset")]
    waits = [reset for usage, limit, reset in zip(*columns, strict=False) if usage >= limit]
    return timedelta(seconds=min(max(waits), LONGEST_WAIT)) if waits else None


def _figures(header: str) -> list[int]:
    parts = [part.strip() for part in header.split(",")]
    return [int(part) for part in parts] if all(part.isdecimal() for part in parts) else []
