"""Reports of back pain on a phone: Apple Health's symptoms, as sent by Health Auto Export.

Apple Health grades pain in words, the gym by scores. The scores for mild, moderate and severe lie in the middle of
their ranges on numeric scales (1-4, 5-6, 7-10 for pain of the back: Boonstra and others, Frontiers in Psychology
2016;7:1466).
"""

from collections.abc import Mapping
from datetime import tzinfo

from ...back.pain import Area
from ..symptom import Symptom
from .row import Row
from .values import Json

SOURCE = "apple_health"
MAX_SYMPTOMS = 20_000

LOWER_BACK = frozenset(
    {
        *("lower back pain", "low back pain", "back pain", "schmerzen im unteren rücken", "kreuzschmerzen"),
        *("rückenschmerzen", "dolor lumbar", "dolor de espalda", "lumbalgia", "douleur lombaire", "mal de dos"),
        *("douleurs lombaires", "lage rugpijn", "pijn in onderrug", "rugpijn"),
    }
)
"""Names of back symptoms in the languages of the gym."""

SYMPTOM_SCORES: Mapping[str, float] = {
    **dict.fromkeys(("not present", "nicht vorhanden", "no presente", "absent", "absente", "niet aanwezig"), 0),
    **dict.fromkeys(("mild", "leicht", "leve", "légère", "léger", "licht"), 3),
    **dict.fromkeys(("moderate", "mittel", "mäßig", "moderado", "moderada", "modérée", "modéré", "matig"), 5),
    **dict.fromkeys(("severe", "stark", "schwer", "grave", "sévère", "ernstig"), 8),
}
# Score for pain reported without a grade.
PRESENT = 3.0


def symptoms_in(document: Json, zone: tzinfo) -> list[Symptom]:
    """Return the reports of back pain in a document; other symptoms, and any without a time, are skipped."""
    inner = Row(document).part("data") if isinstance(document, dict) else Row({})
    found = []
    for row in inner.parts("symptoms")[:MAX_SYMPTOMS]:
        name, at = (row.text("name") or "").strip().lower().replace("_", " "), row.instant("start", "date", zone=zone)
        if name in LOWER_BACK and at is not None:
            severity = (row.text("severity") or "").strip().lower().replace("_", " ")
            found.append(
                Symptom(score=SYMPTOM_SCORES.get(severity, PRESENT), at=at, area=Area.LOWER_BACK, source=SOURCE)
            )
    return found
