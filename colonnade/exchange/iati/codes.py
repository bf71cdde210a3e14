"""The code lists of the standard that the reader checks against: codes, and names where a message needs them.

Source: the embedded and non-embedded code lists of IATI 2.03 (ISO 3166-1 alpha-2, ISO 4217, OECD DAC regions).
Codes that a list has withdrawn stay valid, because old activities use them.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final


def _codes(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _names(*names: str) -> Mapping[str, str]:
    return MappingProxyType({str(number): name for number, name in enumerate(names, start=1)})


ACTIVITY_STATUS: Final = _names("pipeline", "implementation", "finalisation", "closed", "cancelled", "suspended")
ACTIVITY_DATE_TYPE: Final = _names("planned start", "actual start", "planned end", "actual end")
ACTIVITY_SCOPE: Final = _names(
    "global",
    "regional",
    "multi-national",
    "national",
    "several first-level areas",
    "one first-level area",
    "one second-level area",
    "one location",
)
BUDGET_TYPE: Final = _names("original", "revised")
BUDGET_STATUS: Final = _names("indicative", "committed")
TRANSACTION_TYPE: Final = _names(
    "incoming funds",
    "outgoing commitment",
    "disbursement",
    "expenditure",
    "interest payment",
    "loan repayment",
    "reimbursement",
    "purchase of equity",
    "sale of equity",
    "credit guarantee",
    "incoming commitment",
    "outgoing pledge",
    "incoming pledge",
)
ORGANISATION_ROLE: Final = _names("funding", "accountable", "extending", "implementing")
RELATED_ACTIVITY_TYPE: Final = _names("parent", "child", "sibling", "co-funded", "third party")
POLICY_MARKER: Final = _names(
    "gender equality",
    "environment",
    "participation and good governance",
    "trade",
    "biodiversity",
    "climate change mitigation",
    "climate change adaptation",
    "desertification",
    "reproductive, maternal, newborn and child health",
    "disaster risk reduction",
    "disability",
    "nutrition",
)
POLICY_SIGNIFICANCE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "0": "not targeted",
        "1": "significant objective",
        "2": "principal objective",
        "3": "principal objective, in support of an action programme",
        "4": "explicit primary objective",
    }
)
ORGANISATION_TYPE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "10": "government",
        "11": "local government",
        "15": "other public sector",
        "21": "international NGO",
        "22": "national NGO",
        "23": "regional NGO",
        "24": "partner country based NGO",
        "30": "public private partnership",
        "40": "multilateral",
        "60": "foundation",
        "70": "private sector",
        "71": "private sector in provider country",
        "72": "private sector in aid recipient country",
        "73": "private sector in third country",
        "80": "academic, training and research",
        "90": "other",
    }
)
#: Regions of the OECD Development Assistance Committee (region vocabulary 1). 998: developing countries, unspecified.
DAC_REGION: Final = _codes(
    "88 89 189 289 298 380 389 489 498 589 619 679 689 789 798 889 998 1027 1028 1029 1030 1031 1032 1033 1034 1035"
)
#: ISO 3166-1 alpha-2, with Kosovo (XK), which donors publish under United Nations administration.
COUNTRY: Final = _codes(
    "AD AE AF AG AI AL AM AN AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ"
    " CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR"
    " GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO"
    " JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR"
    " MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO"
    " RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV"
    " TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"
)
#: ISO 4217, with the codes that the list of IATI keeps for old activities.
CURRENCY: Final = _codes(
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYR BYN BZD CAD"
    " CDF CHF CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EEK EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD"
    " GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP"
    " LKR LRD LSL LTL LVL LYD MAD MDL MGA MKD MMK MNT MOP MRO MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD"
    " OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SSP SRD STD STN SVC"
    " SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN USS UYI UYU UZS VED VEF VES VND VUV WST XAF XBT XCD"
    " XDR XOF XPF YER ZAR ZMK ZMW ZWL"
)
