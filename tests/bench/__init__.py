"""The race of FIT readers, and what long journals and large imports cost, that `scripts/bench` runs."""
