"""Life simulator: households that live for a year with the coach, over the pure domain, and the rules they check."""
