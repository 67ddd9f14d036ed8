#!/bin/bash
# SPDX-License-Identifier: MIT
# Locales that are not UTF-8, made for this test: the same rows, nothing that the terminal could take for something else.
. "$(dirname "$0")/lib.sh"
fault_need localedef
fault_begin

printf 'caf\351 caf\303\251 \342\202\254 \033]0;t\007 end\n' >mixed
for made in de_DE:ISO-8859-1 ja_JP:EUC-JP zh_CN:GB18030; do
    name=${made%:*} charset=${made#*:}
    if ! localedef -i "$name" -f "$charset" "./$name.$charset" >/dev/null 2>&1 && [ ! -d "$name.$charset" ]; then
        say "left out: cannot make $name.$charset"
        continue
    fi
    for variable in LC_ALL LC_CTYPE LANG; do
        say "$variable=$name.$charset"
        screen <<END
size: 4x60
env: LC_ALL
env: LOCPATH=$WORK
env: $variable=$name.$charset
args: \$WORK/mixed
wait: end
keys: q
exit: 0
never: \\e]0;
END
    done
done
for value in C POSIX xx_XX garbage '' /etc/passwd; do
    screen <<END
size: 4x60
env: LC_ALL=$value
args: \$WORK/mixed
wait: end
keys: q
exit: 0
END
done
