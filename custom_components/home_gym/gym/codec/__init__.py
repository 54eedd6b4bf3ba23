"""Codecs derived from the annotations of dataclasses: how objects become JSON values, and strictly back again."""
