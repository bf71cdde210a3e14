"""Published texts that speak of individuals: what is cut out, what is left out, and that the activity stays."""

from pathlib import Path

from colonnade.exchange.iati.tests.making import activity_xml, one, reading_of

STORY = "<description><narrative>A girl called Amina, aged 9, walks to the well.</narrative></description>"


def test_an_address_is_cut_out_of_its_text_and_noted_without_repeating_it(tmp_path: Path) -> None:
    body = "<description><narrative>Wells. Write to jane.doe@example.org today.</narrative></description>"
    reading = reading_of(tmp_path, activity_xml(body))
    (activity,) = reading.activities
    assert [text.text for text in activity.descriptions] == ["Wells. Write to […] today."]
    (problem,) = reading.problems
    assert (problem.row, problem.column) == (2, "description/narrative")
    assert "the e-mail address of a person" in problem.message
    assert "jane.doe" not in str(problem)


def test_a_text_about_somebody_is_left_out_whole_and_its_activity_stays(tmp_path: Path) -> None:
    activity, noted = one(tmp_path, STORY + "<description><narrative>Ten wells.</narrative></description>")
    assert [text.text for text in activity.descriptions] == ["Ten wells."]
    assert len(noted) == 1
    assert "a person, with their name" in noted[0]
    assert "Amina" not in noted[0]


def test_an_activity_whose_title_speaks_of_somebody_goes_by_its_identifier(tmp_path: Path) -> None:
    activity, noted = one(tmp_path, "<title><narrative>A well for Amina, aged 9</narrative></title>")
    assert activity.title is None
    assert len(noted) == 2


def test_the_mailbox_of_an_office_stays_and_contact_persons_are_never_read(tmp_path: Path) -> None:
    body = (
        "<description><narrative>See info@water.example.</narrative></description>"
        "<contact-info><person-name><narrative>Jane Doe</narrative></person-name><email>jane@example.org</email>"
        "</contact-info>"
    )
    activity, noted = one(tmp_path, body)
    assert [text.text for text in activity.descriptions] == ["See info@water.example."]
    assert noted == []
    assert "jane" not in repr(activity).lower()
