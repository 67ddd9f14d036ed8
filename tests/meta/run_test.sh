#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# script/run, in a small project of its own: builds once, silently starts after that, and keeps its hands off the
# standard streams.
set -euo pipefail

tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
project="$tree/a project"
mkdir -p "$project"/{script/cmake,src,include,data}
cp "$SOURCE/script/run" "$project/script/run"
cat >"$project/script/setup" <<'END'
#!/bin/sh
echo "setup $*" >>"$(dirname "$0")/setup.log"
END
chmod +x "$project/script/setup"
cat >"$project/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.25)
project(folio LANGUAGES C)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
add_executable(folio src/main.c)
target_include_directories(folio PRIVATE include)
END
cat >"$project/CMakePresets.json" <<'END'
{
    "version": 6,
    "configurePresets": [
        { "name": "release", "generator": "Ninja", "binaryDir": "${sourceDir}/build/release" }
    ]
}
END
touch "$project/data/CMakeLists.txt"
echo '#define STATUS 3' >"$project/include/status.h"
cat >"$project/src/main.c" <<'END'
#include <stdio.h>
#include "status.h"
int main(int argc, char **argv)
{
    for (int c; (c = getchar()) != EOF;)
        putchar(c);
    for (int i = 1; i < argc; i++)
        printf("[%s]", argv[i]);
    return STATUS;
}
END

fail() {
    echo "run_test: $*" >&2
    echo "stderr was:" >&2
    cat "$tree/errors" >&2
    exit 1
}

# expect STATUS OUTPUT ARGUMENT...: with "in" as the standard input.
expect() {
    local status=0 output
    output=$(printf 'in ' | "$project/script/run" "${@:3}" 2>"$tree/errors") || status=$?
    [ "$status" = "$1" ] || fail "status $status, expected $1"
    [ "$output" = "$2" ] || fail "output '$output', expected '$2'"
}

# The first run, from another directory, installs and builds and says so on stderr only.
cd /
expect 3 'in [a b][-S]' 'a b' -S
grep -q 'building folio' "$tree/errors" || fail 'the build was not announced'
grep -qx 'setup run' "$project/script/setup.log" || fail 'script/setup was not asked'

# Nothing changed: nothing is said, and nothing is asked, neither script/setup nor what builds: that is why it is quick.
mkdir "$tree/bin"
for tool in cmake ninja; do
    printf '#!/bin/sh\necho "%s $*" >>"%s"\nexit 1\n' "$tool" "$tree/asked" >"$tree/bin/$tool"
    chmod +x "$tree/bin/$tool"
done
PATH="$tree/bin:$PATH" expect 3 'in '
[ ! -s "$tree/errors" ] || fail 'something was said though nothing changed'
[ ! -e "$tree/asked" ] || fail "asked though nothing changed: $(cat "$tree/asked")"
[ "$(wc -l <"$project/script/setup.log")" = 1 ] || fail 'script/setup was asked again'

# A changed header is built.
echo '#define STATUS 4' >"$project/include/status.h"
expect 4 'in '

# What does not compile is not run, and neither is the program of before.
sed -i 's/return/retrun/' "$project/src/main.c"
status=0
"$project/script/run" </dev/null >"$tree/output" 2>"$tree/errors" || status=$?
[ "$status" = 1 ] || fail "status $status after a build that failed"
[ ! -s "$tree/output" ] || fail 'a failed build wrote to stdout'
grep -q 'could not be built' "$tree/errors" || fail 'a build that failed was not explained'
grep -q 'retrun' "$tree/errors" || fail 'the message of the compiler is missing'
sed -i 's/retrun/return/' "$project/src/main.c"
expect 4 'in '
