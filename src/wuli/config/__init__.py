"""The house put together: settings, URLs, the server, the `wuli` command."""
