#!/bin/bash
# SPDX-License-Identifier: MIT
# On overlayfs, which every container has, cachestat sees no page of any file: what is in memory already is not asked for
# again all the same.
. "$(dirname "$0")/lib.sh"
fault_need root strace disk
[ -z "${SANITIZER:-}" ] || skip "a sanitizer does not work while strace looks on"
fault_begin
strace -f -o /dev/null true 2>/dev/null || skip "may not trace"

mkdir lower upper work over
seq -f 'line %015.0f' 1 3000000 >lower/numbers
mount -t overlay overlay -o "lowerdir=lower,upperdir=upper,workdir=work" over 2>/dev/null ||
    skip "cannot mount an overlay here"
cat >traced <<END
#!/bin/sh
exec strace -f -qq -e trace=readahead,fadvise64 -o "$WORK/trace" "$FOLIO" "\$@"
END
chmod +x traced

# It is in memory, as far as the machine keeps it: the best of a few walks counts.
best=
for _ in 1 2 3; do
    cat over/numbers >/dev/null
    FOLIO=$WORK/traced screen <<'END'
size: 8x100
args: -N $WORK/over/numbers
wait: line 1/3,000,000
keys: G
wait: line 000000003000000
keys: /2999999<CR>
wait: match 1 of 1
keys: q
exit: 0
END
    asked=$(grep -c 'readahead(' trace || true)
    [ -n "$best" ] && [ "$best" -le "$asked" ] || best=$asked
done
say "$best calls of readahead for a file in memory"
[ "$best" -le 20 ] || fail "what is in memory was asked for $best times"
