/* SPDX-License-Identifier: MIT */
/* session: pokes that a crash left open, and what became of them (see poking.h). View thread. */
#include "poking.h"

#include "folio/model/document/save.h"
#include "folio/model/poke/words.h"

void unfinished_look(struct session *session)
{
    struct poking *poking = poking_of(session);
    struct document *document = session->base.document;
    if (poking->look || session->options.secure || document_streamed(document))
        return;
    struct document_poke *task = document_poke_open(document, DOCUMENT_POKE_BOOK, NULL);
    if (task && document_poke_start(document, task, NULL)) {
        poking->look = task;
        poking->looked = document;
    } else {
        document_poke_close(task);
    }
}

/** Only the last entry of a byte is about what is there. */
static bool look_open(const struct journal_list *book, size_t which)
{
    bool open = book->entry[which].state == JOURNAL_INTENT;
    for (size_t later = which + 1; open && later < book->count; later++)
        open = book->entry[later].offset != book->entry[which].offset;
    return open;
}

/** What became of a poke that was not finished. */
static void look_say(const struct journal_entry *entry, struct buf *out)
{
    buf_text(out, "a poke was not finished: ");
    poke_words_say(entry->offset, entry->before, entry->after, out);
    if (entry->now == entry->after)
        buf_text(out, " landed, :undo takes it back");
    else if (entry->now == entry->before)
        buf_text(out, " never landed");
    else if (entry->now >= 0)
        buf_format(out, "; somebody else wrote %02x there", (unsigned)entry->now);
    else
        buf_text(out, "; the byte cannot be read now");
}

bool unfinished_looked(struct session *session)
{
    struct poking *poking = poking_of(session);
    struct document_poke *task = poking->look;
    struct stage *stage = &session->base;
    struct buf text = {0};
    size_t more = 0;
    if (!task || !document_poke_done(task))
        return false;
    poking->look = NULL;
    bool ours = poking->looked == stage->document && task->fine;
    for (size_t i = task->book.count; ours && i-- > 0;) {
        const struct journal_entry *entry = &task->book.entry[i];
        if (!look_open(&task->book, i))
            continue;
        poking->settle = poking->settle || entry->now == entry->before;
        if (text.length == 0)
            look_say(entry, &text);
        else
            more++;
    }
    if (more)
        buf_format(&text, "; and %zu more, see :pokes", more);
    if (text.length)
        stage_notice(stage, buf_string(&text));
    bool news = text.length > 0;
    buf_release(&text);
    document_poke_close(task);
    return news;
}
