"""A State keeps a need, or fields of it: from the next request on no list, file, search, figure, page or report of
those whom it is kept from holds a word of it, and its own people find it in all of them."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from colonnade.needs.models import Recommendation
from colonnade.strategy.models import Theme
from colonnade.web.conftest import House

Reader = Callable[[str], Client]
TITLE, THEME = "Zanzibaresque", "Quokkaland"
TEXT = """# The needs

There were {needs_count} needs.

::table needs_by_theme
  caption: Needs by thematic priority
"""
#: Where the word of a title stands for those who may read it, and that of a theme.
HOLD_THE_TITLE = (
    "/needs/",
    "/needs/?q=zanzibaresque",
    "/needs/list.csv",
    "/needs/list.xlsx",
    "/needs/{need}/",
    "/search/?q=zanzibaresque",
    "/figures/needs_count/",
    "/figures/needs_count/records/",
    "/figures/needs_count/records.csv",
    "/figures/needs_by_theme/records/",
    "/projects/{project}/",
)
HOLD_THE_THEME = (
    "/needs/",
    "/needs/?theme=quokka",
    "/needs/list.csv",
    "/needs/list.xlsx",
    "/needs/{need}/",
    "/explore/?measure=needs&rows=theme",
    "/explore/table.csv?measure=needs&rows=theme",
    "/explore/table.xlsx?measure=needs&rows=theme",
    "/explore/chart.svg?measure=needs&rows=theme",
    "/figures/needs_by_theme/",
    "/figures/needs_count/records.csv",
    "/countries/QMA/",
    "/countries/QMA/brief.docx",
)
#: Pages that name the theme to everybody, whatever has it: in a table of every theme, or because it was asked for.
NAME_EVERY_THEME = ("/figures/needs_by_theme/", "/needs/?theme=quokka")
#: Where neither has to stand, and neither may.
OTHERS = (
    "/",
    "/countries/",
    "/regions/R/",
    "/explore/?measure=needs&rows=country&columns=priority",
    "/reports/annual/",
    "/reports/annual/files/report.docx",
    "/reports/annual/files/report.xlsx",
    "/reports/annual/files/report.html",
    "/reports/annual/files/figures.json",
)


@pytest.fixture
def addresses(house: House, settings: LazySettings) -> dict[str, str]:
    """The need with a title and a theme like no other, in a report too."""
    Path(settings.PACK_DIR, "reports", "annual", "text.md").write_text(TEXT)
    theme = Theme.objects.create(code="quokka", title=THEME, short_title=THEME, position=1, source="s")
    found = Recommendation.objects.unscoped("test").filter(public_id=house.needs["compact"])
    found.update(title=f"A {TITLE} need", theme=theme, text=f"{TITLE} text")
    Recommendation.objects.unscoped("test").update(provenance="illustrative")
    return {"need": house.needs["compact"], "project": house.projects["public"]}


def content(client: Client, address: str) -> str:
    """Everything that an answer holds; the parts of a zipped document unpacked."""
    response = client.get(address, follow=True)
    if response.status_code == 404:
        return ""
    assert response.status_code == 200, address
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]  # a file streams
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    # What was typed is said back, and is no finding.
    return body.decode("utf-8", "replace").replace("zanzibaresque", "").replace("theme=quokka", "")


def holding(client: Client, word: str, where: tuple[str, ...], named: dict[str, str]) -> set[str]:
    return {address for address in where if word in content(client, address.format(**named))}


def keep(client: Client, need: str, *fields: str) -> None:
    sent = {"what": "fields" if fields else "whole", "fields_kept": list(fields)}
    assert client.post(f"/needs/{need}/keep/", sent).status_code == 302


def test_before_its_wish_everybody_inside_finds_it(addresses: dict[str, str], reader: Reader) -> None:
    for client in (reader("focal"), reader("state"), reader("officer")):
        assert holding(client, TITLE, HOLD_THE_TITLE, addresses) == set(HOLD_THE_TITLE)
        assert holding(client, THEME, HOLD_THE_THEME, addresses) == set(HOLD_THE_THEME)


@pytest.mark.parametrize("fields", [(), ("title", "text", "theme")], ids=["the whole", "fields"])
def test_what_is_kept_is_gone_everywhere_and_its_state_finds_it(
    addresses: dict[str, str], reader: Reader, fields: tuple[str, ...]
) -> None:
    focal, state, officer = reader("focal"), reader("state"), reader("officer")
    content(focal, "/needs/")  # what was read before is not read again from a cache
    content(focal, "/reports/annual/files/report.xlsx")
    keep(state, addresses["need"], *fields)
    everywhere = (*HOLD_THE_TITLE, *HOLD_THE_THEME, *OTHERS)
    for client in (focal, reader("donor"), reader("other_state"), Client()):
        assert holding(client, TITLE, everywhere, addresses) == set()
    # The theme itself is published, and a table of every theme names it; that this need has it is not.
    by_need = tuple(each for each in HOLD_THE_THEME if each not in NAME_EVERY_THEME)
    assert holding(focal, THEME, by_need, addresses) == set()
    row = next(
        (line for line in content(focal, "/figures/needs_by_theme/figure.csv").splitlines() if THEME in line), ""
    )
    assert ",1" not in row
    assert "No record has all of this" in content(focal, "/needs/?theme=quokka")
    for client in (state, officer):
        assert holding(client, TITLE, HOLD_THE_TITLE, addresses) == set(HOLD_THE_TITLE)
        assert holding(client, THEME, HOLD_THE_THEME, addresses) == set(HOLD_THE_THEME)


def test_a_report_built_afterwards_counts_without_it(addresses: dict[str, str], reader: Reader) -> None:
    focal, state, officer = reader("focal"), reader("state"), reader("officer")
    assert ">one</a> needs" in content(focal, "/reports/annual/")
    assert ">two</a> needs" in content(officer, "/reports/annual/")
    assert "the confidentiality of technical assistance needs changed: no." in content(focal, "/reports/annual/")
    keep(state, addresses["need"])
    later = content(focal, "/reports/annual/")
    assert ">one</a> needs" not in later
    assert "the confidentiality of technical assistance needs changed: yes." in content(officer, "/reports/annual/")
    assert ">two</a> needs" in content(officer, "/reports/annual/")


def test_a_figure_says_in_general_that_records_may_be_closed(addresses: dict[str, str], reader: Reader) -> None:
    focal, officer = reader("focal"), reader("officer")
    before = "A State can have a need kept confidential" in content(focal, "/figures/needs_count/")
    keep(reader("state"), addresses["need"])
    assert before
    assert "A State can have a need kept confidential" in content(focal, "/figures/needs_count/")
    assert "A State can have a need kept confidential" not in content(officer, "/figures/needs_count/")
