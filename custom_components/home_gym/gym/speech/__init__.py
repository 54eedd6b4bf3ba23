"""Speech: phrases, the queue of lines, sounds, and the choice of a room."""
