"""Treadmills: what they draw from a plug and what they say over Bluetooth."""
