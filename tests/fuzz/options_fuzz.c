/* SPDX-License-Identifier: MIT */
/**
 * fuzz: the reading of options. The first line is $LESS, each line behind it a word of the command line; `:`
 * lines are parsed as well, for they come from + commands.
 */
#include "folio/ui/option/options.h"

#include "folio/ui/command/command.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define WORDS 32

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = calloc(1, size + 1);
    char *argv[WORDS + 2] = {(char[]){"folio"}};
    int argc = 1;
    struct options options;
    struct error error = {0};
    struct invocation invocation;
    if (!text)
        return 0;
    memcpy(text, data, size);
    char *rest = text;
    char *less = strsep(&rest, "\n");
    while (rest && argc <= WORDS)
        argv[argc++] = strsep(&rest, "\n");
    options_init(&options);
    options_environment(&options, less);
    bool fine = options_arguments(&options, argc, argv, &error);
    if (!fine && error.message[0] == '\0')
        abort();
    for (size_t i = 0; i < options.path_count; i++)
        (void)command_parse(options.path[i], &invocation, &error);
    if (options.settings.tab_width < 1 || options.settings.tab_width > 255)
        abort();
    options_release(&options);
    free(text);
    return 0;
}
