"""The first wordings in Romanian: per event the short text, the subject and the e-mail."""

from __future__ import annotations

# Short texts have no diacritics: with them an SMS holds 70 characters instead of 160.
ROMANIAN: dict[str, tuple[str | None, str, str]] = {
    "appointment_booked": (
        "{first_name}, vizita este programata: {day}, {time}, {place}. Intrebari: {clinic_phone}.",
        "Programarea din {day}",
        "Bună ziua, {first_name},\n\nvizita ({visit_kind}) la {provider} este programată pe "
        "{day}, ora {time}, {place}.\n\nDacă nu puteți veni, sunați la {clinic_phone}.",
    ),
    "appointment_reminder": (
        "{first_name}, va asteptam pe {day}, ora {time}, {place}. Daca nu puteti veni, sunati la "
        "{clinic_phone}.",
        "Vă așteptăm pe {day}",
        "Bună ziua, {first_name},\n\nvă așteptăm pe {day}, ora {time}, {place}, la {provider}.\n\n"
        "Dacă nu puteți veni, sunați la {clinic_phone}, ca ora să fie de folos altui pacient.",
    ),
    "appointment_moved": (
        "{first_name}, vizita din {old_day} {old_time} s-a mutat pe {day}, ora {time}, {place}. "
        "Intrebari: {clinic_phone}.",
        "Vizita s-a mutat pe {day}",
        "Bună ziua, {first_name},\n\nvizita din {old_day}, ora {old_time}, a fost mutată. Noua "
        "oră este {day}, {time}, {place}.\n\nDacă nu vă convine, sunați la {clinic_phone}.",
    ),
    "appointment_cancelled": (
        "{first_name}, vizita din {day}, ora {time}, a fost anulata. Pentru alta sunati la "
        "{clinic_phone}.",
        "Vizita din {day} a fost anulată",
        "Bună ziua, {first_name},\n\nvizita din {day}, ora {time}, {place}, a fost anulată.\n\n"
        "Pentru o nouă programare sunați la {clinic_phone}.",
    ),
    "appointment_missed": (
        "{first_name}, v-am asteptat pe {day}. Pentru o noua vizita sunati la {clinic_phone}.",
        "V-am așteptat pe {day}",
        "Bună ziua, {first_name},\n\nv-am așteptat pe {day} și sperăm că sunteți bine.\n\n"
        "Pentru o nouă vizită sunați la {clinic_phone}.",
    ),
    "recall_due": (
        "{first_name}, e timpul pentru vizita urmatoare ({visit_kind}), in jur de {due_day}. "
        "Programari: {clinic_phone}.",
        "E timpul pentru vizita următoare",
        "Bună ziua, {first_name},\n\ne timpul pentru vizita următoare ({visit_kind}), cel mai "
        "bine în jur de {due_day}.\n\nSunați la {clinic_phone} ca să alegeți ora.",
    ),
    "recall_again": (
        "{first_name}, vizita ({visit_kind}) nu este inca programata. Programari: {clinic_phone}.",
        "Vizita următoare nu este încă programată",
        "Bună ziua, {first_name},\n\nvizita ({visit_kind}) nu este încă programată.\n\n"
        "Sunați la {clinic_phone} ca să alegeți ora.",
    ),
    "post_procedure_check": (
        "{first_name}, cum va simtiti dupa tratament? Daca va ingrijoreaza ceva, sunati la "
        "{clinic_phone}.",
        "Cum vă simțiți după tratament?",
        "Bună ziua, {first_name},\n\ncum vă simțiți după tratament? Dacă vă îngrijorează ceva, "
        "sunați la {clinic_phone}.",
    ),
    "stage_due": (
        "{first_name}, pasul urmator al tratamentului ({stage_name}) e in jur de {due_day}. "
        "Programari: {clinic_phone}.",
        "Pasul următor al tratamentului",
        "Bună ziua, {first_name},\n\npasul următor al tratamentului ({stage_name}) este în jur "
        "de {due_day}.\n\nSunați la {clinic_phone} ca să alegeți ora.",
    ),
    "order_ready": (
        "{first_name}, lucrarea din laboratorul nostru este gata. Intrebari: {clinic_phone}.",
        "Lucrarea este gata",
        "Bună ziua, {first_name},\n\nlucrarea din laboratorul nostru este gata pentru vizita "
        "dumneavoastră.\n\nDacă vizita nu este încă programată, sunați la {clinic_phone}.",
    ),
    "order_delayed": (
        "{first_name}, lucrarea are nevoie de timp pana pe {day}. Va sunam despre vizita: "
        "{clinic_phone}.",
        "Lucrarea mai are nevoie de timp",
        "Bună ziua, {first_name},\n\nlucrarea din laboratorul nostru are nevoie de timp până pe "
        "{day}. Ne pare rău și vă vom suna despre vizită.\n\nÎntrebări: {clinic_phone}.",
    ),
    "plan_presentation": (
        "{first_name}, va asteptam sa va explicam planul de tratament. Veniti cu cine decide "
        "impreuna cu dumneavoastra. {clinic_phone}",
        "Planul de tratament",
        "Bună ziua, {first_name},\n\nvă așteptăm să vă explicăm planul de tratament. Vă rugăm să "
        "veniți cu cine decide împreună cu dumneavoastră.\n\nÎntrebări: {clinic_phone}.",
    ),
    "plan_reminder": (
        "{first_name}, aveti intrebari despre planul de tratament? Sunati la {clinic_phone}.",
        "Întrebări despre planul de tratament?",
        "Bună ziua, {first_name},\n\naveți întrebări despre planul de tratament? Răspundem cu "
        "plăcere: {clinic_phone}.",
    ),
    "treatment_completed": (
        "{first_name}, tratamentul este incheiat. Multumim pentru incredere! {clinic_phone}",
        "Tratamentul este încheiat",
        "Bună ziua, {first_name},\n\ntratamentul este încheiat. Mulțumim pentru încredere!\n\n"
        "Vă vom aminti de următorul control. Întrebări: {clinic_phone}.",
    ),
    "lead_received": (
        "{first_name}, multumim pentru mesaj. Va sunam in scurt timp. {clinic_phone}",
        "Mulțumim pentru mesaj",
        "Bună ziua, {first_name},\n\nmulțumim pentru mesaj. Vă sunăm în scurt timp.\n\n"
        "Ne găsiți și la {clinic_phone}.",
    ),
    "lead_answered": (
        "{first_name}, multumim pentru discutie. Pentru o consultatie sunati la {clinic_phone}.",
        "Mulțumim pentru discuție",
        "Bună ziua, {first_name},\n\nmulțumim pentru discuție. Pentru o consultație sunați la "
        "{clinic_phone}.",
    ),
    "password_link": (
        None,
        "Alegeți parola",
        "Bună ziua, {first_name},\n\nalegeți parola aici:\n\n{link}\n\nLegătura merge o singură "
        "dată, timp de {valid_hours} ore. Dacă nu o așteptați, spuneți administratorului.",
    ),
    "password_changed": (
        None,
        "Parola a fost schimbată",
        "Bună ziua, {first_name},\n\nparola a fost schimbată. Dacă nu ați schimbat-o "
        "dumneavoastră, spuneți imediat administratorului.",
    ),
}
