#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""layering.py finds what is planted in a small tree of its own, and nothing in a clean one."""
import json
import pathlib
import subprocess
import tempfile
import unittest

import calls
import layering
from circles import circles, way_around

HEADER = "#ifndef {guard}\n#define {guard}\n{body}\n#endif\n"


class Tree(unittest.TestCase):
    """Each test plants one thing in a clean tree of all layers."""

    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.root = pathlib.Path(directory.name)
        below = ""
        for layer in layering.LAYERS:
            self.header(f"{layer}/room/thing", below)
            self.write(f"src/{layer}/room/thing.c", f'#include "folio/{layer}/room/thing.h"\n\n#include <stdio.h>\n')
            # ui looks at session, never past it.
            below = f'#include "folio/{layer}/room/thing.h"'
        self.header("io/thread/wake", "")
        self.header("io/thread/process", "")
        self.header("io/file/spool", "")
        self.write("src/ui/terminal/screen.c", "#include <curses.h>\n")
        self.write("src/io/page/map.c", "#include <sys/mman.h>\n")
        self.write("src/ui/app/app.c", '#include "folio/io/thread/process.h"\n#include "private.h"\n')
        self.write("src/ui/app/private.h", "")
        self.write("src/main.c", '#include "folio/ui/room/thing.h"\n')

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def header(self, name, body):
        self.write(f"include/folio/{name}.h", HEADER.format(guard=name.upper().replace("/", "_"), body=body))

    def found(self, table=None, alone=False):
        return list(layering.violations(self.root, table, alone))

    def expect(self, place, words, table=None):
        found = self.found(table)
        self.assertEqual(1, len(found), found)
        self.assertTrue(found[0].startswith(place), found)
        self.assertIn(words, found[0])

    def test_clean(self):
        self.assertEqual([], self.found(alone=True))

    def test_the_home_of_a_header_may_be_several_files(self):
        self.write("src/ui/terminal/ink.c", "#include <curses.h>\n")
        self.write("src/ui/option/config.c", "#include <ini.h>\n")
        self.assertEqual([], self.found())
        self.write("src/ui/app/status.c", "#include <curses.h>\n")
        self.expect("src/ui/app/status.c:1:", "curses is for src/ui/terminal/")

    def test_inih_has_one_home(self):
        self.write("src/ui/option/options.c", "#include <ini.h>\n")
        self.expect("src/ui/option/options.c:1:", "inih is for src/ui/option/config.c")

    def test_upward(self):
        self.write("src/base/room/bad.c", '\n#include "folio/io/thread/wake.h"\n')
        self.expect("src/base/room/bad.c:2:", "not below")

    def test_upward_from_a_header(self):
        self.header("model/other/bad", '#include "folio/view/room/thing.h"')
        self.expect("include/folio/model/other/bad.h:3:", "not below")

    def test_beside(self):
        self.write("src/ui/room/good.c", '#include "folio/cli/copy.h"\n')
        self.header("cli/copy", '#include "folio/model/room/thing.h"')
        self.assertEqual([], self.found())
        for path, name in [("tools/room/bad", "ui/room/thing"), ("ui/room/bad", "tools/room/thing"),
                           ("session/room/bad", "cli/copy"), ("cli/bad", "session/room/thing"),
                           ("cli/bad", "view/room/thing")]:
            with self.subTest(path):
                self.write(f"src/{path}.c", f'#include "folio/{name}.h"\n')
                self.expect(f"src/{path}.c:1:", name)
                (self.root / f"src/{path}.c").unlink()

    def test_the_harness_is_lent_to_tools(self):
        self.write("src/tools/room/good.c", '#include "harness/spawn.h"\n')
        self.assertEqual([], self.found())
        self.write("src/ui/room/bad.c", '#include "harness/spawn.h"\n')
        self.expect("src/ui/room/bad.c:1:", "neither")

    def test_ui_past_its_table(self):
        self.write("src/ui/room/bad.c", '#include "folio/io/file/spool.h"\n')
        self.expect("src/ui/room/bad.c:1:", "may see only")

    def test_unknown_layer(self):
        self.write("src/ui/room/bad.c", '#include "folio/misc/thing.h"\n')
        self.expect("src/ui/room/bad.c:1:", "no layer")

    def test_way_around_the_rules(self):
        self.write("src/base/room/bad.c", '#include "../../../include/folio/io/thread/wake.h"\n')
        self.expect("src/base/room/bad.c:1:", "neither")

    def test_homes(self):
        for name, path in [("curses.h", "src/ui/app/app.c"), ("ncurses.h", "src/view/room/bad.c"), ("term.h", "src/ui/room/bad.c"),
                           ("ncursesw/curses.h", "src/ui/room/bad.c"), ("sys/mman.h", "src/model/room/bad.c"),
                           ("pcre2.h", "src/model/room/bad.c"), ("magic.h", "src/model/room/bad.c")]:
            with self.subTest(name):
                before = (self.root / path).read_text() if (self.root / path).exists() else ""
                self.write(path, f"#  include <{name}> // why\n")
                self.expect(f"{path}:1:", name)
                self.write(path, before)

    def test_home_in_quotes(self):
        self.write("src/view/room/bad.c", '#include "curses.h"\n')
        self.expect("src/view/room/bad.c:1:", "curses")

    def test_header_is_no_home(self):
        self.header("io/room/bad", "#include <sys/mman.h>")
        self.expect("include/folio/io/room/bad.h:3:", "sys/mman.h")

    def test_header_circle(self):
        self.header("io/room/one", '#include "folio/io/room/two.h"')
        self.header("io/room/two", '#include "folio/io/room/one.h"')
        self.expect("include/folio/io/room/one.h:1:", "includes itself")

    def test_header_that_includes_itself(self):
        self.header("io/room/one", '#include "folio/io/room/one.h"')
        self.expect("include/folio/io/room/one.h:1:", "includes itself")

    def test_private_header_of_another_room(self):
        self.write("src/ui/room/bad.c", '#include "private.h"\n')
        self.expect("src/ui/room/bad.c:1:", "not in this folder")

    def test_no_room(self):
        for path in ["src/io/bad.c", "src/bad.c", "src/io/room/deeper/bad.c", "src/misc/room/bad.c",
                     "src/cli/room/bad.c",
                     "include/folio/io/bad.h", "include/folio/io/room/bad.c", "include/bad.h"]:
            with self.subTest(path):
                self.write(path, "")
                self.expect(f"{path}:1:", "body" if path.endswith("room/bad.c") and path[0] == "i" else "no room")
                (self.root / path).unlink()

    def test_rooms_in_a_circle_of_includes(self):
        self.header("io/page/face", '#include "folio/io/poke/face.h"')
        self.header("io/poke/face", "")
        self.write("src/io/poke/one.c", "")
        self.assertEqual([], self.found())
        self.write("src/io/poke/one.c", '#include "folio/io/page/face.h"\n')
        self.expect("src/io/page:1:", "circle")

    def test_rooms_in_a_circle_of_an_include_and_a_call(self):
        self.header("io/page/face", '#include "folio/io/poke/face.h"')
        self.header("io/poke/face", "")
        table = {"src/io/page/a.c": ({"page_a"}, set()), "src/io/poke/b.c": ({"poke_b"}, {"page_a"})}
        self.expect("src/io/page:1:", "src/io/poke/b.c calls page_a", table)

    def test_which_view_is_on(self):
        self.write("src/view/hex/rows.c", 'const struct layout hex_layout = {\n    .name = "hex",\n};\n')
        self.write("src/view/room/table.c", "    {.layout = &hex_layout, .here = layout == other},\n")
        self.write("src/ui/room/good.c", 'strcmp(name, "hexagon") == 0;\n')
        self.assertEqual([], self.found())
        for line in ["if (view->layout == &hex_layout)", "if (view->layout != &text_layout)", "if (&hex_layout == on)",
                     'if (strcmp(report->view, "hex") == 0)', 'if (strncmp(view, "hex", 3) == 0)',
                     'if (!strcasecmp("hex", report->view))']:
            with self.subTest(line):
                self.write("src/session/room/bad.c", f"\n{line}\n")
                self.expect("src/session/room/bad.c:2:", "asks")

    def test_header_not_alone(self):
        self.header("view/room/bad", "size_t bad(void);")
        found = self.found(alone=True)
        self.assertTrue(found)
        self.assertTrue(all("include/folio/view/room/bad.h:1: does not compile alone" in each for each in found), found)

    def test_the_build_compiles_what_a_file_includes_first(self):
        self.header("view/room/bad", "size_t bad(void);")
        self.write("src/view/room/bad.c", '#include <stddef.h>\n\n#include "folio/view/room/bad.h"\n')
        self.assertTrue(self.found(alone=True))
        self.write("src/view/room/bad.c", '#include "folio/view/room/bad.h"\n')
        self.assertEqual([], self.found(alone=True))

    def test_calls_between_layers(self):
        table = {"src/io/page/map.c": ({"mapping_copy", "io_read"}, {"base_add", "printf"}),
                 "src/base/room/thing.c": ({"base_add"}, set()),
                 "src/io/thread/process.c": ({"process_run"}, set()),
                 "src/ui/room/thing.c": ({"ui_draw"}, {"process_run"}),
                 "src/main.c": ({"main"}, {"ui_draw"})}
        self.assertEqual([], self.found(table))
        table["src/io/page/map.c"][1].add("ui_draw")
        self.expect("src/io/page/map.c:1:", "io calls ui_draw of ui, which is not below it", table)

    def test_call_past_the_table(self):
        table = {"src/io/page/map.c": ({"mapping_copy"}, set()), "src/ui/room/thing.c": ({"ui_draw"}, {"mapping_copy"})}
        self.expect("src/ui/room/thing.c:1:", "ui calls mapping_copy of io, which is not for it", table)

    def test_files_that_call_each_other(self):
        table = {"src/io/room/a.c": ({"a"}, {"b"}), "src/io/room/b.c": ({"b"}, {"c"}), "src/io/room/c.c": ({"c"}, set())}
        self.assertEqual([], self.found(table))
        table["src/io/room/c.c"][1].add("a")
        self.expect("src/io/room/a.c:1:", "src/io/room/a.c -> src/io/room/b.c -> src/io/room/c.c -> src/io/room/a.c", table)

    def test_the_pair(self):
        one, other = layering.PAIR or ("src/view/text/one.c", "src/view/text/other.c")
        self.addCleanup(setattr, layering, "PAIR", layering.PAIR)
        layering.PAIR = one, other
        table = {one: ({"a"}, {"b"}), other: ({"b"}, {"a"}), "src/view/text/third.c": ({"c"}, set())}
        self.assertEqual([], self.found(table))
        table["src/view/text/third.c"][1].add("a")
        self.assertEqual([], self.found(table))
        table[one][1].add("c")
        self.assertEqual(1, len(self.found(table)))
        table[one][1].clear()
        self.expect(f"{one}:1:", "PAIR can go", table)
        layering.PAIR = None
        table[one][1].add("b")
        self.expect(f"{one}:1:", "circle", table)


class Graph(unittest.TestCase):
    def test_circles(self):
        graph = {"a": {"b"}, "b": {"c", "x"}, "c": {"a", "d"}, "d": {"e"}, "e": {"d"}, "x": set(), "y": {"y"}}
        self.assertEqual([["a", "b", "c"], ["d", "e"]], circles(graph))
        self.assertEqual(["a", "b", "c", "a"], way_around(graph, ["a", "b", "c"]))
        self.assertEqual([], circles({"a": {"b", "c"}, "b": {"c"}}))

    def test_long_circle(self):
        self.assertEqual(5000, len(circles({n: {(n + 1) % 5000} for n in range(5000)})[0]))


class Build(unittest.TestCase):
    """Calls are read from what a compiler made, and are all there however the build was made."""

    def test_read(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        root = pathlib.Path(directory.name).resolve()
        (root / "src/io/room").mkdir(parents=True)
        (root / "src/tools/room").mkdir(parents=True)
        one, other, tool = (root / path for path in ("src/io/room/one.c", "src/io/room/other.c", "src/tools/room/t.c"))
        one.write_text("int other(int); int one(int n) { return n > 1 ? other(n) : 0 * other(1); }\n")
        other.write_text("static int hidden(void) { return 7; } int other(int n) { return n + hidden(); }\n")
        tool.write_text("int main(void) { return 0; }\n")
        for flags in ["-O0", "-O2 -D_FORTIFY_SOURCE=2 -g"]:
            entries = []
            for file in (one, other, tool):
                command = f"cc {flags} -o {file.stem}.o -c {file}"
                subprocess.run(command.split(), cwd=root, check=True)
                entries.append({"directory": str(root), "command": command, "file": str(file)})
            (root / "compile_commands.json").write_text(json.dumps(entries))
            with self.subTest(flags):
                table = calls.read(root, root)
                self.assertEqual({"src/io/room/one.c": ({"one"}, {"other"}), "src/io/room/other.c": ({"other"}, set())}, table)
                self.assertEqual([("src/io/room/one.c", "src/io/room/other.c", "other")], calls.arrows(table))


if __name__ == "__main__":
    unittest.main()
