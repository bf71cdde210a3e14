"""What a reader's role may read of places: countries and regions are public."""

from colonnade.core.policies import Ring

RING = Ring(open=("places_region", "places_country"))
