#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Make the samples again: data/samples.sh GENERATOR [DIRECTORY]
#
# GENERATOR is the program folio-generate; DIRECTORY is data/samples unless another is named. Two samples are not
# made here, because somebody wrote them: pretty.json and source.c.
set -eu
export LC_ALL=C

if [ $# -lt 1 ] || [ $# -gt 2 ]; then
    echo "usage: data/samples.sh GENERATOR [DIRECTORY]" >&2
    exit 2
fi
generate=$(realpath "$1")
cd "${2:-$(dirname "$0")/samples}"

# --- utf8.txt ------------------------------------------------------------------------------------------------------

# encode HEX: the bytes of that code point as \xNN escapes, by the rules of UTF-8 and without their exceptions, so
# that surrogates and numbers beyond Unicode come out too.
encode() {
    local point=$((16#$1))
    if ((point < 0x80)); then
        printf '\\x%02x' "$point"
    elif ((point < 0x800)); then
        printf '\\x%02x' $((0xc0 | point >> 6)) $((0x80 | point & 63))
    elif ((point < 0x10000)); then
        printf '\\x%02x' $((0xe0 | point >> 12)) $((0x80 | point >> 6 & 63)) $((0x80 | point & 63))
    else
        printf '\\x%02x' $((0xf0 | point >> 18)) $((0x80 | point >> 12 & 63)) $((0x80 | point >> 6 & 63)) \
            $((0x80 | point & 63))
    fi
}

# row WHAT ESCAPES: a line that says what stands between its two bars.
row() {
    printf '%-46s |%b|\n' "$1" "$2"
}

# points WHAT HEX...: one row for each code point, between the letters a and b.
points() {
    local what=$1 point
    shift
    for point; do
        row "$what U+${point^^}" "a$(encode "$point")b"
    done
}

# joined HEX...: several code points in a row, as escapes.
joined() {
    local point
    for point; do
        encode "$point"
    done
}

# times COUNT TEXT: TEXT so many times.
times() {
    local i
    for ((i = 0; i < $1; i++)); do
        printf '%s' "$2"
    done
}

heading() {
    printf '\n%s\n' "$1"
}

controls() {
    local i
    heading 'Controls (C0): all but the newline, and DEL'
    for ((i = 0; i < 0x20; i++)); do
        ((i == 0x0a)) || row "$(printf 'byte %02x' $i)" "$(printf 'a\\x%02xb' $i)"
    done
    row 'byte 7f' 'a\x7fb'
    heading 'Controls (C1) in UTF-8: U+0085 is NEL, U+009B opens a sequence, U+009D a title'
    for ((i = 0x80; i < 0xa0; i++)); do
        points 'code point' "$(printf '%04x' $i)"
    done
}

broken() {
    heading 'Broken bytes'
    row 'a lone continuation byte' 'a\x80b'
    row 'three continuation bytes' 'a\xbf\x80\x9fb'
    row 'bytes that never occur' 'a\xc0\xc1\xf5\xf8\xfc\xfe\xffb'
    row 'C1 as single bytes: CSI 31 m' 'a\x9b31mb'
    row 'C1 as single bytes: OSC, ST' 'a\x9d0;title\x9cb'
    row 'Latin-1: a word with an umlaut' 'Gr\xfc\xdfe'
    row 'two bytes, the second missing' 'a\xc3b'
    row 'three bytes, the last missing' 'a\xe2\x82b'
    row 'three bytes, two missing' 'a\xe2b'
    row 'four bytes, the last missing' 'a\xf0\x9f\x98b'
    row 'a cut character before a whole one' 'a\xe2\x82\xe2\x82\xacb'
    heading 'Overlong: more bytes than needed'
    row 'a slash in two bytes' 'a\xc0\xafb'
    row 'a slash in three bytes' 'a\xe0\x80\xafb'
    row 'a slash in four bytes' 'a\xf0\x80\x80\xafb'
    row 'NUL in two bytes' 'a\xc0\x80b'
    row 'U+07FF in three bytes' 'a\xe0\x9f\xbfb'
    row 'U+FFFF in four bytes' 'a\xf0\x8f\xbf\xbfb'
    heading 'Surrogates, and beyond Unicode'
    points 'surrogate' d800 dbff dc00 dfff
    row 'an emoji as two surrogates' "a$(joined d83d de00)b"
    points 'beyond the end' 110000 1fffff
    row 'five bytes' 'a\xf8\x88\x80\x80\x80b'
    row 'six bytes' 'a\xfc\x84\x80\x80\x80\x80b'
}

invisible() {
    heading 'Bidirectional controls: all twelve'
    points 'bidi' 061c 200e 200f 202a 202b 202c 202d 202e 2066 2067 2068 2069
    row 'a name that ends in exe, shown as txt' "invoice$(encode 202e)txt.exe"
    heading 'Nothing to see, yet there'
    points 'zero width' 200b 200c 200d 2060 2061 2062 2063 2064 feff
    points 'ignorable' 00ad 034f 115f 1160 17b4 180e 3164 ffa0
    points 'variation selector' fe00 fe0e fe0f e0100
    points 'tag' e0001 e0041 e007f
    points 'separator' 2028 2029
    points 'blank' 00a0 2007 202f 3000
    heading 'Not assigned, private, not a character'
    points 'unassigned' 0378 2fe0
    points 'private' e000 f0000 10fffd
    points 'noncharacter' fdd0 fffe ffff 1fffe 10ffff
    points 'replacement character' fffd
}

combining() {
    heading 'Combining marks'
    row 'one mark' "e$(encode 0301)"
    row 'four marks on one letter' "e$(joined 0301 0302 0303 0304)x"
    row 'five marks on one letter' "e$(joined 0301 0302 0303 0304 0305)x"
    row 'twelve marks on one letter' "e$(times 12 "$(encode 0316)")x"
    row 'forty marks on one letter' "Z$(times 40 "$(encode 0336)")x"
    printf '%b<- a mark with nothing before it begins this line\n' "$(encode 0301)"
    row 'a mark on a wide character' "$(joined 6f22 0301)x"
    row 'an enclosing mark' "1$(encode 20dd)x"
    row 'a mark after a tab' "\\t$(encode 0301)x"
    row 'Hangul from three parts' "$(joined 1112 1161 11ab)x"
}

wide() {
    heading 'Wide characters and emoji'
    row 'Chinese, Japanese, Korean' "$(joined 6f22 5b57 3042 30a2 d55c)x"
    row 'full width and half width' "$(joined ff21 ff22 ff71 ff72)x"
    row 'ambiguous width' "$(joined 00b1 2026 2500 03b1)x"
    row 'emoji' "$(joined 1f600 1f4e6)x"
    row 'emoji joined: a family' "$(joined 1f468 200d 1f469 200d 1f467)x"
    row 'emoji joined: a rainbow flag' "$(joined 1f3f3 fe0f 200d 1f308)x"
    row 'emoji with a skin tone' "$(joined 1f44d 1f3fd)x"
    row 'a flag of two letters' "$(joined 1f1eb 1f1ee)x"
    row 'a heart with its selector' "$(joined 2764 fe0f)x"
    row 'a keycap' "1$(joined fe0f 20e3)x"
    row 'a joiner between letters' "a$(encode 200d)b"
    row 'Hebrew' "$(joined 05e9 05dc 05d5 05dd)"
    row 'Arabic' "$(joined 0633 0644 0627 0645)"
}

sequences() {
    heading 'Colours (SGR), which may be shown'
    row 'bold, underline, reverse' 'a\x1b[1mbold\x1b[0m \x1b[4mline\x1b[24m \x1b[7mback\x1b[mb'
    row '16 colours, 256 colours, true colour' 'a\x1b[31mred\x1b[38;5;208morange\x1b[38;2;90;160;240mblue\x1b[0mb'
    row 'with colons' 'a\x1b[38:2::255:10:20mrose\x1b[0mb'
    row 'many at once' 'a\x1b[0;1;3;4;31;42mall\x1b[0mb'
    row 'hidden text' 'a\x1b[8mhidden\x1b[28mb'
    row 'the same colour as its background' 'a\x1b[31;41mhidden\x1b[0mb'
    row 'never ended' 'a\x1b[31'
    row 'in colour to the next line' 'a\x1b[32mgreen'
    row 'still green, then not' 'green\x1b[0m plain'
    heading 'Other sequences, which must not reach a terminal'
    row 'erase the screen, move away' 'a\x1b[2J\x1b[5;5Hb'
    row 'ask the terminal for a report' 'a\x1b[6n\x1b[cb'
    row 'a window title' 'a\x1b]0;not your title\x07b'
    row 'a link' 'a\x1b]8;;https://a.example/\x1b\\link\x1b]8;;\x1b\\b'
    row 'the clipboard' 'a\x1b]52;c;Zm9saW8=\x07b'
    row 'DCS, APC, PM, SOS' 'a\x1bPq\x1b\\\x1b_x\x1b\\\x1b^y\x1b\\\x1bXz\x1b\\b'
    row 'another character set' 'a\x1b(0qqq\x1b(Bb'
    row 'the alternate screen' 'a\x1b[?1049h\x1b[?1049lb'
    row 'a reset' 'a\x1bcb'
    row 'a string that is never ended' 'a\x1b]0;open'
}

lines() {
    local i
    heading 'Tabs: from every column to the next stop'
    for ((i = 0; i <= 16; i++)); do
        printf '%s\t| %d before the tab\n' "$(times $i x)" "$i"
    done
    heading 'Overstrike, as man pages have it'
    row 'bold' 'N\bNA\bAM\bME\bE'
    row 'underlined' '_\bf_\bi_\bl_\be'
    row 'bold and underlined' '_\bb\bb'
    row 'a bullet' '+\bo'
    row 'a bold accented letter' '\xc3\xa9\b\xc3\xa9'
    row 'more backspaces than letters' 'ab\b\b\b\bc'
    heading 'Ends of lines'
    printf 'this line ends with CR LF\r\n'
    printf 'this line ends with CR CR LF\r\r\n'
    printf 'a lone CR\rin the middle of this line\n'
    printf '\rthis line begins with a CR\n'
    printf 'a CR\r, then CR LF\r\n'
    heading 'Text that looks like a replacement, and is none'
    row 'letters' '<U+202E> ^A ^[ ESC <9B> <+12> ~'
    heading 'Long lines'
    printf '1000 columns: '
    times 98 '123456789.'
    printf 'ended.\n'
    printf '400 columns of wide characters: %b end.\n' "$(times 200 "$(encode 6f22)")"
    printf '300 letters with a mark each: %b end.\n' "$(times 300 "e$(encode 0301)")"
    printf '200 broken bytes: %b end.\n' "$(times 200 '\xff')"
    printf '\nthe file ends in the middle of a character: \xe2\x82'
}

{
    echo 'A torture for whatever shows text. Each line says what it holds, mostly between bars.'
    echo 'It holds what a terminal must never get: do not cat it.'
    controls
    broken
    invisible
    combining
    wide
    sequences
    lines
} >utf8.txt

# --- plainer texts -------------------------------------------------------------------------------------------------

{
    printf 'Lines end with CR LF here.\r\n\r\nThe one above is empty.\r\n'
    printf '\tA tab, two blanks at the end  \r\nOne lone CR:\r in the middle.\r\n'
    for i in {1..40}; do
        printf 'line %d of forty\r\n' "$i"
    done
} >crlf.txt

printf 'The last line\nhas no newline.' >no-newline.txt
printf '' >empty
printf 'x' >one-byte
head -c 5000 /dev/zero >only-nul.bin

# every byte that can begin nothing, and every byte that begins what never follows
for i in {1..32}; do
    printf '%b' "$(printf '\\x%02x' {128..255})"
done >only-invalid.bin

{
    printf '\n\n'
    for ((count = 0; count <= 7; count++)); do
        printf '%d blank lines follow\n' "$count"
        times "$count" $'\n'
    done
    printf 'a line of blanks, one of a tab, one of CR LF follow; whether they are blank is a question\n'
    printf '   \n\t\n\r\n'
    printf 'the same line, twice\nthe same line, twice\n'
    printf 'and the file ends with three blank lines\n\n\n\n'
} >squeeze.txt

# a line of exactly that many columns, which says so
columns() {
    local text="$1 columns "
    text+=$(times 51 '123456789.')
    printf '%s\n' "${text:0:$1}"
}
# lines that fill the rows of a screen of 60 or 80 columns exactly, one column less and one more; and the shortest
{
    printf '%d\n' {0..10} {59..500..60} {60..500..60} {61..500..60} {79..500..80} {80..500..80} {81..500..80} 500
} | sort -nu | while read -r width; do
    columns "$width"
done >long-lines.txt

{
    echo '雨の朝、荷物が届いた。箱は少し濡れていたが、中は無事だった。'
    echo '下雨的早晨，包裹到了。盒子有点湿，里面完好。'
    echo '비 오는 아침에 소포가 왔다. 상자는 조금 젖었지만 안은 괜찮았다.'
    echo
    for ((count = 0; count <= 8; count++)); do
        printf '%s%s\n' "$(times "$count" a)" "$(times 60 漢)"
    done
    for ((count = 0; count <= 40; count++)); do
        printf '%2d %s mixed 中文 and ｆｕｌｌ かな 한글.\n' "$count" "$(times "$count" 字)"
    done
} >cjk.txt

for i in {1..16}; do
    printf '%b' "$(printf '\\x%02x' {0..255})"
done >bytes.bin

# --- other encodings -----------------------------------------------------------------------------------------------

# The same text in each, as far as its characters go.
europe() {
    echo 'Grüße aus München; un café à Noël; señor, ¿qué?'
    echo
    echo 'The third line, after an empty one.'
}
asia() {
    echo '雨の朝、荷物が届いた。表とソの字にはバックスラッシュのバイトがある。'
    echo 'ＡＢＣ and ABC'
}
# UTF-16 and UTF-32: also what lies beyond one unit, and U+0A41 and U+410A, whose bytes are those of a newline.
world() {
    europe
    asia
    printf 'beyond one unit: \xf0\x9f\x98\x80; no newlines: \xe0\xa9\x81 \xe4\x84\x8a\n'
}
for order in LE BE; do
    world | iconv -f UTF-8 -t "UTF-16$order" >"utf-16${order,,}.txt"
    { printf '\xef\xbb\xbf' && world; } | iconv -f UTF-8 -t "UTF-16$order" >"utf-16${order,,}-bom.txt"
done
{ printf '\xef\xbb\xbf' && world; } | iconv -f UTF-8 -t UTF-32LE >utf-32le-bom.txt
world | iconv -f UTF-8 -t UTF-32BE >utf-32be.txt
{ printf '\xef\xbb\xbf' && europe; } >utf-8-bom.txt
europe | iconv -f UTF-8 -t ISO-8859-1 >latin-1.txt
{ europe && echo '“quoted” – 5 €'; } | iconv -f UTF-8 -t WINDOWS-1252 >windows-1252.txt
asia | iconv -f UTF-8 -t SHIFT_JIS >shift-jis.txt

# --- from the generator --------------------------------------------------------------------------------------------

"$generate" app 40K -o app.log
"$generate" web 40K -o web.log
"$generate" chat 30K -o conversations.json
"$generate" jsonl 24K -o records.jsonl
"$generate" records 6K -o binary.bin
