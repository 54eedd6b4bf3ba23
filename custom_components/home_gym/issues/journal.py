"""Loading of a journal, with a repair issue for an unreadable one."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryError

from ..const import DOMAIN
from ..gym.journal.journal import Journal
from ..store import JournalStore, JournalTooNewError, JournalUnreadableError
from .repair_issue import JOURNAL_TOO_NEW, JOURNAL_UNREADABLE


async def async_load_journal(hass: HomeAssistant, entry: ConfigEntry, store: JournalStore) -> Journal:
    """Return the journal of a runner's entry.

    Raises ConfigEntryError, and a repair issue, for an unreadable file, which is left alone.
    """
    try:
        journal = await store.async_load()
    except (JournalUnreadableError, JournalTooNewError) as error:
        issue = JOURNAL_TOO_NEW if isinstance(error, JournalTooNewError) else JOURNAL_UNREADABLE
        placeholders = {"runner": entry.title, "path": str(store.path), "error": str(error)}
        issue.async_raise(hass, entry.entry_id, placeholders)
        raise ConfigEntryError(
            translation_domain=DOMAIN, translation_key=issue.translation_key, translation_placeholders=placeholders
        ) from error
    JOURNAL_UNREADABLE.async_clear(hass, entry.entry_id)
    return journal
