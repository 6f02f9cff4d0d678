#!/usr/bin/env python3
"""Says which links of a site lead to a page that is not there, or to no place in it. Exit status 1 if any does.

usage: python3 tools/docs_site/check_links.py FOLDER
"""
import html.parser
import pathlib
import re
import sys
import urllib.parse


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.places, self.links = set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "id" or (tag, name) == ("a", "name"):
                self.places.add(value)
            elif (tag, name) == ("a", "href"):
                self.links.add(value)


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    pages = {file: Page(file.read_text(encoding="utf-8")) for file in sorted(folder.rglob("*.html"))}
    faults = []
    for file, page in pages.items():
        for link in sorted(page.links):
            if re.match("[a-z]+:", link):
                continue
            address, _, place = urllib.parse.unquote(link).partition("#")
            address = address.partition("?")[0]
            target = (file.parent / address).resolve() if address else file
            if not target.exists() or (place and target in pages and place not in pages[target].places):
                faults.append(f"{file.relative_to(folder)} leads to {link}, which is not there")
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
