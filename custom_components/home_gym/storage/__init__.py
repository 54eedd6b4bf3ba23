"""Files of facts: SQLite, one for each runner and treadmill, with daily copies."""
