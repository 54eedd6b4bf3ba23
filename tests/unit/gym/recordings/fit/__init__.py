"""Tests of gym/recordings/fit."""
