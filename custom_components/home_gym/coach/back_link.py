"""Link from a notification to the scale of the back pain."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from ..const import DOMAIN
from ..data import HomeGymConfigEntry
from ..ha.lovelace import async_dashboards
from ..number import BACK_PAIN

STRATEGY = "custom:home-gym"
BACK_CARD = "custom:home-gym-back"


async def async_back_link(hass: HomeAssistant, entry: HomeGymConfigEntry) -> str | None:
    """Return the path of a runner's back card, else of the number entity's dialog; None without either."""
    if card := await async_back_card(hass, entry):
        return card
    registry = er.async_get(hass)
    entity_id = registry.async_get_entity_id(Platform.NUMBER, DOMAIN, f"{entry.entry_id}_{BACK_PAIN.key}")
    entity = registry.async_get(entity_id) if entity_id else None
    return f"/?more-info-entity-id={entity.entity_id}" if entity and not entity.disabled else None


async def async_back_card(hass: HomeAssistant, entry: HomeGymConfigEntry) -> str | None:
    """Return the path of a runner's back card, None without one."""
    runner = entry.entry_id
    for path, config in (await async_dashboards(hass)).items():
        if _type_of(config.get("strategy")) == STRATEGY:
            # The generated dashboard names each view after its runner.
            return f"/{path}/{runner.lower()}"
        for number, view in enumerate(config.get("views") or ()):
            if any(card.get("runner") in (None, runner) for card in _back_cards(view)):
                return f"/{path}/{view.get('path') or number}"
    return None


def _back_cards(part: object) -> Iterator[Mapping[str, Any]]:
    """Yield the back cards in a part of a dashboard, however deep."""
    if isinstance(part, Mapping):
        if _type_of(part) == BACK_CARD:
            yield part
        for inner in part.values():
            yield from _back_cards(inner)
    elif isinstance(part, Sequence) and not isinstance(part, str):
        for inner in part:
            yield from _back_cards(inner)


def _type_of(part: object) -> object:
    return part.get("type") if isinstance(part, Mapping) else None
