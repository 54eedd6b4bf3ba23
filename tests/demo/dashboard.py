"""A dashboard of all that Home Gym shows, whatever ids the entities got."""

from tests.rig import Home
from tests.rig.api import Json

URL_PATH = "home-gym"

type Keys = tuple[tuple[str, str], ...]

# Title of a section, and what is in it where Home Gym has it: domain and key.
SECTIONS: tuple[tuple[str, Keys], ...] = (
    (
        "Today",
        (
            ("sensor", "next_habit"),
            ("binary_sensor", "foam_roll_due"),
            ("binary_sensor", "stretch_due"),
            ("binary_sensor", "core_due"),
            ("button", "log_foam_roll"),
            ("button", "log_stretch"),
            ("button", "log_core"),
            ("button", "log_warm_up"),
            ("button", "undo_last"),
        ),
    ),
    (
        "Last run",
        (
            ("sensor", "last_run"),
            ("sensor", "last_run_distance"),
            ("sensor", "last_run_duration"),
            ("sensor", "last_run_cadence"),
            ("select", "shoe"),
        ),
    ),
    (
        "Habits",
        (
            ("sensor", "core_streak"),
            ("sensor", "core_sessions_this_week"),
            ("sensor", "stretch_streak"),
            ("sensor", "weekly_distance"),
            ("sensor", "weekly_distance_change"),
            ("sensor", "days_since_rest"),
            ("sensor", "last_warm_up"),
            ("sensor", "last_foam_roll"),
            ("sensor", "last_stretch"),
            ("sensor", "last_core"),
        ),
    ),
    ("Coach", (("event", "prompt"), ("event", "run"), ("switch", "voice"), ("number", "back_pain"))),
)
SHOE: Keys = (
    ("sensor", "distance"),
    ("sensor", "remaining"),
    ("sensor", "wear"),
    ("sensor", "last_used"),
    ("binary_sensor", "replacement_due"),
)


async def make_dashboard(home: Home, entry_id: str, player: str) -> None:
    """Make the dashboard, or bring it up to date."""
    dashboards = await home.api.command("lovelace/dashboards/list")
    if not any(dashboard["url_path"] == URL_PATH for dashboard in dashboards):
        await home.api.command(
            "lovelace/dashboards/create",
            url_path=URL_PATH,
            title="Home Gym",
            icon="mdi:run-fast",
            mode="storage",
            show_in_sidebar=True,
            require_admin=False,
        )
    await home.api.command("lovelace/config/save", url_path=URL_PATH, config=await _config(home, entry_id, player))


async def _config(home: Home, entry_id: str, player: str) -> Json:
    """Return what the dashboard shows."""
    ids = await _entity_ids(home, entry_id)

    def section(title: str, prefix: str, keys: Keys) -> Json:
        found = [ids[key] for domain, name in keys if (key := (domain, f"{prefix}_{name}")) in ids]
        return {"type": "grid", "cards": [{"type": "heading", "heading": title}, *map(_tile, found)]}

    sections = [section(title, entry_id, keys) for title, keys in SECTIONS]
    sections[-1]["cards"].append({"type": "tile", "entity": player})
    sections += [
        section(shoe["title"], f"{entry_id}_{shoe['subentry_id']}", SHOE)
        for shoe in await home.subentries(entry_id)
        if shoe["subentry_type"] == "shoe"
    ]
    return {"views": [{"title": "Home Gym", "type": "sections", "max_columns": 3, "sections": sections}]}


def _tile(entity_id: str) -> Json:
    """Return a tile without the device's name; when a button was pressed last is of no interest."""
    return {
        "type": "tile",
        "entity": entity_id,
        "name": {"type": "entity"},
        "hide_state": entity_id.startswith("button."),
    }


async def _entity_ids(home: Home, entry_id: str) -> dict[tuple[str, str], str]:
    """Return the entities of a runner by domain and unique id."""
    entities = await home.api.command("config/entity_registry/list")
    return {
        (entity["entity_id"].split(".")[0], entity["unique_id"]): entity["entity_id"]
        for entity in entities
        if entity["config_entry_id"] == entry_id and not entity["disabled_by"]
    }
