"""The room of a guided routine: lights that count down, and screens that show the routine."""
