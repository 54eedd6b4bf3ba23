"""Imports: exports and folders from before Home Gym, read into the journal silently, in the background."""

from .task import Importer, async_forget_imports
from .uploads import keep_upload

__all__ = ["Importer", "async_forget_imports", "keep_upload"]
