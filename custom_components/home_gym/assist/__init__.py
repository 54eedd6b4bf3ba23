"""Voice: sentences, intents, answers, and tools for language models."""
