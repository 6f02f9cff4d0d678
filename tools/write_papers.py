#!/usr/bin/env python3
"""Writes what other programs and sites read about the project out of tools/publication.toml, or checks it.

usage: python3 tools/write_papers.py [--check | --release DAY] [--root FOLDER]

Writes CITATION.cff, codemeta.json, .zenodo.json, r/inst/CITATION, and, for GitLab, the templates of .github in .gitlab; the lines of
r/DESCRIPTION from Version to Maintainer, and its addresses; authors and [project.urls] of pyproject.toml; the head of docs/paper/paper.md; the
contacts in SECURITY.md and CODE_OF_CONDUCT.md. With --check nothing is written, and the exit status is 1 if a file differs. Either way
it lists what a person still has to give and to upload. The day of release stands in the heading of this version in CHANGELOG.md alone,
which is "Unreleased: VERSION" until --release gives it (tools/make_release.sh --today).
"""
import argparse
import datetime
import difflib
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tomllib

NOBODY_NAMED = "truel developers"
NO_CONTACT = {
    "SECURITY.md": "There is no address for reports in confidence yet. Use the confidential channel of the site from which you have truel\n"
                   "(GitHub: *Security*, *Report a vulnerability*; GitLab: an issue marked confidential). Where there is none, ask in public for\n"
                   "a private contact and say nothing of the weakness itself.",
    "CODE_OF_CONDUCT.md": "There is no address for reports in confidence yet. Write to one of those who merge changes, by the private message of the\n"
                          "site from which you have truel, or use that site's own form for abuse.",
}


def issues(about):
    """Where one reports what is wrong: GitHub, GitLab and Forgejo have it beside the sources."""
    return about["repository"].rstrip("/") + "/issues"


def quoted(text):
    """As a string of YAML and of JSON alike."""
    return json.dumps(text, ensure_ascii=False)


def about_project(root):
    """The keys of publication.toml, `version`, `released` (ISO date, or "" while it is not released) and `changed`, the day of the last
    commit, "" where these are no git checkout."""
    about = tomllib.loads((root / "tools/publication.toml").read_text(encoding="utf-8"))
    about["version"] = re.search(r"^project\(truel VERSION ([\d.]+)", (root / "CMakeLists.txt").read_text(), re.M)[1]
    heading = re.search(rf"^## \[{re.escape(about['version'])}\] - (\d{{4}}-\d\d-\d\d)$", (root / "CHANGELOG.md").read_text(), re.M)
    about["released"] = heading[1] if heading else ""
    log = ["git", "-C", root, "log", "-1", "--format=%cs"]
    last = subprocess.run(log, stdin=subprocess.DEVNULL, capture_output=True, text=True) if (root / ".git").exists() and shutil.which("git") else None
    about["changed"] = last.stdout.strip() if last and last.returncode == 0 else ""
    return {"authors": [], **about}


def with_day(about, text, day):
    """The changelog whose heading of this version has that day of release, whatever it had before."""
    version = re.escape(about["version"])
    return re.sub(rf"^## (?:Unreleased: {version}|\[{version}\] - .*)$", f"## [{about['version']}] - {day}", text, flags=re.M)


def citation(about):
    lines = ["cff-version: 1.2.0", f"message: {quoted(about['cite_as'])}", "type: software", f"title: {quoted(about['title'])}",
             f"abstract: {quoted(about['summary'])}", f"version: {about['version']}"]
    lines += [f"{key}: {quoted(value)}" for key, value in (("date-released", about["released"]), ("doi", about["doi"]),
                                                          ("repository-code", about["repository"])) if value]
    lines += [f"license: {about['licence']}", "authors:"]
    for person in about["authors"]:
        lines += [f"  - given-names: {quoted(person['given'])}", f"    family-names: {quoted(person['family'])}"]
        lines += [f"    orcid: {quoted('https://orcid.org/' + person['orcid'])}"] if person.get("orcid") else []
        lines += [f"    affiliation: {quoted(person['affiliation'])}"] if person.get("affiliation") else []
    lines += [] if about["authors"] else [f"  - name: {quoted(NOBODY_NAMED)}"]
    lines += ["keywords:", *(f"  - {quoted(word)}" for word in about["keywords"])]
    return "\n".join(lines) + "\n"


def codemeta(about):
    def author(person):
        who = {"@type": "Person", "givenName": person["given"], "familyName": person["family"]}
        if person.get("orcid"):
            who["@id"] = "https://orcid.org/" + person["orcid"]
        if person.get("affiliation"):
            who["affiliation"] = {"@type": "Organization", "name": person["affiliation"]}
        return who

    record = {"@context": "https://w3id.org/codemeta/3.0", "@type": "SoftwareSourceCode", "name": "truel", "headline": about["title"],
              "description": about["summary"], "version": about["version"], "datePublished": about["released"],
              "license": "https://spdx.org/licenses/" + about["licence"],
              "author": [author(person) for person in about["authors"]] or [{"@type": "Organization", "name": NOBODY_NAMED}],
              "identifier": about["doi"] and "https://doi.org/" + about["doi"], "codeRepository": about["repository"],
              "issueTracker": about["repository"] and issues(about),
              "keywords": about["keywords"], "programmingLanguage": about["languages"], "operatingSystem": "Linux",
              "applicationCategory": "Simulation", "developmentStatus": "active"}
    return json.dumps({key: value for key, value in record.items() if value}, indent=2, ensure_ascii=False) + "\n"


def zenodo(about):
    def creator(person):
        who = {"name": f"{person['family']}, {person['given']}"}
        return who | {key: person[key] for key in ("orcid", "affiliation") if person.get(key)}

    record = {"title": about["title"], "description": about["summary"], "version": about["version"], "upload_type": "software",
              "access_right": "open", "license": about["licence"], "language": "eng",
              "creators": [creator(person) for person in about["authors"]] or [{"name": NOBODY_NAMED}], "keywords": about["keywords"]}
    if about["repository"]:
        record["related_identifiers"] = [{"identifier": about["repository"], "relation": "isSupplementTo", "scheme": "url"}]
    return json.dumps(record, indent=2, ensure_ascii=False) + "\n"


def r_description(about, text):
    """`ORPHANED` is the word of R for a package in which no person is named who answers for it."""
    keeper = about["r_maintainer"]
    if all(keeper.values()):
        people = [(p["given"], p["family"], '"aut"') for p in about["authors"] if (p["given"], p["family"]) != (keeper["given"], keeper["family"])]
        written = [f"person({quoted(given)}, {quoted(family)}, role = {role})" for given, family, role in people]
        written.insert(0, f"person({quoted(keeper['given'])}, {quoted(keeper['family'])}, role = c(\"aut\", \"cre\"),\n"
                          f"           email = {quoted(keeper['email'])})")
        who = "Authors@R: c(" + ",\n    ".join(written) + ")"
    else:
        who = f"Author: {NOBODY_NAMED}\nMaintainer: ORPHANED"
    text = re.sub(r"^Version:.*?(?=^Description:)", lambda _: f"Version: {about['version']}\n{who}\n", text, flags=re.S | re.M)
    addresses = f"URL: {about['repository']}\nBugReports: {issues(about)}\n" if about["repository"] else ""
    text = re.sub(r"^(?:URL|BugReports):.*\n", "", text, flags=re.M)
    return re.sub(r"^(?=Encoding:)", lambda _: addresses, text, flags=re.M)


def r_citation(about):
    people = [f"person({quoted(person['given'])}, {quoted(person['family'])})" for person in about["authors"]]
    fields = ['"Manual"', f"title = {quoted(about['title'])}", f"author = c({', '.join(people or [f'person({quoted(NOBODY_NAMED)})'])})"]
    fields += [f"{key} = {quoted(value)}" for key, value in (("year", about["released"][:4]), ("note", f"Version {about['version']}"),
                                                             ("doi", about["doi"]), ("url", about["repository"])) if value]
    return f"citHeader({quoted(about['cite_as'])})\n\nbibentry(\n  " + ",\n  ".join(fields) + "\n)\n"


def python_project(about, text):
    names = ", ".join(f"{{ name = {quoted(person['given'] + ' ' + person['family'])} }}" for person in about["authors"])
    text = re.sub(r"^authors = .*\n", "", text, flags=re.M)
    text = re.sub(r"^(?=readme = )", lambda _: f"authors = [{names}]\n" if names else "", text, flags=re.M)
    addresses = f"Repository = {quoted(about['repository'])}\nIssues = {quoted(issues(about))}\n" if about["repository"] else ""
    return re.sub(r"(?<=^\[project\.urls\]\n)[^\[]*(?=^\n\[)", lambda _: addresses, text, flags=re.M)


def paper(about, text):
    tags = [*about["keywords"], *about["languages"]]
    names = [(f"{person['given']} {person['family']}", person.get("orcid"), person.get("affiliation")) for person in about["authors"]]
    names = names or [(NOBODY_NAMED, None, None)]
    places = list(dict.fromkeys(place or "Not given yet" for _, _, place in names))
    day = datetime.date.fromisoformat(about["released"]) if about["released"] else None
    lines = ["---", f"title: {quoted(about['title'])}", "tags:", *(f"  - {tag}" for tag in tags), "authors:"]
    for name, orcid, place in names:
        lines += [f"  - name: {quoted(name)}", *([f"    orcid: {orcid}"] if orcid else []),
                  f"    affiliation: {places.index(place or 'Not given yet') + 1}"]
    lines.append("affiliations:")
    for number, place in enumerate(places, 1):
        lines += [f"  - name: {quoted(place)}", f"    index: {number}"]
    lines += [f"date: {day.day} {day:%B %Y}"] if day else []
    lines += ["bibliography: paper.bib", "---"]
    return re.sub(r"\A---\n.*?^---$", lambda _: "\n".join(lines), text, flags=re.S | re.M)


def with_contact(about, name, text):
    words = f"Write to {about['contact']}." if about["contact"] else NO_CONTACT[name]
    return re.sub(r"(?<=<!-- contact -->\n).*?(?=<!-- end -->)", lambda _: words + "\n", text, flags=re.S)


def written(root, about):
    """The files of the project that are made here, {path: text}."""
    def old(name):
        return (root / name).read_text(encoding="utf-8")

    files = {"CITATION.cff": citation(about), "codemeta.json": codemeta(about), ".zenodo.json": zenodo(about),
             "r/DESCRIPTION": r_description(about, old("r/DESCRIPTION")), "r/inst/CITATION": r_citation(about),
             "pyproject.toml": python_project(about, old("pyproject.toml")), "docs/paper/paper.md": paper(about, old("docs/paper/paper.md"))}
    files |= {name: with_contact(about, name, old(name)) for name in NO_CONTACT}
    files[".gitlab/merge_request_templates/Default.md"] = old(".github/PULL_REQUEST_TEMPLATE.md")
    for template in sorted((root / ".github/ISSUE_TEMPLATE").glob("*.md")):
        # GitLab shows all of the file, and takes its name from that of the file.
        files[f".gitlab/issue_templates/{template.name}"] = re.sub(r"\A---\n.*?\n---\n+", "", template.read_text(encoding="utf-8"), flags=re.S)
    return files


def to_be_given(about):
    """What only a person can say or do before the project is published."""
    missing = [(not about["authors"], "authors: the names of the persons, with ORCID and affiliation"),
               (not about["repository"], "repository: the address from which anybody can clone it; "
                "the addresses of the Python and R packages, of the citation and of the recipe for conda-forge wait for it"),
               (not about["contact"], "contact: where reports of weaknesses and of conduct are read in confidence"),
               (not all(about["r_maintainer"].values()), "r_maintainer: who answers for the R package, with an address that is read"),
               (not about["doi"], "doi: of the release, once it is archived"),
               (not about["released"], "the day of release: tools/make_release.sh --today"),
               (about["released"] and about["changed"] > about["released"], f"the day of release: CHANGELOG.md says {about['released']}, "
                f"and the last change is of {about['changed']}: tools/make_release.sh --today")]
    return [what for is_missing, what in missing if is_missing] + about["undecided"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what_to_do = parser.add_mutually_exclusive_group()
    what_to_do.add_argument("--check", action="store_true")
    what_to_do.add_argument("--release", metavar="DAY", type=datetime.date.fromisoformat)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[1])
    options = parser.parse_args()
    about = about_project(options.root)
    if options.release:
        changelog = options.root / "CHANGELOG.md"
        changelog.write_text(with_day(about, changelog.read_text(encoding="utf-8"), options.release), encoding="utf-8")
        about = about_project(options.root)
        if about["released"] != options.release.isoformat():
            sys.exit(f"CHANGELOG.md has no heading of version {about['version']}")
    differ = 0
    for name, text in written(options.root, about).items():
        path = options.root / name
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        if text == old:
            continue
        differ += 1
        if options.check:
            print("".join(difflib.unified_diff(old.splitlines(True), text.splitlines(True), name, "as publication.toml has it")), end="")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"wrote {name}")
    print(f"{differ} files differ" if options.check else f"{differ} files written")
    for what in to_be_given(about):
        print(f"a person has still to give (tools/publication.toml): {what}")
    print("a person has still to have accounts, and to upload: wheels and sdist to PyPI, the R package to CRAN, recipe.yaml to conda-forge, "
          "the folder of the release to an archive that gives it a DOI")
    return 1 if options.check and differ else 0


if __name__ == "__main__":
    sys.exit(main())
