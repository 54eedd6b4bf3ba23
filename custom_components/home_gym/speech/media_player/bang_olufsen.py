"""Bang & Olufsen: an overlay over the music."""

from collections.abc import Mapping
from typing import Any, override

from .driver import ClipDriver, Utterance


class BangOlufsenDriver(ClipDriver):
    """Driver with overlays."""

    @override
    def fields_for(self, utterance: Utterance) -> Mapping[str, Any]:
        """Return the volume of the overlay, 0 to 100."""
        return {} if utterance.volume is None else {"overlay_absolute_volume": utterance.volume}
