"""Recordings that tests drop into folders."""
