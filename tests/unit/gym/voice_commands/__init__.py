"""Tests of gym/voice_commands."""
