"""The events' pages: a list, a calendar, a feed and a page each show the same events, those that the reader may see."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from colonnade.web.events.tests.strict import Read, read

Reader = Callable[[str], Client]
Events = dict[str, str]


def plain(client: Client, address: str) -> str:
    """The words of a page."""
    response = client.get(address)
    assert response.status_code == 200, address
    body = response.content.decode().partition("<main")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def feed(client: Client, address: str = "/events/feed.ics") -> Read:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return read(response.getvalue())


def uids(found: Read) -> set[str]:
    return {event["UID"].partition("@")[0] for event in found.events}


def test_the_list_shows_what_its_reader_may_see(held_events: Events, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    assert "A meeting of the compact" not in plain(reader("public"), "/events/")
    assert "A meeting of the compact" in plain(reader("focal"), "/events/")


def test_a_filter_in_the_address_chooses_the_events(held_events: Events, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    page = plain(reader("public"), "/events/?kind=training&year=2019")
    assert "Training; pumps" in page
    assert "A made-up workshop" not in page
    assert "Events 1" in page


def test_participants_stand_by_kind_and_year(held_events: Events, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    page = reader("public").get("/events/").content.decode().partition('id="participants"')[2]
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "Training – 30 30" in words
    assert "kind=training&amp;year=2019" in page
    assert "3 of them report no number here" in words


def test_the_file_holds_what_the_list_shows(held_events: Events, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    lines = reader("public").get("/events/list.csv?kind=training").getvalue().decode().splitlines()
    assert len(lines) == 2
    assert "Training; pumps" in lines[1]
    assert reader("public").get("/events/list.xlsx").status_code == 200


def test_the_feed_holds_what_the_public_may_see_and_no_more(held_events: Events, reader: Reader) -> None:
    everything = set(held_events.values())
    assert uids(feed(reader("public"))) == everything - {held_events["compact"]}
    assert uids(feed(reader("focal"))) == everything
    assert uids(feed(reader("state"))) == everything  # its people came
    assert uids(feed(reader("donor"))) == everything - {held_events["compact"]}


def test_the_feed_follows_the_filters_of_the_list(held_events: Events, reader: Reader) -> None:
    client = reader("focal")
    assert uids(feed(client, "/events/feed.ics?country=QMB")) == {held_events["compact"]}
    assert uids(feed(client, "/events/feed.ics?year=2018")) == {held_events["made_up"]}
    assert uids(feed(client, "/events/feed.ics?from=2019-06-01&by=2019-06-01")) == {held_events["training"]}
    assert uids(feed(client, "/events/feed.ics?kind=nothing")) == set()


def test_an_event_in_the_feed_says_when_where_and_who(held_events: Events, reader: Reader) -> None:
    found = {event["UID"].partition("@")[0]: event for event in feed(reader("public")).events}
    training = found[held_events["training"]]
    assert training["SUMMARY"] == "Training; pumps, pipes\\valves"
    assert (training["DTSTART"], training["DTEND"]) == ("20190530", "20190603")
    assert training["LOCATION"] == "Hereland"
    assert training["URL"].endswith(f"/events/{held_events['training']}/")
    assert training["DESCRIPTION"] == "Training\nOrganiser: WATER\nParticipants: 30"
    assert "illustrative" in found[held_events["made_up"]]["DESCRIPTION"]
    assert "LOCATION" not in found[held_events["script"]]


def test_uids_stay_the_same_and_stamps_follow_the_registry(held_events: Events, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    client = reader("public")
    first, second = feed(client), feed(client)
    assert first == second
    assert len({event["DTSTAMP"] for event in first.events}) == 1


def test_one_event_as_a_file_is_the_same_event(held_events: Events, reader: Reader) -> None:
    client, identifier = reader("public"), held_events["training"]
    [alone] = feed(client, f"/events/{identifier}.ics").events
    among = {event["UID"]: event for event in feed(client).events}
    assert alone == among[alone["UID"]]


def test_no_person_is_named_in_a_file(held_events: Events, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    octets = reader("officer").get("/events/feed.ics").getvalue()
    assert b"officer@" not in octets
    assert b"ATTENDEE" not in octets
    assert b"ORGANIZER" not in octets


@pytest.mark.parametrize("ending", ["/", ".ics"])
def test_an_event_is_there_for_those_who_may_see_it(ending: str, held_events: Events, reader: Reader) -> None:
    path = f"/events/{held_events['compact']}{ending}"
    seen = {
        name for name in ("public", "donor", "focal", "officer", "state") if reader(name).get(path).status_code == 200
    }
    assert seen == {"focal", "officer", "state"}


def test_the_page_of_an_event_says_who_came_from_where(held_events: Events, reader: Reader) -> None:
    client = reader("public")
    page = plain(client, f"/events/{held_events['training']}/")
    assert "When 30 May – 2 June 2019" in page
    assert "Participants 30 24 of them are known by State" in page
    assert "Hereland 20" in page
    assert "Thereland 4" in page
    assert "From which States participants came is not reported" in plain(client, f"/events/{held_events['workshop']}/")


def test_titles_of_events_are_text(held_events: Events, reader: Reader) -> None:
    client = reader("public")
    for address in ("/events/", f"/events/{held_events['script']}/", "/events/calendar/?month=2019-05"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_the_calendar_shows_the_events_of_its_month(held_events: Events, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    client = reader("public")
    may = plain(client, "/events/calendar/?month=2019-05")
    assert "Events in May 2019" in may
    assert "2 events on the days of this month" in may
    assert "until 2 June" in may
    assert "A meeting of the compact" not in may
    assert "A meeting of the compact" in plain(reader("focal"), "/events/calendar/?month=2019-05")
    assert "1 event on the days of this month" in plain(client, "/events/calendar/?month=2019-06")
    assert "Nothing is recorded in this month" in plain(client, "/events/calendar/?month=2019-07")


def test_the_calendar_opens_where_there_is_something(held_events: Events, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    assert "Events in August 2019" in plain(reader("public"), "/events/calendar/")
    assert "Events in May 2019" in plain(reader("public"), "/events/calendar/?kind=training")


def test_the_calendar_keeps_the_filters(held_events: Events, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    page = reader("public").get("/events/calendar/?month=2019-05&kind=training&kind=workshop").content.decode()
    links = re.findall(r'rel="(?:prev|next)"|href="([^"]*month=2019-0[46][^"]*)"', page)
    assert all("kind=training&amp;kind=workshop" in link for link in links if link)
    assert page.count('name="kind" value="') == 2
    assert "/events/feed.ics?month=2019-05&amp;kind=training&amp;kind=workshop" in page


def test_the_calendar_is_a_table_with_named_days(held_events: Events, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    page = reader("public").get("/events/calendar/?month=2019-05").content.decode()
    assert page.count('<th scope="col">') == 7
    assert page.count("<time ") == 31
    assert '<time datetime="2019-05-30">' in page
    assert "Thursday 30 May 2019" in page


@pytest.mark.parametrize("month", ["2019-13", "may", "1800-01", "2019"])
def test_what_is_no_month_is_not_there(month: str, held_events: Events, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    assert reader("public").get(f"/events/calendar/?month={month}").status_code == 404


@pytest.mark.parametrize(
    ("address", "ceiling"),
    # A record's own page may ask a little more than a list.
    [("/events/", 12), ("/events/calendar/?month=2019-05", 12), ("/events/feed.ics", 12), ("/events/{training}/", 16)],
)
def test_events_ask_the_database_little_and_weigh_little(
    address: str, ceiling: int, held_events: Events, reader: Reader
) -> None:
    client, path = reader("officer"), address.format(**held_events)
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(path)
        weight = len(response.getvalue())
    assert len(asked) <= ceiling, [query["sql"] for query in asked.captured_queries]
    assert weight < 150_000


def test_a_strategy_without_events_says_so(reader: Reader) -> None:
    client = reader("public")
    page = plain(client, "/events/?kind=nothing")
    assert "No record has all of this" in page
    assert feed(client, "/events/feed.ics?kind=nothing").events == []
