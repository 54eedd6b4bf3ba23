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
    FORM_CHECK = "form_check"


type Topic = Habit | NonHabitTopic
