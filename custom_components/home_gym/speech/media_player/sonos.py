"""Sonos: a clip over the music."""

from collections.abc import Mapping
from typing import Any, override

from .driver import ClipDriver, Utterance


class SonosDriver(ClipDriver):
    """Driver with audio clips.

    Models without clips play the line in place of the music, at the current volume; the action tells nothing of it.
    """

    @override
    def fields_for(self, utterance: Utterance) -> Mapping[str, Any]:
        """Return the volume of the clip, 0 to 100."""
        return {} if utterance.volume is None else {"volume": utterance.volume}
