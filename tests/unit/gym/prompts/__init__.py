"""Tests of gym/prompts."""
