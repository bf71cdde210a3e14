"""Fields of forms that choose entities, by abbreviation and name."""

from django import forms

from colonnade.members.models import Entity


class EntityChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's class takes no argument at run time
    """One entity."""

    def label_from_instance(self, obj: Entity) -> str:
        return _called(obj)


class EntityChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # as above
    """Several of them."""

    def label_from_instance(self, obj: Entity) -> str:
        return _called(obj)


def _called(entity: Entity) -> str:
    if entity.name == entity.abbreviation:
        return entity.name
    return f"{entity.abbreviation} · {entity.name}"
