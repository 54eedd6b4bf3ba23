"""Loading of a journal, with a repair issue for an unreadable one."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryError

from ..const import DOMAIN
from ..gym.journal.journal import Journal
from ..storage.journal_file import summary_of
from ..store import JournalStore, JournalTooNewError, JournalUnreadableError
from .repair_issue import JOURNAL_DAMAGED, JOURNAL_TOO_NEW, JOURNAL_UNREADABLE, ROWS_SET_ASIDE


async def async_load_journal(hass: HomeAssistant, entry: ConfigEntry, store: JournalStore) -> Journal:
    """Return the journal of a runner's entry.

    Raises ConfigEntryError, and a repair issue, for an unreadable file, which is left alone. Rows that can't be read
    have an issue of their own.
    """
    try:
        journal = await store.async_load()
    except (JournalUnreadableError, JournalTooNewError) as error:
        if isinstance(error, JournalTooNewError):
            issue = JOURNAL_TOO_NEW
        else:
            issue = JOURNAL_DAMAGED if await store.async_generations() else JOURNAL_UNREADABLE
        placeholders = {"runner": entry.title, "path": str(store.path), "error": str(error)}
        issue.async_raise(hass, entry.entry_id, placeholders, data={"entry_id": entry.entry_id})
        raise ConfigEntryError(
            translation_domain=DOMAIN, translation_key=issue.translation_key, translation_placeholders=placeholders
        ) from error
    JOURNAL_UNREADABLE.async_clear(hass, entry.entry_id)
    if rows := store.set_aside:
        figures = {"count": str(len(rows)), "rows": summary_of(rows), "path": str(store.path)}
        ROWS_SET_ASIDE.async_raise(hass, entry.entry_id, {"runner": entry.title, **figures})
    else:
        ROWS_SET_ASIDE.async_clear(hass, entry.entry_id)
    return journal
