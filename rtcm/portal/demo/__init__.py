"""Invented people, trainings and histories for the demo, all flagged, all wiped by one command."""
