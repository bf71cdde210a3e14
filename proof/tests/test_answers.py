"""Comparing answers, and reading what is written in them."""

import io
import zipfile

import pytest

from proof.answers import Answer, differences, settled, text_in
from proof.canaries import canaries_in, canary, canary_amount
from proof.running import compared
from proof.worker import outcome_of

PAGE = Answer(200, (("Content-Type", "text/html"), ("ETag", '"1"')), b"<p>Three wells</p>")


def zipped(**parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return content.getvalue()


@pytest.mark.parametrize(
    ("other", "what"),
    [
        (Answer(404, PAGE.headers, PAGE.body), "status 200 and 404"),
        (Answer(200, (("Content-Type", "text/html"), ("ETag", '"2"')), PAGE.body), "header ETag: '\"1\"' and '\"2\"'"),
        (Answer(200, tuple(reversed(PAGE.headers)), PAGE.body), "headers: another order"),
        (Answer(200, PAGE.headers, b"<p>Three wells</p> "), "content: '<p>Three wells</p>' and '<p>Three wells</p> '"),
        (Answer(200, PAGE.headers, PAGE.body, ("mail",)), "mails"),
        (Answer(200, PAGE.headers, PAGE.body, (), ("a line",)), "log: () and ('a line',)"),
    ],
)
def test_whatever_differs_is_told(other: Answer, what: str) -> None:
    assert differences(PAGE, other) == [what]
    nothing: frozenset[str] = frozenset()
    one, two = (outcome_of(each, nothing, "", keep=True) for each in (PAGE, other))
    assert compared(one, two) == [what]


def test_the_same_answers_do_not_differ() -> None:
    nothing: frozenset[str] = frozenset()
    assert differences(PAGE, PAGE) == []
    assert compared(outcome_of(PAGE, nothing, "", keep=True), outcome_of(PAGE, nothing, "", keep=True)) == []


def test_of_a_pdf_only_when_it_was_written_and_its_identifier_may_differ() -> None:
    one, two, three = (
        b"%PDF-1.7\n/CreationDate (D:2020" + day + b") /ID [<0" + day + b">]\n(" + text + b")"
        for day, text in ((b"01", b"three"), (b"02", b"three"), (b"01", b"four"))
    )
    assert settled(one) == settled(two) != settled(three)
    page = b"<p>/CreationDate (D:202001)</p>"
    assert settled(page) == page


def test_words_are_found_in_files_in_files_in_mails_and_in_the_log() -> None:
    word, other, third = (canary("project", number, "title") for number in range(3))
    book = zipped(sheet=f"<t>{word}</t>", inner=zipped(deep=other).decode("latin-1"))
    assert canaries_in(text_in(book)) >= {word}
    told = Answer(200, (("X-Title", word),), zipped(sheet=other), (f"Dear {third}",), ()).said
    assert canaries_in(told) == {word, other, third}


def test_amounts_are_found_however_they_are_printed() -> None:
    amount = canary_amount("budget", 1)
    told = f"{amount:,} and {amount}.00 and {amount:,}".replace(",", " ", 1)
    assert canaries_in(told) == {str(amount)}
    assert canaries_in("7,104 and 17104233 dollars 8,104,233") == {"7104233"} - {"7104233"} | canaries_in("17104233")


def test_hidden_words_that_are_met_are_told_and_what_the_reader_typed_is_not() -> None:
    word = canary("need", 1, "text")
    answer = Answer(200, (), f"<p>{word}</p>".encode())
    met = outcome_of(answer, frozenset({word}), "/search/", keep=False)
    assert compared(met, met) == [f"hidden words: {word}"]
    typed = outcome_of(answer, frozenset({word}), f"/search/?q={word}", keep=False)
    assert compared(typed, typed) == []
