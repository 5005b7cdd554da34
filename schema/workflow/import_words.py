"""What files call our columns, in Romanian and English; case, accents and signs do not matter."""

from __future__ import annotations

# fmt: off
PERSON = {
    "full_name": "nume complet, nume si prenume, numele si prenumele, nume prenume, pacient, "
                 "name, patient, client",
    "last_name": "nume, nume de familie, numele, surname, family name",
    "first_name": "prenume, prenumele, given name, forename",
}
REACH = {
    "phone": "telefon, tel, mobil, nr telefon, nr de telefon, numar telefon, numar de telefon, "
             "telefon mobil, mobile, telephone, phone number",
    "email": "mail, e mail, adresa email, adresa de email, adresa e mail, "
             "adresa de e mail, email address",
}
PLACE = {
    "location": "locatie, locatia, clinica, sediu, punct de lucru, clinic, branch",
    "language": "limba",
}
PATIENT = PERSON | REACH | PLACE | {
    "code": "cod, cod pacient, nr fisa, numar fisa, fisa, id pacient, patient code, patient id, "
            "chart number",
    "birth_on": "data nasterii, data de nastere, data nastere, nascut la, nascut, birth date, "
                "date of birth, birthday, dob, born",
    "national_id": "cod numeric personal, personal number",
    "preferred_channel": "canal preferat, contact preferat",
    "address": "adresa, domiciliu, street",
    "dentist": "medic, medicul, medic curant, doctor, stomatolog",
    "medical_alert": "alerte medicale, alergii, atentionari, allergies",
    "notes": "observatii, note, comentarii, remarks, comments",
}
STAFF = PERSON | REACH | PLACE | {"roles": "rol, roluri, functie, functia, post, role"}
LEAD = REACH | PLACE | {
    "name": "nume complet, nume si prenume, full name, client, contact",
    "last_name": "nume, nume de familie, surname",
    "first_name": "prenume, given name",
    "source": "sursa, canal, provenienta, lead source, utm source",
    "reason": "motiv, serviciu, tratament, interes, service, treatment",
    "inquiry_at": "data, data solicitarii, data cererii, creat la, date, created, created at, "
                  "submitted at",
    "preferred_days": "zile preferate",
    "preferred_slot": "interval preferat",
    "expected_value": "valoare, valoare estimata, buget, value, budget",
    "currency": "moneda, valuta",
    "note": "observatii, mesaj, comentariu, comentarii, message, notes, comments",
    "responsible": "responsabil, agent, owner, assigned to",
}
APPOINTMENT = PLACE | {
    "patient_code": "cod, cod pacient, nr fisa, code, patient id",
    "patient_name": "pacient, nume pacient, nume si prenume, nume, name, client, patient name",
    "patient_phone": "telefon, telefon pacient, tel, mobil, phone",
    "patient_birth_on": "data nasterii, nascut la, birth date, date of birth",
    "provider": "medic, medicul, doctor, dentist, stomatolog, provider email",
    "starts_at": "data, data si ora, inceput, incepe la, start, date, starts, begin",
    "start_time": "ora, ora inceput, de la, time, start time",
    "ends_at": "sfarsit, final, end, ends",
    "end_time": "ora sfarsit, pana la, end time",
    "minutes": "durata, minute, durata min, durata minute, duration",
    "type": "tip, tip programare, tip vizita, serviciu, appointment type, service",
    "chair": "scaun, unit, cabinet, room",
    "note": "observatii, notes, comentarii, comments",
}
# fmt: on
