"""Apple TV and HomePod: a line is streamed to the device, and the call returns at its end."""

from .driver import Timing
from .general import GeneralDriver


class AppleTvDriver(GeneralDriver):
    """Driver that streams the line."""

    timing = Timing.HEARD
