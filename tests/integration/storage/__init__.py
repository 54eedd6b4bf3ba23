"""Tests of storage: files of facts."""
