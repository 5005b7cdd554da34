"""Invented people and their clinic's words: names, numbers of no one, CNPs that add up."""

from __future__ import annotations

import datetime as dt
from random import Random

from schema.database import fold

_PEOPLE = """
Popescu Ionescu Stănescu Dumitrescu Țurcanu Șerban Bălan Munteanu Rădulescu Mușat Constantinescu
Gheorghiu Stoica Dobre Nistor Pătrașcu Crăciun Voicu Lăzărescu Ciobanu Neagu Cârstea Tănase
Mătăsaru Drăgan Ghiță Șandru Vlăsceanu Preda Țepeș Albu Barbu Enăchescu Filip Grigoraș Hâncu
Iordache Lungu Manolache Oprișan Păun Roșca Sârbu Toma Ursu Văcărescu Zamfir Bucșan
/
Ioana Ștefania Mădălina Ruxandra Anca Cătălina Luminița Oana Simona Bianca Raluca Gianina Teodora
Iulia Mirela Sânziana Delia Corina Viorica Ilinca
/
Ștefan Răzvan Cătălin Bogdan Vlad Tudor Ionuț Mihăiță Șerban Radu Sorin Lucian Dragoș Horațiu Petru
Costin Emil Cezar Matei Iustin
"""
LAST, WOMEN, MEN = (names.split() for names in _PEOPLE.split("/"))
STREETS = (
    "Strada Zorilor",
    "Strada Făgetului",
    "Bulevardul Unirii",
    "Aleea Castanilor",
    "Strada Câmpului",
    "Strada Țesătorilor",
    "Strada Mărului",
    "Calea Șerban Vodă",
)
PLANS = {
    "implant": "Implant cu coroană",
    "root_canal_crown": "Tratament de canal, apoi coroană",
    "full_mouth_scaling": "Detartraj complet în două vizite",
    "aligners": "Alignere",
}
WEIGHTS = (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)


def a_name(dice: Random) -> tuple[str, str, bool]:
    """Last name, first name, and whether it is a woman's."""
    woman = dice.randrange(100) < 56
    return dice.choice(LAST), dice.choice(WOMEN if woman else MEN), woman


def a_phone(number: int, prefix: int = 20) -> str:
    """A number of the form 07xx 000 xxx, which nobody has."""
    return f"+407{prefix + number // 1000:02d}000{number % 1000:03d}"


def an_email(first: str, last: str, number: int) -> str:
    return f"{fold(first)}.{fold(last)}{number}@example.com"


def an_address(dice: Random) -> str:
    return f"{dice.choice(STREETS)} {dice.randint(1, 140)}, București"


def a_birthday(dice: Random, today: dt.date, child: bool) -> dt.date:
    years = dice.randint(5, 14) if child else int(dice.triangular(19, 84, 42))
    return today - dt.timedelta(days=years * 365 + dice.randrange(365))


def a_national_id(born: dt.date, woman: bool, number: int) -> str:
    """A CNP whose control digit fits; the county 70 and the running number are nobody's."""
    sex = (1 if born.year < 2000 else 5) + (1 if woman else 0)
    digits = f"{sex}{born:%y%m%d}70{number % 1000:03d}"
    rest = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11
    return digits + str(1 if rest == 10 else rest)


# What papers of the demo say in Romanian; a test holds it against the words of the screens.
SPOKEN = {
    "Crown": "Coroană",
    "Bridge": "Punte",
    "Resin-bonded bridge": "Punte adezivă",
    "Veneer": "Fațetă",
    "Inlay": "Inlay",
    "Implant crown, screw-retained": "Coroană pe implant, înșurubată",
    "Implant bridge": "Punte pe implanturi",
    "Splint or night guard": "Gutieră ocluzală sau de noapte",
    "Zirconia, monolithic": "Zirconiu monolitic",
    "Zirconia, multilayer translucent": "Zirconiu multistrat translucid",
    "Zirconia, layered": "Zirconiu stratificat",
    "Lithium disilicate, milled": "Disilicat de litiu, frezat",
    "Lithium disilicate, pressed": "Disilicat de litiu, presat",
    "Feldspathic ceramic": "Ceramică feldspatică",
    "Metal-ceramic on CoCr": "Metalo-ceramică pe CoCr",
    "Metal-ceramic on NiCr": "Metalo-ceramică pe NiCr",
    "Metal-ceramic on titanium": "Metalo-ceramică pe titan",
    "Metal-ceramic on gold alloy": "Metalo-ceramică pe aliaj de aur",
    "Gold alloy": "Aliaj de aur",
    "Hybrid ceramic": "Ceramică hibridă",
    "Printing resin": "Rășină pentru imprimare 3D",
    "Thermoforming foil": "Folie de termoformare",
    "Crown on an implant": "Coroană pe implant",
    "Pontic": "Corp de punte",
    "Inlay, onlay or overlay": "Inlay, onlay sau overlay",
    "Stump shade": "Nuanța bontului",
    "Translucency": "Transluciditate",
    "Shade": "Nuanță",
    "Arch": "Arcadă",
    "Upper": "Superioară",
    "Lower": "Inferioară",
    "High": "Mare",
    "Medium": "Medie",
    "Low": "Mică",
}
