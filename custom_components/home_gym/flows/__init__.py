"""The screens on which people describe shoes, sources and speakers, and choose goals and prompts."""
