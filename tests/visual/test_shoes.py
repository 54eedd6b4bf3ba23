"""The shoes card's commands for retiring a pair, and for undoing it."""

import pytest

from tests.visual.showcase import Answers, Stage


@pytest.mark.parametrize("before", [None, "2026-12-31"])
async def test_undoing_retirement_restores_earlier_day(stage: Stage, answers: Answers, before: str | None) -> None:
    shown = await stage.show("shoes", answers.changed(shoes={"worn": answers.document["shoes"]["road"]}))
    await stage.page.evaluate(
        """answer => {
            const callWS = window.gymHass.callWS;
            window.gymHass.callWS = async command => ({...await callWS(command), ...answer});
        }""",
        {"before": before} if before else {},
    )
    await shown.locator("details.pair summary").first.click()
    await shown.get_by_role("button", name="Retire").click()
    await stage.page.wait_for_function("window.gymTold.toasts.length === 1")
    await stage.page.evaluate("window.gymTold.toasts[0].action.action()")

    retire = {"type": "home_gym/retire_shoe", "shoe": "worn"}
    asked = [
        {key: value for key, value in call.items() if key != "config_entry_id"}
        for call in await stage.calls()
        if call.get("type") == retire["type"]
    ]
    undone = {"retired": True, "on": before} if before else {"retired": False}
    assert asked == [retire | {"retired": True}, retire | undone]
