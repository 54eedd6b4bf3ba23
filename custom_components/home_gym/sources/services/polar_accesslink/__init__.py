"""Polar AccessLink, by a sign-in at Polar with an application of one's own."""

from .client import PolarAccessLink

__all__ = ["PolarAccessLink"]
