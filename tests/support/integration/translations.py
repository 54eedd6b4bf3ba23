"""Translations and icons, as they are shipped."""

import json
from pathlib import Path
from typing import Any

from custom_components import home_gym

ROOT = Path(home_gym.__file__).parent
type Plain = dict[str, Any]


def load(path: str) -> Plain:
    """Return a file of the integration."""
    plain: Plain = json.loads((ROOT / path).read_text(encoding="utf-8"))
    return plain


ENGLISH = load("translations/en.json")
ICONS = load("icons.json")
