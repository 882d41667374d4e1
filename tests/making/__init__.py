"""Builders of test data, one file a topic; see tests/make.py."""
