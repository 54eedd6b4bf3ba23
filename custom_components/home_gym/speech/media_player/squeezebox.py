"""Squeezebox: the library plays a line, resumes the music, and returns after both."""

from collections.abc import Mapping
from math import ceil
from typing import Any, override

from .driver import ClipDriver, Timing, Utterance


class SqueezeboxDriver(ClipDriver):
    """Driver with the library's announcements, which last as long as the line at most."""

    timing = Timing.HEARD

    @override
    def fields_for(self, utterance: Utterance) -> Mapping[str, Any]:
        """Return the volume of the announcement, above 0 to 1, and the seconds after which the music resumes anyway."""
        volume = {} if utterance.volume is None else {"announce_volume": utterance.volume / 100}
        return {"announce_timeout": ceil(utterance.length.total_seconds() + utterance.patience), **volume}
