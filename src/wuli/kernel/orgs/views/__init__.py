"""Who asks, what for, one call, the answer."""
