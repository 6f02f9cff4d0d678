#!/usr/bin/env python3
"""Makes the manual page of the program and completion for shells out of its --help.

usage: python3 tools/program_pages.py TRUEL FOLDER

Writes truel.1, truel.bash, _truel (zsh) and truel.fish into FOLDER. What --help does not say stands nowhere else: an
option that is added to the program is in all four after the next build.
"""
import pathlib
import re
import subprocess
import sys

SECTIONS = ("Positionals:", "Options:", "Subcommands:")
# An option that takes a folder or file, which shells complete as such.
PATHS = {"--out", "--package", "--observed", "--data", "--markdown", "--influence"}


class Entry:
    """An option, a positional or a verb: names, what value it takes ("" for none), words it can be, and its meaning."""

    def __init__(self, head, meaning):
        names, _, rest = head.partition(" ")
        self.names = names.split(",")
        self.meaning = meaning
        self.shown = head
        words = re.search(r"\{([^}]*)\}", rest)
        self.words = words[1].split(",") if words else []
        self.value = rest.split(":")[0].split("=")[0].removesuffix(" ...").removesuffix(" REQUIRED").strip()

    @property
    def long(self):
        return next((name for name in self.names if name.startswith("--")), "")


class Help:
    """What --help says, section by section."""

    def __init__(self, text):
        lines = text.splitlines()
        self.summary = lines[0]
        self.usage = lines[1].removeprefix("Usage: ")
        self.entries = {name: [] for name in SECTIONS}
        self.rest = []
        section = None
        for line in lines[2:]:
            if line in SECTIONS:
                section = line
            elif section and line.startswith("                              "):
                self.entries[section][-1].meaning += line.strip()
            elif section and line.startswith("  "):
                head, _, meaning = line.strip().partition("  ")
                self.entries[section].append(Entry(head, meaning.strip()))
            elif line and not line.startswith("  "):
                section = None
                self.rest.append(line)
            elif line:
                self.rest.append(line)

    @property
    def options(self):
        return self.entries["Options:"]


def read(program):
    def ask(*words):
        done = subprocess.run([program, *words, "--help"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True)
        return Help(done.stdout)

    whole = ask()
    verbs = {entry.names[0]: ask(entry.names[0]) for entry in whole.entries["Subcommands:"]}
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return whole, verbs, version


def roff(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^(['.])", r"\\&\1", text, flags=re.M)


def options_roff(options):
    for option in options:
        yield f".TP\n\\fB{roff(', '.join(option.names))}\\fR {roff(option.shown.partition(' ')[2])}".rstrip()
        yield roff(option.meaning)


def rest_roff(lines):
    yield ".PP"
    for line in lines:
        yield f".br\n{roff(line.strip())}" if line.startswith("  ") else f".PP\n{roff(line)}"


def manual(whole, verbs, version):
    out = [f'.TH TRUEL 1 "" "truel {version}" "User Commands"', ".SH NAME", f"truel \\- {roff(whole.summary.rstrip('.'))}",
           ".SH SYNOPSIS", ".B truel", "\\fIcommand\\fR [\\fIoption\\fR ...]", ".SH DESCRIPTION",
           roff("truel simulates a war with many sides under rival explanations of it, its accounts, and tests them. A war is a "
                "folder of tables, the package; results go to a new folder."), ".SH COMMANDS"]
    for name, verb in verbs.items():
        out += [f".SS {name}", roff(verb.summary), ".PP", f"\\fB{roff(verb.usage)}\\fR"]
        for positional in verb.entries["Positionals:"]:
            out += [f".TP\n\\fI{roff(positional.names[0])}\\fR", roff(positional.meaning)]
        out += options_roff(option for option in verb.options if option.long != "--help")
        out += rest_roff(verb.rest)
    out += [".SH OPTIONS", *options_roff(whole.options), ".SH EXIT STATUS"]
    for status, meaning in [("0", "done"), ("1", "verify: a check failed"), ("2", "the input is wrong; nothing was written"),
                            ("3", "it failed, or a realization did"), ("130", "interrupted; what is done is kept")]:
        out += [f".TP\n{status}", meaning]
    out += [".SH EXAMPLES", *rest_roff([line for line in whole.rest if line != "Examples:"])]
    return "\n".join(out) + "\n"


def bash(whole, verbs):
    cases = []
    for name, verb in verbs.items():
        longs = " ".join(option.long for option in verb.options if option.long)
        values = "\n".join(f"        {option.long}) COMPREPLY=($(compgen -W '{' '.join(option.words)}' -- \"$word\")); return ;;"
                           for option in verb.options if option.words)
        takers = "|".join(option.long for option in verb.options
                          if option.value and not option.words and option.long not in PATHS)
        if takers:
            values += f"\n        {takers}) return ;;"
        values = f"      case $before in\n{values.strip(chr(10))}\n      esac\n" if values else ""
        cases.append(f"    {name})\n{values}      options='{longs}'\n      ;;")
    return f"""# Completion of truel for bash, made from its --help.
_truel() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}} options
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W '{" ".join([*verbs, *(option.long for option in whole.options)])}' -- "$word"))
    return
  fi
  case ${{COMP_WORDS[1]}} in
{chr(10).join(cases)}
    *) return ;;
  esac
  if [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}}
complete -o filenames -F _truel truel
"""


def quoted(text):
    return text.replace("'", "'\\''")


def zsh(verbs, whole):
    def spec(option):
        text = re.sub(r"([\[\]:\\])", r"\\\1", option.meaning)
        more = "*" if option.shown.endswith("...") else ""
        action = ""
        if option.words:
            action = f":value:({' '.join(option.words)})"
        elif option.long in PATHS:
            action = ":path:_files"
        elif option.value:
            action = ":value: "
        return f"'{more}{option.long}[{quoted(text)}]{action}'"

    described = " \\\n      ".join(f"'{name}:{quoted(verb.summary.replace(':', ' -'))}'" for name, verb in verbs.items())
    cases = "\n".join(f"    {name}) _arguments {' '.join(spec(o) for o in verb.options if o.long)} '*:path:_files' ;;"
                      for name, verb in verbs.items())
    return f"""#compdef truel
# Completion of truel for zsh, made from its --help.
_truel() {{
  if ((CURRENT == 2)); then
    local -a verbs=(
      {described})
    _describe verb verbs
    return
  fi
  local verb=$words[2]
  shift words
  ((CURRENT--))
  case $verb in
{cases}
  esac
}}
_truel "$@"
"""


def fish(whole, verbs):
    lines = ["# Completion of truel for fish, made from its --help.",
             f"set -l verbs {' '.join(verbs)}"]
    for name, verb in verbs.items():
        lines.append(f"complete -c truel -f -n \"not __fish_seen_subcommand_from $verbs\" -a {name} -d '{quoted(verb.summary)}'")
        for option in verb.options:
            if not option.long:
                continue
            value = f" -xa '{' '.join(option.words)}'" if option.words else " -r" if option.long in PATHS else \
                " -x" if option.value else ""
            lines.append(f"complete -c truel -n '__fish_seen_subcommand_from {name}' -l {option.long[2:]}{value} "
                         f"-d '{quoted(option.meaning)}'")
    return "\n".join(lines) + "\n"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    whole, verbs, version = read(program)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in [("truel.1", manual(whole, verbs, version)), ("truel.bash", bash(whole, verbs)),
                       ("_truel", zsh(verbs, whole)), ("truel.fish", fish(whole, verbs))]:
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
