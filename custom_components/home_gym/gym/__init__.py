"""The domain of Home Gym: runs, shoes, habits and the back of a runner, in plain Python.

Nothing in this package knows Home Assistant, reads a clock, touches a file or logs: facts and the time go in as
arguments, figures and events come out. `Runner` is the entry point; `recordings` turns files into activities.
"""

from .runner import Runner

__all__ = ["Runner"]
