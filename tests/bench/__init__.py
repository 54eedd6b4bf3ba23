"""The race of FIT readers that `scripts/bench` runs."""
