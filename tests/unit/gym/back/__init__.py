"""Tests of gym/back."""
