/* Who reaches what, as a picture: accounts on the left, groups in the middle, readers on the right. Where
 * there are many, those that are in the same groups share a box. */
#include "html.h"

#include "cc2oscam/protocols.h"

enum {
	BOXES_MOST = 20, /* of accounts, and of readers, before they share boxes */
	NAMES_SHOWN = 3,
	LABEL_MOST = 30, /* characters */
	ROW = 48,        /* from one box to the next */
	BOX_HEIGHT = 38,
	BOX_WIDTH = 250,
	GROUP_WIDTH = 70,
	GAP = 110,
	TOP = 34,
	GROUPS_X = BOX_WIDTH + GAP,
	READERS_X = GROUPS_X + GROUP_WIDTH + GAP,
	DIAGRAM_WIDTH = READERS_X + BOX_WIDTH + 2 /* the frames of the boxes stick out */
};

/* Accounts, or readers, that are in the same groups. */
struct box {
	struct bits groups;
	int32_t distance; /* of readers, in hops; how far accounts reach */
	uint8_t kind;
	uint32_t count;
	struct slice names; /* the first ones */
	int y;
};

struct column {
	struct list boxes;  /* struct box */
	bool shared;        /* a box may stand for several */
	struct bits groups; /* of all boxes */
};

/* Only groups and distances tell boxes apart, so that there are few, whatever the number of readers. */
static struct box *box_of(struct column *column, const struct section *section)
{
	for (uint32_t i = 0; column->shared && i < column->boxes.count; i++) {
		struct box *box = list_at(&column->boxes, i);
		if (bits_same(box->groups, section_groups(section)) && box->kind == section->kind &&
			box->distance == section->reach)
			return box;
	}
	struct box *box = list_add(&column->boxes);
	box->groups = section_groups(section);
	box->distance = section->reach;
	box->kind = section->kind;
	column->groups = bits_or(column->groups, box->groups);
	return box;
}

static void fill(
	struct column *column, const struct report *report, const struct list *sections, uint32_t count)
{
	char label[MASKED_ROOM];

	column->shared = count > BOXES_MOST;
	for (uint32_t i = 0; i < sections->count; i++) {
		const struct section *section = list_at(sections, i);
		if (section->kind == KIND_REMARK)
			continue;
		struct box *box = box_of(column, section);
		struct slice name = member_name(section, report->redact, label);
		if (box->count++ < NAMES_SHOWN)
			box->names = arena_format(column->boxes.arena, "%.*s%s%.*s", SLICE_ARG(box->names),
				box->count > 1 ? ", " : "", SLICE_ARG(name));
	}
}

/* Cut at whole characters. */
static struct slice short_text(struct arena *arena, struct slice text)
{
	struct buffer utf8 = {.arena = arena};
	size_t at = 0;

	add_utf8(&utf8, text);
	for (size_t columns = 0; at < utf8.len && columns < LABEL_MOST; columns++)
		at += utf8_length((struct slice){utf8.at + at, utf8.len - at});
	return arena_format(
		arena, "%.*s%s", (int)at, utf8.at ? utf8.at : "", at < utf8.len ? "\xe2\x80\xa6" : "");
}

/* "cccam, 1 hop"; "reaches 5 hops". */
static struct slice below(struct arena *arena, const struct box *box, bool readers)
{
	long hops = box->distance;

	if (!readers)
		return box->distance == REACH_ALL ? SLICE("reaches everything")
		       : box->distance == REACH_NOTHING
			       ? SLICE("reaches nothing")
			       : arena_format(arena, "reaches %ld hop%s", hops, hops == 1 ? "" : "s");
	if (box->kind == KIND_LOCAL)
		return SLICE("card in this box");
	return arena_format(arena, "%s, %ld hop%s", protocol_of_kind((enum section_kind)box->kind)->kept,
		hops, hops == 1 ? "" : "s");
}

static void put_node(struct html_object *diagram, const char *kind, int x, int y, int width,
	struct slice label, struct slice sub, struct slice full)
{
	struct html_object *node = html_add(diagram, HTML_nodes);

	html_text(node, HTML_kind, slice_of(kind));
	html_number(node, HTML_x, x);
	html_number(node, HTML_y, y);
	html_number(node, HTML_x2, x + width / 2);
	html_number(node, HTML_y2, y + (sub.len > 0 ? 16 : BOX_HEIGHT / 2 + 5));
	html_number(node, HTML_middle, y + 31);
	html_number(node, HTML_width, width);
	html_number(node, HTML_height, BOX_HEIGHT);
	html_text(node, HTML_label, label);
	html_text(node, HTML_sub, sub);
	html_text(node, HTML_full, full);
}

static void put_edge(struct html_object *diagram, int x, int y, int x2, int y2)
{
	struct html_object *edge = html_add(diagram, HTML_edges);

	html_number(edge, HTML_x, x);
	html_number(edge, HTML_y, y + BOX_HEIGHT / 2);
	html_number(edge, HTML_x2, x2);
	html_number(edge, HTML_y2, y2 + BOX_HEIGHT / 2);
	html_number(edge, HTML_middle, (x + x2) / 2);
}

static void put_boxes(struct html_object *diagram, struct column *column, int top, bool readers)
{
	struct arena *arena = html_arena(diagram);

	for (uint32_t i = 0; i < column->boxes.count; i++) {
		struct box *box = list_at(&column->boxes, i);
		struct slice sub = below(arena, box, readers);
		bool more = box->count > NAMES_SHOWN;
		box->y = top + (int)i * ROW;
		if (box->count > 1)
			sub = arena_format(arena, "%lu %s: %.*s", (unsigned long)box->count,
				readers ? "readers" : "accounts", SLICE_ARG(sub));
		struct slice full = arena_format(
			arena, "%.*s%s: %.*s", SLICE_ARG(box->names), more ? " ..." : "", SLICE_ARG(sub));
		put_node(diagram, readers ? "reader" : "account", readers ? READERS_X : 0, box->y, BOX_WIDTH,
			short_text(arena, box->names), sub, full);
	}
}

/* Group `number` at height `y`, with the lines to all boxes that are in it. */
static void put_group(struct html_object *diagram, unsigned number, int y, const struct column *accounts,
	const struct column *readers)
{
	struct slice label = arena_format(html_arena(diagram), "%u", number);

	put_node(diagram, "group", GROUPS_X, y, GROUP_WIDTH, label, (struct slice){NULL, 0},
		arena_format(html_arena(diagram), "group %u", number));
	for (uint32_t i = 0; i < accounts->boxes.count + readers->boxes.count; i++) {
		bool left = i < accounts->boxes.count;
		const struct box *box = left ? list_at(&accounts->boxes, i)
					     : list_at(&readers->boxes, i - accounts->boxes.count);
		if (bits_has(box->groups, number - 1))
			put_edge(diagram, left ? BOX_WIDTH : GROUPS_X + GROUP_WIDTH, left ? box->y : y,
				left ? GROUPS_X : READERS_X, left ? y : box->y);
	}
}

/* Columns are centred on the highest. */
static int top_of(unsigned count, unsigned highest)
{
	return TOP + (int)(highest - count) * ROW / 2;
}

void html_put_diagram(const struct report *report, struct html_object *page)
{
	const struct model *model = report->model;
	struct column accounts = {.shared = false}, readers = {.shared = false};

	if (model->reader_count == 0 && model->account_count == 0)
		return;
	list_init(&accounts.boxes, html_arena(page), sizeof(struct box));
	list_init(&readers.boxes, html_arena(page), sizeof(struct box));
	fill(&accounts, report, &model->accounts, model->account_count);
	fill(&readers, report, &model->readers, model->reader_count);
	struct bits groups = bits_or(accounts.groups, readers.groups);
	unsigned count = bits_count(groups), highest = count, bit;
	if (accounts.boxes.count > highest)
		highest = accounts.boxes.count;
	if (readers.boxes.count > highest)
		highest = readers.boxes.count;

	struct html_object *diagram = html_add(page, HTML_diagram);
	html_number(diagram, HTML_width, DIAGRAM_WIDTH);
	html_number(diagram, HTML_height, TOP + (int)highest * ROW);
	html_number(diagram, HTML_x, GROUPS_X);
	html_number(diagram, HTML_x2, READERS_X);
	put_boxes(diagram, &accounts, top_of(accounts.boxes.count, highest), false);
	put_boxes(diagram, &readers, top_of(readers.boxes.count, highest), true);
	int y = top_of(count, highest);
	for (; bits_take(&groups, &bit); y += ROW)
		put_group(diagram, bit + 1, y, &accounts, &readers);
}
