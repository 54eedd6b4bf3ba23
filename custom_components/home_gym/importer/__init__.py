"""Imports: exports and folders from before Home Gym, read into the journal silently, in the background."""

from .task import Importer, async_forget_imports
from .uploads import MAX_PIECE, MAX_UPLOAD, Piece, keep_upload

__all__ = ["MAX_PIECE", "MAX_UPLOAD", "Importer", "Piece", "async_forget_imports", "keep_upload"]
