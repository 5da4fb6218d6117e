"""Responses, their groups and rosters, as far as the asker's duties or own place reach."""
