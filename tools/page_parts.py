"""The part of a page that a script writes."""
import re
import sys


def write_between(page, begin, lines):
    """Puts lines between <!-- begin --> and the next <!-- end --> of a page, which has that place once."""
    text = page.read_text(encoding="utf-8")
    new, n = re.subn(rf"(<!-- {re.escape(begin)} -->\n).*?(<!-- end -->)", lambda m: m[1] + "\n".join(lines) + "\n" + m[2], text, flags=re.S)
    if n != 1:
        sys.exit(f"{page}: {n or 'no'} places for {begin}")
    page.write_text(new, encoding="utf-8")
