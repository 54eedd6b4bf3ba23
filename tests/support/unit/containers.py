"""One run as a recording of each format."""

from datetime import UTC, datetime

from tests.builders import LapPlan, Recording, build_fit, build_gpx, build_tcx

RUN = Recording(start=datetime(2026, 11, 1, 10, tzinfo=UTC), laps=(LapPlan(duration=600, distance=1800, cadence=170),))
FIT, TCX, GPX = build_fit(RUN), build_tcx(RUN), build_gpx(RUN)
