"""Every write to calls, rounds, slots and replies; one verb each, one transaction, one event."""
