"""FIT files, the format of Garmin and most other watches."""
