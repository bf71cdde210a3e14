"""What the gate lets through, and what it refuses before anything is unpacked or read."""

import io
import struct
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from colonnade.core import uploads
from colonnade.core.problems import ProblemsFound
from colonnade.core.uploads import LIMITS, Kind, Limit, admit, admit_file

CONTENT_TYPES = b"<Types></Types>"
WORKBOOK = {
    "[Content_Types].xml": CONTENT_TYPES,
    "xl/workbook.xml": b"<workbook/>",
    "xl/worksheets/sheet1.xml": b"<w/>",
}


def packed(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream


def refusal(stream: io.BytesIO, name: str, *kinds: Kind) -> str:
    started = time.monotonic()
    with pytest.raises(ProblemsFound) as refused:
        admit(stream, name, *kinds)
    assert time.monotonic() - started < 5
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("rows.csv", "a,b\n1,é\n".encode(), Kind.CSV),
        ("rows.csv", "a,b\n".encode("utf-16"), Kind.CSV),
        ("PACK.TOML", b"[strategy]\n", Kind.TOML),
        ("rows.csv", b"MZ,PK\n1,2\n", Kind.CSV),
        ("file.xml", b'\xef\xbb\xbf<?xml version="1.0"?>\n<a>&amp;</a>', Kind.XML),
        ("file.xml", '<?xml version="1.0" encoding="utf-16"?><a/>'.encode("utf-16"), Kind.XML),
        ("paper.pdf", b"%PDF-1.7 ...", Kind.PDF),
        ("book.xlsx", packed(WORKBOOK).getvalue(), Kind.XLSX),
        ("text.docx", packed({"word/document.xml": b"<d/>"}).getvalue(), Kind.DOCX),
    ],
)
def test_a_plain_file_passes_and_is_read_from_its_beginning(name: str, content: bytes, kind: Kind) -> None:
    stream = io.BytesIO(content)
    assert admit(stream, name, *Kind) is kind
    assert stream.tell() == 0


@pytest.mark.parametrize(
    ("name", "content", "kinds", "said"),
    [
        ("rows.csv", b"PK\x03\x04", (Kind.CSV,), "damaged archive"),
        ("rows.csv", packed(WORKBOOK).getvalue(), (Kind.CSV,), "not a file of a kind"),
        ("book.xlsx", b"a,b\n", (Kind.XLSX,), "not a file of a kind"),
        ("book.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", (Kind.XLSX,), "old or an encrypted Office file"),
        ("book.xlsm", packed(WORKBOOK).getvalue(), (Kind.XLSX,), "it is called .xlsm"),
        ("page.csv", b"<html><script>1</script></html>", (Kind.CSV,), "met: 'xml'"),
        ("rows.csv.gz", b"\x1f\x8b\x08", (Kind.CSV,), "gzip"),
        ("rows.csv", b"MZ\x90", (Kind.CSV,), "a program"),
        ("book.xlsx", packed({"x.html": b"<p>"}).getvalue(), (Kind.XLSX,), "a ZIP archive"),
        ("rows.csv", packed({"x.html": b"<p>"}).getvalue(), (Kind.CSV,), "a ZIP archive"),
    ],
)
def test_a_file_is_what_its_content_is_not_what_it_is_called(
    name: str, content: bytes, kinds: tuple[Kind, ...], said: str
) -> None:
    assert said in refusal(io.BytesIO(content), name, *kinds)


def test_no_path_is_made_of_a_senders_name() -> None:
    said = refusal(io.BytesIO(b"MZ\x90"), "../../etc\\cron.d\\rows.csv", Kind.CSV)
    assert said.startswith("rows.csv:")


def test_a_file_that_is_too_large_is_refused_by_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, Kind.CSV, Limit(10))
    assert admit(io.BytesIO(b"0123456789"), "rows.csv", Kind.CSV) is Kind.CSV
    assert "larger than the 10 bytes" in refusal(io.BytesIO(b"0123456789a"), "rows.csv", Kind.CSV)


def test_a_bomb_is_refused_by_what_it_says_it_unpacks_to_and_nothing_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bomb = packed({**WORKBOOK, "xl/worksheets/sheet2.xml": b"\0" * (LIMITS[Kind.XLSX].unpacked // 5)})
    monkeypatch.setitem(LIMITS, Kind.XLSX, Limit(50_000_000, unpacked=1_000_000, parts=2_000))
    assert len(bomb.getvalue()) < 200_000
    tracemalloc.start()
    assert "larger unpacked" in refusal(bomb, "book.xlsx", Kind.XLSX)
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()


def test_a_bomb_that_lies_about_its_size_is_refused_while_it_is_counted() -> None:
    size = 50_000_000
    content = bytearray(packed({**WORKBOOK, "xl/x.bin": b"\0" * size}).getvalue())
    told = struct.pack("<L", size)
    assert content.count(told) == 2  # beside the part and in the list of parts
    stream = io.BytesIO(bytes(content).replace(told, struct.pack("<L", 100)))
    tracemalloc.start()
    assert "damaged part" in refusal(stream, "book.xlsx", Kind.XLSX)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_more_parts_than_are_taken_are_refused_from_the_list_alone() -> None:
    parts = {f"xl/worksheets/{number}.xml": b"<w/>" for number in range(LIMITS[Kind.XLSX].parts)}
    assert "parts that are taken" in refusal(packed({**WORKBOOK, **parts}), "book.xlsx", Kind.XLSX)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/macrosheets/sheet1.xml", "macros"),
        ("xl/activeX/activeX1.xml", "macros"),
        ("xl/embeddings/oleObject1.bin", "embedded"),
        ("xl/externalLinks/externalLink1.xml", "links to other files"),
        ("../../evil.xml", "a place outside"),
        ("/etc/passwd", "a place outside"),
        ("XL/workbook.xml", "two parts have one name"),
    ],
)
def test_what_runs_or_reaches_outside_is_refused(part: str, said: str) -> None:
    assert said in refusal(packed({**WORKBOOK, part: b"<x/>"}), "book.xlsx", Kind.XLSX)


def test_an_encrypted_part_and_an_odd_compression_are_refused() -> None:
    content = bytearray(packed(WORKBOOK).getvalue())
    at = content.rindex(b"PK\x01\x02")
    content[at + 8] |= 1
    assert "encrypted" in refusal(io.BytesIO(content), "book.xlsx", Kind.XLSX)
    assert "Office does not use" in refusal(packed(WORKBOOK, zipfile.ZIP_LZMA), "book.xlsx", Kind.XLSX)


LAUGHS = b'<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w>&b;</w>'
FETCHES = b'<!DOCTYPE w SYSTEM "file:///etc/passwd"><w/>'


@pytest.mark.parametrize("hostile", [LAUGHS, FETCHES, LAUGHS.decode().encode("utf-16")])
def test_a_document_type_is_refused_in_a_file_and_in_a_part(hostile: bytes) -> None:
    assert "document type" in refusal(io.BytesIO(hostile), "file.xml", Kind.XML)
    assert "document type" in refusal(packed({**WORKBOOK, "xl/styles.xml": hostile}), "book.xlsx", Kind.XLSX)


def test_what_is_only_wrong_is_left_to_its_reader() -> None:
    assert admit(io.BytesIO(b"<a><b></a>"), "file.xml", Kind.XML) is Kind.XML


def test_a_file_of_this_machine_goes_the_same_way(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("a,b\n")
    assert admit_file(path, Kind.CSV) is Kind.CSV


def test_every_kind_has_a_limit_and_what_is_packed_has_all_three() -> None:
    assert LIMITS.keys() == set(Kind)
    for kind in uploads._MAIN_PART.values():
        assert min(LIMITS[kind].size, LIMITS[kind].unpacked, LIMITS[kind].parts) > 0
