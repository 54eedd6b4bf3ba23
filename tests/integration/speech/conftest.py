"""What the tests of speakers share: a home that can speak."""

from tests.support.integration import speakers

home = speakers.home
