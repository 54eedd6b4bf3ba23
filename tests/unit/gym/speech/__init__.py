"""Tests of gym/speech."""
