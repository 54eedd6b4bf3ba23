"""Pairs of shoes: distance, wear and fit."""
