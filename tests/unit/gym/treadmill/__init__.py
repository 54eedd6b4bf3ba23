"""Tests of gym/treadmill."""
