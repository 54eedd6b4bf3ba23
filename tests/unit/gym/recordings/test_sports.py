"""Sports and surfaces by their words."""

import pytest

from custom_components.home_gym.gym.recordings.sports import classify, says_indoors, surface
from custom_components.home_gym.gym.runs.activity import Sport, Surface

RUN_WORDS = (
    *("Outdoor Running", "Running (Treadmill)", "trailrunning", "Trail Run", "RUNNING", "running_treadmill"),
    *(
        "Laufen",
        "Lauf",
        "Traillauf",
        "Virtueller Lauf",
        "Laufen (Laufband)",
        "Laufband",
        "Joggen",
        "Laufband (drinnen)",
    ),
    *(
        "Course à pied",
        "COURSE A\N{COMBINING GRAVE ACCENT} PIED",
        "Trail",
        "Course sur tapis",
        "Course à pied (extérieur)",
    ),
    *("Correr", "Carrera", "Carrera de trail", "Carrera virtual", "Correr en cinta", "Carrera de montaña"),
    *("Hardlopen", "Hardloopsessie", "Virtuele hardloopsessie", "Hardlopen (buiten)", "Trailrun", "Loopband"),
    *("Morning Run", "Run - Outdoor", "run_outdoor", "street_running", "virtual_run", "Cross country running"),
)
OTHER_WORDS = (
    *("Langlauf", "Skilanglauf", "Radfahrt", "Laufrad", "Course à vélo", "Fietsrit", "Carrera de bicicletas"),
    *("bike_to_run_transition", "Run/Walk", "track_cycling", "indoor_cycling", "training", "interval", "outdoor"),
)


@pytest.mark.parametrize(
    ("sport", "sub_sport", "meant"),
    [
        ("running", "generic", Sport.RUN),
        ("running", None, Sport.RUN),
        ("Run", None, Sport.RUN),
        ("TrailRun", None, Sport.RUN),
        ("Trail Running", None, Sport.RUN),
        ("VirtualRun", None, Sport.RUN),
        ("9", None, Sport.OTHER),
        ("generic", "trail", Sport.OTHER),
        *((word, None, Sport.RUN) for word in RUN_WORDS),
        *((word, None, Sport.WALK) for word in ("Nordic Walking", "treadmill_walking", "Spaziergang", "Wandeling")),
        *((word, None, Sport.WALK) for word in ("Randonnée", "Caminata", "Marche à pied", "Outdoor Gehen")),
        *((word, None, Sport.STRENGTH) for word in ("Krafttraining", "Musculation", "Entrenamiento con pesas")),
        *((word, None, Sport.MOBILITY) for word in ("Étirements", "Estiramientos", "Dehnen", "Rekken")),
        *((word, None, Sport.OTHER) for word in OTHER_WORDS),
        ("fitness_equipment", "treadmill", Sport.RUN),
        ("walking", "casual_walking", Sport.WALK),
        ("hiking", "generic", Sport.WALK),
        ("training", "strength_training", Sport.STRENGTH),
        ("fitness_equipment", "strength_training", Sport.STRENGTH),
        ("core", None, Sport.STRENGTH),
        ("training", "yoga", Sport.MOBILITY),
        ("training", "pilates", Sport.MOBILITY),
        ("training", "flexibility_training", Sport.MOBILITY),
        ("mobility", None, Sport.MOBILITY),
        ("training", "breathing", Sport.MOBILITY),
        ("training", "cardio_training", Sport.OTHER),
        ("training", None, Sport.OTHER),
        ("wheelchair_push_run", "generic", Sport.OTHER),
        ("transition", "bike_to_run_transition", Sport.OTHER),
        ("cycling", "road", Sport.OTHER),
        ("1", None, Sport.OTHER),
        ("the category", None, Sport.OTHER),
        (None, None, Sport.OTHER),
    ],
)
def test_sport_decides_unless_vague(sport: str | None, sub_sport: str | None, meant: Sport) -> None:
    assert classify(sport, sub_sport) is meant


@pytest.mark.parametrize(
    ("word", "indoors"),
    [
        ("treadmill", True),
        ("indoor_running", True),
        ("virtual_activity", True),
        ("VirtualRun", True),
        ("trail", False),
        ("generic", False),
        (None, False),
    ],
)
def test_says_indoors(word: str | None, indoors: bool) -> None:
    assert says_indoors(word) is indoors


@pytest.mark.parametrize(
    ("sport", "indoor", "word", "guess"),
    [
        (Sport.RUN, False, "generic", Surface.ROAD),
        (Sport.RUN, None, "generic", None),
        (Sport.RUN, False, "trail", Surface.TRAIL),
        (Sport.RUN, False, "TrailRun", Surface.TRAIL),
        (Sport.WALK, False, "hiking", Surface.TRAIL),
        (Sport.RUN, False, "track", Surface.TRACK),
        (Sport.RUN, True, "indoor_running", Surface.TRACK),
        (Sport.RUN, True, "treadmill", Surface.TREADMILL),
        (Sport.RUN, True, "virtual_activity", Surface.TREADMILL),
        (Sport.OTHER, False, "road", None),
        (Sport.STRENGTH, True, "strength_training", None),
    ],
)
def test_only_runs_and_walks_have_surface(sport: Sport, indoor: bool | None, word: str, guess: Surface | None) -> None:
    assert surface(sport, indoor, word) is guess
