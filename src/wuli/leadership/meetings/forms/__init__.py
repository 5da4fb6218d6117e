"""The shape of what comes in about series and meetings."""
