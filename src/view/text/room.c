/* SPDX-License-Identifier: MIT */
/* view: the text layout, how much room a row has for text beside the status column and the number. View thread. */
#include "text.h"

unsigned text_status(const struct canvas *canvas)
{
    return canvas->settings->status_column && canvas->columns > TEXT_STATUS_WIDTH ? TEXT_STATUS_WIDTH : 0;
}

unsigned text_margin(const struct canvas *canvas)
{
    unsigned width = canvas->number_width > TEXT_NUMBER_WIDTH ? canvas->number_width : TEXT_NUMBER_WIDTH;
    unsigned status = text_status(canvas);
    return status + (canvas->settings->numbers && canvas->columns > status + width ? width : 0);
}

unsigned text_width(const struct canvas *canvas)
{
    unsigned width = canvas->columns - text_margin(canvas);
    return width ? width : 1;
}

bool text_chopped(const struct canvas *canvas)
{
    return canvas->settings->chop || canvas->shift > 0;
}
