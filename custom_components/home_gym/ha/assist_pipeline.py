"""Voice assistants (Assist pipelines)."""

from homeassistant.components.assist_pipeline.pipeline import (
    async_get_pipeline,  # the public list of assistants does not show the preferred one
)

__all__ = ["async_get_pipeline"]
