"""Follow everything to closure: the auditor's view of what happened."""
