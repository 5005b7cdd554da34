"""What the house is told from outside: environment variables, read once, refused loudly."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

PROJECT = Path(__file__).resolve().parent.parent
SHORTEST_KEY = 32
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class WrongSetting(ValueError):
    """A variable of the environment is wrong; the sentence names it and says what to write."""


@dataclass(frozen=True)
class Settings:
    """Everything that differs between one installation and another."""

    database_url: str
    secret_key: str
    earlier_keys: tuple[str, ...] = ()
    host: str = "127.0.0.1"
    port: int = 8000
    base_url: str = "http://127.0.0.1:8000"
    clinic_timezone: str = "Europe/Bucharest"
    proxy_hops: int = 0
    folder: Path = PROJECT / "var"
    audit_keys: tuple[str, ...] = ()
    anchor_folder: Path = PROJECT / "var" / "anchors"
    picture_hosts: tuple[str, ...] = ()

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def is_embedded(self) -> bool:
        return self.database_url.startswith("sqlite:")

    @property
    def trusted_hosts(self) -> list[str]:
        """The names under which people may call this server."""
        name = urlsplit(self.base_url).hostname or ""
        return ["localhost", "127.0.0.1", "[::1]"] if name in LOOPBACK else [name]


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process; WrongSetting names the first variable that is wrong."""
    told = {name: text.strip() for name, text in (environment or os.environ).items()}
    refuse_other_zone(told.get("TZ", ""))
    folder = Path(told.get("VAR_FOLDER") or PROJECT / "var").resolve()
    database_url = _database_url(told.get("DATABASE_URL", ""), folder)
    host, port = told.get("HOST") or "127.0.0.1", _whole("PORT", told.get("PORT") or "8000", 1)
    return Settings(
        database_url=database_url,
        secret_key=_key("SECRET_KEY", told.get("SECRET_KEY", ""), database_url, folder),
        earlier_keys=_earlier_keys("SECRET_KEY", told.get("SECRET_KEY_FALLBACKS", "")),
        audit_keys=(
            _key("AUDIT_KEY", told.get("AUDIT_KEY", ""), database_url, folder),
            *_earlier_keys("AUDIT_KEY", told.get("AUDIT_KEY_FALLBACKS", "")),
        ),
        anchor_folder=Path(told.get("ANCHOR_FOLDER") or folder / "anchors").resolve(),
        host=host,
        port=port,
        base_url=_base_url(told.get("BASE_URL", ""), host, port),
        clinic_timezone=_zone(told.get("CLINIC_TIMEZONE") or "Europe/Bucharest"),
        proxy_hops=_whole("PROXY_HOPS", told.get("PROXY_HOPS") or "0", 0),
        folder=folder,
        picture_hosts=_picture_hosts(told.get("PICTURE_HOSTS", "")),
    )


def _picture_hosts(given: str) -> tuple[str, ...]:
    """The places whose pictures browsers may show, such as `https://photos.clinic.ro`."""
    for host in given.split():
        parts = urlsplit(host)
        if parts.scheme != "https" or not parts.hostname or f"https://{parts.netloc}" != host:
            raise WrongSetting(
                f"PICTURE_HOSTS names {host!r}. Write https://name, with a blank between several."
            )
        if "@" in parts.netloc or "*" in parts.netloc or ";" in parts.netloc:
            raise WrongSetting("PICTURE_HOSTS takes names of hosts, without password or star.")
    return tuple(given.split())


def refuse_other_zone(zone: str) -> None:
    """The libraries of the clock reckon in the process's zone; only UTC has no doubled hour."""
    if zone not in ("", "UTC"):
        raise WrongSetting(
            f"TZ is {zone!r}. The program reckons in UTC: say TZ=UTC or leave it out. "
            "The clinic's own zone is CLINIC_TIMEZONE."
        )


def keep_utc() -> None:
    """Make UTC the zone of this process, whatever the machine's zone is."""
    refuse_other_zone(os.environ.get("TZ", ""))
    os.environ["TZ"] = "UTC"
    time.tzset()


def _database_url(given: str, folder: Path) -> str:
    if not given:
        return f"sqlite:///{folder / 'benchside.db'}"
    parts = urlsplit(given)
    if parts.scheme in ("postgresql", "postgres") and parts.path.strip("/"):
        return given.replace("postgres://", "postgresql://", 1)
    if parts.scheme == "sqlite" and parts.path[1:]:
        if Path(parts.path[1:]).resolve() == folder / "queue.db":
            raise WrongSetting("DATABASE_URL is the queue's file; give the clinic its own file.")
        return given
    raise WrongSetting(
        "DATABASE_URL is not an address of a database. Write sqlite:////full/path/benchside.db "
        "or postgresql://user:password@host/name."
    )


@cache
def audit_keys() -> tuple[bytes, ...]:
    """The keys of the audit's seals, today's first; they are kept outside of the database."""
    return tuple(key.encode() for key in read_settings().audit_keys)


def _key(variable: str, given: str, database_url: str, folder: Path) -> str:
    if given:
        if len(given.encode()) < SHORTEST_KEY:
            raise WrongSetting(
                f"{variable} has {len(given.encode())} bytes and needs {SHORTEST_KEY} or more. "
                'Make one: python -c "import secrets; print(secrets.token_urlsafe(48))"'
            )
        return given
    if not database_url.startswith("sqlite:"):
        raise WrongSetting(
            f"{variable} is missing. Every process of a PostgreSQL house needs the same one. "
            'Make one: python -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    return _kept_key(variable, folder / variable.lower())


def _kept_key(variable: str, file: Path) -> str:
    """The key of an embedded house: made once, read by its owner alone."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not file.exists():
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        with open(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w") as sheet:
            sheet.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):  # two processes start at once: the first one's key stays
            os.link(draft, file)
        draft.unlink()
    if file.stat().st_mode & 0o077:
        raise WrongSetting(f"{variable}: others can read {file}. Type: chmod 600 {file}")
    return _key(variable, file.read_text().strip() or "-", "", file.parent)


def _earlier_keys(variable: str, given: str) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in given.split(",") if key.strip())
    if any(len(key.encode()) < SHORTEST_KEY for key in keys):
        raise WrongSetting(f"{variable}_FALLBACKS: each key has {SHORTEST_KEY} bytes or more.")
    return keys


def _base_url(given: str, host: str, port: int) -> str:
    if not given and host not in LOOPBACK:
        raise WrongSetting(
            "BASE_URL is missing. Other machines reach this one, so write the address that "
            "people type, such as https://panel.clinic.example or http://192.168.1.20:8000."
        )
    shown = f"[{host}]" if ":" in host else host
    parts = urlsplit(given or f"http://{shown}:{port}")
    extra = parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc
    if parts.scheme not in ("http", "https") or not parts.hostname or extra:
        raise WrongSetting(
            f"BASE_URL is {given!r}. Write http:// or https://, the name of the server and "
            "perhaps a port, and nothing after it."
        )
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise WrongSetting(
            f"CLINIC_TIMEZONE is {name!r}, which is no zone. Write one such as Europe/Bucharest."
        ) from None
    return name


def _whole(variable: str, given: str, least: int) -> int:
    if not (given.isascii() and given.isdigit() and least <= int(given[:9]) <= 65535):
        raise WrongSetting(f"{variable} is {given!r}. Write a number from {least} to 65535.")
    return int(given)
