#!/bin/bash
# SPDX-License-Identifier: MIT
# Little address space, few descriptors, no room for files; and files larger than anything.
. "$(dirname "$0")/lib.sh"
fault_need root prlimit disk
fault_begin

seq -f 'line %010.0f' 1 16000000 >big # 256 MB
line() { printf 'line %010d' "$1"; }

# 50 MB of address space for a file of 256 MB.
if [ -z "${SANITIZER:-}" ]; then
    cat >limited <<END
#!/bin/sh
ulimit -v 50000
exec "$FOLIO" "\$@"
END
    chmod +x limited
    FOLIO=$WORK/limited screen <<END
size: 6x100
args: -N \$WORK/big
wait: line 0000000001
wait: /16,000,000
keys: G
row 5:
|{*}16000000 $(line 16000000)
keys: g/0012345678<CR>
row 1:
|{*}12345678 $(line 12345678)
wait: match 1 of 1
keys: g
row 1:
|{*}$(line 1)
keys: q
exit: 0
END
    FOLIO=$WORK/limited screen <<'END'
size: 6x100
args: pipe
setup: mkfifo pipe
setup: head -c 40000000 "$WORK/big" >pipe &
wait: line 0000000001
keys: G
wait: (END)
row 5:
|line 0002500000
keys: q
exit: 0
END
fi

# 8 EiB less one byte: at once, at the end, in the middle.
mkdir huge
mount -t tmpfs none huge
truncate -s 9223372036854775807 huge/sparse
screen <<'END'
size: 6x100
args: $WORK/huge/sparse
wait: ^@^@^@
keys: :end<CR>
wait: (END)
keys: :0x7ffffffffffffff0<CR>
wait: 0x7fffffffffffff
keys: :50%<CR>
wait: 0x3ffffffffffff
wait: 50%
keys: :+0x7fffffffffffffff<CR>
wait: Cannot seek
keys: g
row last:
|{*}  0%{*}
keys: G
wait: (END)
keys: k
keys: /x<CR>
wait: attern not found
keys: =
wait: /9223372036854775807
keys: q
exit: 0
END
[ "$(stat -c %b huge/sparse)" = 0 ] || fail "holes were filled"

# The same with data at its end, which the survey finds without walking the hole.
printf 'first\n' | dd of=huge/sparse conv=notrunc status=none
printf '\nlast one' | dd of=huge/sparse bs=1 seek=9223372036854770000 conv=notrunc status=none
screen <<'END'
size: 6x100
args: $WORK/huge/sparse
wait: first
keys: /last one<CR>
wait: last one
wait: match 1 of 1
wait: 0x7fffffffffffe951
keys: q
exit: 0
END
umount huge

# One line of 100 MB: its start, its end, its middle, a search in it; wrapped and chopped.
{
    printf 'begin '
    head -c 100000000 /dev/zero | tr '\0' x
    printf ' needle end\n'
} >line
screen <<'END'
size: 6x60
args: $WORK/line
wait: begin xxx
keys: :50%<CR>
wait: 0x2faf0
row 1:
|xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx{*}
keys: G
wait: needle end
keys: q
exit: 0
END
for chop in '' -S; do
    screen <<END
size: 6x60
args: $chop \$WORK/line
wait: begin xxx
keys: /needle<CR>
wait: needle end
keys: ?begin<CR>
wait: begin xxx
keys: q
exit: 0
END
done
