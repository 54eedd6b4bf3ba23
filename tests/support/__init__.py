"""Code that tests of several layers share."""
