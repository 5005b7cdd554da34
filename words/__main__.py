"""`python -m words`: collect every message and say which ones lack their Romanian words."""

from __future__ import annotations

from admin_views.catalogues import po_path
from words.collected import collected, holidays_in_romanian
from words.po import renew, write_po


def main() -> None:
    domains = collected()
    write_po(po_path("en", "seed"), "en", holidays_in_romanian())
    for domain, lacking in renew("ro", domains).items():
        print(f"{domain:8}{len(domains[domain]):6} messages, {lacking} without Romanian words")


if __name__ == "__main__":
    main()
