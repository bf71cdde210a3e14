"""What somebody can see here, and why; and what differs from reader to reader."""
