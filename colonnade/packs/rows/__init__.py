"""The rows of a data pack, one frozen dataclass for each file. This is where a pack's columns are declared."""
