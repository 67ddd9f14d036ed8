#!/bin/bash
# SPDX-License-Identifier: MIT
# System calls that fail as they do on bad days and on older kernels, by strace: the file can be read all the same, or
# a sentence says why not.
. "$(dirname "$0")/lib.sh"
fault_need strace disk
[ -z "${SANITIZER:-}" ] || skip "a sanitizer does not survive what is done to its memory"
fault_begin
strace -f -o /dev/null true 2>/dev/null || skip "may not trace"

seq -f 'line %015.0f' 1 200000 >numbers
cat >traced <<END
#!/bin/sh
exec strace -f -qq -o "$WORK/trace" \$(cat "$WORK/faults") "$FOLIO" "\$@"
END
chmod +x traced

# inject STRACE-OPTION...: while these calls fail, walk, search and count; only screens that are right pass.
inject() {
    say "$*"
    echo "$*" >faults
    sync numbers
    dd if=numbers iflag=nocache count=0 status=none # none of it stays in memory
    FOLIO=$WORK/traced screen <<'END'
size: 8x120
args: -N $WORK/numbers
wait: line 000000000000001
wait: /200,000
keys: G
row 7:
| 200000 line 000000000200000
keys: g
row 1:
|      1 line 000000000000001
keys: /0199999<CR>
row 1:
| 199999 line 000000000199999
wait: match 1 of 1
keys: :50%<CR>
rows 1-2:
| 100001 line 000000000100001
| 100002 line 000000000100002
keys: q
exit: 0
END
    grep -q INJECTED trace || fail "no call was made to fail: $*"
}

# refused SENTENCE STRACE-OPTION...: cannot even be opened.
refused() {
    say "$*"
    echo "${*:2}" >faults
    FOLIO=$WORK/traced screen <<END
size: 6x120
start: now
args: \$WORK/numbers
wait: folio: $WORK/numbers: $1
exit: 1
alternate: no
END
}

on="-P $WORK/numbers"
inject "$on" -e inject=pread64,preadv2:error=EINTR:when=1..40
inject "$on" -e inject=preadv2:error=EOPNOTSUPP
inject "$on" -e inject=mmap:error=ENOMEM
inject "$on" -e inject=mmap:error=ENODEV
inject "$on" -e inject=mmap:error=ENOMEM -e inject=preadv2:error=EOPNOTSUPP
inject "$on" -e inject=mmap:error=ENODEV -e inject=pread64:error=EINTR:when=1+2 -e inject=preadv2:error=EOPNOTSUPP
inject "$on" -e inject=readahead:error=EINVAL
inject "$on" -e inject=lseek:error=EINVAL
inject "$on" -e inject=fadvise64:error=ENOSYS
inject -e inject=madvise:error=EINVAL
inject -e inject=mincore:error=ENOSYS
inject -e inject=mincore:error=ENOSYS -e inject=preadv2:error=EOPNOTSUPP
inject -e inject=inotify_init1:error=EMFILE
inject -e inject=inotify_add_watch:error=ENOSPC
inject -e inject=statx:error=EOVERFLOW:when=10+1

refused 'Too many open files' "$on" -e inject=openat:error=EMFILE
refused 'Input/output error' "$on" -e inject=openat:error=EIO
refused 'Value too large for defined data type' "$on" -e inject=fstat,newfstatat,statx:error=EOVERFLOW

# Nothing of it can be read, whatever way.
echo "$on" -e inject=pread64,preadv2:error=EIO -e inject=mmap:error=ENODEV >faults
FOLIO=$WORK/traced screen <<'END'
size: 8x120
args: $WORK/numbers
wait: I/O error at 0x0-0xfff
keys: G
wait: I/O error at 0x400000-0x400
keys: q
exit: 0
END
