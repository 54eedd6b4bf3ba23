"""A line to speak."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from homeassistant.util import dt as dt_util

from ..gym.runner import Runner
from ..gym.speech.phrases import Phrases, line
from .phones import Notification

# Seconds without a reaction before an engine, a player or a phone counts as failed.
REACTION_TIMEOUT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line to speak, with a title for its written form.

    `language` is the text's BCP 47 tag, if other than the home's; `is_night` asks for the speaker's volume at night.
    `buttons`, `reply`, `more_buttons`, `link` and `tag` are those of the `Notification` on a phone. `is_wanted` is
    called at the line's turn: a line no longer wanted is dropped.
    """

    title: str
    text: str
    language: str | None = None
    is_night: bool = False
    buttons: Mapping[str, str] = field(default_factory=dict)
    reply: Mapping[str, str] = field(default_factory=dict)
    more_buttons: Mapping[str, str] = field(default_factory=dict)
    link: str | None = None
    tag: str | None = None
    is_wanted: Callable[[], bool] = lambda: True

    @property
    def as_notification(self) -> Notification:
        """The line as a notification on a phone."""
        return Notification(
            title=self.title,
            message=self.text,
            tag=self.tag,
            buttons=self.buttons,
            reply=self.reply,
            more_buttons=self.more_buttons,
            link=self.link,
        )


def coach_line(runner: Runner, phrases: Phrases, text: str) -> Line:
    """Return a line of a runner's coach, at the volume of the hour."""
    return Line(title=line(phrases, "prompt.title"), text=text, is_night=runner.silence.is_night(dt_util.utcnow()))
