"""The house with one page more, whose form breaks in the middle of its act: for tests alone."""

from __future__ import annotations

import logging

from flask import Flask, render_template_string, request
from werkzeug.serving import run_simple

from app import create_app
from schema.settings import read_settings

FORM = """{% extends 'layout.html' %}{% block title %}Form{% endblock %}{% block content %}
<h1>Form</h1><form method="post"><input type="hidden" name="csrf_token" value="{{ csrf_token() }}">
<label>Note <textarea name="note"></textarea></label><button class="btn main">Save</button></form>
{% endblock %}"""


def breaking() -> Flask:
    app = create_app()
    app.add_url_rule("/breaks", "breaks", lambda: 1 / 0)
    app.add_url_rule("/breaks-once", "breaks_once", breaks_once, methods=["GET", "POST"])
    return app


def breaks_once() -> str:
    """A form whose first sending fails; the next is answered with what was typed."""
    if request.method == "GET":
        return render_template_string(FORM)
    tried.append(request.form["note"])
    if len(tried) % 2:
        raise RuntimeError("planted")
    return tried[-1]


tried: list[str] = []

if __name__ == "__main__":
    settings = read_settings()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    run_simple(settings.host, settings.port, breaking(), threaded=True)
