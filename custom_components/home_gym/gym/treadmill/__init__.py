"""Treadmills: sessions detected from power or told over Bluetooth, calibration, and speed."""
