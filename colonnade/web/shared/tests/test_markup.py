"""Markup written in Python escapes everything, and says of a cell what a reader of the page needs."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from colonnade.web.shared.filters import Option
from colonnade.web.shared.markup import bar_markup, cells_markup, options_markup, rows_markup
from colonnade.web.shared.numbers import CellView


class Read(HTMLParser):
    """The tags met, and the text between them."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.values: list[str | None] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.values += [value for name, value in attrs if name in ("href", "value", "lang")]

    def handle_data(self, data: str) -> None:
        self.text += data


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1)


@given(texts, texts, texts)
def test_no_text_of_a_cell_becomes_markup(text: str, href: str, aside: str) -> None:
    read = Read(cells_markup([CellView(text, href, aside=aside)]))
    assert read.tags == ["td", "a", "span", "bdi"]
    assert read.values == [href]
    assert read.text == f"{text} {aside}"


@given(texts, texts, st.one_of(st.none(), st.integers(0, 10_000)))
def test_no_text_of_an_option_becomes_markup(code: str, title: str, count: int | None) -> None:
    read = Read(options_markup("pillar", [Option(code, title, count, selected=True)]))
    assert read.values == [code]
    assert read.text.split(" ", 1)[1].startswith(title)


def test_a_number_opens_its_records_and_the_one_looked_at_says_so() -> None:
    assert cells_markup([CellView("5", "/x/?a=1&b=2", numeric=True, here=True)]) == (
        '<td class="n here"><a class="number" dir="auto" href="/x/?a=1&amp;b=2" aria-current="true">5</a></td>'
    )
    assert cells_markup([CellView("–", numeric=True, bar=3)]).startswith('<td class="n with-bar"><svg class="bar"')


def test_the_head_of_a_row_is_a_head() -> None:
    assert rows_markup([[CellView("Hereland", header=True, lang="en")], [CellView("x")]]) == (
        '<tr><th scope="row" lang="en"><bdi>Hereland</bdi></th></tr>\n<tr><td><bdi>x</bdi></td></tr>'
    )


def test_a_bar_is_hidden_from_those_who_hear_the_page() -> None:
    assert 'aria-hidden="true"' in bar_markup(40, "#123456")
    assert 'fill="#123456" width="40"' in bar_markup(40, "#123456")
