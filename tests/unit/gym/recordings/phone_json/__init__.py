"""Tests of gym/recordings/phone_json."""
