"""Benchmarks run by `scripts/bench`: a race of FIT readers, and the cost of long journals and large imports."""
