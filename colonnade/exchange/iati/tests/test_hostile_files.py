"""Files made to harm: entities that multiply, entities that fetch, and depth without end. All are refused."""

import socket
import time
from pathlib import Path

import pytest

from colonnade.core.problems import ProblemsFound
from colonnade.exchange.iati.reading import read_file
from colonnade.exchange.iati.tests.making import activity_xml

BODY = (
    '<iati-activities version="2.03">'
    + activity_xml("<title><narrative>&e;</narrative></title>")
    + "</iati-activities>"
)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the reader went to the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def refuse(tmp_path: Path, text: str) -> str:
    path = tmp_path / "hostile.xml"
    path.write_text(text)
    started = time.monotonic()
    with pytest.raises(ProblemsFound) as refused:
        read_file(path)
    assert time.monotonic() - started < 2
    return str(refused.value)


def test_a_billion_laughs_are_refused_at_the_first(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<!DOCTYPE iati-activities [<!ENTITY l0 "ha">{laughs}<!ENTITY e "&l9;">]>{BODY}'
    assert "document type" in refuse(tmp_path, text)


def test_entities_in_attributes_are_refused_too(tmp_path: Path) -> None:
    text = f'<!DOCTYPE iati-activities [<!ENTITY e "2.03">]>{BODY.replace("2.03", "&e;")}'
    assert "document type" in refuse(tmp_path, text)


@pytest.mark.parametrize("scheme", ["file", "http"])
def test_an_external_entity_is_refused_and_nothing_is_fetched(tmp_path: Path, scheme: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    address = secret.as_uri() if scheme == "file" else "http://192.0.2.1/secret"
    message = refuse(tmp_path, f'<!DOCTYPE iati-activities [<!ENTITY e SYSTEM "{address}">]>{BODY}')
    assert "document type" in message
    assert "the secret" not in message


def test_an_external_document_type_is_refused(tmp_path: Path) -> None:
    assert "document type" in refuse(tmp_path, f'<!DOCTYPE iati-activities SYSTEM "http://192.0.2.1/x.dtd">{BODY}')


def test_an_entity_that_nobody_declared_is_refused(tmp_path: Path) -> None:
    assert "not well-formed" in refuse(tmp_path, BODY)


def test_depth_without_end_is_refused(tmp_path: Path) -> None:
    deep = '<iati-activities version="2.03">' + "<a>" * 100_000
    assert "not well-formed" in refuse(tmp_path, deep)


def test_an_include_is_left_as_it_stands(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    include = f'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="{secret.as_uri()}" parse="text"/>'
    path = tmp_path / "made.xml"
    path.write_text(
        f'<iati-activities version="2.03">{activity_xml(f"<title><narrative>Plain{include}</narrative></title>")}'
        "</iati-activities>"
    )
    assert read_file(path).activities[0].titles[0].text == "Plain"
