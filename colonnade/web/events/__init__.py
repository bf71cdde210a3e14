"""Events: the list, a calendar of a month, a feed for calendars, a page each."""
