"""Reports in the browser, with a link on every number, and their files."""
