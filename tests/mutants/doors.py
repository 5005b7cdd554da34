"""Guards of the door: strangers, what no page of ours would send, and how answers leave."""

from __future__ import annotations

from tests.mutants import Mutant

SAFETY = "admin_views/safety.py"
CONFIGURED = "admin_views/configuring.py"
KNOCKED = "test_safety.py"
SIGNED = "test_signing_in.py"
DOORS = (
    Mutant(
        "strangers stay out",
        SAFETY,
        "or request.endpoint in OPEN_ENDPOINTS or current_person():",
        "or True:",
        f"{KNOCKED} -k strangers",
    ),
    Mutant(
        "only the doors are open to strangers",
        SAFETY,
        '    "tablet.sign_in",\n}',
        '    "tablet.sign_in",\n    "patient.index_view",\n}',
        "test_matrix.py -k stranger",
    ),
    Mutant(
        "a stranger's form is refused",
        SAFETY,
        'if wants_json() or request.method not in ("GET", "HEAD"):',
        "if wants_json():",
        f"{KNOCKED} -k strangers",
    ),
    Mutant(
        "no address leads away",
        SAFETY,
        "if any(text and not OWN_PATH.fullmatch(text) for text in",
        "if any(False for text in",
        f"{KNOCKED} -k leads_away",
    ),
    Mutant(
        "the next page is one of ours",
        SAFETY,
        'return given if given and OWN_PATH.fullmatch(given) else "/"',
        'return given or "/"',
        f"{KNOCKED} -k own_paths",
    ),
    Mutant(
        "a number is a number",
        SAFETY,
        "if any(text and not NUMBER.fullmatch(text) for text in",
        "if any(False for text in",
        f"{KNOCKED} -k number",
    ),
    Mutant(
        "no NUL comes in",
        SAFETY,
        'if "\\0" in request.path or any("\\0" in text for text in _texts(request.values)):',
        "if False:",
        f"{KNOCKED} -k odd",
    ),
    Mutant(
        "an address has one line",
        SAFETY,
        'if any(mark in text for text in _texts(request.args) for mark in "\\r\\n"):',
        "if False:",
        f"{KNOCKED} -k odd",
    ),
    Mutant(
        "forms carry their token",
        "app.py",
        "    CSRFProtect(app).exempt(external_reports)\n",
        "    CSRFProtect(app)\n    app.config['WTF_CSRF_CHECK_DEFAULT'] = False\n",
        f"{KNOCKED} -k token",
    ),
    Mutant(
        "forms come from our own pages",
        SAFETY,
        "if foreign or (origin is not None and origin not in own):",
        "if foreign:",
        f"{KNOCKED} -k token",
    ),
    Mutant(
        "forms do not come across sites",
        SAFETY,
        'foreign = request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")',
        "foreign = False",
        f"{KNOCKED} -k token",
    ),
    Mutant(
        "pages run no foreign script",
        SAFETY,
        'answer.headers["Content-Security-Policy"] = ',
        "_ = ",
        f"{KNOCKED} -k dressed",
    ),
    Mutant(
        "scripts carry a nonce",
        SAFETY,
        "script-src 'nonce-{nonce}'; style",
        "script-src 'self' 'unsafe-inline'; style",
        f"{KNOCKED} -k dressed",
    ),
    Mutant(
        "a nonce is used once",
        SAFETY,
        "g.nonce = secrets.token_urlsafe(16)",
        'g.nonce = "nonce"',
        f"{KNOCKED} -k dressed",
    ),
    Mutant(
        "answers are dressed",
        SAFETY,
        "    answer.headers.update(HEADERS)\n",
        "",
        f"{KNOCKED} -k dressed",
    ),
    Mutant(
        "pages are not kept by browsers",
        SAFETY,
        'answer.headers["Cache-Control"] = "no-store"',
        "pass",
        f"{KNOCKED} -k dressed",
    ),
    Mutant(
        "browsers stay on HTTPS",
        SAFETY,
        "    if is_https:\n",
        "    if False:\n",
        f"{SIGNED} -k https",
    ),
    Mutant(
        "a body is not too large",
        SAFETY,
        '    app.config["MAX_CONTENT_LENGTH"] = USUAL_BODY\n',
        "",
        f"{KNOCKED} -k too_much",
    ),
    Mutant(
        "a form has not too many fields",
        SAFETY,
        '    app.config["MAX_FORM_PARTS"] = MOST_FIELDS\n',
        "    app.config['MAX_FORM_PARTS'] = 10**6\n",
        f"{KNOCKED} -k too_much",
    ),
    Mutant(
        "files come to the import only",
        SAFETY,
        "elif request.files:",
        "elif False:",
        f"{KNOCKED} -k files",
    ),
    Mutant(
        "the server answers to its own name",
        CONFIGURED,
        '        "TRUSTED_HOSTS": settings.trusted_hosts,\n',
        "",
        f"{KNOCKED} -k own_name",
    ),
    Mutant(
        "scripts do not read the cookie",
        CONFIGURED,
        '"SESSION_COOKIE_HTTPONLY": True',
        '"SESSION_COOKIE_HTTPONLY": False',
        f"{SIGNED} -k cookie",
    ),
    Mutant(
        "other sites do not send the cookie",
        CONFIGURED,
        '"SESSION_COOKIE_SAMESITE": "Lax"',
        '"SESSION_COOKIE_SAMESITE": None',
        f"{SIGNED} -k cookie",
    ),
    Mutant(
        "the cookie travels over HTTPS",
        CONFIGURED,
        '"SESSION_COOKIE_SECURE": settings.is_https',
        '"SESSION_COOKIE_SECURE": False',
        f"{SIGNED} -k cookie",
    ),
)
