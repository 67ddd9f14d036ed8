/* SPDX-License-Identifier: MIT */
/**
 * fuzz: the configuration file. Whatever it says, what is set stays in its bounds, complaints are harmless lines, and
 * what is printed then is read without a complaint and prints the same.
 */
#include "folio/ui/option/config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/** Read a configuration and print what it makes. */
static void print(const char *text, size_t length, struct buf *printed, unsigned *wrong)
{
    static struct keymap keymap;
    struct options options;
    struct looks looks = looks_default();
    struct config config = {.options = &options, .keymap = &keymap, .looks = &looks};
    options_init(&options);
    if (!keymap_init(&keymap))
        abort();
    config_read(&config, "config", text, length);
    *wrong = config.error_count;
    for (size_t i = 0; i < config.errors.length; i++) {
        unsigned char byte = (unsigned char)config.errors.data[i];
        if (byte == 0x7f || (byte < ' ' && byte != '\n'))
            abort();
    }
    if (options.settings.tab_width < 1 || options.settings.tab_width > 255)
        abort();
    config_print(&config, printed);
    options_release(&options);
    config_release(&config);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf first = {0};
    struct buf second = {0};
    unsigned wrong;
    print((const char *)data, size, &first, &wrong);
    print(first.data, first.length, &second, &wrong);
    if (wrong > 0 || strcmp(buf_string(&first), buf_string(&second)) != 0)
        abort();
    buf_release(&first);
    buf_release(&second);
    return 0;
}
