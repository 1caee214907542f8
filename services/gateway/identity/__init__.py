"""Who may come in: people with passwords or an outer issuer's tokens, API keys, sessions, invitations."""
