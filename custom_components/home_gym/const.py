"""Names that more than one module of Home Gym needs."""

import logging

DOMAIN = "home_gym"
LOGGER = logging.getLogger(__package__)

SUBENTRY_SHOE = "shoe"
SUBENTRY_SOURCE = "source"
SUBENTRY_SPEAKER = "speaker"

SIGNAL_RUNNER_READY = f"{DOMAIN}_runner_ready"
"""Sent with the id of a runner's entry when it is set up."""

CONF_PERSON = "person"

CONF_CALENDAR = "calendar"
CONF_CORE_GOAL = "core_goal"
CONF_CORE_TIME = "core_time"
CONF_FIRST_WEEKDAY = "first_weekday"
CONF_FOAM_ROLL_OFFSET = "foam_roll_offset"
CONF_FRESH_FOR = "fresh_for"
CONF_PROMPTS = "prompts"
CONF_PROMPT_WINDOW = "prompt_window"
CONF_QUIET_END = "quiet_end"
CONF_QUIET_START = "quiet_start"
CONF_STRETCH_OFFSET = "stretch_offset"
CONF_STRETCH_TIME = "stretch_time"

CONF_BRAND = "brand"
CONF_FIRST_USED = "first_used"
CONF_INITIAL_DISTANCE = "initial_distance"
CONF_INSOLES_REPLACE_AT = "insoles_replace_at"
CONF_INSOLES_SINCE = "insoles_since"
CONF_MODEL = "model"
CONF_NOTES = "notes"
CONF_PRICE = "price"
CONF_PURCHASED = "purchased"
CONF_REPLACE_AT = "replace_at"
CONF_RETIRED = "retired"
CONF_SURFACES = "surfaces"
CONF_WARN_AT = "warn_at"

CONF_ACCOUNT = "account"
CONF_ENTITY = "entity"
CONF_GEAR = "gear"
CONF_MAPPING = "mapping"
CONF_RUNS = "runs"
CONF_SERVICE = "service"

CONF_FOLDER = "folder"
CONF_SINCE = "since"

CONF_APP = "app"
CONF_LOCAL_ONLY = "local_only"
CONF_WEBHOOK = "webhook"

CONF_ADDRESS = "address"
CONF_CLAIM = "claim"
CONF_LONGEST = "longest"
CONF_PATIENCE = "patience"
CONF_POWER = "power"
CONF_RUN = "run"
CONF_RUNNERS = "runners"
CONF_RUN_HOLD = "run_hold"
CONF_STANDBY = "standby"
CONF_START = "start"
CONF_START_HOLD = "start_hold"
CONF_STOP = "stop"
CONF_STOP_HOLD = "stop_hold"

CONF_MEDIA_PLAYER = "media_player"
CONF_NOTIFY = "notify"
CONF_TTS_ENGINE = "tts_engine"
