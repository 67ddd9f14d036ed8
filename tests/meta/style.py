#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The part of the house style that a machine can see.

    style.py SOURCE_DIRECTORY        prints FILE:LINE: SENTENCE for each violation, exit status 1 if there is one
    style.py --self-test             each rule finds what breaks it

Sizes are not checked: how long a function, a file or a header may be is for whoever reads it to judge.
"""
import pathlib
import re
import sys

LICENCE = "/* SPDX-License-Identifier: MIT */"
PROMISE = re.compile(r"\b(TODO|FIXME|XXX)\b")


def check_licence(lines, _):
    """The first line is the licence."""
    if not lines or lines[0] != LICENCE:
        yield 1, f"the first line is not {LICENCE}"


def check_header_comment(lines, _):
    """A paragraph follows that says which part of the program this is."""
    if len(lines) < 2 or not lines[1].startswith("/*"):
        yield 2, "no comment under the licence says what this file is for"


def check_promises(lines, _):
    """What is to do is in the issue list, not in the code."""
    for number, line in enumerate(lines, 1):
        if PROMISE.search(line):
            yield number, "the code promises work instead of doing it"


def check_extern(lines, path):
    """A declaration is in a header."""
    for number, line in enumerate(lines, 1):
        if path.endswith(".c") and re.match(r"\s*extern\b", line):
            yield number, "extern in a .c file: include the header that declares it"


def check_guard(lines, path):
    """The guard is the path, so that two headers never share one."""
    if path.startswith("include/") and path.endswith(".h"):
        guard = re.sub(r"\W", "_", path.removeprefix("include/")).upper()
        if f"#ifndef {guard}" not in lines or f"#define {guard}" not in lines:
            yield 1, f"the include guard is not {guard}"


def check_own_header_first(lines, path):
    """A module includes its own header first, which proves that the header is complete."""
    parts = pathlib.PurePosixPath(path).parts
    includes = [(number, line) for number, line in enumerate(lines, 1) if line.startswith("#include")]
    own = f'#include "folio/{"/".join(parts[1:])[:-1]}h"' if len(parts) == 4 and path.endswith(".c") else None
    if own in [line for _, line in includes] and includes[0][1] != own:
        yield includes[0][0], "a module includes its own header first"


def check_dialect(lines, _):
    """One way to write what C can write in two; clang-format sees to braces and the order of includes."""
    for number, line in enumerate(lines, 1):
        if re.search(r"[^=!<>]== NULL\b|\bNULL [=!]=", line):
            yield number, "a pointer is compared with NULL: write !pointer"
        if re.search(r"\bif \([^&|=]* != NULL\)", line):
            yield number, "a pointer is compared with NULL: write the pointer alone"
        if re.search(r"\bsizeof\([*&]?[a-z]\w*(?<!_t)(->\w+|\.\w+|\[\w*\])*\)", line) and not re.search(
                r"\bsizeof\((bool|char|double|float|int|long|short|size_t|type|unsigned|vector\d+)\)", line):
            yield number, "parentheses around what is no type: write sizeof expression"


# Of everything written in C, and of the program itself.
EVERYWHERE = [check_licence, check_header_comment, check_promises, check_extern, check_dialect]
PROGRAM = [check_guard, check_own_header_first]


def violations(path, lines):
    """(line number, sentence) of everything wrong in one file; `path` is relative to the source directory."""
    for rule in EVERYWHERE + (PROGRAM if path.startswith(("src/", "include/")) else []):
        yield from rule(lines, path)


def files(root):
    for top in ("include", "src", "tests", "data"):
        for file in sorted((root / top).rglob("*.[ch]")):
            path = file.relative_to(root).as_posix()
            # Samples are data, even where they look like C.
            if not path.startswith("data/samples/") and "/corpus/" not in path:
                yield path, file.read_text(errors="replace").splitlines()


GOOD = [LICENCE, "/* base: a thing. */", '#include "folio/base/room/thing.h"', "", "int thing_get(void)", "{", "}"]


def self_test():
    """Each rule on a file that breaks it: the first line number it must name."""
    header = [LICENCE, "/** base: a thing. */", "#ifndef FOLIO_BASE_ROOM_THING_H", "#define FOLIO_BASE_ROOM_THING_H"]
    cases = [
        ("src/base/room/thing.c", GOOD, None),
        ("src/base/room/thing.c", GOOD[1:], 1),
        ("src/base/room/thing.c", GOOD[:1] + GOOD[2:], 2),
        ("src/base/room/thing.c", GOOD + ["/* " + "TO" + "DO: the rest */"], 8),
        ("src/base/room/thing.c", GOOD + ["    extern int other;"], 8),
        ("src/base/room/thing.c", GOOD[:2] + ["#include <stdio.h>"] + GOOD[2:], 3),
        ("src/base/room/thing.c", GOOD + ["    if (thing == NULL)"], 8),
        ("src/base/room/thing.c", GOOD + ["    if (thing->next != NULL)"], 8),
        ("src/base/room/thing.c", GOOD + ["    return thing != NULL;"], None),
        ("src/base/room/thing.c", GOOD + ["    memset(thing, 0, sizeof(*thing));"], 8),
        ("src/base/room/thing.c", GOOD + ["    memset(thing, 0, sizeof *thing + sizeof(struct other) + sizeof(int));"], None),
        ("include/folio/base/room/thing.h", header, None),
        ("include/folio/base/room/other.h", header, 1),
    ]
    for path, lines, expected in cases:
        first = next((number for number, _ in violations(path, "\n".join(lines).split("\n"))), None)
        assert first == expected, (path, lines[:12], first, expected)


def main():
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        return
    if len(sys.argv) != 2:
        sys.exit("usage: style.py SOURCE_DIRECTORY | --self-test")
    found = [f"{path}:{number}: {sentence}" for path, lines in files(pathlib.Path(sys.argv[1]))
             for number, sentence in violations(path, lines)]
    print("\n".join(found))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
