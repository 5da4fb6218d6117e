"""Every write to who is who: one verb each, one transaction, one event."""
