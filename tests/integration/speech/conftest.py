"""Fixtures of the speech tests: a home with a voice."""

from tests.support.integration import speakers

home = speakers.home
