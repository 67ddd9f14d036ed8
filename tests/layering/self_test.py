#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""layering.py finds what is planted in a small tree of its own, and nothing in a clean one."""
import pathlib
import subprocess
import tempfile
import unittest

import layering

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
        self.header("io/file/spool", "")
        self.write("src/ui/terminal/screen.c", "#include <curses.h>\n")
        self.write("src/io/page/map.c", "#include <sys/mman.h>\n")
        self.write("src/ui/app/app.c", '#include "folio/io/thread/wake.h"\n#include "commands.def"\n')
        self.write("src/main.c", '#include "folio/ui/room/thing.h"\n')

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def header(self, name, body):
        self.write(f"include/folio/{name}.h", HEADER.format(guard=name.upper().replace("/", "_"), body=body))

    def found(self, archives=(), alone=False):
        return list(layering.violations(self.root, archives, alone))

    def expect(self, place, words):
        found = self.found()
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
        self.header("model/room/bad", '#include "folio/view/room/thing.h"')
        self.expect("include/folio/model/room/bad.h:3:", "not below")

    def test_tools_and_ui_are_apart(self):
        self.write("src/tools/bench.c", '#include "folio/ui/room/thing.h"\n')
        self.expect("src/tools/bench.c:1:", "not below")

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

    def test_circle(self):
        self.header("io/room/one", '#include "folio/io/room/two.h"')
        self.header("io/room/two", '#include "folio/io/room/one.h"')
        self.expect("include/folio/io/room/one.h:1:", "includes itself")

    def test_header_not_alone(self):
        self.header("view/room/bad", "size_t bad(void);")
        found = self.found(alone=True)
        self.assertTrue(found)
        self.assertTrue(all("include/folio/view/room/bad.h:1: does not compile alone" in each for each in found), found)

    def archive(self, layer, code):
        source, compiled, archive = (self.root / f"{layer}{suffix}" for suffix in (".c", ".o", ".a"))
        source.write_text(code)
        subprocess.run(["cc", "-c", source, "-o", compiled], check=True)
        subprocess.run(["ar", "rc", archive, compiled], check=True)
        return layer, str(archive)

    def test_upward_call(self):
        view = self.archive("view", "void view_draw(void); void view_draw(void) {}")
        io = self.archive("io", "void view_draw(void); void io_read(void); void io_read(void) { view_draw(); }")
        self.assertEqual(["io calls view_draw of view, which is above it"], self.found([io, view]))

    def test_downward_call(self):
        base = self.archive("base", "void base_add(void); void base_add(void) {}")
        io = self.archive("io", "void base_add(void); void io_read(void); void io_read(void) { base_add(); }")
        self.assertEqual([], self.found([base, io]))

    def test_call_past_the_table(self):
        io = self.archive("io", "void mapping_copy(void); void mapping_copy(void) {}"
                                "void wake_fd(void); void wake_fd(void) {}")
        ui = self.archive("ui", "void mapping_copy(void); void wake_fd(void); void ui_draw(void);"
                                "void ui_draw(void) { mapping_copy(); wake_fd(); }")
        self.assertEqual(["ui calls mapping_copy of io, which is not for it"], self.found([io, ui]))


if __name__ == "__main__":
    unittest.main()
