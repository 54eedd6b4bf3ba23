"""Evenings on a treadmill with the clock moved while the belt runs, so that half an hour takes seconds."""

from datetime import timedelta

from tests.rig import Flow, Plug, Voice

from .story import Story

AWAKE, WALK, RUN = 8.0, 150.0, 420.0
# Real seconds in which a line that is out of place would be heard.
SILENCE = 8
MINUTE = timedelta(minutes=1)
PROMPTS = ("warm_up", "cool_down", "foam_roll")


async def treadmill_of(story: Story) -> Plug:
    """Return the plug of a treadmill with short hold times."""
    plug = await Plug.plug_in(story.home)
    flow = await Flow.config(story.home.api, "home_gym")
    await flow.choose("treadmill")
    await flow.choose("treadmill_plug")
    await flow.send(name="Treadmill", power=plug.power)
    await flow.choose("thresholds")
    await flow.finish(standby=1, stop=40, start=80, run=250, start_hold=1, stop_hold=2, run_hold=1)
    return plug


async def draw(story: Story, plug: Plug, watts: float, time: timedelta) -> None:
    """Draw watts for a time, most of which is skipped."""
    await plug.replay([watts, watts + 10, watts])
    await story.skip(time)
    await plug.replay([watts + 10, watts, watts + 10])


async def later(story: Story, time: timedelta) -> None:
    """Let a time pass, and have the coach read the clock."""
    await story.skip(time)
    await story.act("restore_prompt", habit="compression")


def asked(voice: Voice, habit: str) -> list[str]:
    """Return the lines about a habit."""
    return [line for line in voice.lines if habit in line.casefold()]
