"""Files that a person chose in a form."""

from homeassistant.components.file_upload import (
    process_uploaded_file,  # the only way to the file behind a FileSelector
)

__all__ = ["process_uploaded_file"]
