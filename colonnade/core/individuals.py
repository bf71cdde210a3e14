"""Texts that speak of individuals, recognised as far as that can be done without knowing anybody.

The registry holds no personal data about those whom projects serve, children least of all. Whatever takes text in (a
form, a data pack, an import) asks :func:`find_individuals` and refuses or cuts what it finds. What is found is never
repeated in a message or a log: :attr:`Found.masked` says enough to find the place.

These are patterns of form, in the six languages of the United Nations and in Portuguese and German. They find what
announces itself (an address, a number with the name of its document, a day of birth, somebody named together with an
age) and nothing else: a bare name is not told from the name of a place. So they are a net under those who write, not
a proof that a text speaks of nobody.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop


class Detail(StrEnum):
    """What kind of personal detail a text seems to hold."""

    EMAIL = "email"
    PHONE = "phone"
    IDENTITY = "identity"
    BORN = "born"
    PERSON = "person"
    CASE = "case"


#: Ways to reach somebody. They can be cut out of a text; around any other detail the whole text may speak of somebody.
CONTACTS: Final = frozenset({Detail.EMAIL, Detail.PHONE})
_TITLES: Final = {
    Detail.EMAIL: gettext_noop("the e-mail address of a person"),
    Detail.PHONE: gettext_noop("a telephone number"),
    Detail.IDENTITY: gettext_noop("the number of a passport or of an identity document"),
    Detail.BORN: gettext_noop("somebody's date of birth"),
    Detail.PERSON: gettext_noop("a person, with their name"),
    Detail.CASE: gettext_noop("the number of somebody's case"),
}
WHY: Final = gettext_noop("this seems to hold %(detail)s, and no personal details of individuals are kept here")
MEND: Final = gettext_noop("say it without the person: how many, of which group, where")


@dataclass(frozen=True, slots=True)
class Found:
    """A personal detail at ``start`` to ``end`` of a text."""

    detail: Detail
    start: int
    end: int
    masked: str

    @property
    def why(self) -> str:
        """Why it is refused, in a sentence without its full stop."""
        return _(WHY) % {"detail": _(_TITLES[self.detail])}


def find_individuals(text: str) -> tuple[Found, ...]:
    """Every personal detail that is recognised in ``text``, in its order."""
    if len(text) < _SHORTEST:
        return ()
    found = sorted(_found(text), key=lambda one: (one.start, -one.end))
    apart: list[Found] = []
    for one in found:
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
    return tuple(apart)


def without_contacts(text: str, found: tuple[Found, ...]) -> str:
    """``text`` with ways to reach somebody cut out of it, each marked by an ellipsis in brackets."""
    for one in reversed(found):
        if one.detail in CONTACTS:
            text = f"{text[: one.start]}[…]{text[one.end :]}"
    return text


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SHORTEST: Final = 6
#: Mailboxes of an office, which are nobody's own.
_OFFICES: Final = _words(
    "admin administration bureau contact contacto contato comms communications courrier donations enquiries feedback"
    " general geral hello help helpdesk hotline hq info infos information inquiries kontakt mail media mission news"
    " newsletter office oficina post press presse procurement programme programmes project projects public reception"
    " registry reports secretariat secretary sekretariat service services support team webmaster"
)
_EMAIL: Final = re.compile(r"\b([\w.+-]{1,64})@((?:[\w-]{1,63}\.){1,5}[a-zA-Z]{2,24})\b")

# A number that begins like one from abroad, or that is called one.
_CALLED: Final = (
    r"(?:tel(?:ephone|éfono|efone|éphone|efon)?|phone|mobile|cell(?:ular|phone)?|whatsapp|móvil|celular|portable"
    r"|handy|тел(?:ефон)?|моб|هاتف|جوال|电话|手机)"
)
_PHONE: Final = re.compile(
    rf"(?<![\w/.-])\+\d{{1,3}}[\s.()-]{{0,2}}(?:\d[\s.()-]{{0,2}}){{6,12}}\d(?!\w)"
    rf"|(?<!\w){_CALLED}(?:\s*(?:no|nr|number|n[º°]|№))?[.:\s]{{1,3}}\(?(?:\d[\s.()/-]{{0,2}}){{6,13}}\d(?!\w)",
    re.IGNORECASE,
)

_DOCUMENT: Final = (
    r"(?:passport|passeport|pasaporte|passaporte|reisepass|паспорт\w{0,3}|جواز\s+(?:ال)?سفر|护照"
    r"|identity\s+(?:card|document)|national\s+id(?:entity)?(?:\s+card)?|id\s+card|carte\s+d['’]identité"
    r"|c[ée]dula(?:\s+de\s+(?:identidad|ciudadanía))?|documento\s+de\s+identidad|bilhete\s+de\s+identidade"
    r"|personalausweis|social\s+security|удостоверени\w{1,3}\s+личности|بطاقة\s+(?:ال)?هوية|身份证)"
)
_NUMBERED: Final = (
    r"(?:\s{0,2}(?:no|nr|num|núm|number|numéro|número|nummer|id|n[º°]|номер|№|رقم|号码?|#))?[\s.:：#]{0,3}"
)
_IDENTITY: Final = re.compile(
    rf"(?<!\w){_DOCUMENT}{_NUMBERED}(?=[\w-]{{6,20}}(?!\w))(?!(?:19|20)\d\d[-–/](?:19|20)?\d\d(?!\w))"
    r"(?=(?:[^\W\d]|-){0,6}\d)(?:[\w-]*\d){5,}[\w-]*",
    re.IGNORECASE,
)

_MONTH: Final = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|janv|févr|avr|mai|juin|juil|août|déc|ene|abr|ago|dic|fev|set"
    r"|out|dez|märz|okt|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[^\W\d_]{0,8}\.?"
)
_DAY: Final = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|er|\.)?\s+(?:de\s+)?{_MONTH},?\s+(?:de\s+)?(?:19|20)\d\d|{_MONTH}\s+\d{{1,2}},?\s+(?:19|20)\d\d"
    r"|(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d|(?:19|20)\d\d年\d{1,2}月\d{1,2}日)"
)
_BORN: Final = re.compile(
    r"(?<!\w)(?:born(?:\s+on)?|date\s+of\s+birth|d\.?o\.?b\.?|née?s?\s+le|date\s+de\s+naissance|nacid[oa]s?\s+el"
    r"|fecha\s+de\s+nacimiento|nascid[oa]s?\s+(?:em|a)|data\s+de\s+nascimento|geboren(?:\s+am)?|geburtsdatum"
    r"|родил(?:ся|ась)|дата\s+рождения|تاريخ\s+(?:ال)?(?:ميلاد|ولادة)|مواليد|出生(?:日期|于)?)"
    rf"[\s:：,(]{{0,3}}{_DAY}|{_DAY}\s?出生",
    re.IGNORECASE,
)

_NAME: Final = r"(?:[A-ZÀ-ÖØ-Þ][\w'’-]+|[А-ЯЁ][а-яё-]+)"
_NAMES: Final = rf"{_NAME}(?:\s+{_NAME}){{0,2}}"
#: One person, as texts speak of them.
_SOMEBODY: Final = (
    r"(?:boy|girl|child|teenager|minor|baby|toddler|orphan|woman|man|widow|mother|father|victim|survivor|refugee"
    r"|prisoner|detainee|patient|student|pupil|garçon|fillette|fille|enfant|femme|homme|mineure?|orphelin(?:e)?"
    r"|niñ[oa]|chic[oa]|menor|joven|mujer|hombre|víctima|huérfan[oa]|menin[oa]|criança|mulher|homem|junge|mädchen|kind"
    r"|frau|мальчик\w{0,2}|девочк\w{1,2}|реб[её]н\w{1,3}|женщин\w{1,2}|подрост\w{1,3})"
)
_CALLED_SO: Final = (
    r"(?:named|called|by\s+the\s+name\s+of|whose\s+name\s+is|nommée?|prénommée?|appelée?|llamad[oa]|de\s+nombre"
    r"|chamad[oa]|de\s+nome|namens|по\s+имени)"
)
_AGED: Final = (
    r"(?:aged?\s+\d{1,2}|(?:a\s+)?\d{1,2}[- ]years?[- ]old|âgée?\s+de\s+\d{1,2}\s+ans|\d{1,2}\s+ans"
    r"|(?:de\s+)?\d{1,2}\s+años(?:\s+de\s+edad)?|(?:de\s+)?\d{1,2}\s+anos(?:\s+de\s+idade)?|\d{1,2}\s+Jahre\s+alt"
    r"|\d{1,2}\s+(?:лет|года?))"
)
#: Whom texts speak of in groups, at the beginning of a sentence like a name.
_GROUPS: Final = _words(
    "adolescents adults babies boys children girls infants learners men mothers parents people persons pupils students"
    " teenagers victims women workers young youth youths enfants filles garçons femmes hommes jeunes personnes élèves"
    " niños niñas mujeres hombres jóvenes personas adolescentes crianças mulheres homens jovens pessoas kinder mädchen"
    " jungen frauen männer jugendliche schüler дети девочки мальчики женщины мужчины подростки лица"
)
_NAMED: Final = re.compile(
    rf"(?<!\w)(?i:{_SOMEBODY})(?:,?\s+[\w-]+){{0,4}}?,?\s+(?i:{_CALLED_SO})\s+{_NAMES}"
    rf"|(?<!\w)\d{{1,2}}[- ]years?[- ]old\s+(?!{_NAME}\s+(?i:{_SOMEBODY}s?|{_SOMEBODY}ren)\b){_NAMES}(?=[\s,.;]|$)"
    rf"|(?:طفل|طفلة|فتاة|فتى|صبي|امرأة)(?:\s+[^\s.]+){{0,4}}\s+(?:اسمه|اسمها|[يت]ُ?دعى)\s+[^\s.]+"
    r"|名叫[\u4e00-\u9fff]{2,4}的[^。，]{0,8}(?:男孩|女孩|儿童|女童|男童|少年|少女)"
    r"|(?:男孩|女孩|女童|男童|少年|少女)[^。]{0,4}名叫[\u4e00-\u9fff]{2,4}"
)
_NAMED_AGED: Final = re.compile(
    rf"(?<![\w-])(?P<name>{_NAMES})(?:,\s+|\s+\(){_AGED}(?=\s*[,.;)]|\s+(?:from|who|whose|was|is|had|has|lives)\b|$)"
)

_CASE: Final = re.compile(
    r"(?<!\w)(?:(?:court|asylum|medical|protection|victim|beneficiary|patient|refugee|detainee|prisoner|inmate|child)['’]?s?"
    r"\s+(?:case\s+|file\s+|record\s+|registration\s+)?|case\s+file\s+|case\s+|dossier\s+(?:médical|judiciaire)\s+"
    r"|expediente\s+(?:judicial|médico|clínico)\s+|aktenzeichen|уголовное\s+дело\s+)"
    r"(?:no|nr|num|number|numéro|número|id|ref|n[º°]|№|#)?[.:\s]{0,3}(?<=[.:\s#№º°])"
    r"(?=[\w/-]{4,24}(?!\w))(?!(?:19|20)\d\d(?:[-–/](?:19|20)\d\d)?(?![\w/-]))(?:[A-Z]{0,6}[-/]?)(?:\d[A-Z/-]{0,2}){4,}(?!\w)",
    re.IGNORECASE,
)


def _found(text: str) -> Iterator[Found]:
    if "@" in text:
        for met in _EMAIL.finditer(text):
            if re.split(r"[.+_-]", met[1].lower())[0] not in _OFFICES:
                yield _made(Detail.EMAIL, met)
    if any(letter.isdigit() for letter in text):
        for detail, pattern in (
            (Detail.PHONE, _PHONE),
            (Detail.IDENTITY, _IDENTITY),
            (Detail.BORN, _BORN),
            (Detail.CASE, _CASE),
        ):
            for met in pattern.finditer(text):
                yield _made(detail, met)
        for met in _NAMED_AGED.finditer(text):
            if met["name"].split()[-1].lower() not in _GROUPS:
                yield _made(Detail.PERSON, met)
    for met in _NAMED.finditer(text):
        yield _made(Detail.PERSON, met)


def _made(detail: Detail, met: re.Match[str]) -> Found:
    return Found(detail, met.start(), met.end(), f"{met[0][:3]}…")
