#!/bin/bash
# SPDX-License-Identifier: MIT
# The sandbox where the disk gives way: a commit that stops half way says how far it got, and keeps the rest; :kind where
# files cannot be mapped as usual; and that none of it opens anything for writing before the answer.
. "$(dirname "$0")/lib.sh"
fault_need root xxd
fault_begin
export XDG_STATE_HOME=$WORK/state HOME=$WORK LESS=

if writefs_there; then
    say "a commit that fails half way"
    served code=5
    journal_screen <<'END'
args: --no-config --write --private --hex $WORK/served/file
wait: 00000000
keys: :poke 0x10=5a<CR>
wait: SANDBOX 1
keys: :poke 0x2010=59<CR>
wait: SANDBOX 2
keys: :commit<CR>
wait: Enter does it
rows 1-2:
|0x00000010  base 41 'A'  mine 5a 'Z'  theirs 41 'A'
|0x00002010  base 41 'A'  mine 59 'Y'  theirs 41 'A'
keys: <CR>
wait: NOT saved: 0x00000010
# The server did not take it, and has again what was there: both edits are still to be committed.
keys: <ESC>l
wait: SANDBOX 2
row 2:
|00000010  5a 41 {*}
keys: qq
exit: 0
END
    umount -l served
    say "kind of a file whose server caches nothing"
    served direct_io
    journal_screen <<'END'
args: --no-config --private $WORK/served/file
wait: AAAA
keys: :kind<CR>
wait: kind: ASCII text
keys: :poke 0=7f 45 4c 46 02 01 01<CR>
wait: SANDBOX 7
keys: :kind<CR>
wait: kind: ELF 64-bit
wait: (sandbox)
keys: qq
exit: 0
END
    [ "$(xxd -p -l 4 served/file)" = 41414141 ] || fail "the sandbox got into the file"
    umount -l served
else
    say "left out: needs /dev/fuse"
fi

if [ -n "${SANITIZER:-}" ]; then
    say "left out: a sanitizer does not work while strace looks on"
elif command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
    say "edits, :kind and a commit that is not answered open nothing for writing"
    head -c 65536 /dev/zero | tr '\0' A >file
    program=$FOLIO
    printf '#!/bin/sh\nexec strace -f -o %q -e trace=open,openat,openat2,mmap %q "$@"\n' "$WORK/trace" "$program" >wrapped
    chmod +x wrapped
    FOLIO=$WORK/wrapped
    journal_screen <<'END'
args: --no-config --write --private $WORK/file
wait: AAAA
keys: :poke 0=7f 45 4c 46<CR>
wait: SANDBOX 4
keys: :kind<CR>
wait: kind: ELF
keys: :commit<CR>
wait: Enter does it
keys: n
wait: Nothing was changed
keys: qq
exit: 0
END
    FOLIO=$program
    say "a commit that finds no room half way: what is in leaves the sandbox, the rest can be committed again"
    head -c 65536 /dev/zero | tr '\0' A >half
    printf '#!/bin/sh\nexec strace -f -o %q -e trace=madvise -e inject=madvise:error=ENOSPC:when=2 %q "$@"\n' \
        "$WORK/injected" "$program" >injecting
    chmod +x injecting
    FOLIO=$WORK/injecting
    journal_screen <<'END'
args: --no-config --write --private --hex $WORK/half
wait: 00000000
keys: :poke 0x10=5a<CR>
wait: SANDBOX 1
keys: :poke 0x2010=59<CR>
wait: SANDBOX 2
keys: :commit<CR>
wait: Enter does it
keys: <CR>
wait: 1 of 2 bytes are written, 1 synced; 
keys: l
wait: SANDBOX 1
shell: test "$(tr -d A <$WORK/half)" = Z
keys: :commit<CR>
wait: 0x2010: base 41 mine 59 theirs 41
keys: <CR>
wait: written, synced
keys: l
wait: SANDBOX 0
shell: test "$(tr -d A <$WORK/half)" = ZY
keys: q
exit: 0
END
    FOLIO=$program
    grep 'file"' trace | grep -q O_RDONLY || fail "no trace of the file"
    grep "$WORK/file\"\|/proc/self/fd" trace | grep -E 'O_RDWR|O_WRONLY|O_CREAT' && fail "opened for writing"
    grep -E 'PROT_WRITE.*MAP_SHARED,' trace && fail "a shared mapping that can be written"
else
    say "left out: needs strace that may trace"
fi
say "done"
