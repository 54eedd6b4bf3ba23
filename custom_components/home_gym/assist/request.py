"""A voice command for one runner, as its answer handler gets it."""

from dataclasses import dataclass, field
from datetime import date, datetime

from homeassistant.core import Context, HomeAssistant
from homeassistant.util import dt as dt_util

from ..data import RunnerData
from ..gym.back.pain import PainDetails
from ..gym.back.signs import Answer, Question
from ..gym.back.words import BodySentence
from ..gym.exercises.level import Length
from ..gym.habits.habit import Habit
from ..gym.habits.practice import Effort
from ..gym.speech.formats import Formats
from ..gym.speech.phrases import Phrases
from ..gym.voice_commands import RestPeriod
from ..languages import formats_of
from ..services.registry import async_perform
from ..words import say
from .runner_lookup import VoiceLocation


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A voice command for one runner, with its location, phrases and context.

    `sentence` has the facts of a free sentence, `details` those that a model gave; `is_named` is whether the command
    named the runner.
    """

    hass: HomeAssistant
    gym: RunnerData
    place: VoiceLocation
    phrases: Phrases
    context: Context | None
    habit: Habit | None = None
    length: Length | None = None
    period: RestPeriod | None = None
    routine: str | None = None
    score: int | None = None
    minutes: int | None = None
    sentence: BodySentence | None = None
    details: PainDetails = field(default_factory=PainDetails)
    answer: Answer | None = None
    question: Question | None = None
    day: date | None = None
    may_run: bool = False
    effort: Effort | None = None
    is_named: bool = False

    @property
    def now(self) -> datetime:
        """The instant of the request."""
        return dt_util.utcnow()

    @property
    def formats(self) -> Formats:
        """The formats of the answer's language."""
        return formats_of(self.hass, self.phrases)

    def phrase(self, key: str, **placeholders: str | int) -> str:
        """Return an answer's phrase."""
        return say(self.phrases, key, **placeholders)

    def habit_name(self, habit: Habit) -> str:
        """Return the name of a habit."""
        return self.phrase(f"habit.{habit}")

    async def act(self, action: str, **data: str) -> None:
        """Perform an action for the runner; raises HomeAssistantError."""
        await async_perform(self.gym, action, data, context=self.context)
