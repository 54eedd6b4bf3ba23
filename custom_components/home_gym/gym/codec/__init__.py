"""Codecs derived from the annotations of dataclasses, which write objects as JSON values and read them strictly."""
