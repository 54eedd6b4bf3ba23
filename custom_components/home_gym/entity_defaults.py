"""Entities of a new runner, pair or speaker that are enabled at first; all others are a click away.

The entity registry asks once, when an entity is new: known entities stay as they are. A description that is disabled by
itself stays so, such as that of a health entity in a home of several people.
"""

OF_RUNNER = frozenset(
    {
        "binary_sensor.see_professional",
        "calendar.journal",
        "select.shoe",
        "sensor.core_streak",
        "sensor.habits_due",
        "sensor.last_run",
        "sensor.last_run_cadence",
        "sensor.last_run_distance",
        "sensor.last_run_duration",
        "sensor.next_habit",
        "sensor.routine",
        "sensor.stretch_streak",
        "sensor.weekly_distance",
        "sensor.wise_distance",
        "switch.voice",
        "todo.today",
    }
)
"""Entities of a runner, by platform and key."""

OF_SUBENTRY = frozenset(
    {
        "binary_sensor.insoles_due",
        "binary_sensor.replacement_due",
        "button.say_hello",
        "sensor.cost",
        "sensor.distance",
        "sensor.remaining",
    }
)
"""Entities of a pair or a speaker, by platform and key."""
