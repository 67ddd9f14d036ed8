/* SPDX-License-Identifier: MIT */
/* cli: what --poke and --expect say (see the header). Pure but for memory. */
#include "words.h"

#include <string.h>

/** The offset `place`, an expression about the file of `scene`; NULL: it is only asked whether it is one. */
static enum reckon_result cli_poke_place(const char *place, const struct reckon_scene *scene,
                                         uint64_t *offset, struct error *error)
{
    *offset = 0;
    enum reckon_result result =
        scene ? reckon_place(place, scene, offset, error) : reckon_check(place, error);
    if (result != RECKON_OK || (!strchr("+-", place[0]) && !strpbrk(place, ".@")))
        return result;
    error_set(error, 0, "%s: there is no cursor to count from; from the end it is end-1", place);
    return RECKON_FAILED;
}

/** One text of --poke. */
static bool cli_poke_word(struct poke_words *words, const char *text, const struct reckon_scene *scene,
                          struct error *error)
{
    struct error reckoned;
    uint64_t offset;
    size_t length = poke_words_place(text);
    struct buf place = {0};
    if (poke_words_parse(words, text, error))
        return true;
    if (length == 0 || !buf_append(&place, text, length))
        return false;
    enum reckon_result result = cli_poke_place(buf_string(&place), scene, &offset, &reckoned);
    bool fine = result == RECKON_OK && poke_words_at(words, text, length, offset, error);
    /* What is a number and no more is told of as one. */
    if (result == RECKON_FAILED && strspn(text, "0123456789abcdefABCDEFxXKMGTkmgt") < length)
        *error = reckoned;
    buf_release(&place);
    return fine;
}

bool cli_poke_words(const struct cli_poke *wanted, const struct reckon_scene *scene, struct poke_words *words,
                    struct error *error)
{
    const char *text = buf_string(wanted->poke);
    const char *expect = buf_string(wanted->expect);
    bool fine = true;
    poke_words_release(words);
    while (fine && *text != '\0') {
        fine = cli_poke_word(words, text, scene, error);
        text += strlen(text) + 1;
    }
    if (fine && wanted->poke->length > 0 && words->count == 0)
        fine = error_set(error, 0, "--poke needs OFFSET=BYTE behind it");
    return fine && (*expect == '\0' || poke_words_expect(words, 0, expect, error));
}
