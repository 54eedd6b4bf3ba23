"""Treadmills: sessions detected from power or reported over Bluetooth, calibration, and speed."""
