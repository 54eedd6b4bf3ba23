"""Recordings for tests and for the demo, written as watches write them."""

from .fit import FitShape, FitWriter, build_fit
from .gpx import build_gpx
from .recipes import habit_recording, run_recording, strength_recording, yoga_recording
from .recording import LapPlan, Recording, Sample, Watch, samples
from .tcx import build_tcx

__all__ = [
    "FitShape",
    "FitWriter",
    "LapPlan",
    "Recording",
    "Sample",
    "Watch",
    "build_fit",
    "build_gpx",
    "build_tcx",
    "habit_recording",
    "run_recording",
    "samples",
    "strength_recording",
    "yoga_recording",
]
