"""A run and a strength session that many tests deliver."""

from datetime import UTC, datetime, timedelta

from custom_components.home_gym.gym.runs.activity import Activity, Intensity, Lap, Sport

START = datetime(2026, 5, 4, 17, 0, tzinfo=UTC)
RUN = Activity(
    sport=Sport.RUN,
    start=START,
    elapsed_time=2460,
    moving_time=2400,
    distance=8012.34,
    cadence=174,
    laps=(
        Lap(start=START, elapsed_time=300, intensity=Intensity.WARM_UP),
        Lap(start=START + timedelta(seconds=300), elapsed_time=1860, intensity=Intensity.ACTIVE),
        Lap(start=START + timedelta(seconds=2160), elapsed_time=300, intensity=Intensity.COOL_DOWN),
    ),
)
STRENGTH = Activity(sport=Sport.STRENGTH, start=START - timedelta(days=1), elapsed_time=1200)
