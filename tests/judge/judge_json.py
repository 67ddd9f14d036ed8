#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Python's json, and jq where it is there, judge what the model says of JSON: which values there are, their bytes and
their paths; and that of what is no JSON something is marked.

    judge_json.py JSON_VALUES JSON_SUITE
"""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

program, suite = sys.argv[1:]
sys.setrecursionlimit(100000)
STEP = re.compile(r'\.([A-Za-z_][A-Za-z0-9_]*)|\.?\["((?:[^"\\]|\\.)*)"\]|\.?\[(\d+)\]', re.S)


class Pairs(list):
    """An object, with all its members."""


def parse(text):
    return json.loads(text, object_pairs_hook=Pairs, strict=True)


def values(value, path=()):
    """All values, from the outermost on, with their paths."""
    yield path, value
    if isinstance(value, Pairs):
        for key, member in value:
            yield from values(member, path + (key,))
    elif isinstance(value, list):
        for index, element in enumerate(value):
            yield from values(element, path + (index,))


def steps(path):
    """A path as it is written, as a tuple."""
    at, found = 0, []
    while path[at:] not in ("", "."):
        match = STEP.match(path, at)
        assert match, path
        name, key, index = match.groups()
        found.append(name if name is not None else int(index) if index is not None else json.loads('"%s"' % key))
        at = match.end()
    return tuple(found)


def steps_left(path):
    """The same, of a path of which the middle may be left out: what is before that, and behind it."""
    parts = re.split(r"\(\d+ more\)", path)
    return steps(parts[0]), steps(parts[1]) if len(parts) == 2 else ()


def asked(files):
    """What the model says of each: a list of (begin, end, mark, leads back, path), and how the file ends."""
    with tempfile.TemporaryDirectory() as folder:
        names = [os.path.join(folder, str(i)) for i in range(len(files))]
        for name, data in zip(names, files):
            with open(name, "wb") as file:
                file.write(data)
        run = subprocess.run([program] + names, stdout=subprocess.PIPE, check=True)
    answers, said = [], []
    for line in run.stdout.decode("utf-8", "surrogateescape").split("\n")[:-1]:
        if line.startswith("end "):
            answers.append((said, [int(number) for number in line.split()[1:]]))
            said = []
            continue
        begin, end, mark, path = line.split(" ", 3)
        said.append((int(begin), int(end), int(mark), path[0] != "!", path.lstrip("!")))
    assert len(answers) == len(files)
    return answers


def judge_json(name, data, answer, large=False):
    """It is JSON: the same values, nothing marked."""
    said, (depth, inside, more) = answer
    expected = list(values(parse(data.decode("utf-8", "surrogateescape").lstrip("\ufeff"))))
    assert (depth, inside, more) == (0, 0, 0), (name, depth, inside, more)
    assert len(said) == len(expected), (name, len(said), len(expected))
    seen = set()
    for (begin, end, mark, leads, path), (where, value) in zip(said, expected):
        assert mark == 0, (name, path, mark)
        outer, inner = steps_left(path)
        assert (outer, inner) == ((where[:16], where[-16:]) if inner else (where, ())), (name, path, where)
        # Of keys that are there twice the first is where a path leads.
        assert leads or inner or any(where[:i] in seen for i in range(len(where) + 1)), (name, path)
        if not isinstance(value, list) or not large:
            assert parse(data[begin:end].decode("utf-8", "surrogateescape")) == value, (name, path)
        seen.add(where)
    return said


def judge_broken(name, answer):
    """It is no JSON: something is marked, or the end says so."""
    said, (depth, inside, more) = answer
    assert depth or inside or more or not said or any(mark for _, _, mark, _, _ in said), name


def judge_twice(name, said):
    """Of keys that are there twice, the first one is where its path leads."""
    first = {}
    for begin, _, _, leads, path in said:
        if leads:
            assert first.setdefault(path, begin) == begin, (name, path)


def judge_jq(name, data, said):
    """jq reads leaves and their paths in the same way, where no key is there twice."""
    run = subprocess.run(["jq", "-c", "--stream", "select(length == 2)"], input=data, stdout=subprocess.PIPE, check=True)
    leaves = [json.loads(line) for line in run.stdout.split(b"\n") if line]
    mine = [(list(steps(path)), data[begin:end]) for begin, end, _, _, path in said]
    mine = [(path, raw) for path, raw in mine if raw[:1] not in b"[{" or parse(raw) in ([], Pairs())]
    assert len(mine) == len(leaves), (name, len(mine), len(leaves))
    for (path, _), (where, _) in zip(mine, leaves):
        assert path == where, (name, path, where)


def spelled(text, chance):
    """A string of JSON, with more escapes than it needs."""
    return '"' + "".join("\\u%04x" % ord(c) if ord(c) < 0x10000 and chance.random() < 0.1 else json.dumps(c, ensure_ascii=False)[1:-1]
                         for c in text) + '"'


def drawn(chance, depth, twice):
    """A value as text."""
    def blank():
        return chance.choice(["", "", "", " ", "\n", "\t \r\n"])
    kind = chance.randrange(9) if depth else chance.randrange(7)
    if kind < 3:
        return chance.choice(["0", "-1.5e+3", "1E400", "123456789012345678901234567890", "true", "false", "null", "[]", "{ }"])
    if kind < 7:
        return spelled("".join(chance.choice('ab"\\/[]{},:\u00e9\u20ac\U0001f600\x01\n ') for _ in range(chance.randrange(20))), chance)
    count = chance.randrange(12)
    if kind == 7:
        return "[" + ",".join(blank() + drawn(chance, depth - 1, twice) + blank() for _ in range(count)) + "]"
    keys = [chance.choice(["a", "b c", 'q"[', "\u00e9", "_x1", ""]) + ("" if twice and chance.random() < 0.3 else str(i)) for i in range(count)]
    return "{" + ",".join(blank() + spelled(key, chance) + blank() + ":" + blank() + drawn(chance, depth - 1, twice) + blank()
                          for key in keys) + "}"


def drawn_file(seed, count, twice):
    chance = random.Random(seed)
    return ("[" + ",".join(drawn(chance, 4, twice) for _ in range(count)) + "]").encode()


def suite_files():
    for line in open(suite, encoding="ascii"):
        if not line.startswith("#"):
            name, text = line.rstrip("\n").split(" ", 1)
            yield name, re.sub(r"\\(\\|x[0-9a-f]{2})", lambda m: "\\" if m[1] == "\\" else chr(int(m[1][1:], 16)),
                               text).encode("latin-1")
    yield "n_structure_100000_opening_arrays", b"[" * 100000
    yield "n_structure_open_array_object", b'[{"":' * 50000 + b"\n"


def main():
    files = list(suite_files())
    assert len(files) == 318, len(files)
    files = [(name, data) for name, data in files if "utf16" not in name.lower() and "UTF-16" not in name]
    for (name, data), answer in zip(files, asked([data for _, data in files])):
        if name[0] == "n":
            judge_broken(name, answer)
        else:
            judge_json(name, data, answer)
    whole = "FOLIO_TEST_WHOLE" in os.environ
    seeds = range(8 if whole else 2)
    files = [drawn_file(seed, 2000 if whole else 250, seed % 2 == 1) for seed in seeds]
    for seed, data, answer in zip(seeds, files, asked(files)):
        judge_json("seed %d" % seed, data, answer, large=True)
        judge_twice("seed %d" % seed, answer[0])
        if shutil.which("jq") and seed % 2 == 0:
            judge_jq("seed %d" % seed, data, answer[0])


main()
