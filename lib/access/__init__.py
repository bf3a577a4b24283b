"""Who may come in and what they may do: the network, sign-in, roles, the audit log, the response headers."""
