"""Flow screens for treadmills, shoes, sources, speakers, options and routines."""
