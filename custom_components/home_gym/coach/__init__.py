"""The coach's clocks: prompts, replies by phone, planned runs, the question about shoes, and the weekly review."""
