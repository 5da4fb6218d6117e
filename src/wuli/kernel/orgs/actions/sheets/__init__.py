"""Table files: read, checked, shown, then applied as a whole or not at all, whatever they are about."""
