"""Each module of the integration can be imported; needs no fixture, so that it runs without any plugin."""

from importlib import import_module
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
MODULES = sorted(
    ".".join(file.relative_to(REPOSITORY).with_suffix("").parts).removesuffix(".__init__")
    for file in (REPOSITORY / "custom_components" / "home_gym").rglob("*.py")
)


def test_all_modules_are_known() -> None:
    assert {"custom_components.home_gym", "custom_components.home_gym.gym.activity"} <= set(MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_module_is_imported(module: str) -> None:
    assert import_module(module).__name__ == module
