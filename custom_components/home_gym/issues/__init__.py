"""Repair issues: worn-out shoes, fittings, unclaimed sessions, and advice to see a professional."""
