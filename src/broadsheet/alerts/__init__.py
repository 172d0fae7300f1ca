"""Alerts: telling the operator that a source broke."""
