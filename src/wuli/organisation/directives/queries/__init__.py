"""Every read of directives: within someone's reach, counted live, or as things stood at a moment."""
