/* Many receivers: finds them in folders, backup archives and a manifest's list, in an order that does not
 * change, and gives each a place of its own below the output folder.
 *
 * One thread makes the fleet, adds the inputs and has everything found: fleet_items lists folders and makes
 * names, and opens no file but where one receiver has several CCcam.cfg. From then on the list does not
 * change, and any thread may open any item: fleet_open reads its file or archive, and gives the receivers in
 * it. What it gives lives in the thread's arena, but for what fleet_close frees:
 *
 *     const struct list *items = fleet_items(fleet);
 *     for each of items->count:
 *         fleet_open(list_at(items, i), &limits, &arena, &receivers);
 *         for each of receivers.count: convert it, with an arena of its own
 *         fleet_close(&receivers); arena_reset(&arena);
 *
 * The items with their names depend on the inputs only. Receivers are in order by their item, then by their
 * place in the item. */
#ifndef CC2OSCAM_FLEET_H
#define CC2OSCAM_FLEET_H

#include "cc2oscam/source.h"
#include "cc2oscam/translate.h"

struct fleet;

/* What a receiver is: a CCcam.cfg at any depth. When its path below the INPUT ends with a known place
 * (places.h), the folder above that is the receiver's root, where its side files are looked up by absolute
 * paths; else they are beside it. Of the known places of one root the first counts, and others only when they
 * say something else: they are receivers of their own, called "lr.var_etc", with a notice. Links at known
 * places lead where they lead on the receiver, all others must lead to something below the INPUT; folders
 * that are links are not entered, and a file that a root above has taken is not taken again. In an archive
 * the same goes, but a CCcam.cfg at no known place counts only when none is at one. Key files are never
 * opened. */

/* Names are paths below the output folder: "lr", "site/lr". They have the bytes A-Z a-z 0-9 . _ - and / as it
 * is used in paths, at most FLEET_NAME_MOST of them; no part is empty or begins with a dot. No two names of a
 * fleet are the same but for capitals, and none is a folder above another one.
 *
 * A receiver's name follows from its own place. With one INPUT it is the path of its root below that folder,
 * the folder's own name for the root itself, and the file's name without its ending for an archive or a
 * single file; of a single CCcam.cfg it is the name of its root's folder. With several INPUTs (those of a
 * manifest do not count) each is called by the shortest end of its path that no other
 * is called by (src/fleet/inputs.h); that stands in front. What is not allowed becomes _. What is too
 * long is cut, and ends with a hash.
 *
 * Names may clash all the same: other bytes became _, they differ only in capitals, lr lies beside lr.tar.gz.
 * Then a file's name keeps its ending, or the name ends with a hash of the place; who keeps the plain name
 * follows from the neighbours (src/fleet/names.h). Only when those in different folders clash is it the
 * first that has it. A name that would lie within another receiver's folder has _ for its / and such a
 * hash, so that it is nobody else's. Names that a manifest gives are reserved before all others. */
enum {
	FLEET_NAME_MOST = 100,
	FLEET_NAME_MOST_GIVEN = 60 /* of archives, single files and manifests: in one there may be several */
};

/* Does the `shard`-th of `shards` parts, from 1; 1 of 1 does all. Which part an item belongs to follows from
 * the name that it would have if it were alone, and from nothing else. Free it with fleet_free. */
struct fleet *fleet_new(unsigned shard, unsigned shards);
void fleet_free(struct fleet *fleet);

/* A folder, which is searched, a single file, or an archive, under whatever name. That it cannot be read is
 * found out by fleet_items: it is a failed receiver. Add all inputs before fleet_check and the first
 * fleet_items. */
void fleet_add(struct fleet *fleet, const char *path);
/* The folder that results are written to: it is not searched where it lies in an input. */
void fleet_leave_out(struct fleet *fleet, const char *output);
/* False with the reason: of those that fleet_add added two are the same, or one lies within another; or
 * results would be written among what is searched. */
bool fleet_check(struct fleet *fleet, struct buffer *why);
/* One receiver with its name, from a manifest: a file, an archive, or a folder that is its root or has its
 * CCcam.cfg. A folder that is no receiver itself is searched; when there are several in it, the name is that
 * of a folder with theirs, as of an archive. `tag` comes back with each. False with the reason: the name is
 * not allowed, or taken. */
bool fleet_add_named(
	struct fleet *fleet, const char *path, const char *name, const void *tag, struct buffer *why);

/* A name that fleet_add_named allows, made of words in which / separates folders; in the arena. */
struct slice fleet_name_of(struct arena *arena, const char *words);

/* One file to read, or what could not be found. All texts live as long as the fleet, zero-terminated. */
struct fleet_item {
	const char *name; /* unique; of an archive with several receivers the folder that holds theirs */
	const char *path; /* the file; as a person would call it */
	const char *root; /* the receiver's root, where side files are looked up by absolute paths; NULL: they
			     are beside the file */
	const char *failed; /* why there is nothing to convert, or NULL */
	const char *notice; /* something to say about it, or NULL */
	const void *tag;    /* of fleet_add_named, or NULL */
	bool archive;
	bool alone; /* as in struct choices */
};

/* All items of this shard (struct fleet_item). The first call finds them; a million receivers take some 300
 * MB. */
const struct list *fleet_items(struct fleet *fleet);

/* How much of an archive is read before it counts as hostile. */
struct fleet_limits {
	uint64_t file; /* bytes of one file that is kept */
	uint64_t kept; /* bytes of all of them, and of links */
	uint64_t entries;
	uint64_t unpacked; /* bytes in all */
	uint64_t harmless; /* so many bytes in all may come out of any archive */
	uint64_t ratio;    /* more than those: at most so many for each byte of the archive */
};

/* SOURCE_MOST, two of those, 1,000,000, 4 GiB, 100 MiB, 1000 */
struct fleet_limits fleet_limits_default(void);

/* One receiver. What can be converted has failed == NULL. */
struct receiver {
	const char *name;          /* below the output folder */
	const char *origin;        /* "backups/lr/etc/CCcam.cfg", "backups/attic.tar.gz:etc/CCcam.cfg" */
	struct source source;      /* its CCcam.cfg; source.path is origin */
	const char *failed;        /* a sentence without the origin, or NULL */
	const char *notice;        /* something to say about it, or NULL */
	const char *root, *folder; /* as in struct choices */
	const struct side_provider *sides; /* as in struct choices */
	bool no_devices, alone;            /* as in struct choices */
	const void *tag;                   /* the item's */
};

/* At least one. */
struct receivers {
	struct receiver *at;
	uint32_t count;
};

/* Reads the item's file. Of an archive only what a receiver needs is kept; nothing is unpacked to the disk,
 * and only side files that are asked for come out. Its receivers are named by the item when there is one, and
 * item/root when there are several. */
void fleet_open(const struct fleet_item *item, const struct fleet_limits *limits, struct arena *arena,
	struct receivers *receivers);
/* The same for an item that cannot be opened: one receiver, which failed. */
void fleet_open_failed(
	const struct fleet_item *item, const char *why, struct arena *arena, struct receivers *receivers);
void fleet_close(struct receivers *receivers);

/* Sets what the translation has to know of the receiver's files. */
void receiver_choose(const struct receiver *receiver, struct choices *choices);

/* What is no receiver, but may have been meant as one (const char *), after fleet_items: folders right below
 * the INPUTs without a receiver in them, or else files in the INPUTs that have not the name of one. */
const struct list *fleet_passed_by(const struct fleet *fleet, bool folders);

/* By its name: the ending is one of .tar, .tar.gz, .tgz and so on, .zip. A file that was added by its own
 * name is also taken for one by its first bytes; no file that is found in a folder is. */
bool fleet_is_archive(const char *path);

#endif
