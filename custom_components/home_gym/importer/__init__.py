"""Imports: the exports and folders of a life before Home Gym, taken into the journal silently, in the background."""

from ..services.imports import async_register_import
from .task import Importer, async_forget_imports
from .uploads import keep_upload

__all__ = ["Importer", "async_forget_imports", "async_register_import", "keep_upload"]
