"""The board of a pack: what is wrong with its file is named; the rounds of the past are calls of its process."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Sum

from colonnade.core.actor import Actor
from colonnade.core.viewer import PUBLIC
from colonnade.funding.models import SeedAward
from colonnade.packs.loading import load_pack
from colonnade.packs.reading import read_pack
from colonnade.packs.tests.packs import WATER, copy_of, problems, replace_text
from colonnade.review.models import Call, Process
from colonnade.review.rules import Rules

UNGCTS = Path(settings.ROOT) / "strategies" / "ungcts"
CLERK = Actor("a clerk")


@pytest.mark.parametrize(
    ("old", "new", "path", "value"),
    [
        ("quorum = 5", "quorum = 0", "rules.quorum", "0"),
        ("quorum = 5", "quorun = 5", "rules.quorun", "quorun"),
        ('decides = "board"', 'decides = "dice"', "rules.decides", "dice"),
        ('code = "screening"', 'code = "sieving"', "rules.steps[0].code", "sieving"),
        ('"origin", "described"', '"described"', "rules.eligibility", "described, budget_adds_up"),
        ('of = "quorum"', 'of = "criteria.need"', "rules.notes[0].of", "criteria.need"),
        ('code = "well-council"', 'code = "The Council"', "code", "The Council"),
        ('source = "CW/2024/1 para. 40"', "", "source", ""),
    ],
)
def test_what_is_wrong_in_the_file_is_named_by_file_path_value_and_mend(
    old: str, new: str, path: str, value: str, tmp_path: Path
) -> None:
    folder = copy_of(WATER, tmp_path)
    replace_text(folder / "board.toml", old, new)
    found = [problem for problem in problems(folder) if problem.column == path]
    assert [(problem.file, problem.value) for problem in found] == [("board.toml", value)]
    assert found[0].message
    assert found[0].mend


def test_a_file_that_is_no_toml_is_named_with_its_line(tmp_path: Path) -> None:
    folder = copy_of(WATER, tmp_path)
    replace_text(folder / "board.toml", "[rules]", "[rules")
    (problem,) = problems(folder)
    assert (problem.file, problem.row) == ("board.toml", 6)


def test_a_pack_without_a_board_is_sound_and_nobody_applies(tmp_path: Path) -> None:
    folder = copy_of(WATER, tmp_path)
    (folder / "board.toml").unlink()
    assert read_pack(folder).board is None


@pytest.mark.django_db
def test_the_rounds_of_the_report_are_decided_calls_with_their_awards() -> None:
    load_pack(read_pack(UNGCTS), actor=CLERK)
    calls = {call.code: call for call in Call.objects.visible_to(PUBLIC)}
    assert set(calls) == {"seed-2018", "seed-2019"}
    assert {call.standing for call in calls.values()} == {"decided"}
    assert calls["seed-2019"].group_ceiling_usd == Decimal(169_500)
    assert [(call.opens_on, call.closes_on, call.budget_usd) for call in calls.values()] == [(None, None, None)] * 2
    for code, number, total in (("seed-2018", 9, 949_111), ("seed-2019", 7, 973_748)):
        awards = SeedAward.objects.filter(round=calls[code].seed_round_id)
        assert (awards.count(), awards.aggregate(sum=Sum("amount_usd"))["sum"]) == (number, total)
    rules = Rules.read(Process.objects.get().rules)
    assert rules.codes == ("screening", "scoring", "board", "decision")
    assert {note.of for note in rules.notes if note.assumed} >= {"quorum", "criteria", "steps.scoring"}
    assert (note := rules.note("eligibility.within_ceiling")) is not None
    assert not note.assumed


@pytest.mark.django_db
def test_another_strategy_has_another_board() -> None:
    load_pack(read_pack(WATER), actor=CLERK)
    rules = Rules.read(Process.objects.get().rules)
    assert (rules.decides, rules.quorum, rules.criteria, rules.objection_days) == ("board", 5, (), 0)
    assert "within_ceiling" not in rules.eligibility


@pytest.mark.django_db
def test_changed_rules_reach_the_process_and_leave_calls_that_run_alone(tmp_path: Path) -> None:
    load_pack(read_pack(WATER), actor=CLERK)
    process = Process.objects.get()
    running = Call.objects.unscoped("test").create(
        code="now", title="Now", process=process, rules=process.rules, standing="open", opens_on="2024-01-01",
        closes_on="2024-02-01", budget_usd=1,
    )  # fmt: skip
    folder = copy_of(WATER, tmp_path)
    replace_text(folder / "board.toml", "quorum = 5", "quorum = 6")
    load_pack(read_pack(folder), actor=CLERK)
    assert Process.objects.get().rules["quorum"] == 6
    assert Call.objects.unscoped("test").get(pk=running.pk).rules["quorum"] == 5
