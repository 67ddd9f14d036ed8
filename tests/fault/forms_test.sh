#!/bin/bash
# SPDX-License-Identifier: MIT
# Files that are hardly files: empty, one byte, only NULs, only CRs, UTF-16, cut in a character, ten megabytes of nothing
# valid. Each has a screen that says what it is, and each can be walked from end to end and searched.
. "$(dirname "$0")/lib.sh"
fault_need python3
fault_begin

# walk FILE: to the end and back by every way, chopped and wrapped, with a search for what is not there. Each file is
# walked in one way, its neighbours in the others; script/test --all walks each in all of them.
options=('' -S -N '-s -N')
turn=0
walk() {
    say "$1"
    local -a some=("${options[turn++ % 4]}")
    [ -z "${FOLIO_TEST_WHOLE:-}" ] || some=("${options[@]}")
    for option in "${some[@]}"; do
        screen <<END
size: 8x60
args: $option \$WORK/$1
wait: $1
keys: G
keys: b
keys: g
keys: <Space>
keys: :50%<CR>
keys: /ZZZZZ nothing like it<CR>
wait: attern not found
keys: <Right><Right><Left>
resize: 3x7
resize: 20x200
keys: G
wait: $1
keys: q
exit: 0
END
    done
}

: >empty
printf x >one
printf '\n' >newline
printf '\377' >byte
printf '\303' >half
printf 'no newline' >open
printf 'one\rtwo\rthree\r' >cr
printf '\r\n\r\n\r\n' >crlf
head -c 100000 /dev/zero >nul
printf '\357\273\277bom\n' >bom
for name in UTF-16LE UTF-16BE UTF-32LE UTF-32BE; do
    python3 -c "
import sys
text = '\ufeff' + ''.join('Zeile %d äöü \U0001f600\n' % n for n in range(1, 5001))
sys.stdout.buffer.write(text.encode(sys.argv[1]))" $name >$name
done
head -c 9999 UTF-16LE >odd # ends in a character
printf '\377\376' >only-bom
printf '\000\330' | head -c 2 >>only-bom
python3 -c "
import random, sys
random.seed(8)
sys.stdout.buffer.write(bytes(random.choice(b'\x80\xbf\xc0\xc1\xf5\xfe\xff\xe0\xf0') for _ in range(10_000_000)))" >invalid
noise 3000000 >noise
yes | tr -d '\n' | head -c 3000000 >line
python3 -c "print('e' + '\u0301' * 2_000_000)" >marks
printf '\033[31m%.0s' $(seq 20000) >colours
printf 'a\b%.0s' $(seq 50000) >strikes
printf '\f%.0s' $(seq 5000) >feeds
printf '\033]8;;http://x/%.0s' $(seq 5000) >links

for file in empty one newline byte half open cr crlf nul bom UTF-16LE UTF-16BE UTF-32LE UTF-32BE odd only-bom invalid \
    noise line marks colours strikes feeds links; do
    walk "$file"
done

# What the smallest show.
for file in empty:~ one:x 'byte:ÿ' 'half:<C3>' 'open:no newline' 'cr:one^Mtwo^Mthree^M' 'bom:bom'; do
    screen <<END
size: 4x60
args: \$WORK/${file%%:*}
wait: (END)
rows 1-2:
|{*}${file#*:}
|~
keys: q
exit: 0
END
done

# UTF-16 is read as text where folio knows encodings.
if "$FOLIO" --help | grep -q encoding; then
    for file in UTF-16LE UTF-16BE UTF-32LE UTF-32BE; do
        screen <<END
size: 6x60
args: -N \$WORK/$file
rows 1-2:
|{*}1 Zeile 1 äöü {*}
|{*}2 Zeile 2 äöü {*}
keys: G
row 5:
|{*}5000 Zeile 5000 äöü {*}
keys: g/4999 ä<CR>
row 1:
|{*}4999 Zeile 4999 äöü {*}
keys: q
exit: 0
END
    done
else
    say "left out: this folio knows no encodings"
fi
