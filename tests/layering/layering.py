#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The arrows between the layers point downward.

    layering.py SOURCE_DIRECTORY [LAYER=ARCHIVE]...

Reads the #include lines of include/ and src/, and the symbols of the archives that are named, and prints each
violation as FILE:LINE: SENTENCE. Exit status 1 if there is one. The tables below are the rules; the functions only
apply them.
"""
import collections
import fnmatch
import pathlib
import re
import shutil
import subprocess
import sys

# Downward is towards the front. ui and tools stand side by side: neither includes the other.
LAYERS = ["base", "io", "model", "view", "session", "ui"]
RANK = {**{layer: rank for rank, layer in enumerate(LAYERS)}, "tools": LAYERS.index("ui")}

# A layer that may see only some headers of a layer below it: for each the functions it may call (a regular
# expression), and the reason why.
ONLY = {
    ("ui", "io"): {
        "folio/io/thread/wake.h": (r"wake_\w+", "poll() on what the view thread wakes it with"),
        "folio/io/thread/clock.h": (r"clock_ms", "how long keys have waited for their answer"),
        "folio/io/thread/mailbox.h": (r"mailbox_\w+", "requests go out and frames come back through it"),
        "folio/io/thread/process.h": (r"process_\w+", "editor, shell and suspension need the terminal, which ui owns"),
        "folio/io/file/copy.h": (r"copy_out", "copying like cat when standard output is no terminal: no session yet"),
        "folio/io/file/source.h": (r"source_\w+", "copying like cat when there is no session yet; which name is standard input"),
        "folio/io/page/advice.h": (r"advice_(parse|name)", "the words of --advice"),
        "folio/io/page/guard.h": (r"guard_install", "the handler stands before the first thread does"),
        "folio/io/thread/pool.h": (r"pool_help", "reading a directory to complete a name may take long"),
        "folio/io/poke/poke.h": (r"poke_\w+", "a poke asked for on the command line: no session then"),
        "folio/io/journal/journal.h": (r"journal_\w+", "the list of pokes on the command line: no session then"),
        "folio/io/page/mapping.h": (r"", "the words of --map are its enum; no byte is asked of it"),
    },
}

# System headers with a home: everyone else asks the module that lives there.
HOMES = [
    (r"(n?curses[w]?|ncursesw?/.*|term|panel|form|menu)\.h", ["src/ui/terminal/"], "curses"),
    (r"ini\.h", ["src/ui/option/config.c"], "inih"),
    (r"sys/mman\.h", ["src/io/", "src/tools/"], "mapping memory"),
    (r"pcre2\w*\.h", ["src/model/pattern/pattern.c"], "PCRE2"),
    (r"magic\.h", ["src/model/kind/kind.c"], "libmagic"),
    (r"uniname\.h", ["src/model/kind/rune_name.c"], "libunistring"),
]

INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')

# How a header is compiled alone.
FLAGS = ["-std=gnu11", "-D_GNU_SOURCE", "-D_FILE_OFFSET_BITS=64", "-Wall", "-Wextra", "-Werror", "-fsyntax-only",
         "-x", "c"]


def layer_of(path):
    """The layer a path below the source directory belongs to; None for src/main.c and the like."""
    parts = path.split("/")
    name = parts[2] if parts[:2] == ["include", "folio"] else parts[1] if len(parts) > 2 else None
    return name if name in RANK else None


def sources(root):
    """Every C file and header of the program, as paths relative to root."""
    for top in ("include", "src"):
        for path in sorted((root / top).rglob("*")):
            if path.suffix in (".c", ".h", ".def"):
                yield path.relative_to(root).as_posix()


def includes(root, path):
    """(line number, quote, name) of each #include in a file."""
    for number, line in enumerate((root / path).read_text(errors="replace").splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match[1], match[2]


def check_arrow(path, name):
    """The sentence against including folio header `name` in `path`, or None."""
    here, there = layer_of(path), layer_of("include/" + name)
    if there is None:
        return f'"{name}" belongs to no layer'
    if here is None or here == there:
        return None
    if RANK[there] >= RANK[here]:
        return f'{here} includes "{name}" of {there}, which is not below it'
    allowed = ONLY.get((here, there))
    if allowed is not None and name not in allowed:
        return f'{here} includes "{name}"; of {there} it may see only {", ".join(sorted(allowed))}'
    return None


def check_home(path, name):
    """The sentence against including system header `name` in `path`, or None."""
    for pattern, homes, what in HOMES:
        if re.fullmatch(pattern, name) and not any(fnmatch.fnmatchcase(path, home + "*" * home.endswith("/"))
                                                   for home in homes):
            return f'<{name}> here: {what} is for {" and ".join(homes)}'
    return None


def check_local(path, name):
    """The sentence against a quoted include that is not written "folio/layer/module.h", or None."""
    if "/" in name:
        return f'"{name}" is written neither "folio/LAYER/MODULE.h" nor as a file beside this one'
    return None


def check_includes(root):
    """Violations of one file looking at another."""
    for path in sources(root):
        for number, quote, name in includes(root, path):
            check = check_arrow if name.startswith("folio/") else check_local if quote == '"' else check_home
            sentence = check(path, name)
            # A system header in quotes is still that header.
            if sentence is None and check is check_local:
                sentence = check_home(path, name)
            if sentence:
                yield f"{path}:{number}: {sentence}"


def check_circles(root):
    """Violations of headers that include each other, each circle once."""
    graph = collections.defaultdict(list)
    for path in sources(root):
        if path.startswith("include/"):
            graph[path] = ["include/" + name for _, _, name in includes(root, path) if name.startswith("folio/")]
    done = set()

    def walk(path, trail):
        if path in trail:
            yield f'{path}:1: includes itself: {" -> ".join(trail[trail.index(path):] + [path])}'
        elif path not in done:
            for other in graph.get(path, []):
                yield from walk(other, trail + [path])
            done.add(path)

    for path in sorted(graph):
        yield from walk(path, [])


def check_alone(root):
    """Violations of headers that need another one before them, with every compiler at hand."""
    headers = [path for path in sources(root) if path.startswith("include/") and path.endswith(".h")]
    compilers = [compiler for compiler in ("gcc", "clang") if shutil.which(compiler)]
    # All compilers are started, a header at a time, before the first is waited for.
    for path in headers:
        runs = [(compiler, subprocess.Popen([compiler, *FLAGS, "-I", root / "include", "-"], stdin=subprocess.PIPE,
                                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True))
                for compiler in compilers]
        include = path.removeprefix("include/")
        for compiler, run in runs:
            _, message = run.communicate(f'#include "{include}"\n#include "{include}"\n')
            if run.returncode:
                yield f"{path}:1: does not compile alone with {compiler}\n{message.rstrip()}"


def symbols(archive):
    """(defined, undefined) global symbols of an archive."""
    defined, undefined = set(), set()
    listing = subprocess.run(["nm", "-g", "-P", "-A", archive], check=True, capture_output=True, text=True).stdout
    for line in listing.splitlines():
        name, kind = line.split(": ", 1)[1].split()[:2]
        (undefined if kind in "Uvw" else defined).add(name)
    return defined, undefined - defined


def check_call(here, there, name):
    """The sentence against a call from layer `here` of function `name` in layer `there`, or None."""
    if RANK[there] > RANK[here]:
        return f"{here} calls {name} of {there}, which is above it"
    allowed = ONLY.get((here, there))
    if allowed is not None and not any(re.fullmatch(calls, name) for calls, _ in allowed.values()):
        return f"{here} calls {name} of {there}, which is not for it"
    return None


def check_archives(archives):
    """Violations of compiled code: a symbol of a layer above, or one that is not for this layer."""
    table = {layer: symbols(archive) for layer, archive in archives}
    for here, (_, undefined) in table.items():
        for there, (defined, _) in table.items():
            for name in sorted(undefined & defined):
                sentence = check_call(here, there, name)
                if sentence:
                    yield sentence


def violations(root, archives=(), alone=True):
    """Everything that is wrong below root and in the archives, one sentence each; without compiling if not `alone`."""
    yield from check_includes(root)
    yield from check_circles(root)
    if alone:
        yield from check_alone(root)
    yield from check_archives(archives)


def main():
    if len(sys.argv) < 2:
        sys.exit("usage: layering.py SOURCE_DIRECTORY [LAYER=ARCHIVE]...")
    found = list(violations(pathlib.Path(sys.argv[1]), [pair.split("=", 1) for pair in sys.argv[2:]]))
    for sentence in found:
        print(sentence)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
