"""Every relation to projects has its line in the table of what becomes of it."""

from django.apps import apps
from django.db.models import ForeignKey

from colonnade.analysis.merging.table import RELATIONS
from colonnade.portfolio.models import Project


def relations_to_projects() -> set[str]:
    return {
        f"{model._meta.app_label}.{model._meta.object_name}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model is Project
    }


def test_no_relation_to_projects_is_forgotten() -> None:
    missing = relations_to_projects() - RELATIONS.keys()
    assert not missing, (
        f"{sorted(missing)} point at projects: say in colonnade/analysis/merging/table.py what becomes of them when two"
        " records are merged"
    )


def test_the_table_names_no_relation_that_is_gone() -> None:
    assert RELATIONS.keys() <= relations_to_projects()
