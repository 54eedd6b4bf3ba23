"""The first day of the week, by country.

Source: Unicode CLDR, supplemental data, `weekData/firstDay`. Monday everywhere else.
"""

SUNDAY = frozenset(
    [
        "AG",
        "AS",
        "BD",
        "BR",
        "BS",
        "BT",
        "BW",
        "BZ",
        "CA",
        "CO",
        "DM",
        "DO",
        "ET",
        "GT",
        "GU",
        "HK",
        "HN",
        "ID",
        "IL",
        "IN",
        "JM",
        "JP",
        "KE",
        "KH",
        "KR",
        "LA",
        "MH",
        "MM",
        "MO",
        "MT",
        "MX",
        "MZ",
        "NI",
        "NP",
        "PA",
        "PE",
        "PH",
        "PK",
        "PR",
        "PT",
        "PY",
        "SA",
        "SG",
        "SV",
        "TH",
        "TT",
        "TW",
        "UM",
        "US",
        "VE",
        "VI",
        "WS",
        "YE",
        "ZA",
        "ZW",
    ]
)
SATURDAY = frozenset(["AE", "AF", "BH", "DJ", "DZ", "EG", "IQ", "IR", "JO", "KW", "LY", "OM", "QA", "SD", "SY"])

# The options in the settings, and Python's number of each day.
FIRST_WEEKDAYS = {"monday": 0, "saturday": 5, "sunday": 6}


def first_weekday_in(country: str | None) -> str:
    """Return the first day of the week in a country, given by its ISO 3166 code."""
    if country in SUNDAY:
        return "sunday"
    return "saturday" if country in SATURDAY else "monday"
