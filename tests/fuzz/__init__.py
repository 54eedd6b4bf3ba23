"""Fuzzing of all that reads bytes from outside: recordings, posts, archives, and the rows of the journal."""
