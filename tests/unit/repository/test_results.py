"""The lists that close a run: slowest and failed tests."""

from pathlib import Path

from tests.support.results import failed, slowest

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


def test_failures_and_errors_come_with_the_first_line_of_their_reason(tmp_path: Path) -> None:
    (tmp_path / "unit.xml").write_text(
        '<testsuites><testsuite><testcase classname="tests.unit.test_a" name="test_passes"/>'
        '<testcase classname="tests.unit.test_a" name="test_fails">'
        '<failure message="assert 1 == 2&#10; +where">long</failure></testcase>'
        '<testcase classname="tests.unit.test_b" name="test_breaks"><error/></testcase></testsuite></testsuites>'
    )

    assert failed([tmp_path / "unit.xml"]) == [
        ("tests/unit/test_a.py::test_fails", "assert 1 == 2"),
        ("tests/unit/test_b.py::test_breaks", ""),
    ]
