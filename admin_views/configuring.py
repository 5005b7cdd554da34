"""What Flask and its extensions are told, worked out from the settings of the house."""

from __future__ import annotations

from typing import Any

from schema.settings import PROJECT, Settings

SCREENS = PROJECT / "admin_views"


def configuration(settings: Settings) -> dict[str, Any]:
    """What Flask and its extensions are told."""
    return {
        "SETTINGS": settings,
        "CLINIC_TIMEZONE": settings.clinic_timezone,
        "SECRET_KEY": settings.secret_key,
        "SECRET_KEY_FALLBACKS": list(settings.earlier_keys),
        "TRUSTED_HOSTS": settings.trusted_hosts,
        "SESSION_COOKIE_NAME": "__Host-benchside" if settings.is_https else "benchside",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session, so that a long form is not lost
        "WTF_CSRF_SSL_STRICT": False,  # the Origin header is checked instead
        "BABEL_DEFAULT_TIMEZONE": settings.clinic_timezone,
        "BABEL_TRANSLATION_DIRECTORIES": str(SCREENS / "translations"),
    }
