"""Habits that keep a runner's back well, the sessions in which they are done, streaks and rests."""
