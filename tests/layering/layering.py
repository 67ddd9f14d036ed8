#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The arrows of the program point downward, and none of them runs in a circle.

    layering.py SOURCE_DIRECTORY [BUILD_DIRECTORY]

Reads the #include lines of include/ and src/ and, of the build that is named, which object file calls which (calls.py);
prints each violation as FILE:LINE: SENTENCE. Exit status 1 if there is one. The tables below are the rules; the
functions only apply them.

A layer is a folder of src/ and of include/folio/, a room a folder in a layer; headers that everybody may include lie in
include/folio/LAYER/ROOM/, bodies and the headers that only they share in src/LAYER/ROOM/. cli is all one room.
"""
import collections
import fnmatch
import pathlib
import re
import shutil
import subprocess
import sys

import calls
from circles import circles, way_around

# Downward is towards the front. Two stand beside them: cli, what folio does without a screen, beside session; tools,
# programs of their own, beside ui. Neither of two that stand side by side includes the other.
LAYERS = ["base", "io", "model", "view", "session", "ui"]
BESIDE = {"cli": "session", "tools": "ui"}
RANK = {layer: LAYERS.index(BESIDE.get(layer, layer)) for layer in [*LAYERS, *BESIDE]}

# A layer that may see only some headers of another: for each the functions it may call (a regular expression), and the
# reason why.
ONLY = {
    ("ui", "io"): {
        "folio/io/thread/clock.h": (r"clock_ms", "how long keys have waited for their answer"),
        "folio/io/thread/process.h": (r"process_\w+", "editor, shell and suspension need the terminal, which ui owns"),
        "folio/io/file/names.h": (r"names_(one|users|escape)", "what completes a name must spell it as what reads it does"),
        "folio/io/file/source.h": (r"source_names_stdin", "which name is standard input"),
        "folio/io/page/advice.h": (r"advice_(parse|name)", "the words of --advice"),
        "folio/io/thread/pool.h": (r"pool_help", "reading a directory to complete a name may take long"),
        "folio/io/page/mapping.h": (r"", "the words of --map are its enum; no byte is asked of it"),
    },
    ("cli", "view"): {},
    ("tools", "ui"): {
        "folio/ui/terminal/screen.h": (r"screen_\w+", "how fast a screen is drawn is measured"),
    },
}

# Layers that are a single room, without a folder of its own.
ONE_ROOM = ["cli"]

# What a layer borrows outside of include/ and src/.
LENT = {"tools": "harness/"}  # the pseudo terminal of the tests

# The one pair of files that may call each other; None when there is none.
PAIR = None

# System headers with a home: everyone else asks the module that lives there.
HOMES = [
    (r"(n?curses[w]?|ncursesw?/.*|term|panel|form|menu)\.h", ["src/ui/terminal/"], "curses"),
    (r"ini\.h", ["src/ui/option/config.c"], "inih"),
    (r"sys/mman\.h", ["src/io/", "src/tools/"], "mapping memory"),
    (r"pcre2\w*\.h", ["src/model/pattern/pattern.c"], "PCRE2"),
    (r"magic\.h", ["src/model/kind/kind.c"], "libmagic"),
    (r"uniname\.h", ["src/model/kind/rune_name.c"], "libunistring"),
]

LAYOUT_NAME = re.compile(r'const struct layout \w+ = \{[^}]*?\.name = "(\w+)"')
LAYOUT_COMPARED = re.compile(r"[!=]= &\w+_layout\b|&\w+_layout [!=]=")
INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')

# How a header is compiled alone.
FLAGS = ["-std=gnu11", "-D_GNU_SOURCE", "-D_FILE_OFFSET_BITS=64", "-Wall", "-Wextra", "-Werror", "-fsyntax-only",
         "-x", "c"]


def layer_of(path):
    """The layer a path below the source directory belongs to; None for src/main.c and the like."""
    parts = path.split("/")
    name = parts[2] if parts[:2] == ["include", "folio"] else parts[1] if len(parts) > 2 else None
    return name if name in RANK else None


def room_of(path):
    """LAYER/ROOM of a path below the source directory, without the folder that holds the layer; None outside of one."""
    folder = path.rsplit("/", 1)[0]
    return folder.removeprefix("include/folio/").removeprefix("src/") if layer_of(path) else None


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


def may_see(here, there):
    """None: layer `here` may see all of layer `there`; otherwise the headers it may see, perhaps none."""
    if here == there or (here, there) not in ONLY and RANK[there] < RANK[here]:
        return None
    return ONLY.get((here, there), {})


def check_arrow(path, name):
    """The sentence against including folio header `name` in `path`, or None."""
    here, there = layer_of(path), layer_of("include/" + name)
    if there is None:
        return f'"{name}" belongs to no layer'
    allowed = None if here is None else may_see(here, there)
    if allowed is None or name in allowed:
        return None
    if allowed:
        return f'{here} includes "{name}"; of {there} it may see only {", ".join(sorted(allowed))}'
    return f'{here} includes "{name}" of {there}, which is not below it'


def check_home(path, name):
    """The sentence against including system header `name` in `path`, or None."""
    for pattern, homes, what in HOMES:
        if re.fullmatch(pattern, name) and not any(fnmatch.fnmatchcase(path, home + "*" * home.endswith("/"))
                                                   for home in homes):
            return f'<{name}> here: {what} is for {" and ".join(homes)}'
    return None


def check_local(root, path, name):
    """The sentence against a quoted include that is not written "folio/LAYER/ROOM/NAME.h", or None."""
    lent = LENT.get(layer_of(path))
    if lent and name.startswith(lent):
        return None
    if "/" in name:
        return f'"{name}" is written neither "folio/LAYER/ROOM/NAME.h" nor as a file beside this one'
    # A system header in quotes is still that header.
    return check_home(path, name) or (
        None if (root / path).parent.joinpath(name).exists() else f'"{name}" is not in this folder: a private header '
        'is for its own room')


def check_includes(root):
    """Violations of one file looking at another."""
    for path in sources(root):
        for number, quote, name in includes(root, path):
            if name.startswith("folio/"):
                sentence = check_arrow(path, name)
            elif quote == '"':
                sentence = check_local(root, path, name)
            else:
                sentence = check_home(path, name)
            if sentence:
                yield f"{path}:{number}: {sentence}"


def check_places(root):
    """Violations of where files lie: each in a room of a layer."""
    for path in sources(root):
        parts = path.split("/")
        if path == "src/main.c":
            continue
        depth = (5 if parts[0] == "include" else 4) - (layer_of(path) in ONE_ROOM)
        if len(parts) != depth or layer_of(path) is None:
            yield f"{path}:1: lies in no room: include/folio/LAYER/ROOM/ and src/LAYER/ROOM/ hold the files"
        elif parts[0] == "include" and path.endswith(".c"):
            yield f"{path}:1: a body among the headers"


def check_views(root):
    """Violations of not asking which view is on: no comparison with a layout, nor with the name of one."""
    texts = {path: (root / path).read_text(errors="replace") for path in sources(root)}
    names = {name for text in texts.values() for name in LAYOUT_NAME.findall(text)}
    named = re.compile(r'\bstrn?(case)?cmp\([^;]*"(%s)"' % "|".join(sorted(names) or [" "]))
    for path, text in texts.items():
        for number, line in enumerate(text.splitlines(), 1):
            if LAYOUT_COMPARED.search(line):
                yield f"{path}:{number}: asks which view is on: what differs between them is a member of struct layout"
            elif named.search(line):
                yield f"{path}:{number}: asks for a view by its name: what differs between them is a member of struct layout"


def check_header_circles(root):
    """Violations of headers that include each other, each circle once."""
    graph = {path: {"include/" + name for _, _, name in includes(root, path) if name.startswith("folio/")}
             for path in sources(root) if path.startswith("include/")}
    for path in sorted(graph):
        if path in graph[path]:
            yield f"{path}:1: includes itself"
    for group in circles(graph):
        yield f'{group[0]}:1: includes itself: {" -> ".join(way_around(graph, group))}'


def arrow_list(arrows, group):
    """Each arrow within a group with one reason, a line each."""
    return "\n".join(f"    {here} -> {there}: {why}" for (here, there), why in sorted(arrows.items())
                     if here in group and there in group)


def check_file_circles(table):
    """Violations of object files that call each other in a circle; PAIR may, and must: a pair that does not is no pair."""
    graph, arrows = calls.graph(table)
    found = circles(graph)
    for group in found:
        if PAIR is None or group != sorted(PAIR):
            yield (f"{group[0]}:1: {len(group)} files call each other in a circle, the shortest way "
                   f'{" -> ".join(way_around(graph, group))}; all arrows:\n{arrow_list(arrows, group)}')
    if PAIR is not None and PAIR[0] in table and not any(set(PAIR) <= set(group) for group in found):
        yield f"{PAIR[0]}:1: is named as half of the pair that calls each other, and is none: PAIR can go"


def room_arrows(root, table):
    """From room to room, by includes and calls: {(room, other): why}."""
    arrows = {}
    for path in sources(root):
        for number, _, name in includes(root, path):
            if name.startswith("folio/"):
                arrows.setdefault((room_of(path), room_of("include/" + name)), f"{path}:{number} includes {name}")
    for (here, there), name in calls.graph(table)[1].items():
        arrows.setdefault((room_of(here), room_of(there)), f"{here} calls {name}")
    return {pair: why for pair, why in arrows.items() if None not in pair and pair[0] != pair[1]}


def check_room_circles(root, table):
    """Violations of rooms that look at each other in a circle, within a layer or across."""
    arrows = room_arrows(root, table)
    graph = collections.defaultdict(set)
    for here, there in arrows:
        graph[here].add(there)
    for group in circles(graph):
        yield (f"src/{group[0]}:1: {len(group)} rooms look at each other in a circle, the shortest way "
               f'{" -> ".join(way_around(graph, group))}; all arrows:\n{arrow_list(arrows, group)}')


def leaders(root):
    """The headers that a source file includes before all others: that it compiles proves that they need none."""
    first = re.compile(r'^#include [<"](.*)[>"]', re.MULTILINE)
    found = (first.search((root / path).read_text()) for path in sources(root) if path.endswith(".c"))
    return {f"include/{match[1]}" for match in found if match}


def check_alone(root):
    """Violations of headers that need another one before them, with every compiler at hand; `leaders` are proved."""
    proved = leaders(root)
    headers = [path for path in sources(root)
               if path.startswith("include/") and path.endswith(".h") and path not in proved]
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


def check_call(here, there, name):
    """The sentence against a call from file `here` of function `name` in file `there`, or None."""
    layer, other = layer_of(here), layer_of(there)
    if layer is None or other is None:
        return None
    allowed = may_see(layer, other)
    if allowed is None or any(re.fullmatch(functions, name) for functions, _ in allowed.values()):
        return None
    return f"{layer} calls {name} of {other}, which is {'not for it' if allowed else 'not below it'}"


def check_calls(table):
    """Violations of compiled code: a call of what is not below, or not for this layer."""
    for here, there, name in calls.arrows(table):
        sentence = check_call(here, there, name)
        if sentence:
            yield f"{here}:1: {sentence}"


def violations(root, table=None, alone=True):
    """
    Everything that is wrong below root, one sentence each: in the files and, if there is a table of calls, in those.
    Headers are not compiled if not `alone`.
    """
    yield from check_includes(root)
    yield from check_places(root)
    yield from check_views(root)
    yield from check_header_circles(root)
    if alone:
        yield from check_alone(root)
    yield from check_calls(table or {})
    yield from check_file_circles(table or {})
    yield from check_room_circles(root, table or {})


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: layering.py SOURCE_DIRECTORY [BUILD_DIRECTORY]")
    root = pathlib.Path(sys.argv[1])
    found = list(violations(root, calls.read(root, pathlib.Path(sys.argv[2])) if len(sys.argv) == 3 else None))
    for sentence in found:
        print(sentence)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
