"""Removal of everything left behind by a removed runner, pair or source."""

from homeassistant.core import HomeAssistant

from .data import HomeGymConfigEntry
from .importer import async_forget_imports
from .issues.repair_issue import OF_RUNNERS, OF_SUBENTRIES
from .sources.folder.ledger import Ledger
from .sources.webhook import endpoint as webhook
from .statistics import async_forget
from .store import JournalStore


async def async_remove_runner(hass: HomeAssistant, entry: HomeGymConfigEntry) -> None:
    """Remove the journal of a runner, and all other files, statistics and issues."""
    webhook.forget(hass, entry)
    await JournalStore(hass, entry.entry_id).async_remove()
    await async_forget_imports(hass, entry.entry_id)
    async_forget(hass, entry.entry_id)
    for issue in OF_RUNNERS:
        issue.async_clear(hass, entry.entry_id)
    for subentry in entry.subentries:
        await async_remove_subentry(hass, subentry)


async def async_remove_subentry(hass: HomeAssistant, subentry_id: str) -> None:
    """Remove the ledger, statistics and issues of a pair or source."""
    await Ledger(hass, subentry_id).async_remove()
    async_forget(hass, subentry_id)
    for issue in OF_SUBENTRIES:
        issue.async_clear(hass, subentry_id)
