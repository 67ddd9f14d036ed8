#!/bin/bash
# SPDX-License-Identifier: MIT
# A file cut off and filled again a hundred times under a search, an index and a view (shrink_slow.sh: a thousand times).
. "$(dirname "$0")/lib.sh"
fault_begin
many=${SHRINK_MANY:-100} some=${SHRINK_SOME:-25}

cat >cycle <<'END'
#!/bin/bash
# cycle COUNT: the file `log` loses most of itself and gets it back.
for _ in $(seq "$1"); do
    truncate -s 4097 log
    cat part >>log
done
END
chmod +x cycle
seq -f 'line %06.0f' 1 100000 >lines

# shrink_under KEYS ADVICE...: with the view where KEYS lead.
shrink_under() {
    screen <<END
size: 8x70
timeout: 120
args: ${*:2} log
setup: head -c 4097 "\$WORK/lines" >log; tail -c +4098 "\$WORK/lines" >part; cat part >>log
wait: line 000001
keys: $1
shell: "\$WORK/cycle" $cycles
keys: <C-c>
wait: /100,000
keys: G
row 7:
|{*}line 100000
keys: g
row 1:
|{*}line 000001
keys: /line 099999<CR>
row 1:
|{*}line 099999
wait: match 1 of 1
wait: 99,999/100,000
keys: q
exit: 0
END
}

cycles=$many shrink_under '/no such line<CR>'
cycles=$some shrink_under '/no such line<CR>' --advice=sequential
cycles=$some shrink_under G -N
cycles=$some shrink_under F
cycles=$some shrink_under '/line<CR>nnnn' --map=private
