"""Facts on their way into the journal: deliveries from sources, and manual entries."""
