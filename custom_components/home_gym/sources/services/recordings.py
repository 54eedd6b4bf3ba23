"""Recordings of a service: the first that it has and that can be read."""

from collections.abc import Awaitable, Callable, Sequence

from .errors import ServiceError, ServiceFault
from .http import LARGEST_FILE, Server

ABSENT = (ServiceFault.MISSING, ServiceFault.TOO_LARGE)


async def async_first_recording(
    server: Server, paths: Sequence[str], check: Callable[[], Awaitable[object]]
) -> bytes | None:
    """Return the first recording of some paths, None without any; raises ServiceError.

    `check` is a request of the account: it fails if a refusal concerns all of it, not one recording.
    """
    for path in paths:
        try:
            content = await server.async_get(path, most=LARGEST_FILE)
        except ServiceError as error:
            if error.fault is ServiceFault.REFUSED:
                await check()
            elif error.fault not in ABSENT:
                raise
        else:
            if content:
                return content
    return None
