#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The documents say nothing that is not there.

    documents.py SOURCE_DIRECTORY    prints FILE:LINE: SENTENCE for each violation, exit status 1 if there is one
    documents.py --self-test         each rule finds what breaks it

The table of contents in src/main.c names every room and every header, and nothing else. What stands in `backticks` in
docs/*.md and the READMEs is looked up: a path in the tree, a name_with_underscores in the sources, an option and a :name
in the tables; so are the options and the :names of the man page. The rooms in ARCHITECTURE.md's table of layers are those
of the tree. In a path, `NAME`, `<layer>` and the like stand for anything.
"""
import pathlib
import re
import sys
import tempfile

# --- The table of contents -------------------------------------------------------------------------------------------

LAYER = re.compile(r" \*   (\w+) {2,}\S")
ROOM = re.compile(r" \*   (  )?(\w+) +([\w., ]+) - \S")


def joined(text):
    """(line number, line) of a text in which what is indented far goes on with the line before it."""
    lines = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(" *" + 10 * " "):
            lines[-1] = lines[-1][0], f"{lines[-1][1]} {line[2:].strip()}"
        else:
            lines.append((number, line))
    return lines


def contents(text):
    """
    (line number, layer, room, [module]) of each room in the first comment of main.c. The room of a layer that is a
    single one has no name; a layer of several comes before them, with None for a room.
    """
    layer = None
    for number, line in joined(text.split("*/\n#include")[0]):
        room = ROOM.match(line)
        if room:
            layer = layer if room[1] else room[2]
            yield number, layer, room[2] if room[1] else "", room[3].split(", ")
        elif LAYER.match(line):
            layer = LAYER.match(line)[1]
            yield number, layer, None, []


def rooms(root):
    """{(layer, room): (names of its headers, names of all its files)}; private headers are no modules."""
    found = {}
    for top in ("include/folio", "src"):
        for path in sorted((root / top).rglob("*")):
            parts = path.relative_to(root / top).parts
            if path.suffix in (".h", ".def", ".c") and len(parts) > 1:
                headers, names = found.setdefault((parts[0], "/".join(parts[1:-1])), (set(), set()))
                name = path.name if path.suffix == ".def" else path.stem
                names.add(name)
                if top != "src":
                    headers.add(name)
    return found


def check_contents(root):
    """Violations in the table of contents."""
    main = root / "src/main.c"
    there, named = rooms(root), set()
    for number, layer, room, modules in contents(main.read_text()):
        place = f"src/main.c:{number}:"
        if room is None:
            if not any(layer == other for other, _ in there):
                yield f"{place} there is no layer {layer}"
            continue
        named.add((layer, room))
        headers, names = there.get((layer, room), (set(), set()))
        if not names:
            yield f"{place} there is no room {layer}/{room}".rstrip("/")
            continue
        for name in sorted(set(modules) - names):
            yield f"{place} {layer}/{room} has no {name}".replace("/ ", " ")
        for name in sorted(headers - set(modules)):
            yield f"{place} {layer}/{room} has a {name} that is not named".replace("/ ", " ")
    for layer, room in sorted(set(there) - named):
        yield f"src/main.c:1: the room {layer}/{room} is not named".replace("/ ", " ")


# --- What stands in backticks ----------------------------------------------------------------------------------------

SPAN = re.compile(r"(`+)(.+?)\1")
FILE = re.compile(r"[\w.<>*-]+\.(c|h|def|md|sh|py|screen|cmake|txt|bin|jsonl)")
PATH = re.compile(r"[\w.*-][\w.<>*-]*(/[\w.<>*-]+)+/?")
PLACEHOLDER = re.compile(r"<\w+>|\b(NAME|LAYER|ROOM|MODULE|SUBJECT|PART|TOOL)(?=\b|_)")
IDENTIFIER = re.compile(r"\b[A-Za-z]\w*_\w*[A-Za-z0-9]\b")
STRUCT = re.compile(r"\bstruct (\w+)")
OPTION_SPAN = re.compile(r"--([A-Za-z][\w-]*)(=.*)?|-([A-Za-z~#])\S*|\+\S*")
NAME_SPAN = re.compile(r":([a-z]+)\b(?: (\w+))?")

# What is made, and stands in no tree.
MADE = ("build/",)


def source_files(root):
    """Every file in which a name may stand."""
    for top in ("include", "src", "tests", "data", "script"):
        for path in (root / top).rglob("*"):
            if path.is_file() and path.suffix in (".c", ".h", ".def", ".sh", ".py", ".cmake", ".txt", "") and \
                    "samples" not in path.parts and "corpus" not in path.parts and path.name != "documents.py":
                yield path
    yield from (path for path in (root / "CMakeLists.txt", root / "CMakePresets.json") if path.exists())


class Tree:
    """What there is: paths, words, options, commands, settings."""

    def __init__(self, root):
        self.root = root
        self.words, self.structs, self.options, self.commands, self.settings = set(), set(), set(), set(), set()
        for path in source_files(root):
            text = path.read_text(errors="replace")
            self.words.update(re.findall(r"\w+", text))
            self.structs.update(STRUCT.findall(text))
            if path.name == "options.def":
                for letter, name in re.findall(r"\bOPTION\((?:'(.)'|0), \"([\w-]+)\"", text):
                    self.options |= {letter, name}
            if path.name == "commands.def":
                for names in re.findall(r'\bCOMMAND\(\w+,\s*"[^"]*",\s*"([^"]*)"', text):
                    self.commands |= set(names.split())
            if path.suffix == ".c" and "src" in path.parts:
                for names in re.findall(r'^ +\{"(\w+)", (?:"(\w+)"|NULL),', text, re.MULTILINE):
                    self.settings |= set(names)

    def has_path(self, document, path):
        """Does a path, or the stem of one, stand below the root, the document, or where the sources and tests begin?"""
        pattern = PLACEHOLDER.sub("*", path).rstrip("/")
        starts = [self.root, document.parent] + [self.root / top for top in ("src", "include/folio", "tests", "data/samples")]
        if "/" not in pattern:
            starts = [self.root]
            pattern = f"**/{pattern}"
        if pattern.startswith("data/"):
            # In a test's folder that is a link to the samples.
            starts.append(self.root / "data/samples")
            pattern = pattern if (self.root / pattern).exists() else pattern.removeprefix("data/")
        suffixes = [""] if FILE.fullmatch(path) else ["", ".c", ".h", ".def"]
        return any(next(start.glob(pattern + suffix), None) for start in starts for suffix in suffixes)

    def lie(self, document, span):
        """What is not true of a span, or None."""
        if PATH.fullmatch(span) or FILE.fullmatch(span):
            if not span.startswith(MADE) and not self.has_path(document, span):
                return f"there is no {span}"
            return None
        # Other READMEs tell of options that are those of other programs.
        ours = document.parent in (self.root, self.root / "docs")
        option = OPTION_SPAN.fullmatch(span)
        if option:
            name = option[1] or option[3]
            return f"there is no option {span}" if ours and name and name not in self.options else None
        name = NAME_SPAN.match(span) if ours else None
        if name and name[1] not in self.commands:
            return f"there is no command :{name[1]}"
        if name and name[1] == "set" and name[2] and name[2] not in self.settings:
            return f"there is nothing to set that is called {name[2]}"
        for word in IDENTIFIER.findall(span):
            if word not in self.words:
                return f"there is no {word}"
        for name in STRUCT.findall(span):
            if name not in self.structs:
                return f"there is no struct {name}"
        return None


def spans(text):
    """(line number, span) of each pair of backticks outside of fenced blocks, and each command line of folio inside."""
    fenced = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("```"):
            fenced = not fenced
        elif not fenced:
            yield from ((number, match[2].strip()) for match in SPAN.finditer(line))
        elif line.startswith("folio "):
            yield from ((number, word) for word in line.split("   ")[0].split() if word.startswith("-"))


def check_layer_table(root):
    """Violations in ARCHITECTURE.md's table of layers: its last column has the rooms of each layer, and no others."""
    page, there = root / "docs/ARCHITECTURE.md", rooms(root)
    named = set()
    for number, line in enumerate(page.read_text().splitlines() if page.exists() else [], 1):
        row = re.fullmatch(r"\| `(\w+)` \| .* \| ([\w, ]+) \|", line)
        if row and any(layer == row[1] and room for layer, room in there):
            named.add(row[1])
            here, listed = {room for layer, room in there if layer == row[1]}, set(row[2].split(", "))
            for room in sorted(here ^ listed):
                yield f"docs/ARCHITECTURE.md:{number}: {row[1]} has {'a' if room in here else 'no'} room {room}"
    if page.exists():
        for layer in sorted({layer for layer, room in there if room and layer != "tools"} - named):
            yield f"docs/ARCHITECTURE.md:1: the table has no layer {layer}"


def check_document(tree, path):
    """Violations in one document."""
    for number, span in spans(path.read_text()):
        lie = tree.lie(path, span.replace("\\|", "|"))
        if lie:
            yield f"{path.relative_to(tree.root)}:{number}: {lie}"


def check_man_page(tree):
    """Violations in the man page: options and names that the tables do not have."""
    page = tree.root / "docs/folio.1"
    for number, line in enumerate(page.read_text().splitlines() if page.exists() else [], 1):
        line = line.replace("\\", "")
        for name in re.findall(r"\bFl -([A-Za-z][\w-]*)", line):
            if name not in tree.options:
                yield f"docs/folio.1:{number}: there is no option --{name}"
        for name in re.findall(r"\bIc :([a-z]+)\b", line):
            if name not in tree.commands:
                yield f"docs/folio.1:{number}: there is no command :{name}"


def documents(root):
    for pattern in ("README.md", "docs/*.md", "tests/*/README.md", "data/README.md"):
        yield from sorted(root.glob(pattern))


def violations(root):
    """Everything that is not true, a sentence each."""
    tree = Tree(root)
    yield from check_contents(root)
    for path in documents(root):
        yield from check_document(tree, path)
    yield from check_layer_table(root)
    yield from check_man_page(tree)


# --- The proof that it can fail --------------------------------------------------------------------------------------

CONTENTS = """/* SPDX-License-Identifier: MIT */
/**
 * folio: a viewer.
 *
 *   ui       keys in
 *     app       app,
 *               table.def - the loop, and
 *               the end
 *   cli      copy - what needs no screen
 *   base     bytes
 *     bytes     rows - what
 */
#include "folio/ui/app/app.h"
"""

FILES = {
    "src/main.c": CONTENTS,
    "src/ui/app/app.c": '    {"tabs", NULL, 0},\n    {"numbers", "nonumbers", 1},\nint app_run(struct app *app);\n',
    "src/ui/app/private.h": "",
    "src/base/bytes/rows.c": "",
    "include/folio/cli/copy.h": "",
    "include/folio/ui/app/app.h": "",
    "include/folio/ui/app/table.def": "",
    "include/folio/ui/app/options.def": "",
    "include/folio/ui/app/commands.def": "",
    "tests/screen/hex/pages.screen": "",
    "docs/A.md": "",
    "docs/folio.1": ".It Fl N , Fl \\-LINE\\-NUMBERS\n.Ic :set\n",
}


def self_test():
    """Each rule on a small tree that breaks it: how the one sentence must end, or None."""
    FILES["include/folio/ui/app/options.def"] = "OPTION('N', \"LINE-NUMBERS\", 0)\nOPTION(0, \"hex\", 0)\n"
    FILES["include/folio/ui/app/commands.def"] = 'COMMAND(SET, "", "set", 0)\nCOMMAND(END, "G",\n "end last", 0)\n'
    FILES["src/main.c"] = CONTENTS.replace("app,\n", "app, commands.def, options.def,\n")
    main = FILES["src/main.c"]
    cases = [
        ({}, None),
        ({"src/main.c": main.replace("app, comm", "app, gone, comm")}, "src/main.c:6: ui/app has no gone"),
        ({"src/main.c": main.replace("app, comm", "app, private, comm")}, None),
        ({"src/main.c": main.replace("table.def -", "app -")}, "src/main.c:6: ui/app has a table.def that is not named"),
        ({"src/main.c": main.replace(" *     bytes     rows - what\n", "")}, "the room base/bytes is not named"),
        ({"src/main.c": main.replace(" */", " *     words     rows - what\n */")}, "there is no room base/words"),
        ({"include/folio/cli/poke.h": ""}, "src/main.c:9: cli has a poke that is not named"),
        ({"src/main.c": main.replace(" *   cli      copy - what needs no screen\n", "")}, "the room cli is not named"),
        ({"src/main.c": main.replace(" */", " *   cellar   deep\n */")}, "there is no layer cellar"),
        ({"docs/A.md": "`app_run` and `struct app *`, `a_b.c` no"}, "docs/A.md:1: there is no a_b.c"),
        ({"docs/A.md": "so\n`app_run(void)` and `app_gone()`"}, "docs/A.md:2: there is no app_gone"),
        ({"docs/A.md": "`src/ui/app/app.c` `ui/app` `base/bytes/rows` `docs/A.md` `screen/hex/*.screen` `rows.c`"}, None),
        ({"docs/A.md": "`tests/screen/SUBJECT/NAME.screen` `src/<layer>/<room>/` `build/debug/folio` `~/x/y`"}, None),
        ({"docs/A.md": "`struct app *` `struct gone`"}, "there is no struct gone"),
        ({"docs/ARCHITECTURE.md": "| `ui` | keys, in | app |\n| `base` | bytes | bytes |\n| `cli` | x | y, z |"}, None),
        ({"docs/ARCHITECTURE.md": "| `ui` | keys, in | app |"}, "docs/ARCHITECTURE.md:1: the table has no layer base"),
        ({"docs/ARCHITECTURE.md": "| `ui` | keys | app, gone |\n| `base` | b | bytes |"}, ":1: ui has no room gone"),
        ({"docs/A.md": "`src/ui/app/gone.c`"}, "there is no src/ui/app/gone.c"),
        ({"docs/A.md": "`tests/fault/NAME_test.sh`"}, "there is no tests/fault/NAME_test.sh"),
        ({"docs/A.md": "`base/gone`"}, "there is no base/gone"),
        ({"docs/A.md": "`-N` `--hex` `--LINE-NUMBERS` `+G` `-` `--`"}, None),
        ({"docs/A.md": "`--hexx`"}, "there is no option --hexx"),
        ({"data/README.md": "`--hexx` `<sys/mman.h>` `data/a.txt`", "data/samples/a.txt": ""}, None),
        ({"docs/A.md": "`-Q`"}, "there is no option -Q"),
        ({"docs/A.md": "```\nfolio --hex --gone x   --what\n```"}, "docs/A.md:2: there is no option --gone"),
        ({"docs/A.md": "`:set tabs=4` `:end-0x200` `:4M` `:@u32le` `:set`"}, None),
        ({"docs/A.md": "`:gone x`"}, "there is no command :gone"),
        ({"docs/A.md": "`:set gone`"}, "there is nothing to set that is called gone"),
        ({"docs/folio.1": ".It Fl \\-gone"}, "docs/folio.1:1: there is no option --gone"),
        ({"docs/folio.1": ".It Ic :gone"}, "docs/folio.1:1: there is no command :gone"),
    ]
    for change, expected in cases:
        with tempfile.TemporaryDirectory() as directory:
            root = pathlib.Path(directory)
            for path, text in {**FILES, **change}.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text)
            found = list(violations(root))
            assert len(found) == (expected is not None) and (not found or found[0].endswith(expected)), (change, found)


def main():
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        return
    if len(sys.argv) != 2:
        sys.exit("usage: documents.py SOURCE_DIRECTORY | --self-test")
    found = list(violations(pathlib.Path(sys.argv[1])))
    print("\n".join(found))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
