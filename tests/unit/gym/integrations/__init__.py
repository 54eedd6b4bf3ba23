"""Tests of gym/integrations."""
