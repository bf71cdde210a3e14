"""The file that names the organisations whose people sign in with their own provider."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from colonnade.config.variables import organisations

WHOLE = """
[[provider]]
key = "office"
name = "The Office"
server = "https://id.office.example"
client_id = "colonnade"
secret = "s"
domains = ["Office.example"]
"""


def read(folder: Path, text: str) -> list[dict[str, object]]:
    file = folder / "organisations.toml"
    file.write_text(text)
    return organisations(str(file))


def test_no_second_factor_is_trusted_unless_the_file_says_so(tmp_path: Path) -> None:
    assert read(tmp_path, WHOLE) == [
        {
            "provider_id": "office",
            "name": "The Office",
            "client_id": "colonnade",
            "secret": "s",
            "settings": {
                "server_url": "https://id.office.example",
                "domains": ["office.example"],
                "trusts_second_factor": False,
                "second_factor_acr": [],
                "oauth_pkce_enabled": True,
            },
        }
    ]
    [trusted] = read(tmp_path, f'{WHOLE}trusts_second_factor = true\nsecond_factor_acr = ["two"]')
    assert {"trusts_second_factor": True, "second_factor_acr": ["two"]}.items() <= trusted["settings"].items()  # type: ignore[attr-defined]  # a table


def test_the_secret_may_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("kept\n")
    [found] = read(tmp_path, WHOLE.replace('secret = "s"', f'secret_file = "{tmp_path / "secret"}"'))
    assert found["secret"] == "kept"
    assert organisations("") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (WHOLE.replace('domains = ["Office.example"]', ""), "provider office lacks domains"),
        (f"{WHOLE}trust = true", "provider office has trust, which mean nothing"),
    ],
)
def test_what_is_missing_or_unknown_is_said(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=said):
        read(tmp_path, text)
