"""Names shared by several modules of Home Gym."""

import logging

DOMAIN = "home_gym"
LOGGER = logging.getLogger(__package__)

SUBENTRY_SHOE = "shoe"
SUBENTRY_SOURCE = "source"
SUBENTRY_SPEAKER = "speaker"

SIGNAL_RUNNER_READY = f"{DOMAIN}_runner_ready"
"""Sent with the id of a runner's entry when it is set up."""

SIGNAL_RUNNER_NEWS = f"{DOMAIN}_runner_news"
"""Sent with each event of a runner, for triggers."""

EVENT_ACTIVITY = f"{DOMAIN}_activity"
"""Event of Home Assistant's bus for each line of the activity."""

ENTRY_VERSION = 1
"""Major version of the data of entries; of a newer minor version, unknown parts are left as they are."""

CONF_PERSON = "person"

CONF_ROUTINE_HABIT = "habit"
CONF_ROUTINE_STEPS = "steps"

CONF_BRAND = "brand"
CONF_INSOLES_SINCE = "insoles_since"
CONF_MODEL = "model"
CONF_PRICE = "price"
CONF_RETIRED = "retired"

CONF_ACCOUNT = "account"
CONF_CREATES_RUNS = "creates_runs"
CONF_ENTITY = "entity"
CONF_GEAR = "gear"
CONF_MAPPING = "mapping"
CONF_RECORDINGS = "recordings"
CONF_RUNS = "runs"
CONF_SERVICE = "service"

CONF_FOLDER = "folder"
CONF_SINCE = "since"

CONF_AUTH_IMPLEMENTATION = "auth_implementation"
CONF_KEY = "key"
CONF_ONLINE = "online"
CONF_PLANNED = "planned"
CONF_REGISTERED = "registered"
CONF_SUBENTRY = "subentry"
CONF_TOKEN = "token"  # noqa: S105, the key, not the token

CONF_LOCAL_ONLY = "local_only"
CONF_SECRET = "secret"  # noqa: S105, the key, not the secret
CONF_UNNAMED_RUNS = "unnamed_runs"
CONF_UPLOADS_RUNS = "uploads_runs"
CONF_WEBHOOK = "webhook"
CONF_WRITES_GEAR = "writes_gear"

CONF_ADDRESS = "address"
CONF_CADENCE_WORDS = "cadence_words"
CONF_CLAIM = "claim"
CONF_POWER = "power"
CONF_RUNNERS = "runners"
CONF_SPEED_UNIT = "speed_unit"

CONF_AREA = "area"
CONF_CHIME = "chime"
CONF_IS_SPOKEN = "is_spoken"
CONF_SHOWS_ROUTINE = "shows_routine"
CONF_SHOWS_TREADMILL = "shows_treadmill"
CONF_MEDIA_PLAYER = "media_player"
CONF_NIGHT_VOLUME = "night_volume"
CONF_NOTIFY = "notify"
CONF_NOTIFY_ACTION = "notify_action"
CONF_PRESENCE = "presence"
CONF_ROOMS = "rooms"
CONF_SATELLITE = "satellite"
CONF_TTS_ENGINE = "tts_engine"
CONF_VOLUME = "volume"
