/* All files or none: what stands in the folder after success, after failures, and meanwhile. */
#define UNIT_OWN_MAIN /* the scripts are tests, too */
#include "files_script.h"

#define LONG_NAME "*255"
#define PREPARED                                                                                             \
	"folder folder; pipe pipe; file file ; link dangling nowhere; link loop loop; link to-folder "       \
	"folder; "                                                                                           \
	"link to-slash file/; "
/* Refused, whether it is opened or read. */
#define REFUSED(name, why)                                                                                   \
	{                                                                                                    \
		"not a plain file: " name,                                                                   \
			PREPARED "begin r; exists " name "; open " name " ! /" name ": " why                 \
				 "; end; begin r; read " name " ! /" name ": " why "; end; count . 7"        \
	}
/* The real file is replaced where it is, and the links stay. */
#define FOLLOWED(text, real, here, sub)                                                                      \
	{                                                                                                    \
		"a link to " text,                                                                           \
			"folder sub; file " real " old; link x " text "; link hop sub/real.txt; note l x; "  \
			"begin r; put x new; put y other; done; noted l x; is x new; is " real               \
			".bak old; count . " here "; count sub " sub                                         \
	}
#define MADE_AND_REMOVED(path)                                                                               \
	{                                                                                                    \
		"made folders go with abort: " path,                                                         \
			"folder old; begin - " path "; open oscam.conf; count old 1; abort; count old 0"     \
	}
/* Somebody else's change, and what is there afterwards. */
#define CHANGED(title, change, name, theirs, left)                                                           \
	{                                                                                                    \
		"changed by others " title,                                                                  \
			OLD_SET NEW_SET change "; commit ! by somebody else meanwhile; end; is " name        \
					       " " theirs "; is oscam.conf old conf; count . " left          \
	}
#define LINK_OF_ANOTHER(name)                                                                                \
	{                                                                                                    \
		"another's link or file: " name,                                                             \
			"root; file real theirs; link between real; link x between; own " name               \
			"; begin r; open x ! /x: is a link to another owner's file; end; is real theirs; "   \
			"count . 3"                                                                          \
	}
#define WITHOUT_LINKS(title, trouble)                                                                        \
	{                                                                                                    \
		"without links" title,                                                                       \
			OLD_SET trouble NEW_SET "done; is oscam.user new user; is oscam.user.bak old user; " \
						"is oscam.server new server; count . 4"                      \
	}
#define NO_RECORD(text)                                                                                      \
	{                                                                                                    \
		"a record that leads to " text,                                                              \
			"folder .cc2oscam; folder .cc2oscam/new; link .cc2oscam/new/x " text                 \
			"; begin - ! (a run of cc2oscam that was killed left ; end; remove "                 \
			".cc2oscam/new/x; "                                                                  \
			"begin -; count . 0"                                                                 \
	}
/* A state in which a killed process can leave a file. */
#define KILLED(title, steps, text)                                                                           \
	{                                                                                                    \
		"killed: " title, "folder .cc2oscam; folder .cc2oscam/new; folder .cc2oscam/old; file "      \
				  ".cc2oscam/new/x ; "                                                       \
				  "file .x.cc2oscam-old old; " steps "; begin -; end; is x " text            \
				  "; is x.bak old; count . 2"                                                \
	}

static const struct script scripts[] = {
	/* a folder that is there, without old files */
	{"all have their names after the commit",
		"begin -; open oscam.server; write [reader]; open oscam.user; write [acc; write ount]; "
		"commit; fsyncs 9; abort; end; count . 2; is oscam.server [reader]; is oscam.user [account]; "
		"mode oscam.user 600; plain oscam.user"},
	{"until the commit there are only hidden ones",
		"begin -; put oscam.server 1; put oscam.user 2; count . 3; absent oscam.server; "
		"mode .oscam.server.cc2oscam-new 600; mode .oscam.user.cc2oscam-new 600; mode .cc2oscam 711; "
		"end; count . 0"},
	{"every kind of file is seen",
		PREPARED "begin -; exists file; exists folder; exists dangling; absent nothing"},
	{"writing goes on",
		"most 4; fail write 1 2 EINTR; begin -; put x 1; put y many words; commit; is y many words"},
	{"a failed write stops all", "begin -; put x 1; open y; fail write 0 1 ENOSPC; write 2 ! /y: cannot "
				     "write: No space left on device; fail write 0 1 EIO; write 3 ! /y: "
				     "cannot write: No space left on device; commit !; abort; count . 0"},
	{"flushing is repeated", "begin -; put x 1; put y 2; fail fsync 0 2 EINTR; commit; fsyncs 11"},
	{"flushing is not possible", "begin -; put x 1; put y 2; fail fsync 0 9 EINVAL; commit"},
	{"no file is a set", "begin -; done; count . 0"},
	{"a name twice",
		"begin -; open x; open x ! /x: cannot create: File exists; open y !; end; end; count . 0"},
	{"no room for a tenth file",
		"begin -; open 1; open 2; open 3; open 4; open 5; open 6; open 7; open 8; open 9; "
		"open 10 ! /10: cannot create: Too many open files; commit !; end; count . 0"},

	/* a folder that is new appears with all that is in it */
	{"missing folders are made",
		"begin - a//./b/c/.; put oscam.conf 1; put y 2; is a/b/.c.cc2oscam/y 2; mode a/b/.c.cc2oscam "
		"700; absent z; commit; fsyncs 6; exists oscam.conf; end; is a/b/c/oscam.conf 1; is a/b/c/y "
		"2; mode a/b/c/oscam.conf 600; mode a 700; mode a/b/c 700; count a/b 1"},
	{"flushing is left to the caller, in a new folder",
		"begin d a; descriptors; put x 1; put y 2; descriptors 1; close; descriptors 0; commit; "
		"fsyncs 0; end; count a 2"},
	{"flushing is left to the caller, in an old folder",
		"folder a; begin d a; descriptors; put x 1; put y 2; descriptors 2; close; descriptors 1; "
		"commit; fsyncs 0; end; count a 2"},
	{"a long name is cut in the hidden one",
		"begin - " LONG_NAME "; put x 1; done; count " LONG_NAME " 1; count . 1"},
	{"what a killed process left is removed, and whoever comes first has the folder",
		"folder .a.cc2oscam; file .a.cc2oscam/oscam.user ; chmod .a.cc2oscam/oscam.user 600; begin - "
		"a; count .a.cc2oscam 0; other - a ! /a: another cc2oscam is writing there; put oscam.conf "
		"1; commit; other - a ! /a: another cc2oscam is writing there"},
	{"also beside a folder that is there by now",
		"folder a; folder .a.cc2oscam; file .a.cc2oscam/oscam.user ; "
		"chmod .a.cc2oscam/oscam.user 600; begin - a; count . 1"},
	{"where nothing can be locked", "fail flock 0 1 ENOLCK; begin - a; end; count . 0"},
	{"a folder that another process finishes is no rubbish",
		"folder .a.cc2oscam; file .a.cc2oscam/oscam.conf theirs; when flock 0 move .a.cc2oscam a; "
		"begin - a; put oscam.conf ours; commit ! /a: was made by somebody else meanwhile; end; is "
		"a/oscam.conf theirs; count . 1"},
	{"a file in the way of the hidden folder", "file .a.cc2oscam theirs; begin - a ! .a.cc2oscam beside "
						   "it is in the way: Not a directory; end; "
						   "is .a.cc2oscam theirs"},
	{"a link in the way of the hidden folder",
		"folder real; file real/file theirs; link .a.cc2oscam real; begin - a ! in the way; end; "
		"is real/file theirs"},
	{"a hidden folder with a folder in it",
		"folder .a.cc2oscam; folder .a.cc2oscam/b; begin - a ! in the way"},
	{"a hidden folder of another", "root; folder .a.cc2oscam; own .a.cc2oscam; "
				       "begin - a ! /a: cannot make the folder, for .a.cc2oscam beside it is "
				       "in the way: Permission denied"},
	{"a folder that appears meanwhile", "begin - a; put oscam.conf 1; folder a; commit ! /a: was made by "
					    "somebody else meanwhile; end; count . 1"},
	{"the same on an old kernel", "begin - a; put oscam.conf 1; folder a; fail renameat2 0 1 ENOSYS; "
				      "commit ! /a: was made by somebody else meanwhile; end; count . 1"},
	{"a folder that is not new", "folder a; file a/oscam.conf old; begin n a; put oscam.conf new; commit "
				     "! /a: was made by somebody else meanwhile; end; "
				     "count . 1; is a/oscam.conf old"},
	{"a new folder without renameat2",
		"fail renameat2 0 1 EINVAL; begin - a; put oscam.conf 1; done; is a/oscam.conf 1"},
	{"a name that may not last is taken back", "begin - a; put oscam.conf 1; fail fsync 2 1 EIO; commit "
						   "! /a: cannot flush the folder above: ; end; count . 0"},
	{"or stays where that fails",
		"begin - a; put oscam.conf 1; fail fsync 2 1 EIO; fail renameat2 1 1 EIO; commit; "
		"left /a: cannot flush the folder above: ; end; is a/oscam.conf 1; count . 1"},
	{"a link to a folder that is not there", "link a nowhere; begin - a; put oscam.conf 1; commit ! /a: "
						 "is a link to a folder that is not there; end; count . 1"},
	{"looking changes nothing", "begin l a; read x; absent x; end; count . 0; file x 1; folder "
				    ".cc2oscam; begin l; read x 1; end; count . 2"},
	MADE_AND_REMOVED("old/a/b/c"),
	MADE_AND_REMOVED("old/a//b/./c/"),
	MADE_AND_REMOVED("old/a"),
	MADE_AND_REMOVED("old/../old/a/b"),
	{"made folders that others use stay",
		"begin - a/b; file a/other theirs; end; is a/other theirs; count a 1"},
	{"no way up from a missing folder", "folder old; begin - a/../old/b ! a/../old/b: cannot make the "
					    "folder: No such file or directory; end; count . 1; count old 0"},
	{"a file is no folder", "file x ; begin - x ! /x: cannot open the folder: Not a directory"},
	{"no folder at all", "begin - = ! : cannot make the folder: No such file or directory"},
	{"a name that is too long",
		"begin - a/*300 ! : cannot make the folder: File name too long; end; count . 0"},
	{"the top of the system",
		"begin l =/; read dev/null/x ! /dev/null/x: cannot be looked at: Not a directory"},

	/* over an old set */
	{"rights and others are kept",
		OLD_SET "chmod oscam.user 640; own oscam.user; note u oscam.user; note c oscam.conf; " NEW_SET
			"mode .oscam.user.cc2oscam-new 640; is oscam.user old user; done; count . 4; "
			"is oscam.conf old conf; is oscam.user new user; is oscam.user.bak old user; "
			"is oscam.server new server; noted u oscam.user.bak; noted c oscam.conf; "
			"mode oscam.server 600; plain oscam.user; plain oscam.user.bak; mode oscam.user 640; "
			"mode oscam.user.bak 640; owned oscam.user; owned oscam.user.bak"},
	{"an owner that cannot be kept",
		"root; " OLD_SET
		"own oscam.user; begin r; fail fchown 0 1 EPERM; open oscam.user ! /oscam.user: its "
		"owner and group cannot be kept (run it as that owner, or as root): Operation not permitted; "
		"end; " ARE_OLD},
	{"rights that cannot be kept", OLD_SET "chmod oscam.user 640; begin r; fail fchmod 0 1 EPERM; "
					       "open oscam.user ! /oscam.user: its rights cannot be kept: "
					       "Operation not permitted; end; " ARE_OLD},
	{"a list that cannot be kept", OLD_SET "begin r; fail xattr 0 1 EIO; open oscam.user ! /oscam.user: "
					       "its access control list cannot be "
					       "kept: Input/output error; end; " ARE_OLD},
	{"a file system without lists", OLD_SET "fail xattr 0 1 EOPNOTSUPP; " NEW_SET "done"},
	{"backups are numbered", "file x 0; link x.bak.2 nowhere; begin r; put x 1; done; begin r; put x 2; "
				 "done; begin r; put x 3; done; begin r; put x 4; done; is x 4; is x.bak 0; "
				 "is x.bak.1 1; is x.bak.3 2; is x.bak.4 3; count . 6"},
	{"without replace old files are refused", OLD_SET
		"begin -; put oscam.server new; open oscam.user ! /oscam.user: is there already; commit !; "
		"end; " ARE_OLD},
	{"old files are read", OLD_SET
		"begin r; read oscam.server; open oscam.server; read oscam.user old user; "
		"read oscam.conf old conf; write new server; put oscam.user new user; done; "
		"is oscam.server new server; is oscam.user new user; is oscam.conf old conf; count . 4"},
	CHANGED("before the commit", "file oscam.user longer", "oscam.user", "longer", "2"),
	CHANGED("by another file", "new oscam.user other", "oscam.user", "other", "2"),
	CHANGED("by a new file", "file oscam.server other", "oscam.server", "other", "3"),
	CHANGED("while it gets a second name", "when link 0 new oscam.user other", "oscam.user", "other",
		"2"),
	CHANGED("while it has one", "when fsync 4 file oscam.user longer", "oscam.user", "longer", "2"),
	/* the old file, once ours had a hold on it, is kept as well */
	CHANGED("while it is exchanged", "when renameat2 0 new oscam.user other",
		"oscam.user.bak old user; is oscam.user", "other", "3"),
	CHANGED("by a new file at the last moment", "when symlink 3 file oscam.server other", "oscam.server",
		"other", "3"),
	CHANGED("through the link", "when fsync 6 file oscam.user longer", "oscam.user", "longer", "2"),
	{"what was only read must not change",
		OLD_SET "begin r; read oscam.user old user; put oscam.server new; file oscam.user changed; "
			"commit ! /oscam.user: was changed by somebody else"},
	{"without renameat2",
		OLD_SET "file oscam.user.bak older user; " NEW_SET "fail renameat2 0 100 ENOSYS; done; "
			"is oscam.user new user; is oscam.user.bak older user; is oscam.user.bak.1 old user; "
			"is oscam.server new server; count . 5"},
	{"one process at a time",
		OLD_SET NEW_SET "other r ! another cc2oscam is writing there; done; is oscam.user new user"},
	{"what is left after the commit is removed by the next run", OLD_SET NEW_SET
		"fail unlink 1 1 EIO; commit; left .cc2oscam: cannot be removed: ; end; "
		"is oscam.user new user; count . 5; begin -; count . 4; is oscam.user.bak old user"},

	/* links, and file systems without them */
	REFUSED("folder", "is no plain file"),
	REFUSED("pipe", "is no plain file"),
	REFUSED("dangling", "is a link that leads nowhere"),
	REFUSED("loop", "cannot follow the link"),
	REFUSED("to-folder", "is no plain file"),
	REFUSED("to-slash", "cannot follow the link"),
	FOLLOWED("real.txt", "real.txt", "6", "0"),
	FOLLOWED("sub/real.txt", "sub/real.txt", "4", "2"),
	FOLLOWED("%/sub/real.txt", "sub/real.txt", "4", "2"),
	FOLLOWED("hop", "sub/real.txt", "4", "2"),
	FOLLOWED("sub/../sub/real.txt", "sub/real.txt", "4", "2"),
	LINK_OF_ANOTHER("x"),
	LINK_OF_ANOTHER("real"),
	LINK_OF_ANOTHER("between"),
	{"two names of one file", "file x 1; link y x; begin r; put x 2; open y ! /y: leads to the same file "
				  "as x; end; is x 1; count . 2"},
	WITHOUT_LINKS("", "no-links; "),
	WITHOUT_LINKS(" but symbolic ones", "fail link 0 100 EPERM; "),
	WITHOUT_LINKS(" and renameat2", "no-links; fail renameat2 0 100 EINVAL; "),
	{"no more links, as is found out at the second file", OLD_SET
		"begin r; fail link 1 1 EMLINK; put oscam.user new user; put oscam.conf new conf; done; "
		"is oscam.user.bak old user; is oscam.conf.bak old conf; is oscam.conf new conf; count . 4"},
	{"without links, what appears is not written over",
		OLD_SET "note u oscam.user; no-links; " NEW_SET "when renameat2 1 file oscam.server theirs; "
			"commit ! /oscam.server: cannot be replaced: File exists; end; noted u oscam.user; "
			"is oscam.user old user; is oscam.server theirs; count . 3"},
	{"without links, two failures: the next run goes on", OLD_SET
		"no-links; " NEW_SET "fail renameat2 1 1 EIO; fail rename 1 1 EIO; "
		"commit ! the next run goes on with it; end; is oscam.user new user; calm; begin -; end; "
		"is oscam.user new user; is oscam.user.bak old user; is oscam.server new server; count . 4"},
	{"hidden files of ours are rubbish, those of other sets are not",
		"folder sub; file sub/real old; file .x.cc2oscam-new rubbish; file sub/.real.@.cc2oscam-new "
		"rubbish; file sub/.real.1-2.cc2oscam-new another's; link y sub/real; begin r; put x 1; put "
		"y 2; done; count . 3; count sub 3; is sub/.real.1-2.cc2oscam-new another's; is y 2; folder "
		".x.cc2oscam-new; begin r; open x ! /x: cannot create; end; is x 1; remove .x.cc2oscam-new; "
		"count . 3"},
	{"a file where the folder of the swap has to be",
		"file .cc2oscam theirs; begin - ! /.cc2oscam: is in the way: Not a directory; end; is "
		".cc2oscam theirs"},
	NO_RECORD("nothing"),
	NO_RECORD("../../x"),
	NO_RECORD("/etc/passwd"),
	NO_RECORD("/nowhere/.x.1-2.cc2oscam-new"),
	NO_RECORD("../../.cc2oscam-new"),
	NO_RECORD("/.1-2.cc2oscam-new"),
	KILLED("exchanged, though somebody else had just replaced the file",
		"file .x.cc2oscam-new new; link .cc2oscam/current old; link x .cc2oscam/current/x; "
		"file .x.cc2oscam-link theirs",
		"theirs"),
	KILLED("somebody else replaced the link to the new file",
		"file .x.cc2oscam-new new; link .cc2oscam/current new; file x theirs", "theirs"),
	KILLED("somebody else replaced the link to the old file",
		"file .x.cc2oscam-new new; link .cc2oscam/current old; file x theirs", "theirs"),
	/* one by one, where renaming is linking and unlinking: both names are there */
	KILLED("the new file has two names",
		"file .x.cc2oscam-new new; folder .cc2oscam/current; twin x .x.cc2oscam-new", "new"),
	KILLED("the old file has two names",
		"folder .cc2oscam/current; file x new; twin x.bak .x.cc2oscam-old", "new"),
	KILLED("the old one is gone, and somebody else was quick",
		"file .x.cc2oscam-new new; folder .cc2oscam/current; file x theirs", "theirs"),
};

/* An access control list for the user 12345, as the system keeps it: tag, rights, id. */
static void access_control_lists_are_kept(void **state)
{
	static const char list[] = "system.posix_acl_access";
	static const unsigned char value[] = {2, 0, 0, 0, 1, 0, 6, 0, 255, 255, 255, 255, 2, 0, 4, 0, 0x39,
		0x30, 0, 0, 4, 0, 0, 0, 255, 255, 255, 255, 16, 0, 4, 0, 255, 255, 255, 255, 32, 0, 0, 0, 255,
		255, 255, 255};
	struct scene *scene = *state;
	unsigned char kept[sizeof value];

	do_steps(scene, OLD_SET);
	if (setxattr(in(scene, "oscam.user"), list, value, sizeof value, 0) != 0) {
		print_message("skipped: this file system keeps no access control lists\n");
		skip();
	}
	do_steps(scene, NEW_SET "done; mode oscam.user 640");
	assert_int_equal(getxattr(in(scene, "oscam.user"), list, kept, sizeof kept), sizeof kept);
	assert_memory_equal(kept, value, sizeof value);

	/* a list that new files of the folder get is not for one that had none */
	start_over(scene);
	do_steps(scene, OLD_SET);
	assert_int_equal(setxattr(scene->top, "system.posix_acl_default", value, sizeof value, 0), 0);
	do_steps(scene, NEW_SET "done");
	assert_int_equal(getxattr(in(scene, "oscam.user"), list, kept, sizeof kept), -1);
}

static void large_files_are_whole(void **state)
{
	enum { PIECE = 3 << 20, PIECES = 7 };
	struct scene *scene = *state;
	char *piece = calloc(PIECE, 1);
	struct stat status;

	assert_non_null(piece);
	do_steps(scene, "begin -; open large");
	for (int i = 0; i < PIECES; i++)
		assert_true(output_write(&scene->output, piece, PIECE));
	free(piece);
	do_steps(scene, "commit");
	assert_int_equal(stat(in(scene, "large"), &status), 0);
	assert_int_equal(status.st_size, (off_t)PIECE * PIECES);
}

int main(void)
{
	enum { SCRIPTS = sizeof scripts / sizeof *scripts };
	struct CMUnitTest tests[SCRIPTS + 2] = {
		cmocka_unit_test_setup_teardown(access_control_lists_are_kept, set_up, tear_down),
		cmocka_unit_test_setup_teardown(large_files_are_whole, set_up, tear_down),
	};

	add_scripts(tests + 2, scripts, SCRIPTS);
	return cmocka_run_group_tests_name("files", tests, NULL, NULL);
}
