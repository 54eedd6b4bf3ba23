"""Music Assistant: its server plays a line over the music, and answers when the line was heard."""

from collections.abc import Mapping
from typing import Any, override

from .driver import ClipDriver, Timing, Utterance


class MusicAssistantDriver(ClipDriver):
    """Driver with the server's own announcements, without its chime.

    Without a volume of ours, the server raises its own above the music.
    """

    timing = Timing.HEARD

    @override
    def fields_for(self, utterance: Utterance) -> Mapping[str, Any]:
        """Return the volume of the announcement, 0 to 100."""
        volume = {} if utterance.volume is None else {"announce_volume": utterance.volume}
        return {"use_pre_announce": False, **volume}
