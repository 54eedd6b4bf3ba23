"""The coach: prompt candidates, their schedule, replies, the log of each prompt, and silence."""
