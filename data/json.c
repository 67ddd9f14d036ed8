/* SPDX-License-Identifier: MIT */
/*
 * folio-generate: the kinds that are one single line, however large: JSON exports and wide text.
 *
 * A viewer that thinks in lines has to take these whole; that is what they are for. The JSON is put together from
 * pieces that are already escaped, so it is valid by construction: only brackets and commas need care, and each
 * record brings the comma before it, not the one after.
 */
#include "generate.h"

/** Words for a whole export, escaped as JSON wants it. A clause ends with its own blank. */
struct language {
    const struct piece *names;
    size_t name_count;
    const struct piece *clauses;
    size_t clause_count;
};
#define LANGUAGE(names, clauses)                                                                             \
    {                                                                                                        \
        names, COUNT(names), clauses, COUNT(clauses)                                                         \
    }

static const struct piece NAMES[] = {
    PIECE("Ada Marsh"),  PIECE("Jonas Reed"), PIECE("Priya Vale"),           PIECE("Tom Okoro"),
    PIECE("Lena Frost"), PIECE("Sam Castle"), PIECE("Ida \\\"Bee\\\" Lund"),
};

static const struct piece CLAUSES[] = {
    PIECE("The parcel came on a wet morning, and nobody was at home. "),
    PIECE("It had been packed with care: paper first, then straw, then paper again. "),
    PIECE("A note on the lid said \\\"this side up\\\", but it lay on the other. "),
    PIECE("We wrote the number down (twice, to be sure). "),
    PIECE("Nothing was broken.\\n"),
    PIECE("The neighbour signed for it with a pencil. "),
    PIECE("By noon the rain had stopped. "),
    PIECE("Path: C:\\\\parcels\\\\2024\\\\march.\\t"),
};

/* The same for the world: two, three and four bytes a character, joined emoji, and characters as escapes. */

static const struct piece WORLD_NAMES[] = {
    PIECE("Zoë Brücke"),
    PIECE("山田 花子"),
    PIECE("Łukasz Żółw"),
    PIECE("Ольга Лес"),
    PIECE("नीला वन"),
    PIECE("김 바다"),
    PIECE("Nu\\u0308ria S."),
    PIECE("\\ud83e\\udd8a Fuchs"),
    PIECE("👩‍🔬 Dr. 雪"),
};

static const struct piece WORLD_CLAUSES[] = {
    PIECE("荷物は雨の朝に届いた。"),
    PIECE("箱には「天地無用」と書いてあった。 "),
    PIECE("Посылка пришла утром, дома никого не было. "),
    PIECE("Le colis était emballé avec soin\\u00a0: papier, paille, papier. "),
    PIECE("Nichts war zerbrochen – „zum Glück“, sagte die Nachbarin. "),
    PIECE("📦 ➜ 🏠 ✅ "),
    PIECE("👨‍👩‍👧‍👦 signed for it 🖊️ 👍🏽. "),
    PIECE("상자는 괜찮았다. "),
    PIECE("Escapes: \\ud83d\\ude00 \\u4e2d\\u6587 \\/ \\b\\f\\t\\r \\\" \\\\ \\u001b[31m \\u202e. "),
    PIECE("e\\u0301 and é, n\\u0303 and ñ look alike.\\n"),
    PIECE("กล่องมาถึงแล้ว "),
};

static const struct language ASCII = LANGUAGE(NAMES, CLAUSES);
static const struct language WORLD = LANGUAGE(WORLD_NAMES, WORLD_CLAUSES);

/** An identifier as 36 characters, "8-4-4-4-12", version 4. */
struct uuid {
    char text[36];
};

/* The digits go into a shape that has the dashes, the version and the variant already. */
static void uuid_draw(struct writer *w, struct uuid *uuid)
{
    static const struct uuid SHAPE = {"........-....-4...-a...-............"};
    uint64_t high = random_next(w), low = random_next(w);
    *uuid = SHAPE;
    hex_format(uuid->text, high, 8);
    hex_format(uuid->text + 9, high >> 32, 4);
    hex_format(uuid->text + 15, high >> 48, 3);
    hex_format(uuid->text + 20, low, 3);
    hex_format(uuid->text + 24, low >> 16, 12);
}

/** Append an identifier, without quotes. */
static void put_uuid(struct writer *w, const struct uuid *uuid)
{
    put(w, uuid->text, sizeof uuid->text);
}

/** Append the note if this record has one, else `count` clauses. */
static void put_text(struct writer *w, const struct language *language, uint64_t count)
{
    if (w->note)
        put_note_json(w);
    else
        for (; count > 0; count--)
            put_piece(w, &language->clauses[random_below(w, language->clause_count)]);
}

/* json, json-utf8: an export of a database, {"export":{...},"items":[{...},{...}]} */

/* members that vary in kind: booleans, null, numbers with exponents, empty and nested containers */

static const struct piece STATES[] = {
    PIECE(",\"state\":\"sent\",\"paid\":true,\"refund\":null"),
    PIECE(
        ",\"state\":\"lost\",\"paid\":true,\"refund\":{\"amount\":-1.25e2,\"reasons\":[\"lost\",\"late\"]}"),
    PIECE(",\"state\":\"open\",\"paid\":false,\"refund\":null"),
    PIECE(",\"state\":\"sent\",\"paid\":true,\"refund\":{}"),
};

static const struct piece TAGS[] = {
    PIECE(",\"tags\":[]"),
    PIECE(",\"tags\":[\"fragile\"]"),
    PIECE(",\"tags\":[\"fragile\",\"gift\",\"night\"]"),
    PIECE(",\"tags\":[[\"a\",[1,[2,[3]]]],{\"deep\":{\"deeper\":{\"deepest\":0}}}]"),
};

/** Append a place; its digits are drawn as digits, so no floating point can differ between machines. */
static void put_place(struct writer *w)
{
    put_literal(w, ",\"place\":{\"latitude\":");
    put_number(w, random_below(w, 90));
    put_literal(w, ".");
    put_digits(w, random_next(w), 6);
    put_literal(w, ",\"longitude\":-");
    put_number(w, random_below(w, 180));
    put_literal(w, ".");
    put_digits(w, random_next(w), 6);
    put_literal(w, "}");
}

/** Append one item of about 400 bytes. */
static void put_item(struct writer *w, const struct language *language)
{
    struct uuid uuid;
    uuid_draw(w, &uuid);
    put_literal(w, "{\"id\":");
    put_number(w, w->record);
    put_literal(w, ",\"uuid\":\"");
    put_uuid(w, &uuid);
    put_literal(w, "\",\"owner\":\"");
    put_piece(w, &language->names[random_below(w, language->name_count)]);
    put_literal(w, "\"");
    put_one_of(w, STATES);
    put_place(w);
    put_one_of(w, TAGS);
    put_literal(w, ",\"text\":\"");
    put_text(w, language, 1 + random_skewed(w, 12));
    put_literal(w, "\"}");
}

/** Write a whole export in that language. */
static void write_export(struct writer *w, const struct language *language)
{
    put_literal(w, "{\"export\":{\"program\":\"folio-generate\",\"version\":1},\"items\":[");
    while (writer_next(w)) {
        if (w->record > 1)
            put_literal(w, ",");
        put_item(w, language);
    }
    put_literal(w, "]}\n");
}

void write_json(struct writer *w)
{
    write_export(w, &ASCII);
}

void write_json_utf8(struct writer *w)
{
    write_export(w, &WORLD);
}

/* chat: an array of conversations. Each holds its messages in `mapping`, an object keyed by node id, where a node
 * names its parent and its children: a tree, because an answer can be asked for again.
 *
 *      root (no message) - system (hidden) - user - assistant - user - assistant
 *                                                 `- assistant - user - ...       <- current_node is a leaf
 *
 * The visible thread is read from `current_node` up through the parents. */

enum { CHAT_NODES = 48 };

enum role { ROLE_ROOT, ROLE_SYSTEM, ROLE_USER, ROLE_ASSISTANT };

struct node {
    struct uuid id;
    enum role role;
    size_t parent; /**< index in the conversation; the root's own is 0 */
};

/** A conversation before it is put: a child is named before it comes, so all ids are drawn first. */
struct conversation {
    struct uuid id;
    uint64_t time; /**< when it began, in microseconds since 1970 */
    size_t count;
    struct node node[CHAT_NODES];
};

static const struct piece TITLES[] = {
    PIECE("Sourdough that does not rise"), PIECE("Reading a large file in C"),
    PIECE("Names for a grey cat"),         PIECE("Train to the coast"),
    PIECE("Caf\\u00e9 letter, French"),    PIECE("Moss on the roof \\ud83c\\udf3f"),
};

static const struct piece QUESTIONS[] = {
    PIECE("My bread stays flat. What can I do? "),
    PIECE("How do I read a file that is larger than memory? "),
    PIECE("Can you make it shorter, please? "),
    PIECE("Here is what I tried:\\n\\n    make && ./a.out big.json\\n\\n"),
    PIECE("Is that still true for \\u201clarge\\u201d files? "),
    PIECE("Thanks! \\ud83d\\ude42 One more thing: "),
};

static const struct piece ANSWERS[] = {
    PIECE("Start with the temperature of the water: lukewarm is enough. "),
    PIECE("Map the file, and touch only the pages you are going to show. "),
    PIECE("It depends on what you want to keep. "),
    PIECE("There are three things to look at, and the first is usually the one. "),
    PIECE("The kernel reads a page when it is touched, not before. "),
    PIECE("Give it an hour; it\\u2019s slower in winter. "),
    PIECE("That is a good sign \\u2013 it means that the yeast is alive. "),
    PIECE("You don\\u2019t need to know the length of the line for that. "),
};

/* what stands between two paragraphs: mostly nothing, sometimes Markdown */
static const struct piece BREAKS[] = {
    PIECE("\\n\\n"),
    PIECE("\\n\\n"),
    PIECE("\\n\\n## Steps\\n\\n1. Measure.\\n2. Change one thing.\\n3. Measure again.\\n\\n"),
    PIECE("\\n\\n- **First**: keep it small.\\n- *Then*: keep it simple.\\n\\n"),
    PIECE("\\n\\n```c\\nfor (size_t i = 0; i < count; i++)\\n\\tprintf(\\\"%zu\\\\n\\\", i);\\n```\\n\\n"),
    PIECE("\\n\\n| hour | height |\\n|---|---|\\n| 1 | 4 cm |\\n| 2 | 7 cm |\\n\\n"),
};

static const struct language ASKING = LANGUAGE(TITLES, QUESTIONS);
static const struct language ANSWERING = LANGUAGE(TITLES, ANSWERS);

static const struct piece AUTHORS[] = {
    [ROLE_SYSTEM] = PIECE("system"),
    [ROLE_USER] = PIECE("user"),
    [ROLE_ASSISTANT] = PIECE("assistant"),
};

/* One message in ten is asked for again: it becomes another child of the same parent. */
static void conversation_draw(struct writer *w, struct conversation *chat)
{
    uuid_draw(w, &chat->id);
    chat->time += 1000000 * (600 + random_below(w, 200000));
    chat->count = 4 + random_skewed(w, CHAT_NODES - 4);
    for (size_t i = 0; i < chat->count; i++) {
        struct node *node = &chat->node[i];
        bool again = i > 3 && random_once_in(w, 10);
        uuid_draw(w, &node->id);
        node->parent = i == 0 ? 0 : again ? chat->node[i - 1].parent : i - 1;
        enum role above = chat->node[node->parent].role;
        node->role = i < 2 ? (enum role)i : above == ROLE_USER ? ROLE_ASSISTANT : ROLE_USER;
    }
}

/** Append the list of a node's children. They come after it, so looking only there is enough. */
static void put_children(struct writer *w, const struct conversation *chat, size_t parent)
{
    bool first = true;
    put_literal(w, ",\"children\":[");
    for (size_t i = parent + 1; i < chat->count; i++) {
        if (chat->node[i].parent != parent)
            continue;
        if (!first)
            put_literal(w, ",");
        put_literal(w, "\"");
        put_uuid(w, &chat->node[i].id);
        put_literal(w, "\"");
        first = false;
    }
    put_literal(w, "]}");
}

/* Most answers are a few paragraphs; one in forty is long, as when a program was asked for. */
static void put_answer(struct writer *w)
{
    uint64_t paragraphs = random_once_in(w, 40) ? 20 + random_below(w, 60) : 1 + random_below(w, 5);
    put_text(w, &ANSWERING, 3);
    for (; paragraphs > 1; paragraphs--) {
        put_one_of(w, BREAKS);
        put_text(w, &ANSWERING, 1 + random_below(w, 5));
    }
}

/** Append what a message says: text, or from the user now and then a picture with a text. */
static void put_content(struct writer *w, enum role role)
{
    if (role == ROLE_SYSTEM) {
        put_literal(w, "{\"content_type\":\"text\",\"parts\":[\"\"]}");
    } else if (role == ROLE_ASSISTANT) {
        put_literal(w, "{\"content_type\":\"text\",\"parts\":[\"");
        put_answer(w);
        put_literal(w, "\"]}");
    } else if (random_once_in(w, 12)) {
        put_literal(
            w, "{\"content_type\":\"multimodal_text\",\"parts\":[{\"content_type\":\"image_asset_pointer\","
               "\"asset_pointer\":\"file-service://file-photo\",\"size_bytes\":48213,\"width\":1024,"
               "\"height\":768},\"");
        put_text(w, &ASKING, 1);
        put_literal(w, "\"]}");
    } else {
        put_literal(w, "{\"content_type\":\"text\",\"parts\":[\"");
        put_text(w, &ASKING, 1 + random_skewed(w, 4));
        put_literal(w, "\"]}");
    }
}

/** Append a time as seconds with a fraction, the way the exports have it. */
static void put_seconds(struct writer *w, uint64_t microseconds)
{
    put_number(w, microseconds / 1000000);
    put_literal(w, ".");
    put_digits(w, microseconds, 6);
}

/** Append the message of a node other than the root, with the members a real export has. */
static void put_message(struct writer *w, const struct conversation *chat, size_t index)
{
    const struct node *node = &chat->node[index];
    put_literal(w, "{\"id\":\"");
    put_uuid(w, &node->id);
    put_literal(w, "\",\"author\":{\"role\":\"");
    put_piece(w, &AUTHORS[node->role]);
    put_literal(w, "\",\"name\":null,\"metadata\":{}},\"create_time\":");
    put_seconds(w, chat->time + index * 40000000 + random_below(w, 20000000));
    put_literal(w, ",\"update_time\":null,\"content\":");
    put_content(w, node->role);
    put_literal(w, ",\"status\":\"finished_successfully\",\"end_turn\":");
    if (node->role == ROLE_ASSISTANT)
        put_literal(w, "true,\"weight\":1.0,\"metadata\":{\"model_slug\":\"example-1\",\"finish_details\":"
                       "{\"type\":\"stop\"}}");
    else if (node->role == ROLE_USER)
        put_literal(w, "null,\"weight\":1.0,\"metadata\":{}");
    else
        put_literal(w, "true,\"weight\":0.0,\"metadata\":{\"is_visually_hidden_from_conversation\":true}");
    put_literal(w, ",\"recipient\":\"all\",\"channel\":null}");
}

/** Append a member of `mapping`: the id, and under it the node. */
static void put_node(struct writer *w, const struct conversation *chat, size_t index)
{
    const struct node *node = &chat->node[index];
    put_literal(w, "\"");
    put_uuid(w, &node->id);
    put_literal(w, "\":{\"id\":\"");
    put_uuid(w, &node->id);
    put_literal(w, "\",\"message\":");
    if (node->role == ROLE_ROOT) {
        put_literal(w, "null,\"parent\":null");
    } else {
        put_message(w, chat, index);
        put_literal(w, ",\"parent\":\"");
        put_uuid(w, &chat->node[node->parent].id);
        put_literal(w, "\"");
    }
    put_children(w, chat, index);
}

/** Append a conversation; its current node is the last one, which is always a leaf. */
static void put_conversation(struct writer *w, const struct conversation *chat)
{
    put_literal(w, "{\"title\":\"");
    put_one_of(w, TITLES);
    put_literal(w, "\",\"create_time\":");
    put_seconds(w, chat->time);
    put_literal(w, ",\"update_time\":");
    put_seconds(w, chat->time + chat->count * 40000000);
    put_literal(w, ",\"mapping\":{");
    for (size_t i = 0; i < chat->count; i++) {
        if (i > 0)
            put_literal(w, ",");
        put_node(w, chat, i);
    }
    put_literal(w, "},\"moderation_results\":[],\"current_node\":\"");
    put_uuid(w, &chat->node[chat->count - 1].id);
    put_literal(w, "\",\"plugin_ids\":null,\"conversation_id\":\"");
    put_uuid(w, &chat->id);
    put_literal(
        w, "\",\"conversation_template_id\":null,\"gizmo_id\":null,\"is_archived\":false,\"safe_urls\":[],"
           "\"default_model_slug\":\"example-1\",\"voice\":null,\"id\":\"");
    put_uuid(w, &chat->id);
    put_literal(w, "\"}");
}

/* A conversation is a record: 2 KB to 70 KB, long enough that the next one is not on the same screen. */
void write_chat(struct writer *w)
{
    struct conversation chat = {.time = 1709280000000000};
    put_literal(w, "[");
    while (writer_next(w)) {
        conversation_draw(w, &chat);
        if (w->record > 1)
            put_literal(w, ",");
        put_conversation(w, &chat);
    }
    put_literal(w, "]\n");
}

/* wide: one line in which the number of bytes, characters and columns all differ */

static const struct piece WIDE[] = {
    PIECE("漢字とかな、"),
    PIECE("中文字符宽度为二，"),
    PIECE("한글은 두 칸이다. "),
    PIECE("plain letters "),
    PIECE("z\u0301e\u0302r\u0303o\u0308 marks "),
    PIECE("Ｆｕｌｌｗｉｄｔｈ "),
    PIECE("ﾊﾝｶｸ "),
    PIECE("👩‍🚀🏳️‍🌈👍🏽 "),
    PIECE("नमस्ते "),
    PIECE("สวัสดี "),
    PIECE("Ελλάδα, Россия, "),
};

void write_wide(struct writer *w)
{
    while (writer_next(w))
        if (w->note)
            put_note(w);
        else
            put_one_of(w, WIDE);
    put_literal(w, "\n");
}
