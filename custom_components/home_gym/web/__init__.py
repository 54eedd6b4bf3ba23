"""Websocket commands, the cards' resources, and the back report's page."""
