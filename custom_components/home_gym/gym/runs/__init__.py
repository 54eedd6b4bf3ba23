"""Activities, the runs that they make up, and figures of load and form."""
