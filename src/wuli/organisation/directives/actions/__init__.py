"""Every write to directives; one verb each, one transaction, one event."""
