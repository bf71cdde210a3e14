"""Views of lists and of Explore that people keep under names of their own."""
