"""Faults that once went undetected, and others of their kind: each is one replacement in one module."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A replacement in a module of the domain, and the file below `tests/unit/gym` that has to detect it."""

    module: str
    old: str
    new: str
    tests: str

    def __str__(self) -> str:
        """Return a name for reports."""
        return f"{self.module}: {self.old} -> {self.new}"


FAULTS = [
    Fault(module=module, old=old, new=new, tests=tests)
    for module, tests, replacements in (
        (
            "runs/fusion.py",
            "runs/test_fusion.py",
            [
                # every tolerance of the rules, each way
                ("abs(end - other_end) <= 180", "abs(end - other_end) <= 240"),
                ("abs(end - other_end) <= 180", "abs(end - other_end) < 180"),
                ("margin=250", "margin=200"),
                ("margin=250", "margin=300"),
                ("share=0.05", "share=0.051"),
                ("share=0.05", "share=0.049"),
                ("apart <= 30", "apart < 30"),
                ("apart <= 30", "apart <= 31"),
                ("apart <= 90", "apart < 90"),
                ("apart <= 90", "apart <= 91"),
                ("apart <= 180", "apart < 180"),
                ("apart <= 180", "apart <= 181"),
                ("FURTHEST_START = 300", "FURTHEST_START = 299"),
                ("FURTHEST_START = 300", "FURTHEST_START = 301"),
                ("share=0.03", "share=0.031"),
                ("share=0.03", "share=0.0299"),
                ("shorter / 2", "shorter / 1.99"),
                (">= shorter / 2", "> shorter / 2"),
                ("shorter / 2", "shorter / 2.01"),
                ("share=0.01)", "share=0.0101)"),
                ("share=0.01)", "share=0.0099)"),
                ("share=0.02)", "share=0.0201)"),
                ("share=0.02)", "share=0.0199)"),
                ("min(slips, default=None)", "max(slips, default=None)"),
                ("SLIP_TOLERANCE = 60", "SLIP_TOLERANCE = 61"),
                ("SLIP_TOLERANCE = 60", "SLIP_TOLERANCE = 59"),
                ("timedelta(hours=36)", "timedelta(hours=36, seconds=1)"),
                ("timedelta(hours=36)", "timedelta(hours=35, minutes=59)"),
                ("timedelta(hours=14, minutes=1)", "timedelta(hours=15)"),
                ("timedelta(hours=14, minutes=1)", "timedelta(hours=14)"),
                ("ROUNDING = 1", "ROUNDING = 2"),
                ("ROUNDING = 1", "ROUNDING = 0"),
            ],
        ),
        ("back/pain_history.py", "back/test_pain.py", [("self._latest.at >= instant", "self._latest.at > instant")]),
        (
            "prompts/prompt.py",
            "coaching/test_triggers.py",
            [
                ("self.habit is Habit.WARM_UP and not self.asked", "self.habit is Habit.WARM_UP"),
                ("self.habit is Habit.WARM_UP and not self.asked", "not self.asked"),
                ("WARM_FOR = timedelta(hours=2)", "WARM_FOR = timedelta(hours=1)"),
                ("WARM_AFTER_RUN_FOR = timedelta(minutes=30)", "WARM_AFTER_RUN_FOR = timedelta(minutes=31)"),
                ("TRIGGER_LASTS = timedelta(minutes=10)", "TRIGGER_LASTS = timedelta(minutes=11)"),
            ],
        ),
        (
            "prompts/prompt.py",
            "coaching/test_prompt_life.py",
            [
                ("since=due - EVENING_COUNTS", "since=due"),
                ("EVENING_COUNTS = timedelta(hours=12)", "EVENING_COUNTS = timedelta(hours=13)"),
                ("EVENING_COUNTS = timedelta(hours=12)", "EVENING_COUNTS = timedelta(hours=11)"),
            ],
        ),
        (
            "shoes/rack.py",
            "shoes/test_rack.py",
            [
                (
                    "self._pairs[shoe].remove(run)\n            self._worn_out_by.pop(shoe, None)",
                    "self._pairs[shoe].remove(run)",
                ),
                (
                    "self._pairs[shoe].add(run)\n            self._worn_out_by.pop(shoe, None)",
                    "self._pairs[shoe].add(run)",
                ),
                ("0 < left <= pair.millimetres:", "0 < left < pair.millimetres:"),
            ],
        ),
        (
            "shoes/forecast.py",
            "shoes/test_forecast.py",
            [
                ("left <= 0 or number", "left < 0 or number"),
                ("number < FEWEST_RUNS", "number <= FEWEST_RUNS"),
                ("latest >= FORECAST_WINDOW", "latest > FORECAST_WINDOW"),
            ],
        ),
        (
            "treadmill/hysteresis.py",
            "treadmill/test_hysteresis.py",
            [
                ("level >= self._rise", "level > self._rise"),
                ("level < self._fall", "level <= self._fall"),
                ("WEIGHT_OF_DOUBT = 3", "WEIGHT_OF_DOUBT = 2"),
                ("lost if self.on else at", "at"),
            ],
        ),
        (
            "treadmill/hysteresis.py",
            "treadmill/test_detector.py",
            [
                ("level >= self._rise", "level > self._rise"),
                ("level < self._fall", "level <= self._fall"),
            ],
        ),
        (
            "treadmill/detector.py",
            "treadmill/test_detector.py",
            [
                ("level is not None and level < stop", "level is not None and level <= stop"),
                ("self._level >= self._settings.stop", "self._level > self._settings.stop"),
                ("-LARGEST_LEVEL <= level", "-LARGEST_LEVEL < level"),
                ("level <= LARGEST_LEVEL", "level < LARGEST_LEVEL"),
                ("minutes=2", "seconds=119"),
                ("minutes=2", "seconds=121"),
                ("rise=settings.start,", "rise=settings.stop,"),
                ("fall=settings.stop,", "fall=settings.start,"),
            ],
        ),
    )
    for old, new in replacements
]
