"""Names of parametrized tests: short enough to be read, and to be asked for on a command line."""

LONGEST = 60


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes, and texts that are long or not printable, by their argument; pytest numbers equal names."""
    if isinstance(val, bytes) or (isinstance(val, str) and (len(val) > LONGEST or not val.isprintable())):
        return argname
    return None
