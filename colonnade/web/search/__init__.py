"""Search over everything, from every page: what answers to a few words, by kind, each hit leading to its page."""
