"""Looking as another role: the officer sees what that role sees, changes nothing, and it is in the log."""
