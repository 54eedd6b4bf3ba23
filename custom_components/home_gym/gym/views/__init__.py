"""Read models for cards and pages, beside the summary."""
