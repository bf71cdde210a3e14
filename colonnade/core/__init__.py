"""Plain values that every layer may use. No models live here, and nothing here reads a database."""
