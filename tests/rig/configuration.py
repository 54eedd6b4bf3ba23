"""Home Assistant's configuration folder before its start."""

import json
from pathlib import Path

from . import garmin, services
from .process import LOOPBACK

REPOSITORY = Path(__file__).parents[2]
ALL_ENTITIES = "all_entities"
STAND_INS = (services.DOMAIN, garmin.DOMAIN, ALL_ENTITIES)

YAML = """\
homeassistant:
  name: Home
  time_zone: {time_zone}
  unit_system: metric
  currency: EUR
  country: DE
  language: {language}
  latitude: 50.1
  longitude: 8.7
  elevation: 110
  internal_url: {url}
  external_url: {url}

logger:
  default: warning
  logs:
    custom_components.home_gym: debug

config:
frontend:
history:
input_number:
logbook:
media_source:
mobile_app:
person:
script:
tts:

automation: !include automations.yaml
{more}"""


def prepare(folder: Path, port: int, *, time_zone: str, language: str, all_entities: bool) -> None:
    """Write the files that Home Assistant needs before a start; the port may change each time.

    With `all_entities` a new runner has all of its entities enabled, as after many clicks.
    """
    (folder / ".storage").mkdir(parents=True, exist_ok=True)
    url = f"http://{LOOPBACK}:{port}"
    components = folder / "custom_components"
    _link(components / "home_gym", REPOSITORY / "custom_components" / "home_gym")
    if all_entities:
        _link(components / ALL_ENTITIES, Path(__file__).parent / ALL_ENTITIES)
    more = "".join(f"{domain}:\n" for domain in STAND_INS if (components / domain).is_dir())
    yaml = YAML.format(url=url, time_zone=time_zone, language=language, more=more)
    (folder / "configuration.yaml").write_text(yaml)
    if not (folder / "automations.yaml").exists():
        (folder / "automations.yaml").write_text("[]\n")
    _write_onboarding(folder)
    _write_http(folder, port)


def _write_onboarding(folder: Path) -> None:
    """Skip the screens after the owner's: they set up internet services, which the rig doesn't use."""
    if not (folder / ".storage" / "onboarding").exists():
        _store(folder, "onboarding", 4, 1, {"done": ["core_config", "analytics", "integration"]})


def _write_http(folder: Path, port: int) -> None:
    """Set the port in Home Assistant's own store: from YAML, it would be used once, and on trial."""
    stable = {
        "server_host": [LOOPBACK],
        "server_port": port,
        "cors_allowed_origins": [],
        "login_attempts_threshold": -1,
        "ip_ban_enabled": True,
        "ssl_profile": "modern",
        "use_x_frame_options": True,
        "created_at": "2026-01-01T00:00:00+00:00",
        "error": None,
        "error_message": None,
    }
    _store(folder, "http", 2, 2, {"stable": stable, "pending": None, "yaml_migration_done": True})


def _store(folder: Path, key: str, version: int, minor_version: int, data: object) -> None:
    """Write a file as Home Assistant's own storage does."""
    content = {"version": version, "minor_version": minor_version, "key": key, "data": data}
    (folder / ".storage" / key).write_text(json.dumps(content, indent=2))


def _link(link: Path, integration: Path) -> None:
    """Link an integration into the folder."""
    link.parent.mkdir(exist_ok=True)
    if not link.is_symlink():
        link.symlink_to(integration, target_is_directory=True)
