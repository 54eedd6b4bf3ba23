"""Source: watched folders of recordings."""
