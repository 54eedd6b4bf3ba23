"""Numbers, dates and times of day as each language writes and says them."""

from datetime import UTC, date, datetime, time
import json
from pathlib import Path

import pytest

from custom_components.home_gym.gym.speech import formats as module
from custom_components.home_gym.gym.speech.formats import formats_for

TABLES = json.loads(Path(module.__file__).with_name("formats.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("language", "wall", "spoken"),
    [
        ("en", time(18, 30), "6:30 PM"),
        ("en", time(6, 5), "6:05 AM"),
        ("en", time(20), "8 PM"),
        ("en", time(0), "12 AM"),
        ("en", time(12, 1), "12:01 PM"),
        # British voices read a clock of twelve hours, too.
        ("en-GB", time(18, 30), "6:30 PM"),
        ("de", time(18, 30), "18 Uhr 30"),
        ("de", time(18), "18 Uhr"),
        ("de", time(0, 5), "0 Uhr 5"),
        ("fr", time(18, 30), "18 heures 30"),
        ("fr", time(1), "1 heure"),
        ("fr", time(0, 15), "0 heure 15"),
        ("fr", time(13), "13 heures"),
        ("nl", time(18, 30), "18 uur 30"),
        ("nl", time(8), "8 uur"),
        ("es", time(18, 30), "las 6 y 30 de la tarde"),
        ("es", time(13, 5), "la 1 y 5 de la tarde"),
        ("es", time(1), "la 1 de la madrugada"),
        ("es", time(0), "las 12 de la noche"),
        ("es", time(12), "las 12 del mediodía"),
        ("es", time(9), "las 9 de la mañana"),
        ("es", time(21), "las 9 de la noche"),
    ],
)
def test_voice_reads_time_of_day(language: str, wall: time, spoken: str) -> None:
    assert formats_for(language).spoken_time(wall) == spoken


@pytest.mark.parametrize(
    ("language", "country", "evening", "one_at_night"),
    [
        ("en", None, "6:30 PM", "1:05 AM"),
        ("en", "US", "6:30 PM", "1:05 AM"),
        ("en", "CA", "6:30 PM", "1:05 AM"),
        ("en", "AU", "6:30 PM", "1:05 AM"),
        ("en", "NZ", "6:30 PM", "1:05 AM"),
        ("en", "PH", "6:30 PM", "1:05 AM"),
        ("en", "GB", "18:30", "01:05"),
        ("en", "DE", "18:30", "01:05"),
        # The region of the language goes before the country of the home.
        ("en-GB", "US", "18:30", "01:05"),
        ("en_US", "GB", "6:30 PM", "1:05 AM"),
        # A part of a tag that names no region leaves it to the country.
        ("en-Latn", "GB", "18:30", "01:05"),
        ("de", None, "18:30 Uhr", "01:05 Uhr"),
        ("de", "US", "18:30 Uhr", "01:05 Uhr"),
        ("fr", "FR", "18 h 30", "1 h 05"),
        ("fr", "CA", "18 h 30", "1 h 05"),
        ("nl", "BE", "18:30 uur", "01:05 uur"),
        ("es", None, "las 18:30", "la 1:05"),
        ("es", "ES", "las 18:30", "la 1:05"),
        ("es", "MX", "las 6:30 p. m.", "la 1:05 a. m."),
        ("es", "AR", "las 6:30 p. m.", "la 1:05 a. m."),
        ("es-419", None, "las 6:30 p. m.", "la 1:05 a. m."),
        # A language without phrases reads English.
        ("pt", None, "6:30 PM", "1:05 AM"),
    ],
)
def test_eye_reads_time_of_day(language: str, country: str | None, evening: str, one_at_night: str) -> None:
    formats = formats_for(language, country)
    assert formats.written_time(time(18, 30)) == evening
    assert formats.written_time(time(1, 5)) == one_at_night


@pytest.mark.parametrize(
    ("language", "country", "day", "at", "short"),
    [
        ("en", "US", "March 5, 2026", " at 6:30 PM", "Mar 5, 2026"),
        ("en", "GB", "5 March 2026", " at 18:30", "5 Mar 2026"),
        ("en", "AU", "5 March 2026", " at 6:30 PM", "5 Mar 2026"),
        ("de", "DE", "5. März 2026", " um 18:30 Uhr", "05.03.2026"),
        ("fr", "FR", "5 mars 2026", " à 18 h 30", "05/03/2026"),
        ("nl", "NL", "5 maart 2026", " om 18:30 uur", "05-03-2026"),
        ("es", "ES", "5 de marzo de 2026", " a las 18:30", "05/03/2026"),
        ("es", "MX", "5 de marzo de 2026", " a las 6:30 p. m.", "05/03/2026"),
    ],
)
def test_eye_reads_date(language: str, country: str, day: str, at: str, short: str) -> None:
    formats = formats_for(language, country)
    assert formats.moment(datetime(2026, 3, 5, 18, 30, tzinfo=UTC)) == day + at
    assert formats.written_date(date(2026, 3, 5)) == day
    assert formats.short_date(date(2026, 3, 5)) == short


@pytest.mark.parametrize(
    ("language", "country", "point"),
    [
        *(("en", country, ".") for country in (None, "US", "GB", "DE")),
        *(("de", country, ",") for country in (None, "DE", "AT")),
        ("de", "CH", "."),
        ("fr", "CA", ","),
        ("nl", "BE", ","),
        *(("es", country, ",") for country in (None, "ES", "AR", "CO")),
        ("es", "MX", "."),
        ("es-419", None, "."),
    ],
)
def test_decimals_follow_country(language: str, country: str | None, point: str) -> None:
    formats = formats_for(language, country)
    assert formats.number(7.2, 1) == f"7{point}2"
    assert formats.number(7.0, 2) == f"7{point}00"
    assert formats.number(7.0, 0) == "7"
    assert formats.short_number(7.5) == f"7{point}5"
    assert formats.short_number(12) == "12"


def test_languages_have_twelve_months_each() -> None:
    assert sorted(TABLES) == ["de", "en", "es", "fr", "nl"]
    for table in TABLES.values():
        assert len(set(table["months"])) == 12
