"""Which files are read, which are refused whole, and what stays in memory."""

from pathlib import Path

import pytest

from colonnade.core.problems import Problem, ProblemsFound
from colonnade.exchange.iati import reading, values
from colonnade.exchange.iati.reading import read_activities, read_file
from colonnade.exchange.iati.tests.making import activity_xml, file_of, peak_memory, reading_of
from colonnade.exchange.iati.values import Notes


def refusal(path: Path) -> Problem:
    with pytest.raises(ProblemsFound) as refused:
        read_file(path)
    (problem,) = refused.value.problems
    return problem


def test_the_activities_of_a_file_come_in_its_order_with_file_and_line(tmp_path: Path) -> None:
    read = reading_of(tmp_path, activity_xml(identifier="XM-TEST-1-A"), activity_xml(identifier="XM-TEST-1-B"))
    assert [(one.identifier, one.file, one.line) for one in read.activities] == [
        ("XM-TEST-1-A", "made.xml", 2),
        ("XM-TEST-1-B", "made.xml", 3),
    ]
    assert read.problems == ()


def test_a_file_that_is_cut_off_is_refused_whole_and_says_where(tmp_path: Path) -> None:
    path = file_of(tmp_path, activity_xml(), activity_xml(identifier="XM-TEST-1-B"))
    path.write_text(path.read_text().removesuffix("</iati-activities>"))
    problem = refusal(path)
    assert problem.row == 4
    assert "not well-formed" in problem.message


def test_streaming_refuses_a_broken_file_before_its_first_activity(tmp_path: Path) -> None:
    path = file_of(tmp_path, activity_xml())
    path.write_text(path.read_text() + "<")
    with pytest.raises(ProblemsFound):
        next(read_activities(path, Notes("made.xml")))


@pytest.mark.parametrize("content", [b"", b"not xml", b"<html><body>Gone</body></html>", b"<iati-organisations/>"])
def test_what_is_no_file_of_activities_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "made.xml"
    path.write_bytes(content)
    assert "refused" in refusal(path).message


@pytest.mark.parametrize("version", ["1.00", "1.04", "1.05", "3.01", "two"])
def test_a_file_of_another_version_is_refused_with_the_version_met(tmp_path: Path, version: str) -> None:
    problem = refusal(file_of(tmp_path, activity_xml(), root=f'version="{version}"'))
    assert problem.value == version
    assert "only 2.0x" in problem.message


def test_a_file_without_a_version_takes_that_of_its_activities(tmp_path: Path) -> None:
    wrapped = activity_xml(attributes='xmlns:extra="https://example.org/ns" extra:version="2.02"')
    read = reading_of(tmp_path, wrapped, root="")
    assert (read.version, read.activities[0].version) == ("2.02", "2.02")


def test_a_file_that_states_no_version_anywhere_is_refused(tmp_path: Path) -> None:
    assert "does not state its version" in refusal(file_of(tmp_path, activity_xml(), root="")).message


def test_an_old_activity_in_a_file_without_version_is_refused(tmp_path: Path) -> None:
    path = file_of(tmp_path, activity_xml(attributes='version="1.03"'), root="")
    assert refusal(path).value == "1.03"


def test_a_file_without_activities_is_read_as_empty(tmp_path: Path) -> None:
    assert reading_of(tmp_path).activities == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1", "utf-16"])
def test_files_in_declared_encodings_read_alike(tmp_path: Path, encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    body = "<title><narrative>Sécurité des frontières</narrative></title>"
    text = f'<?xml version="1.0" encoding="{declared}"?><iati-activities version="2.03">{activity_xml(body)}'
    path = tmp_path / "made.xml"
    path.write_bytes((text + "</iati-activities>").encode(encoding))
    assert read_file(path).activities[0].titles[0].text == "Sécurité des frontières"


def test_bytes_that_are_not_of_the_declared_encoding_refuse_the_file(tmp_path: Path) -> None:
    path = file_of(tmp_path, activity_xml("<title><narrative>x</narrative></title>"))
    path.write_bytes(path.read_bytes().replace(b">x<", b">\xe9<"))
    assert "not well-formed" in refusal(path).message


def test_attributes_and_elements_of_other_namespaces_are_passed_over(tmp_path: Path) -> None:
    attributes = (
        'xmlns:dstore="http://d-portal.org/xmlns/dstore" dstore:index="7" xmlns:iati-activities="http://x.org/a" '
        'iati-activities:version="2.01" default-currency="EUR"'
    )
    read = reading_of(tmp_path, activity_xml("<dstore:tag>secret</dstore:tag>", attributes=attributes))
    assert read.version == "2.03"
    assert read.problems == ()


def test_contact_persons_are_not_in_what_is_read(tmp_path: Path) -> None:
    contact = "<contact-info><person-name><narrative>Ann Example</narrative></person-name></contact-info>"
    read = reading_of(tmp_path, activity_xml(contact))
    assert "Ann Example" not in repr(read)


def test_an_activity_without_identifier_is_refused_and_its_neighbours_are_read(tmp_path: Path) -> None:
    nameless = "<iati-activity><iati-identifier> </iati-identifier></iati-activity>"
    read = reading_of(
        tmp_path, activity_xml(identifier="XM-TEST-1-A"), nameless, activity_xml(identifier="XM-TEST-1-B")
    )
    assert [activity.identifier for activity in read.activities] == ["XM-TEST-1-A", "XM-TEST-1-B"]
    (problem,) = read.problems
    assert (problem.row, problem.file) == (3, "made.xml")
    assert "refused" in problem.message


def test_lines_are_right_far_into_a_long_file(tmp_path: Path) -> None:
    wrong = '<budget>\n<period-start iso-date="soon"/>\n<value>5</value></budget>'
    path = file_of(tmp_path, "\n" * 70_000, activity_xml(wrong))
    read = read_file(path)
    assert read.activities[0].line == 70_003
    assert [problem.row for problem in read.problems] == [70_004]


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    filler = (
        "<result><title><narrative>" + "x" * 2000 + "</narrative></title></result><budget><value>1</value></budget>"
    )
    small, large = (
        file_of(
            tmp_path,
            *(activity_xml(filler, identifier=f"XM-TEST-1-{number}") for number in range(count)),
            name=f"{count}.xml",
        )
        for count in (10, 20_000)
    )
    assert large.stat().st_size > 40_000_000
    assert peak_memory(large) < peak_memory(small) + 4_000_000


def test_an_activity_that_would_fill_the_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ELEMENTS", 1000)
    assert "too large" in refusal(file_of(tmp_path, activity_xml('<tag code="1"/>' * 1001))).message
    monkeypatch.setattr(reading, "MOST_CHARACTERS", 1000)
    assert (
        "too large"
        in refusal(file_of(tmp_path, activity_xml(f"<title><narrative>{'y' * 1001}</narrative></title>"))).message
    )


def test_a_hopeless_file_cannot_fill_the_memory_with_its_problems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(values, "MOST_PROBLEMS", 3)
    read = reading_of(tmp_path, activity_xml('<activity-date type="1" iso-date="soon"/>' * 10))
    assert len(read.problems) == 4
    assert (read.problems[-1].value, read.problems[-1].message) == ("7", "further problems, not listed")
