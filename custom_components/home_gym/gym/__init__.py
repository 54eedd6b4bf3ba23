"""What Home Gym knows about a runner's back, in plain Python.

Nothing in this package knows Home Assistant, reads a clock, touches a file or logs: facts and the time go in as
arguments, figures and events come out. `Runner` is the way in; `files` turns recordings into activities.
"""

from .runner import Runner

__all__ = ["Runner"]
