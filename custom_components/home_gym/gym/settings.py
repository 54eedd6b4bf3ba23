"""What a runner chose: goals, prompts, calendar, and the pairs in the rack."""

from dataclasses import dataclass, field

from .days import Calendar
from .prompt import PromptSettings
from .shoe import Shoe


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The choices that turn a journal's facts into figures and prompts.

    `core_goal` is sessions a week; the domain asks for two or three.
    """

    calendar: Calendar
    core_goal: int = 2
    prompts: PromptSettings = field(default_factory=PromptSettings)
    shoes: tuple[Shoe, ...] = ()
