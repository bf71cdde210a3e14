"""Countries as people write them."""

import pytest

from colonnade.analysis.matching.places import countries_of


@pytest.mark.parametrize(
    ("value", "keys"),
    [
        ("Mali", {"ML"}),
        ("ml", {"ML"}),
        ("Côte d’Ivoire", {"CI"}),
        ("Cote d'Ivoire", {"CI"}),
        ("République démocratique du Congo", {"CD"}),
        ("Democratic Republic of Congo", {"CD"}),
        ("Marruecos; Túnez", {"MA", "TN"}),
        ("Россия", {"RU"}),
        ("NA", {"NA"}),
        ("St Kitts & Nevis", {"KN"}),
        ("Erewhon", {"erewhon"}),
        ("EREWHON|Mali", {"erewhon", "ML"}),
        ("Global", set()),
        ("Multi-country", set()),
        ("", set()),
    ],
)
def test_a_cell_names_countries(value: str, keys: set[str]) -> None:
    assert countries_of(value) == keys
