"""The profile of properties, for all tests."""

from tests.support import profiles

profiles.register()
