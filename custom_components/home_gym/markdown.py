"""Escapes names from outside for texts that Home Assistant shows as Markdown."""

import re

MARKS = re.compile(
    r"[\\`*_{}\[\]<>()#|~!&@]"  # emphasis, code, links, pictures, HTML, tables, mentions
    r"|^\s*[-+=]"  # lists and headings at the start
    r"|(?<=\d)[.)](?=\s)"  # numbered lists
    r"|:(?=//)|(?<=www)\.",  # addresses that become links by themselves
    re.IGNORECASE,
)


def escaped(name: str) -> str:
    """Return a name on one line that Markdown shows as it is."""
    return MARKS.sub(lambda found: f"\\{found.group().strip()}", " ".join(name.split()))
