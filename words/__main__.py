"""`python -m words`: collect every message and say which ones lack their Romanian words."""

from __future__ import annotations

from words.collected import collected
from words.po import renew


def main() -> None:
    domains = collected()
    for domain, lacking in renew("ro", domains).items():
        print(f"{domain:8}{len(domains[domain]):6} messages, {lacking} without Romanian words")


if __name__ == "__main__":
    main()
