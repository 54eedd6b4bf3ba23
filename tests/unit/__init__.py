"""Unit tests: the domain, and what the repository promises."""
