"""Proposals for codes: what they rest on, and when there are none."""

import numpy as np

from colonnade.analysis.matching.classifying import LEAST, Classifier, Labelled, Term, named_countries
from colonnade.analysis.matching.records import Record

SUBJECTS = {
    "prisons": "prison staff detention inmates rehabilitation",
    "borders": "border passengers customs airport biometrics",
    "victims": "victims survivors compensation memorial solidarity",
}
TERMS = [Term("theme", code, f"Theme of {code}") for code in SUBJECTS]


def labelled(count: int, *, noise: float = 0.0) -> list[Labelled]:
    draw = np.random.default_rng(4)
    found = []
    for number in range(count):
        code = sorted(SUBJECTS)[number % 3]
        text = " ".join(draw.choice(SUBJECTS[code].split(), 3))
        told = sorted(SUBJECTS)[int(draw.integers(3))] if draw.random() < noise else code
        found.append(Labelled(Record(f"r{number}", text), {"theme": frozenset({told})}))
    return found


def test_a_code_is_proposed_with_the_records_it_rests_on_and_what_is_shared() -> None:
    classifier = Classifier.of(labelled(120), TERMS)
    [proposal] = classifier.proposals(Record("new", "Detention and rehabilitation of inmates"))
    assert (proposal.dimension, proposal.code) == ("theme", "prisons")
    assert proposal.sureness > 0.8
    assert proposal.because
    assert all(each.shared for each in proposal.because)
    calibration = classifier.calibrations["theme"]
    assert calibration.right >= 0.8 * calibration.proposed
    assert 0 < calibration.answered <= calibration.tried == 60


def test_what_cannot_be_told_is_not_proposed() -> None:
    classifier = Classifier.of(labelled(120), TERMS)
    assert not classifier.proposals(Record("new", "beekeeping"))
    threshold = classifier.calibrations["theme"].threshold
    assert threshold is not None
    guesses = classifier.guesses(Record("new", "prison border victims"))
    assert {each.code for each in guesses} == set(SUBJECTS)
    proposed = {each.code for each in classifier.proposals(Record("new", "prison border victims"))}
    assert proposed == {each.code for each in guesses if each.sureness >= threshold}


def test_labels_that_follow_no_text_teach_to_abstain() -> None:
    classifier = Classifier.of(labelled(120, noise=1.0), TERMS)
    assert classifier.calibrations["theme"].threshold is None
    assert not classifier.proposals(Record("new", "prison staff"))


def test_few_labelled_records_teach_to_abstain() -> None:
    classifier = Classifier.of(labelled(LEAST - 1), TERMS)
    assert classifier.calibrations["theme"].threshold is None


def test_countries_that_a_text_names_are_proposed_with_their_places() -> None:
    record = Record(
        "new", "Formation des juges au Mali et en Côte d’Ivoire; it helps us, not the US of IT.", "Mali: judges"
    )
    found = {each.code: each.because[0].places for each in named_countries(record)}
    assert set(found) == {"ML", "CI"}
    assert [record.title[at.start : at.end] for at in found["ML"] if at.field == "title"] == ["Mali"]
    assert [record.text[at.start : at.end] for at in found["CI"]] == ["Côte d’Ivoire"]
