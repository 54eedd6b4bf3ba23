"""Google Cast: a line in place of the music, which Home Assistant can't resume there."""

from .general import GeneralDriver


class CastDriver(GeneralDriver):
    """Driver that sets the volume of a sleeping device before the line, though Home Assistant hides it."""
