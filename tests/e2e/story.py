"""A runner's weeks in a real home with its clock moved."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from tests.builders import run_recording
from tests.rig import Athlete, Home, Speaker, Voice
from tests.rig.athlete import RUN_PROMPTS

type Json = dict[str, Any]

A_DAY = timedelta(days=1)
EVENING = time(18)
MOVING_TIME = 1800
# The part of all repair issues that is ours.
ADVICE = {"see_professional", "urgent_advice"}


@dataclass
class Story:
    """A runner's weeks, with days counted from the Monday after today."""

    alex: Athlete
    first: date
    ahead: timedelta = timedelta(0)
    run: list[float] = field(default_factory=list)

    @property
    def home(self) -> Home:
        """The home of the story."""
        return self.alex.home

    @property
    def now(self) -> datetime:
        """The home's current time."""
        return datetime.now(UTC) + self.ahead

    def evening(self, day: int) -> datetime:
        """Return the evening of a day."""
        return datetime.combine(self.first + day * A_DAY, EVENING, UTC)

    async def go_to(self, day: int, wall: time = EVENING) -> None:
        """Set the clock to the evening of a day, or to another time."""
        self.ahead = datetime.combine(self.first + day * A_DAY, wall, UTC) - datetime.now(UTC)
        await self.home.put_clock(self.ahead)

    async def skip(self, time: timedelta) -> None:
        """Set the clock ahead by a time."""
        self.ahead += time
        await self.home.put_clock(self.ahead)

    async def start_on(self, day: int) -> None:
        """Stop the home, and start it on the evening of a day."""
        await self.home.stop()
        self.ahead = self.evening(day) - datetime.now(UTC)
        await self.home.start(ahead=self.ahead)

    async def run_on(self, day: int, metres: float) -> None:
        """Drop the recording of that evening's run, which ended at a quarter to six."""
        await self._drop(self.evening(day) - timedelta(seconds=MOVING_TIME, minutes=15), metres)

    async def run_now(self, metres: float) -> None:
        """Drop the recording of a run that ended a minute ago."""
        await self._drop(self.now.replace(microsecond=0) - timedelta(seconds=MOVING_TIME, minutes=1), metres)

    async def _drop(self, start: datetime, metres: float) -> None:
        (self.alex.folder / f"{start:%Y%m%dT%H%M%S}.fit").write_bytes(run_recording(start, metres, MOVING_TIME))
        await self.alex.wait_for_run(metres)
        self.run.append(metres)

    async def act(self, action: str, **data: Any) -> None:
        """Perform an action for the runner."""
        await self.home.act(f"home_gym.{action}", {"config_entry_id": self.alex.entry_id, **data})

    async def hurts(self, score: float, *, day: int | None = None, **said: Any) -> None:
        """Log pain: now, or for an evening in the past."""
        when = {} if day is None else {"time": self.evening(day).isoformat()}
        await self.act("log_pain", score=score, **when, **said)

    async def say(self, words: str) -> str:
        """Say a sentence to Home Assistant's agent, and return its answer."""
        answer = await self.home.api.post("/api/conversation/process", {"text": words, "language": "en"})
        return str(answer["response"]["speech"]["plain"]["speech"])

    async def back(self) -> str:
        """Return the state of the back."""
        return str(
            (await self.home.state(await self.home.entity_id("sensor", f"{self.alex.entry_id}_back_state")))["state"]
        )

    async def advice(self) -> str | None:
        """Return the reason to see a professional, None without one."""
        entity = await self.home.entity_id("binary_sensor", f"{self.alex.entry_id}_see_professional")
        state = await self.home.state(entity)
        assert (state["state"] == "on") is (state["attributes"]["reason"] is not None)
        return None if state["state"] == "off" else str(state["attributes"]["reason"])

    async def issues(self) -> list[tuple[str, str]]:
        """Return the repair issues with advice, each with its severity."""
        return [(issue["translation_key"], issue["severity"]) for issue in await self._advice_to_repair()]

    async def acknowledge(self) -> None:
        """Open the repair, read it, and submit it."""
        screen = await self._open_repair()
        assert (screen["type"], screen["description_placeholders"]) == ("form", {"runner": "Alex"})
        await self._submit(screen)

    async def clear(self) -> None:
        """Record today's clearance in the repair."""
        menu = await self._open_repair()
        assert menu["menu_options"] == ["confirm", "cleared"]
        path = f"/api/repairs/issues/fix/{menu['flow_id']}"
        screen = await self.home.api.post(path, {"next_step_id": "cleared"})
        await self._submit(screen, day=self.now.date().isoformat(), may_run=True)

    async def _open_repair(self) -> Json:
        [issue] = await self._advice_to_repair()
        fix = {"handler": "home_gym", "issue_id": issue["issue_id"]}
        screen: Json = await self.home.api.post("/api/repairs/issues/fix", fix)
        return screen

    async def _submit(self, screen: Json, **data: Any) -> None:
        done = await self.home.api.post(f"/api/repairs/issues/fix/{screen['flow_id']}", data)
        assert done["type"] == "create_entry"

    async def _advice_to_repair(self) -> list[Json]:
        found = (await self.home.api.command("repairs/list_issues"))["issues"]
        return [issue for issue in found if issue["translation_key"] in ADVICE]

    async def prompts(self) -> list[tuple[str, str, str | None]]:
        """Return the prompts of the last hour, with state and reason."""
        since = (self.now - timedelta(hours=1)).isoformat()
        journal = await self.home.ask("home_gym.get_journal", {"config_entry_id": self.alex.entry_id, "start": since})
        return [(prompt["habit"], prompt["state"], prompt["reason"]) for prompt in journal["prompts"]]


@asynccontextmanager
async def begun(
    folder: Path, voice: Voice, speaker: Speaker, *, prompts: Sequence[str] = RUN_PROMPTS
) -> AsyncIterator[Story]:
    """Return the story of a runner, set up today, from the next Monday on."""
    today = datetime.now(UTC).date()
    home = Home(folder / "config")
    try:
        await home.start(ahead=timedelta(seconds=1))
        alex = await Athlete.move_in(home, voice, speaker, folder / "recordings", prompts=prompts)
        yield Story(alex, today + (7 - today.weekday()) * A_DAY)
    finally:
        await home.__aexit__(None, None, None)
