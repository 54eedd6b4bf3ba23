"""The dashboard that Home Gym generates for the home."""

from tests.rig import Home

URL_PATH = "home-gym"


async def make_dashboard(home: Home) -> None:
    """Generate or update the dashboard; it follows runners, shoes and treadmills by itself."""
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
