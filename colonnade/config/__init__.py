"""Settings, addresses, the command line, the private PostgreSQL."""
