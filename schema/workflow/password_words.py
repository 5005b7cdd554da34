"""Words that passwords are guessed from: common ones, Romanian ones, and those of a clinic."""

from __future__ import annotations

import re

COMMON = re.findall(
    r"\w+",
    """
    password passwort parola parolamea passw0rd secret welcome letmein login master admin
    administrator root user guest test default changeme qwerty qwertz azerty asdf zxcv iloveyou
    sunshine princess monkey dragon football baseball superman batman pokemon starwars shadow
    freedom whatever trustno computer internet google facebook instagram windows samsung apple
    michael jennifer jordan charlie daniel jessica hello summer winter spring autumn monday friday
    teiubesc iubesc iubire iubirea dragoste bunaziua buna salut noroc frumos frumoasa soare luna
    stele floare flori trandafir pisica caine catel mama tata copil bebe familia acasa viata
    fericire dumnezeu isus hristos romania roman bucuresti bucharest cluj napoca timisoara iasi
    constanta brasov craiova galati ploiesti oradea sibiu arad pitesti bacau buzau baiamare
    targumures suceava floreasca steaua dinamo rapid hagi fotbal craciun paste vara iarna primavara
    toamna luni marti miercuri joi vineri sambata duminica ianuarie februarie martie aprilie iunie
    iulie august septembrie octombrie noiembrie decembrie january february march april june july
    september october november december andrei alexandru alexandra maria mihai mihaela elena ioana
    ionut cristina cristian adrian gabriel gabriela stefan stefania florin florina daniela alina
    andreea diana bianca george vasile marian mariana nicolae ana ion
    """,
)
CLINIC = re.findall(
    r"\w+",
    """
    benchside clinic clinica cabinet dental dentar dentara dentist dentistry stomatologie
    stomatolog laborator laboratory lab technician tehnician reception receptionist receptie
    receptioner manager marketing coordinator coordonator operator supervisor doctor medic
    asistent asistenta pacient patient implant zirconia zirconiu zambet smile dinte dinti tooth
    teeth owner proprietar callcenter callcentre photo video
    """,
)
WALKS = (
    "01234567890123456789",
    "09876543210987654321",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "qazwsxedcrfvtgbyhnujm",
    "qweasdzxc",
)
