/* SPDX-License-Identifier: MIT */
/** tests: ui/terminal/decoder: keys in every spelling, and what is no key comes out as nothing, however it is cut. */
#include "folio/ui/terminal/decoder.h"

#include "test.h"

#include "folio/ui/terminal/stroke.h"

#include <stdio.h>
#include <string.h>

/** A decoder that has learned what xterm's description says; static because it is large. */
static struct decoder *fresh(void)
{
    static struct decoder decoder;
    decoder = (struct decoder){0};
    decoder_learn(&decoder, "\033OA", STROKE_UP);
    decoder_learn(&decoder, "\033OH", STROKE_HOME);
    decoder_learn(&decoder, "\033[3~", STROKE_DELETE);
    decoder_learn(&decoder, "\177", 0x7f);
    return &decoder;
}

/** Put bytes and gather what comes out. */
static unsigned put(struct decoder *decoder, const char *bytes, size_t length, uint32_t *out, unsigned room)
{
    unsigned count = 0;
    for (size_t i = 0; i < length; i++) {
        decoder_put(decoder, (unsigned char)bytes[i]);
        for (uint32_t stroke = decoder_take(decoder); stroke != STROKE_NONE; stroke = decoder_take(decoder))
            if (count < room)
                out[count++] = stroke;
    }
    return count;
}

static unsigned end(struct decoder *decoder, uint32_t *out, unsigned count, unsigned room)
{
    decoder_end(decoder);
    for (uint32_t stroke = decoder_take(decoder); stroke != STROKE_NONE; stroke = decoder_take(decoder))
        if (count < room)
            out[count++] = stroke;
    return count;
}

#define KEY(text, ...)                                                                                       \
    {                                                                                                        \
        text, sizeof text - 1,                                                                               \
        {                                                                                                    \
            __VA_ARGS__                                                                                      \
        }                                                                                                    \
    }
#define NOTHING(text)                                                                                        \
    {                                                                                                        \
        text, sizeof text - 1,                                                                               \
        {                                                                                                    \
            0                                                                                                \
        }                                                                                                    \
    }

static const struct {
    const char *bytes;
    size_t length;
    uint32_t stroke[4]; /* up to the first 0 */
} spelling[] = {
    /* The arrows and the like in either mode of the cursor keys, and as other terminals spell them. */
    KEY("\033[A", STROKE_UP),
    KEY("\033OA", STROKE_UP),
    KEY("\033[B", STROKE_DOWN),
    KEY("\033OB", STROKE_DOWN),
    KEY("\033[C", STROKE_RIGHT),
    KEY("\033OD", STROKE_LEFT),
    KEY("\033[H", STROKE_HOME),
    KEY("\033OH", STROKE_HOME),
    KEY("\033[1~", STROKE_HOME),
    KEY("\033[7~", STROKE_HOME),
    KEY("\033[F", STROKE_END),
    KEY("\033OF", STROKE_END),
    KEY("\033[4~", STROKE_END),
    KEY("\033[8~", STROKE_END),
    KEY("\033[2~", STROKE_INSERT),
    KEY("\033[3~", STROKE_DELETE),
    KEY("\033[5~", STROKE_PAGE_UP),
    KEY("\033[6~", STROKE_PAGE_DOWN),
    KEY("\033[11~", STROKE_F1),
    KEY("\033OP", STROKE_F1),
    KEY("\033[P", STROKE_F1),
    KEY("\033[[A", STROKE_F1),
    KEY("\033OR", STROKE_F1 + 2),
    KEY("\033[[E", STROKE_F1 + 4),
    KEY("\033[15~", STROKE_F1 + 4),
    KEY("\033[24~", STROKE_F12),
    KEY("\177", 0x7f),
    /* The keypad. */
    KEY("\033OM", '\r'),
    KEY("\033Op", '0'),
    KEY("\033Oy", '9'),
    KEY("\033Ok", '+'),
    KEY("\033On", '.'),
    /* Keys with others that were held: those we have, and none of the rest. */
    KEY("\033[1;5C", STROKE_WORD_RIGHT),
    KEY("\033[1;5D", STROKE_WORD_LEFT),
    KEY("\033[1;129A", STROKE_UP),
    KEY("\033[5;65~", STROKE_PAGE_UP),
    KEY("\033[1;2A", STROKE_SHIFT_UP),
    KEY("\033[1;2D", STROKE_SHIFT_LEFT),
    KEY("\033[Z", STROKE_SHIFT_TAB),
    KEY("\033[1;2Z", STROKE_SHIFT_TAB),
    KEY("\033[9;2u", STROKE_SHIFT_TAB),
    KEY("\033[27;2;9~", STROKE_SHIFT_TAB),
    NOTHING("\033[1;6A"),
    NOTHING("\033[1;5H"),
    NOTHING("\033[3;5~"),
    NOTHING("\033O5A"),
    NOTHING("\033[7^"),
    NOTHING("\033[3$"),
    NOTHING("\033[a"),
    NOTHING("\033[E"),
    NOTHING("\033OE"),
    NOTHING("\033[25~"),
    NOTHING("\033[34~"),
    /* Kitty's protocol, and xterm's modifyOtherKeys: what an old terminal would have sent. */
    KEY("\033[13u", '\r'),
    KEY("\033[13;5u", '\r'),
    KEY("\033[13;2u", '\r'),
    KEY("\033[57414u", '\r'),
    KEY("\033[57414;129u", '\r'),
    KEY("\033[57400u", '1'),
    KEY("\033[57419u", STROKE_UP),
    KEY("\033[57423u", STROKE_HOME),
    KEY("\033[27u", STROKE_ESCAPE),
    KEY("\033[9u", '\t'),
    KEY("\033[127u", 0x7f),
    KEY("\033[97u", 'a'),
    KEY("\033[97;2u", 'A'),
    KEY("\033[49:33;2u", '!'),
    KEY("\033[99;5u", STROKE_CONTROL('C')),
    KEY("\033[118;3u", STROKE_ESCAPE, 'v'),
    KEY("\033[233u", 0xe9),
    KEY("\033[97;1:2u", 'a'),
    NOTHING("\033[97;1:3u"),
    NOTHING("\033[1;1:3A"),
    NOTHING("\033[97;9u"),
    NOTHING("\033[57358u"),
    NOTHING("\033[57441;2u"),
    NOTHING("\033[49;5u"),
    NOTHING("\033[u"),
    NOTHING("\033[1114112u"),
    NOTHING("\033[155u"),
    NOTHING("\033[?1u"),
    KEY("\033[27;5;13~", '\r'),
    KEY("\033[27;2;65~", 'A'),
    KEY("\033[27;5;99~", STROKE_CONTROL('C')),
    KEY("\033[27;3;98~", STROKE_ESCAPE, 'b'),
    NOTHING("\033[27;5;49~"),
    NOTHING("\033[27~"),
    /* The mouse: the wheel is a key, in three forms. */
    KEY("\033[<64;10;5M", STROKE_WHEEL_UP),
    KEY("\033[<65;10;5M", STROKE_WHEEL_DOWN),
    KEY("\033[M`!!", STROKE_WHEEL_UP),
    KEY("\033[Ma!!", STROKE_WHEEL_DOWN),
    KEY("\033[96;10;5M", STROKE_WHEEL_UP),
    NOTHING("\033[<0;10;5M"),
    NOTHING("\033[<0;10;5m"),
    NOTHING("\033[<64;10;5m"),
    NOTHING("\033[M !!"),
    NOTHING("\033[M\x20\xe9\xff"),
    NOTHING("\033[32;10;5M"),
    /* Answers to somebody's questions. */
    NOTHING("\033[24;80R"),
    NOTHING("\033[1;1R"),
    NOTHING("\033[0n"),
    NOTHING("\033[?62;4c"),
    NOTHING("\033[>41;379;0c"),
    NOTHING("\033[?997;1n"),
    NOTHING("\033[?2004;1$y"),
    NOTHING("\033[4;1$y"),
    NOTHING("\033[8;24;80t"),
    NOTHING("\033[I"),
    NOTHING("\033[O"),
    NOTHING("\033[1 q"),
    NOTHING("\033[s"),
    NOTHING("\033[v"),
    NOTHING("\033[=1;2;3;4;5;6;7;8;9;10z"),
    NOTHING("\033]11;rgb:2828/2828/2828\a"),
    NOTHING("\033]11;rgb:2828/2828/2828\033\\"),
    NOTHING("\033]52;c;\xc3\xa9g/gG\033\\"),
    NOTHING("\033P>|xterm(379)\033\\"),
    NOTHING("\033P1+r544e=787465726d\033\\"),
    NOTHING("\033_Gi=1;OK\033\\"),
    NOTHING("\033^pm\033\\"),
    NOTHING("\033]l\xe2\x9c\x93 title\033\\"),
    /* The end of a paste that nobody began. */
    NOTHING("\033[201~"),
    /* Of eight bits, but not where they are of a character. */
    KEY("\x9b"
        "A",
        STROKE_UP),
    KEY("\x8f"
        "B",
        STROKE_DOWN),
    NOTHING("\x9b"
            "24;80R"),
    NOTHING("\x9d"
            "0;title\a"),
    KEY("\xd0\x9b"
        "A",
        0x41b, 'A'),
    /* Characters, and pairs of Esc and a key. */
    KEY("a", 'a'),
    KEY("\xc3\xa9", 0xe9),
    KEY("\033v", STROKE_ESCAPE, 'v'),
    KEY("\033\xc3\xa9", STROKE_ESCAPE, 0xe9),
    KEY("\033\033[A", STROKE_ESCAPE, STROKE_UP),
    KEY("\033\033[25~", STROKE_ESCAPE),
    KEY("\xff"
        "a",
        'a'),
    KEY("\xc3"
        "a",
        'a'),
    /* Broken off: what breaks it is a key. */
    KEY("\033[12\003", STROKE_CONTROL('C')),
    KEY("\033[12\033[A", STROKE_UP),
    KEY("\033]11;\003", STROKE_CONTROL('C')),
    KEY("\033]11;rgb\033[A", STROKE_UP),
    KEY("\033O\033v", STROKE_ESCAPE, 'v'),
};

static void every_spelling_is_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof spelling / sizeof spelling[0]; i++) {
        struct decoder *decoder = fresh();
        uint32_t out[8] = {0};
        /* What comes right behind it is a key of its own: nothing of it was eaten, and nothing is left. */
        unsigned count = put(decoder, spelling[i].bytes, spelling[i].length, out, 8);
        count += put(decoder, "z", 1, out + count, 8 - count);
        unsigned expected = 0;
        while (expected < 4 && spelling[i].stroke[expected] != 0)
            expected++;
        bool right = count == expected + 1 && out[expected] == 'z' &&
                     memcmp(out, spelling[i].stroke, expected * sizeof *out) == 0;
        if (!right)
            fail_msg("row %zu, ESC%s: %u strokes, %#x %#x", i, spelling[i].bytes + 1, count, out[0], out[1]);
        assert_int_equal(decoder_waits(decoder), DECODER_IDLE);
    }
}

/** With each beginning of each sequence: what is whole when it ends is never a letter of it. */
static void half_a_sequence_is_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof spelling / sizeof spelling[0]; i++) {
        const char *bytes = spelling[i].bytes;
        for (size_t length = 3;
             length < spelling[i].length && bytes[0] == '\033' && strchr("[O]P_^", bytes[1]); length++) {
            struct decoder *decoder = fresh();
            uint32_t out[8];
            /* Here something else begins. */
            if (bytes[length - 1] == '\033')
                break;
            assert_int_equal(put(decoder, bytes, length, out, 8), 0);
            assert_int_equal(decoder_waits(decoder), DECODER_INSIDE);
            assert_int_equal(end(decoder, out, 0, 8), 0);
            assert_int_equal(decoder_waits(decoder), DECODER_IDLE);
            assert_int_equal(put(decoder, "z", 1, out, 8), 1);
            assert_int_equal(out[0], 'z');
        }
    }
}

static void esc_alone_is_a_key_after_a_moment(void **state)
{
    (void)state;
    static const char *const begin[] = {"\033", "\033[", "\033O", "\033]", "\033P"};
    for (size_t i = 0; i < sizeof begin / sizeof begin[0]; i++) {
        struct decoder *decoder = fresh();
        uint32_t out[8];
        assert_int_equal(put(decoder, begin[i], strlen(begin[i]), out, 8), 0);
        assert_int_equal(decoder_waits(decoder), DECODER_ESCAPE);
        assert_int_equal(end(decoder, out, 0, 8), strlen(begin[i]));
        assert_int_equal(out[0], STROKE_ESCAPE);
        if (begin[i][1] != '\0')
            assert_int_equal(out[1], begin[i][1]);
    }
}

static void terminals_have_keys_of_their_own(void **state)
{
    (void)state;
    uint32_t out[8];
    struct decoder *decoder = fresh();
    decoder_learn(decoder, "\001@\r", STROKE_F1);
    decoder_learn(decoder, "\033[M", STROKE_F1 + 1);
    decoder_learn(decoder, "\033?p", '0');
    decoder_learn(decoder, "\033[25~", STROKE_NONE);
    decoder_learn(decoder, "x", STROKE_F1);
    decoder_learn(decoder, "\033", STROKE_F1);
    assert_int_equal(put(decoder, "\001@\r\033[M\033?px", 10, out, 8), 4);
    assert_int_equal(out[0], STROKE_F1);
    assert_int_equal(out[1], STROKE_F1 + 1);
    assert_int_equal(out[2], '0');
    assert_int_equal(out[3], 'x');
    assert_int_equal(put(decoder, "\001b\001", 3, out, 8), 2);
    assert_int_equal(out[0], 1);
    assert_int_equal(out[1], 'b');
    assert_int_equal(decoder_waits(decoder), DECODER_ESCAPE);
    assert_int_equal(end(decoder, out, 0, 8), 1);
    assert_int_equal(out[0], 1);
}

/** A key may be the beginning of another, or begin as strings do. */
static void keys_of_their_own_may_be_ambiguous(void **state)
{
    (void)state;
    uint32_t out[8];
    struct decoder *decoder = fresh();
    decoder_learn(decoder, "\033[", '\r');
    decoder_learn(decoder, "\033[h", STROKE_F1);
    decoder_learn(decoder, "\033P \b", STROKE_INSERT);
    assert_int_equal(put(decoder, "\033[h\033P \b", 7, out, 8), 2);
    assert_int_equal(out[0], STROKE_F1);
    assert_int_equal(out[1], STROKE_INSERT);
    assert_int_equal(put(decoder, "\033[", 2, out, 8), 0);
    assert_int_equal(decoder_waits(decoder), DECODER_ESCAPE);
    assert_int_equal(end(decoder, out, 0, 8), 1);
    assert_int_equal(out[0], '\r');
    assert_int_equal(put(decoder, "\033P1+r\033\\", 7, out, 8), 0);
    assert_int_equal(put(decoder, "\033[25~q", 6, out, 8), 1);
}

/** However long it is, it is swallowed to its end. */
static void long_ones_are_swallowed(void **state)
{
    (void)state;
    uint32_t out[8];
    struct decoder *decoder = fresh();
    put(decoder, "\033]52;c;", 7, out, 0);
    for (int i = 0; i < 100000; i++)
        assert_int_equal(put(decoder, "QUJD", 4, out, 8), 0);
    assert_int_equal(put(decoder, "\033\\q", 3, out, 8), 1);
    assert_int_equal(put(decoder, "\033[", 2, out, 8), 0);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(put(decoder, "1;2:3;", 6, out, 8), 0);
    assert_int_equal(put(decoder, " vq", 3, out, 8), 1);
    assert_int_equal(out[0], 'q');
    assert_int_equal(put(decoder, "\033O", 2, out, 8), 0);
    for (int i = 0; i < 100; i++)
        assert_int_equal(put(decoder, "1", 1, out, 8), 0);
    assert_int_equal(put(decoder, "Aq", 2, out, 8), 1);
}

static void pasted_bytes_are_text(void **state)
{
    (void)state;
    static const char text[] = "\033[200~a\033[A\033\r\xc3\xa9\x9b\033[200~\033[201\033[201~q";
    static const uint32_t expected[] = {
        STROKE_PASTE_BEGIN,
        'a',
        0x1b,
        '[',
        'A',
        0x1b,
        '\r',
        0xe9,
        0x1b,
        '[',
        '2',
        '0',
        '0',
        '~',
        0x1b,
        '[',
        '2',
        '0',
        '1',
        STROKE_PASTE_END,
        'q',
    };
    uint32_t out[64];
    struct decoder *decoder = fresh();
    unsigned count = put(decoder, text, sizeof text - 1, out, 64);
    assert_int_equal(count, sizeof expected / sizeof expected[0]);
    assert_memory_equal(out, expected, sizeof expected);
    /* A slow line cuts it anywhere: no Esc is waited for in it, and its end need not come at once. */
    put(decoder, "\033[200~a\033[2", 10, out, 64);
    assert_int_equal(decoder_waits(decoder), DECODER_INSIDE);
    assert_int_equal(put(decoder, "01~", 3, out, 64), 1);
    assert_int_equal(out[0], STROKE_PASTE_END);
    /* Its end got lost. */
    put(decoder, "\033[200~a\033", 8, out, 64);
    decoder_unpaste(decoder);
    assert_int_equal(decoder_take(decoder), STROKE_ESCAPE);
    assert_int_equal(decoder_take(decoder), STROKE_PASTE_END);
    assert_int_equal(decoder_take(decoder), STROKE_NONE);
    decoder_unpaste(decoder);
    assert_int_equal(decoder_take(decoder), STROKE_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_spelling_is_whole),
        cmocka_unit_test(half_a_sequence_is_nothing),
        cmocka_unit_test(esc_alone_is_a_key_after_a_moment),
        cmocka_unit_test(terminals_have_keys_of_their_own),
        cmocka_unit_test(keys_of_their_own_may_be_ambiguous),
        cmocka_unit_test(long_ones_are_swallowed),
        cmocka_unit_test(pasted_bytes_are_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
