"""Twins of the base world: they differ in what is hidden, and in nothing that is seen."""

import pytest

from proof.hidden import empty_tables, guarded_models, hidden_from, seen_keys
from proof.readers import BY_NAME
from proof.registry import BUILDER, fill_registry
from proof.twins import Difference, plan

HIDDEN = {"portfolio_project": frozenset({1, 2, 3, 4}), "members_person": frozenset({7, 8, 9})}


def test_hidden_rows_are_treated_alike_or_in_turn() -> None:
    assert plan(HIDDEN, Difference.ALTERED).altered == HIDDEN
    assert plan(HIDDEN, Difference.MORE).doubled == HIDDEN
    assert plan(HIDDEN, Difference.ABSENT).absent == HIDDEN
    mixed = plan(HIDDEN, Difference.MIXED)
    for table, keys in HIDDEN.items():
        parts = [mixed.absent[table], mixed.altered[table], mixed.doubled[table]]
        assert frozenset().union(*parts) == keys
        assert sum(map(len, parts)) == len(keys)
        assert all(parts)


def test_every_confidential_model_is_looked_at() -> None:
    tables = {model._meta.db_table for model in guarded_models()}
    assert {"portfolio_project", "needs_recommendation", "needs_keptfield", "members_savedview"} <= tables
    assert len(tables) > 25


@pytest.mark.django_db
def test_an_empty_registry_proves_nothing() -> None:
    assert "portfolio_project" in empty_tables()


@pytest.mark.django_db
def test_what_is_hidden_from_a_circle_is_what_none_of_it_sees() -> None:
    fill_registry(actor=BUILDER)
    public, board = (BY_NAME[name].viewer(None) for name in ("public", "board"))
    hidden = hidden_from([public, board], {None})
    for model in guarded_models():
        keys = hidden[model._meta.db_table]
        assert not keys & seen_keys(model, public)
        assert not keys & seen_keys(model, board)
    assert 0 < len(hidden["portfolio_project"]) < len(hidden_from([public], {None})["portfolio_project"])
