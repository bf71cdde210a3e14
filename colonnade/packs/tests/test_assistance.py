"""The rules of requests in a pack: what is wrong with their file is named; another strategy asks in another way."""

from pathlib import Path

import pytest
from django.conf import settings

from colonnade.core.actor import Actor
from colonnade.needs.assistance.queries import rules_now
from colonnade.needs.models import AssistanceProcess
from colonnade.packs.loading import load_pack
from colonnade.packs.reading import read_pack
from colonnade.packs.tests.packs import WATER, copy_of, problems, replace_text

UNGCTS = Path(settings.ROOT) / "strategies" / "ungcts"
CLERK = Actor("a clerk")


@pytest.mark.parametrize(
    ("old", "new", "path", "value"),
    [
        ('code = "triage"', 'code = "sieve"', "rules.steps[0].code", "sieve"),
        ("days = 3\n", 'days = "3"\n', "rules.steps[0].days", "3"),
        ('to = "chair"', 'to = "table"', "rules.channels[0].to", "table"),
        ('channels = ["council"]', 'channels = ["post"]', "rules.kinds[0].channels", "post"),
        ('act = "inform"', 'act = "sing"', "rules.tells[0].act", "sing"),
        ('whom = "The villages upstream"', 'whom = "X"\nentity = "NOBODY"', "rules.tells[0].entity", "NOBODY"),
        ('code = "asking"', 'code = "The Asking"', "code", "The Asking"),
        ('source = "CW/2024/1 para. 50"', "", "source", ""),
    ],
)
def test_what_is_wrong_in_the_file_is_named_by_file_path_value_and_mend(
    old: str, new: str, path: str, value: str, tmp_path: Path
) -> None:
    folder = copy_of(WATER, tmp_path)
    replace_text(folder / "requests.toml", old, new)
    found = [problem for problem in problems(folder) if problem.column == path]
    assert [(problem.file, problem.value) for problem in found] == [("requests.toml", value)]
    assert found[0].message
    assert found[0].mend


def test_a_programme_that_the_pack_does_not_know_cannot_be_joined(tmp_path: Path) -> None:
    folder = copy_of(WATER, tmp_path)
    replace_text(folder / "requests.toml", "[rules.triage]", '[rules.joining]\nprogrammes = ["x"]\n[rules.triage]')
    (problem,) = problems(folder)
    assert (problem.column, problem.value) == ("rules.joining.programmes", "x")


def test_a_file_that_is_no_toml_is_named_with_its_line(tmp_path: Path) -> None:
    folder = copy_of(WATER, tmp_path)
    replace_text(folder / "requests.toml", "[rules.triage]", "[rules.triage")
    (problem,) = problems(folder)
    assert (problem.file, problem.row) == ("requests.toml", 22)


def test_a_pack_without_the_file_is_sound_and_nobody_files(tmp_path: Path) -> None:
    folder = copy_of(WATER, tmp_path)
    (folder / "requests.toml").unlink()
    assert read_pack(folder).assistance is None


@pytest.mark.django_db
def test_the_channels_of_the_report_are_those_of_annex_v() -> None:
    load_pack(read_pack(UNGCTS), actor=CLERK)
    rules = rules_now()
    assert rules is not None
    kind = rules.kind("women-children")
    assert kind is not None
    assert kind.safeguards
    assert [(each.code, each.to) for each in rules.channels if each.code in kind.channels] == [
        ("entity", "entity"), ("coordinator", "coordinator"), ("chair", "chair")
    ]  # fmt: skip
    told = rules.told("women-children", "chair", "children", facilitation=True)
    assert [each.act for each in told] == ["inform", "notify", "consult", "approach"]
    assert [each.act for each in rules.told("women-children", "entity", "women", facilitation=False)] == [
        "inform", "notify"
    ]  # fmt: skip
    assert rules.joining is not None
    assert rules.joining.programmes == ("ct-travel",)
    assert all(step.assumed for step in rules.steps)


@pytest.mark.django_db
def test_another_strategy_asks_in_another_way(tmp_path: Path) -> None:
    load_pack(read_pack(WATER), actor=CLERK)
    rules = rules_now()
    assert rules is not None
    assert [(each.code, each.readers) for each in rules.channels] == [("council", "compact")]
    assert (rules.days("triage"), rules.days("answers"), rules.joining) == (3, 0, None)
    folder = copy_of(WATER, tmp_path)
    replace_text(folder / "requests.toml", "days = 3\n", "days = 4\n")
    load_pack(read_pack(folder), actor=CLERK)
    assert AssistanceProcess.objects.get().rules["steps"][0]["days"] == 4
