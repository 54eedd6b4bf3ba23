"""The list of slowest tests that closes a run."""

from pathlib import Path

from tests.support.slowest import slowest

TESTS = {
    "unit.xml": [
        ("tests.unit.gym.treadmill.test_detector", "test_start", "1.5"),
        ("tests.integration.coach.test_coach", "test_prompt[a.b]", "0.25"),
    ],
    "e2e.xml": [("tests.e2e.test_back", "test_first_week", "60.0")],
}


def test_slowest_of_all_layers_come_first(tmp_path: Path) -> None:
    for name, tests in TESTS.items():
        cases = "".join(f'<testcase classname="{where}" name="{what}" time="{took}"/>' for where, what, took in tests)
        (tmp_path / name).write_text(f"<testsuites><testsuite>{cases}</testsuite></testsuites>")

    assert slowest(tmp_path.glob("*.xml"), 2) == [
        (60.0, "tests/e2e/test_back.py::test_first_week"),
        (1.5, "tests/unit/gym/treadmill/test_detector.py::test_start"),
    ]


def test_layer_that_was_stopped_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "unit.xml").write_text("<testsuites><testsuite>")

    assert slowest(tmp_path.glob("*.xml")) == []
