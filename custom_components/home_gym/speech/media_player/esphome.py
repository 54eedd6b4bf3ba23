"""ESPHome players: they lower the music themselves while an announcement plays."""

from .general import GeneralDriver


class EsphomeDriver(GeneralDriver):
    """Driver with the device's announcements, which begin as the call returns."""
