"""What was written is what is read: nothing changes by itself, and one edit is one change."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colonnade.core.problems import ProblemsFound
from colonnade.needs.intake.columns import KEPT, Holds, Intake, Part, fields_of
from colonnade.needs.intake.comparing import Fate, Plan, compare
from colonnade.needs.intake.queries import Known, Lists, Standing
from colonnade.reporting.needsform import reading
from colonnade.reporting.needsform.reading import read_form
from colonnade.reporting.needsform.writing import write_form

TODAY = date(2026, 1, 1)
V, N = Part.ASSESSMENTS, Part.NEEDS
LISTS = Lists(
    {
        (V, "country"): {"QMA": "Hereland"},
        (V, "assessor"): {"DELTA": "The assessors"},
        (V, "kind"): {"visit": "Visit", "desk": "Desk review"},
        (V, "mandates"): {"S/RES/1 (2001)": "Wells", "A/RES/60/288": "Water"},
        (V, "level"): {"compact": "Everybody inside", "restricted": "Only its State"},
        (N, "theme"): {"wells": "Wells (deep; dry)", "pipes": "Pipes"},
        (N, "pillar"): {"I": "Wells", "II": "Wells"},
        (N, "mandates"): {"S/RES/1 (2001)": "Wells", "A/RES/60/288": "Water"},
        (N, "priority"): {"high": "High", "low": "Low"},
        (N, "standing"): {"open": "Open", "implemented": "Implemented"},
        (N, "level"): {"compact": "Everybody inside", "restricted": "Only its State"},
    },
    {(N, "level"): {"public": "Public"}},
)
#: What programs keep as it was typed; edges are blanks that nobody sees.
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Co", "Cn")), min_size=1, max_size=30
).filter(lambda text: not text.startswith("_x") and "_x00" not in text)
LINES = st.lists(TEXT, min_size=1, max_size=3).map("\n".join)
CODES = st.sampled_from(["", "A/RES/60/288", "A/RES/60/288;S/RES/1 (2001)"])


@st.composite
def needs(draw: st.DrawFn, number: int) -> Known:
    kept = draw(st.sets(st.sampled_from(["title", "text", "theme", "pillar", "priority", "addressee"]), max_size=2))
    values = {
        "assessment": "QMA-ABCDEFGH",
        "title": draw(TEXT),
        "text": draw(LINES),
        "theme": draw(st.sampled_from(["", "wells", "pipes"])),
        "pillar": draw(st.sampled_from(["", "I", "II"])),
        "mandates": draw(CODES),
        "priority": draw(st.sampled_from(["high", "low"])),
        "addressee": draw(st.one_of(st.just(""), TEXT)),
        "issued_on": draw(st.dates(date(2020, 2, 1), date(2025, 1, 1))).isoformat(),
        "standing": draw(st.sampled_from(["open", "implemented"])),
        "follows": "",
        "level": draw(st.sampled_from(["public", "compact", "restricted"])),
        **dict.fromkeys(kept, KEPT),
    }
    return Known(number, f"n{number:015}", f"QMA/2020/{number:04}", "QMA", values)


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    visit = Known(1, "v" * 16, "QMA-ABCDEFGH", "QMA", {
        "country": "QMA", "assessor": "DELTA", "kind": draw(st.sampled_from(["visit", "desk"])),
        "starts_on": "2020-01-01", "ends_on": "2020-01-09", "mandates": draw(CODES), "level": "compact",
    })  # fmt: skip
    found = [draw(needs(number)) for number in range(draw(st.integers(1, 3)))]
    return Standing({visit.key: visit}, {each.key: each for each in found})


def taken_and_read(standing: Standing, edit: tuple[str, str, str] | None = None) -> Intake:
    """The workbook of ``standing`` as it is read again; ``edit`` is a key, a column and what is written there."""
    content = write_form(standing, LISTS, right_to_left=False, about=[])
    if edit:
        book = openpyxl.load_workbook(io.BytesIO(content))
        key, column, value = edit
        sheet: Any = book["Recommendations"]
        place = [each.name for each in fields_of(N)].index(column) + 2
        row = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value == key)
        sheet.cell(row, place).value = value
        target = io.BytesIO()
        book.save(target)
        content = target.getvalue()
    intake, problems = read_form(io.BytesIO(content), "needs.xlsx", LISTS)
    assert problems == ()
    return intake


def compared(intake: Intake, standing: Standing) -> Plan:
    return compare(intake, standing, choices={}, sign=lambda parts: str(parts).encode().ljust(32), today=TODAY)


@settings(max_examples=25)
@given(standing=standings())
def test_what_comes_back_as_it_went_changes_nothing(standing: Standing) -> None:
    plan = compared(taken_and_read(standing), standing)
    assert plan.problems == ()
    assert not plan.changes
    assert (plan.left, plan.called(Fate.NEW)) == (0, ())


EDITS = {
    "title": "Another title", "text": "Another\ntext", "theme": "Pipes (pipes)", "pillar": "II", "priority": "LOW",
    "addressee": "The ministry", "standing": "Implemented", "mandates": "s/res/1 (2001)",
}  # fmt: skip
EDITED = {**EDITS, "theme": "pipes", "priority": "low", "standing": "implemented", "mandates": "S/RES/1 (2001)"}


@settings(max_examples=25)
@given(standing=standings(), column=st.sampled_from(sorted(EDITS)), last=st.booleans())
def test_one_edit_is_one_change(standing: Standing, column: str, last: bool) -> None:
    known = [*standing.needs.values()][-1 if last else 0]
    plan = compared(taken_and_read(standing, (known.key, column, EDITS[column])), standing)
    changed = [(each.row.key, one.name, one.theirs, one.mine) for each in plan.outcomes for one in each.differences]
    if known.values[column] == KEPT:
        assert [each.column for each in plan.problems] == [next(c.title for c in fields_of(N) if c.name == column)]
        assert not changed
    elif known.values[column] == EDITED[column]:
        assert not plan.changes
    else:
        assert changed == [(known.key, column, known.values[column], EDITED[column])]
        assert plan.called(Fate.CHANGED)


@settings(max_examples=25)
@given(standing=standings(), column=st.sampled_from(["title", "text", "theme", "addressee", "mandates"]))
def test_both_sides_are_merged_and_a_value_that_both_changed_is_asked_about(standing: Standing, column: str) -> None:
    known = next(iter(standing.needs.values()))
    intake = taken_and_read(standing, (known.key, column, EDITS.get(column, "x")))
    theirs = Known(known.pk, known.public_id, known.key, "QMA", {
        **known.values, **{name: "Theirs" for name in ("title", "text", "addressee") if known.values[name] != KEPT},
    })  # fmt: skip
    plan = compared(intake, Standing(standing.assessments, {**standing.needs, known.key: theirs}))
    asked = {one.name for each in plan.outcomes for one in each.differences if not one.chosen}
    both = column in ("title", "text", "addressee") and EDITED[column] != known.values[column]
    assert asked == ({column} if both and known.values[column] not in (KEPT, "Theirs") else set())
    outcome = next(each for each in plan.needs if each.row.key == known.key)
    for name in {"title", "text", "addressee"} - {column}:
        assert outcome.values[name] == theirs.values[name]  # nobody edited it in the file, so theirs stands


def test_every_list_of_codes_drops_down_and_the_base_is_hidden() -> None:
    known = Known(1, "v" * 16, "QMA-A", "QMA", {each.name: "" for each in fields_of(V)} | {"starts_on": "2020-01-01"})
    content = write_form(Standing({"QMA-A": known}, {}), LISTS, right_to_left=True, about=["As of today."])
    book = openpyxl.load_workbook(io.BytesIO(content))
    for part, name in ((V, "Assessments"), (N, "Recommendations")):
        lists = [each for each in book[name].data_validations.dataValidation if each.type == "list"]
        assert len(lists) == sum(each.holds is Holds.CODE for each in fields_of(part))
        assert all("Lists" in str(each.formula1) for each in lists)
        assert book[name].sheet_view.rightToLeft
    assert [name for name in book.sheetnames if book[name].sheet_state == "veryHidden"] == [
        "_base_assessments", "_base_needs",
    ]  # fmt: skip


def test_a_text_that_looks_like_a_formula_is_a_text() -> None:
    values = dict.fromkeys((each.name for each in fields_of(V)), "") | {"mandates": "=1+1"}
    content = write_form(
        Standing({"QMA-A": Known(1, "v" * 16, "QMA-A", "QMA", values)}, {}), LISTS, right_to_left=False, about=[]
    )
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(content))["Assessments"].iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=1+1"] == ["s"]


def test_a_workbook_with_too_many_rows_or_a_part_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    visits = {f"QMA-{n}": Known(n, str(n), f"QMA-{n}", "QMA", dict.fromkeys((c.name for c in fields_of(V)), ""))
              for n in range(4)}  # fmt: skip
    content = write_form(Standing(visits, {}), LISTS, right_to_left=False, about=[])
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    with pytest.raises(ProblemsFound, match="more than 3 rows"):
        read_form(io.BytesIO(content), "needs.xlsx", LISTS)
    monkeypatch.setattr(reading, "LARGEST_PART", 100)
    with pytest.raises(ProblemsFound, match="larger than a workbook"):
        read_form(io.BytesIO(content), "needs.xlsx", LISTS)


@pytest.mark.parametrize("sheet", ["Assessments", "Recommendations"])
def test_a_sheet_or_a_column_that_is_gone_is_named(sheet: str) -> None:
    content = write_form(Standing({}, {}), LISTS, right_to_left=False, about=[])
    book = openpyxl.load_workbook(io.BytesIO(content))
    book[sheet].delete_cols(3)
    target = io.BytesIO()
    book.save(target)
    _intake, problems = read_form(io.BytesIO(target.getvalue()), "needs.xlsx", LISTS)
    assert [each.message for each in problems] == ["the column is missing"]
    del book[sheet]
    book.save(target := io.BytesIO())
    with pytest.raises(ProblemsFound, match="the sheet is missing"):
        read_form(io.BytesIO(target.getvalue()), "needs.xlsx", LISTS)
