/* SPDX-License-Identifier: MIT */
/**
 * model/json/documents: where the document begins that a byte is in, of texts by hand, and in lines of which many are broken.
 */
#include "model/known_json.h"
#include "test.h"

#include "folio/model/json/documents.h"

struct lined {
    struct known known;
    struct summary *lines;
};

static void lined_open(struct lined *lined, char *data, size_t length)
{
    struct error error;
    sample_open(&lined->known.sample, data, length);
    lined->lines = lines_open(lined->known.sample.survey, NULL, &error);
    lined->known.nesting = nesting_open(lined->known.sample.survey, true, &error);
    assert_true(lined->lines && lined->known.nesting);
    survey_start(lined->known.sample.survey);
    for (int tries = 0; tries < 60000; tries++) {
        if (nesting_progress(lined->known.nesting).complete && summary_state(lined->lines).complete)
            return;
        sample_sleep(1);
    }
    fail();
}

/** `^` is asked about, `|` begins its document; without one there is none. */
static void by_hand(void **state)
{
    static const char *const cases[] = {
        "|[1,^2]",
        "|^{\"a\":1}\n",
        "|{\"a\":1}^\n",
        "|{\"a\":1}\n^",
        "\xef\xbb\xbf|{\"a\":^1}",
        /* lines, some of them blank or broken */
        "{\"a\":1}\n|{\"a\":^2}\n",
        "{\"a\":1}\n|{\"a\":2}^\n{\"a\":3}",
        "\n\n{\"a\":1}\n\n\n|{\"a\":^2}\n",
        "{\"a\":1}\n{\"a\":[2\n|{\"a\":^3}\n",
        "{\"a\":1}\n{\"a\":\"2\n|{\"a\":^3}\n",
        "{\"a\":1}\n]]}\n|{\"a\":^3}\n",
        "{\"a\":\"cut\n|{\"a\":^2}\n{\"a\":3}\n",
        "|{\"a\":[{\"b\":1},\n{\"a\":2}^\n",
        "{\"a\":1,\n|{\"a\":^2}\n",
        "1\n|\"x^\"\n[3]\n",
        "true\n|fals^e\n",
        "\x1e{\"a\":1}\n|\x1e{\"a\":^2}\n",
        /* one document over lines */
        "|[\n{\"a\":1},\n{\"a\":^2}\n]\n",
        "|[\n[1],\n[^2]]\n",
        "|[\n{\"a\":^1}\n]\n",
        "|{\"a\":\n{\"b\":^1}\n}\n",
        "|{\n\"a\": 1,\n\"b\": ^{}\n}",
        "|[\n1,\n^2\n]\n",
        /* one behind the other */
        "{\"a\":1} |{\"a\":^2}{\"a\":3}",
        "{\"a\":1}{\"a\":2}|{\"a\":[^3]}",
        "{\n\"a\":1\n}\n^|[\n2\n]\n",
        "{\n\"a\":1\n}\n^  \n|[\n2\n]\n",
        "{\n\"a\":1\n}\n|[\n2\n]^\n\n",
        "]]}|[^1]",
        "|{\"a\":1}}]^{\"b\":2}",
        "|12^3",
        "|\"a b^c\"",
        "\"a\" |\"b^\"",
        "  |[^1]",
        "  |^[1]",
        "^  |[1]",
        /* something else */
        "no JSON [he^re]\n",
        "[12:30] x^\n",
        "2026-11-20 |{\"a\":^1}\n",
        "[12:30] [main] ^got |{\"a\":1}\n[12:31] got {\"a\":2}\n",
        "[12:30] got {\"a\":1}\n[12:31] got |[1, {\"a\":^2}]\n[12:32] x\n",
        "<script>\nvar jsonData = |[{\"a\":^1}];\n</script>\n",
        "x={y} msg=\"{\\\"a\\\":0}\" |{\"a\":^1}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lined lined;
        char *data = strdup(cases[i]);
        size_t bar = strcspn(data, "|"), caret;
        bool json = true, is = data[bar] != '\0';
        uint64_t begin;
        if (data[bar])
            memmove(data + bar, data + bar + 1, strlen(data + bar));
        caret = strcspn(data, "^");
        memmove(data + caret, data + caret + 1, strlen(data + caret));
        bar -= bar > caret;
        lined_open(&lined, data, strlen(data));
        assert_int_equal(
            json_document(lined.known.nesting, lined.known.sample.reader, lined.lines, caret, &begin, &json),
            NESTING_FOUND);
        if (json != is || (is && begin != bar))
            fail_msg("%s: %d at %llu, not %zu", cases[i], json, (unsigned long long)begin, bar);
        lines_close(lined.known.sample.survey, lined.lines);
        known_close(&lined.known);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
