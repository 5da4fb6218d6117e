"""Pages, parts, files in and out: what every app's pages stand on. Knows no domain noun."""
