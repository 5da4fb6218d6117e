"""What the auditor, and the person concerned, may read of what happened."""
