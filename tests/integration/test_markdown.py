"""Names from outside in texts that Home Assistant shows as Markdown."""

import pytest

from custom_components.home_gym.markdown import escaped


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Alex", "Alex"),
        ("Müller-Lüdenscheidt", "Müller-Lüdenscheidt"),
        ("activities 1.2.zip", "activities 1.2.zip"),
        ("/config/runs", "/config/runs"),
        ("run_2026_05", r"run\_2026\_05"),
        ("**bold** `code`", r"\*\*bold\*\* \`code\`"),
        ("[press](https://example.org)", r"\[press\]\(https\://example.org\)"),
        ("![](//example.org/x.png)", r"\!\[\]\(//example.org/x.png\)"),
        ("www.example.org", r"www\.example.org"),
        ("me@example.org", r"me\@example.org"),
        ("<img src=x>", r"\<img src=x\>"),
        ("&lt;", r"\&lt;"),
        ("# heading", r"\# heading"),
        ("- item", r"\- item"),
        ("1. item", r"1\. item"),
        ("one\n\n# two", r"one \# two"),
        (r"\*", r"\\\*"),
    ],
)
def test_name_is_escaped(name: str, shown: str) -> None:
    assert escaped(name) == shown
