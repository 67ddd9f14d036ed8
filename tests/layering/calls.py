# SPDX-License-Identifier: MIT
"""Which object file calls which: a table {source: (defined symbols, used symbols)}, and the arrows in it.

Only a build without optimisation has every call that is written. Of another one each file is compiled once more, by its
own command but without optimisation; that takes as long as compiling does, and the objects are thrown away.
"""
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import subprocess
import tempfile

# Left out of a command when it is given again: what optimises, what is only possible with it, and what takes time.
LEFT_OUT = re.compile(r"-O.*|-g.*|-fsanitize.*|-flto.*|-W.*|-[UD]_FORTIFY_SOURCE.*")


def commands(root, build):
    """{source: command} of the program, whose paths are relative to root; tools are programs of their own."""
    found = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        path = os.path.relpath(os.path.join(entry["directory"], entry["file"]), root.resolve())
        if path.startswith("src/") and not path.startswith("src/tools/"):
            found.setdefault(path, shlex.split(entry["command"]))
    return found


def compiled_anew(command, build, output):
    """Compile a file into `output` without optimisation."""
    at = command.index("-o")
    words = [word for word in command[:at] + command[at + 2:] if not LEFT_OUT.fullmatch(word)]
    subprocess.run([*words, "-O0", "-w", "-o", output], cwd=build, check=True)
    return output


def objects(root, build, scratch):
    """{source: object file}: those of the build if nothing is optimised in it, or else new ones in `scratch`."""
    found = {}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for number, (path, command) in enumerate(sorted(commands(root, build).items())):
            if any(re.match(r"-O[^0]|-flto|-fsanitize|--coverage", word) for word in command):
                found[path] = pool.submit(compiled_anew, command, build, f"{scratch}/{number}.o")
            else:
                found[path] = build / command[command.index("-o") + 1]
    return {path: file.result() if isinstance(file, concurrent.futures.Future) else file for path, file in found.items()}


def symbols(files):
    """The table of object files, {source: object file}."""
    source = {str(file): path for path, file in files.items()}
    table = {path: (set(), set()) for path in files}
    listing = subprocess.run(["nm", "-g", "-P", "-A", *source], check=True, capture_output=True, text=True).stdout
    for line in listing.splitlines():
        file, rest = line.split(": ", 1)
        name, kind = rest.split()[:2]
        table[source[file]][kind in "Uvw"].add(name)
    return table


def read(root, build):
    """The table of a build."""
    build = pathlib.Path(build).resolve()
    with tempfile.TemporaryDirectory() as scratch:
        return symbols(objects(root, build, scratch))


def arrows(table):
    """(source, other, symbol) of every use of what another file defines, sorted."""
    home = {name: path for path, (defined, _) in table.items() for name in defined}
    return sorted((path, home[name], name) for path, (_, used) in table.items() for name in used
                  if home.get(name, path) != path)


def graph(table):
    """Who uses whom, {source: others}, and for each arrow the symbols it stands for, {(source, other): text}."""
    names = collections.defaultdict(list)
    for here, there, name in arrows(table):
        names[here, there].append(name)
    found = collections.defaultdict(set)
    for here, there in names:
        found[here].add(there)
    return found, {pair: " ".join(used) for pair, used in names.items()}
