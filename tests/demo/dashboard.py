"""The dashboard that Home Gym makes of what there is."""

from tests.rig import Home

URL_PATH = "home-gym"


async def make_dashboard(home: Home) -> None:
    """Make the dashboard, or bring it up to date; it follows runners, shoes and treadmills by itself."""
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
    await home.api.command("lovelace/config/save", url_path=URL_PATH, config={"strategy": {"type": "custom:home-gym"}})
