"""Removal of everything left behind by a removed runner, pair or source."""

from homeassistant.core import HomeAssistant

from .const import DOMAIN
from .data import HomeGymConfigEntry
from .entry_snapshot import snapshot_of
from .gym.speech.phrases import line
from .ha import persistent_notification
from .importer import async_forget_imports
from .issues.repair_issue import OF_RUNNERS, OF_SUBENTRIES
from .languages import async_phrases
from .markdown import escaped
from .sources.folder.ledger import Ledger
from .sources.services.ledger import ServiceLedger
from .sources.webhook import endpoint as webhook
from .statistics import async_forget
from .storage.deleted import DELETED_KEPT
from .store import JournalStore


async def async_remove_runner(hass: HomeAssistant, entry: HomeGymConfigEntry) -> None:
    """Keep the journal of a runner as deleted for a while, and remove all other files, statistics and issues."""
    webhook.forget(hass, entry)
    if await JournalStore(hass, entry.entry_id).async_remove(snapshot_of(entry)):
        await _async_notify_kept(hass, entry.title)
    await async_forget_imports(hass, entry.entry_id)
    async_forget(hass, entry.entry_id)
    for issue in OF_RUNNERS:
        issue.async_clear(hass, entry.entry_id)
    for subentry in entry.subentries:
        await async_remove_subentry(hass, subentry)


async def _async_notify_kept(hass: HomeAssistant, runner: str) -> None:
    """Notify that the journal of a removed runner is kept for a while."""
    phrases = await async_phrases(hass, hass.config.language)
    message = line(phrases, "removed.kept", runner=escaped(runner), days=DELETED_KEPT.days)
    persistent_notification.async_create(hass, message, line(phrases, "removed.title"), f"{DOMAIN}_removed")


async def async_remove_subentry(hass: HomeAssistant, subentry_id: str) -> None:
    """Remove the ledger, statistics and issues of a pair or source."""
    await Ledger(hass, subentry_id).async_remove()
    await ServiceLedger(hass, subentry_id).async_remove()
    async_forget(hass, subentry_id)
    for issue in OF_SUBENTRIES:
        issue.async_clear(hass, subentry_id)
