"""The whole of it: real Home Assistant, real speaker, real browser."""
