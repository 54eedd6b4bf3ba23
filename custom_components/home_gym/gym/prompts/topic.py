"""Topics of prompts."""

from enum import StrEnum

from ..habits.habit import Habit


class NonHabitTopic(StrEnum):
    """Topics of prompts other than habits."""

    SHOES = "shoes"
    CHECK_IN = "check_in"
    REVIEW = "review"
    REST = "rest"
    OFFER = "offer"


type Topic = Habit | NonHabitTopic
