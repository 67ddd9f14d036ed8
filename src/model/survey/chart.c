/* SPDX-License-Identifier: MIT */
/*
 * model: the table of chunks that hold data, one for all summaries (see inside.h for the structure). Filled by one
 * worker at a time, in the order of the file; looked up by everybody.
 */
#include "chart.h"

#include "ticket.h"

/** Extents charted in one ticket, so that scanning starts before a much fragmented file is charted. */
#define CHART_EXTENTS 4096

uint64_t survey_ordinal(const struct survey *survey, size_t place)
{
    return *(const uint64_t *)ladder_at(&survey->ordinal, place);
}

size_t survey_place(const struct survey *survey, uint64_t ordinal)
{
    size_t low = 0, high = atomic_load_explicit(&survey->chunk_count, memory_order_acquire);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (survey_ordinal(survey, middle) < ordinal)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t summary_first(const struct summary *summary)
{
    return survey_place(summary->survey, summary->origin / SURVEY_CHUNK);
}

bool summary_reach(struct summary *summary, size_t place)
{
    for (; summary->reached <= place; summary->reached++)
        if (!ladder_reach(&summary->chunk, summary->reached))
            return false;
    return true;
}

/** Put the chunks of an extent of data into the table. (lock) False when out of memory. */
static bool chart_extent(struct survey *survey, struct range data)
{
    size_t count = atomic_load(&survey->chunk_count);
    uint64_t ordinal = data.begin / SURVEY_CHUNK, last = (data.end - 1) / SURVEY_CHUNK;
    if (count && survey_ordinal(survey, count - 1) >= ordinal)
        ordinal = survey_ordinal(survey, count - 1) + 1;
    for (; ordinal <= last; ordinal++, count++) {
        if (!ladder_reach(&survey->ordinal, count))
            return false;
        *(uint64_t *)ladder_at(&survey->ordinal, count) = ordinal;
        for (struct summary *summary = survey->summary; summary; summary = summary->next)
            if (!summary_reach(summary, count))
                return false;
        atomic_store_explicit(&survey->chunk_count, count + 1, memory_order_release);
    }
    return true;
}

/** Put `other` in where it begins before `*data`, or goes on where that ends; also where there is none yet. */
static void data_join(bool *found, struct range *data, struct range other)
{
    bool apart = !*found || other.end < data->begin;
    if (*found && other.begin > data->end)
        return;
    if (apart) {
        *data = other;
    } else {
        data->begin = other.begin < data->begin ? other.begin : data->begin;
        data->end = other.end > data->end ? other.end : data->end;
    }
    *found = true;
}

bool survey_data(const struct survey *survey, const struct surveyor *surveyor, struct range within,
                 uint64_t size, struct range *data)
{
    struct range other;
    if (survey->solid) {
        *data = within;
        return within.begin < within.end;
    }
    bool found = window_data(surveyor->window, within.begin, within.end, data);
    if (survey->beside < 0)
        return found;
    if (window_data(surveyor->beside, within.begin, within.end, &other))
        data_join(&found, data, other);
    /* Where one of the two ends, something begins that is in one of them only. */
    uint64_t end = survey->beside_size < size ? survey->beside_size : size - 1;
    if (end >= within.begin && end < within.end)
        data_join(&found, data, (struct range){end, end + 1});
    return found;
}

bool survey_chart(struct survey *survey, const struct ticket *ticket, const struct surveyor *surveyor)
{
    uint64_t at = atomic_load(&survey->charted);
    bool going = surveyor && window_holds(surveyor->window, ticket->size);
    bool possible = going;
    for (unsigned count = 0; going && count < CHART_EXTENTS && !atomic_load(&survey->stop); count++) {
        struct range data;
        bool found = at < ticket->size &&
                     survey_data(survey, surveyor, (struct range){at, ticket->size}, ticket->size, &data);
        pthread_mutex_lock(&survey->lock);
        bool current = survey->generation == ticket->generation;
        going = current && (!found || chart_extent(survey, data));
        possible = going || !current;
        if (going) {
            at = found ? data.end : ticket->size;
            atomic_store(&survey->charted, at);
        }
        pthread_mutex_unlock(&survey->lock);
        going = going && found;
    }
    pthread_mutex_lock(&survey->lock);
    survey->charting = false;
    pthread_mutex_unlock(&survey->lock);
    return possible;
}
