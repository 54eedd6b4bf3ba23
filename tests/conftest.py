"""The profile of properties and the names of parametrized tests, for all tests."""

from tests.support import profiles
from tests.support.ids import pytest_make_parametrize_id

__all__ = ["pytest_make_parametrize_id"]

profiles.register()
