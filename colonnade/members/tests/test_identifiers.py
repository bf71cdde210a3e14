"""People who were there before they had a public identifier got one each."""

from importlib import import_module

import pytest
from django.db import connection

from colonnade.core.identifiers import ALPHABET, LENGTH
from colonnade.members.models import Person

pytestmark = pytest.mark.django_db


def test_the_migration_draws_another_for_everybody() -> None:
    Person.objects.bulk_create([Person(email=f"{number}@office.example", name="x") for number in range(300)])
    before = set(Person.objects.values_list("public_id", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(import_module("colonnade.members.migrations.0005_person_public_id").FILL)
    after = set(Person.objects.values_list("public_id", flat=True))
    assert len(after) == 300
    assert not after & before
    assert {len(one) for one in after} == {LENGTH}
    assert set("".join(after)) == set(ALPHABET)
