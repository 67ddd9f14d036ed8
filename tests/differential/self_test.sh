#!/bin/bash
# SPDX-License-Identifier: MIT
# The differential walk against itself: less shows what less shows, and a less with other options does not.
set -eu
command -v less >/dev/null || { echo "skipped: needs the command less"; exit 77; }

WORK=$(mktemp -d /tmp/folio-self-XXXXXX)
trap 'rm -rf "$WORK"' EXIT
awk 'BEGIN {
    srand(1)
    split("alpha beta gamma error warning request folio page 漢字 naïve résumé index", word, " ")
    for (line = 1; line <= 300; line++) {
        text = line % 7 == 0 ? "\t" : ""
        for (count = int(rand() * rand() * 60); count > 0; count--)
            text = text word[int(rand() * 12) + 1] " "
        print text
    }
}' >"$WORK/sample"
printf '#!/bin/sh\nexec less -x3 "$@"\n' >"$WORK/other"
chmod +x "$WORK/other"

for seed in 1 2; do
    for options in "" "-S" "-N" "-i -j5" "-x4 -s"; do
        # shellcheck disable=SC2086  # options are words
        "$DIFFERENTIAL" less less "$WORK/sample" $seed 100 $options
    done
done
if "$DIFFERENTIAL" "$WORK/other" less "$WORK/sample" 1 200 >"$WORK/log"; then
    echo "two pagers that differ were taken for equal"
    exit 1
fi
grep -q 'seed 1, step' "$WORK/log"
