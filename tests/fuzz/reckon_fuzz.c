/* SPDX-License-Identifier: MIT */
/** fuzz: places as expressions. What is computed agrees with what is only checked, and a failure says why. */
#include "folio/base/words/reckon.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum reckon_result fuzz_read(void *context, uint64_t offset, unsigned char out[RECKON_BYTES],
                                    size_t length, struct error *error)
{
    (void)context;
    (void)error;
    memset(out, (int)(offset & 0xff), length);
    return RECKON_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct reckon_scene scene = {.cursor = size * 250, .size = size * 1000, .read = fuzz_read};
    struct error error = {0};
    uint64_t offset = UINT64_MAX;
    char *text = calloc(1, size + 1);
    memcpy(text, data, size);
    enum reckon_result checked = reckon_check(text, &error);
    if (checked != RECKON_OK && error.message[0] == '\0')
        abort();
    error = (struct error){0};
    enum reckon_result result = reckon_place(text, &scene, &offset, &error);
    if (result == RECKON_OK && (checked != RECKON_OK || offset > INT64_MAX))
        abort();
    if (result != RECKON_OK && (error.message[0] == '\0' || offset != UINT64_MAX))
        abort();
    free(text);
    return 0;
}
