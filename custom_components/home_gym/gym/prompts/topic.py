"""What the coach may ask for."""

from enum import StrEnum

from ..habits.habit import Habit


class NonHabitTopic(StrEnum):
    """What the coach asks for that is no habit."""

    SHOES = "shoes"
    CHECK_IN = "check_in"
    REVIEW = "review"


type Topic = Habit | NonHabitTopic
