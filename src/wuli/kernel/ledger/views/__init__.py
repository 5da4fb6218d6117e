"""Pages of the ledger: what happened, and what someone must finish."""
