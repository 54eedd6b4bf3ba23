"""Benchmarks run by `scripts/bench`: a race of FIT readers, and the cost of long journals and large imports."""

# Before any module that imports the test plugin of Home Assistant.
from tests.support import home_assistant as home_assistant
