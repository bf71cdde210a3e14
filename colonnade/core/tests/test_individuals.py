"""Personal details of individuals are recognised where they announce themselves, and ordinary texts pass."""

import pytest

from colonnade.core.individuals import Detail, find_individuals, without_contacts

HOLDS = [
    (Detail.EMAIL, "Write to jane.doe@example.org before June."),
    (Detail.PHONE, "Call +41 22 555 01 23 for the list."),
    (Detail.PHONE, "Phone: 022 555 01 23"),
    (Detail.PHONE, "тел. 495 555 01 23"),
    (Detail.IDENTITY, "She holds passport no. X1234567 of her country."),
    (Detail.IDENTITY, "titulaire du passeport n° 09AB12345"),
    (Detail.IDENTITY, "con cédula de identidad 1.712345678".replace(".", "")),
    (Detail.IDENTITY, "паспорт № 4509123456"),
    (Detail.IDENTITY, "身份证号码 110101199003074233"),
    (Detail.BORN, "The client, born on 12 March 2009, was referred."),
    (Detail.BORN, "DOB: 2009-03-12"),
    (Detail.BORN, "née le 3 avril 2008 dans le nord"),
    (Detail.BORN, "nacida el 3 de abril de 2008"),
    (Detail.BORN, "geboren am 3. April 2008"),
    (Detail.BORN, "дата рождения: 03.04.2008"),
    (Detail.BORN, "تاريخ الميلاد 2008/04/03"),
    (Detail.BORN, "2008年4月3日出生"),
    (Detail.PERSON, "We met a 14-year-old boy named Tomas near the well."),
    (Detail.PERSON, "A girl called Amina walks there every day."),
    (Detail.PERSON, "14-year-old Amina fetches the water."),
    (Detail.PERSON, "Amina, aged 14, fetches the water."),
    (Detail.PERSON, "Amina Testname, a 14-year-old from the valley, says so."),
    (Detail.PERSON, "une fille de 14 ans prénommée Amina"),
    (Detail.PERSON, "Amina, 14 ans, va au puits."),
    (Detail.PERSON, "un niño de 9 años llamado Tomás"),
    (Detail.PERSON, "uma menina chamada Amina"),
    (Detail.PERSON, "ein Mädchen namens Amina"),
    (Detail.PERSON, "девочка по имени Амина"),
    (Detail.PERSON, "طفلة عمرها تسع سنوات تدعى أمينة"),
    (Detail.PERSON, "一个名叫小明的九岁男孩"),
    (Detail.CASE, "See beneficiary file no. 2019-04417 for her."),
    (Detail.CASE, "case number 2019/04417"),
]
PASSES = [
    "Contact the office at info@water.example for the handbook.",
    "Training for 1,200 officials in 14 States, 2018-2019, for USD 1 250 000.",
    "Children aged 5 to 14 and girls aged 10-19 get clean water.",
    "Women, aged 18 and over, are trained.",
    "People born in 2004 and later; children born with low weight.",
    "A programme named Clear Water, and a centre called Riverside.",
    "The passport programme 2018-2020 issues machine-readable passports.",
    "Passport and national ID systems are renewed in 2019.",
    "Resolution 2396 (2017), paragraph 5; A/74/677, annex II.",
    "GB-COH-1234567 and XM-DAC-41114-PROJECT-00012345",
    "A 10-year-old programme, and a five-year plan.",
    "Un projet de 14 ans dans la région, après 20 ans.",
    "Case studies of 2019 and 4 case management systems; a child case load of 2000.",
    "The victim support fund; 300 refugees and 1 500 students.",
    "Ten wells were dug between 2019-01-01 and 2019-12-31.",
    "+ 1 000 000 litres and +20 per cent; tel aviv 2019",
    "",
]


@pytest.mark.parametrize(("detail", "text"), HOLDS)
def test_a_personal_detail_is_recognised_and_not_repeated(detail: Detail, text: str) -> None:
    found = find_individuals(text)
    assert [one.detail for one in found] == [detail]
    assert len(found[0].masked) <= 4
    assert found[0].why


@pytest.mark.parametrize("text", PASSES)
def test_an_ordinary_text_passes(text: str) -> None:
    assert find_individuals(text) == ()


def test_ways_to_reach_somebody_are_cut_out_and_the_rest_stays() -> None:
    text = "Wells. Write to jane.doe@example.org or call +41 22 555 01 23. Deep."
    assert without_contacts(text, find_individuals(text)) == "Wells. Write to […] or call […]. Deep."


def test_a_long_text_without_anybody_takes_no_time() -> None:
    words = "Training of officials in 14 States, aged programmes and passports named after rivers. " * 3_000
    assert find_individuals(words) == ()
