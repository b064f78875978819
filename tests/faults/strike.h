/* What the test (faults.c) and the library that it loads into the program (strike.c) both see, in memory that
 * they share: which call is to fail, and which calls there were. */
#ifndef CC2OSCAM_FAULTS_STRIKE_H
#define CC2OSCAM_FAULTS_STRIKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The number of the descriptor of that memory stands here. Without it the library does nothing. */
#define STRIKE_ENVIRONMENT "CC2OSCAM_STRIKE"

enum { STRIKE_CALLS = 8192, STRIKE_REASONS = 4 };

enum strike_how {
	STRIKE_NOTHING,   /* only count */
	STRIKE_CALL,      /* the system call number `at` fails with reason number `reason` of its row */
	STRIKE_KILL,      /* the process ends just before the system call number `at` */
	STRIKE_MEMORY,    /* the allocation number `at` fails */
	STRIKE_MEMORY_ON, /* and all behind that one */
};

/* What a file system lacks: those calls always fail. */
enum strike_lack { LACKS_NOTHING, LACKS_LINKS = 1, LACKS_RENAMEAT2 = 2 };

/* A system call that is struck: how it may fail. */
struct strike_row {
	long number;
	const char *name;
	bool looks; /* it only looks: the process is not killed there */
	int reasons[STRIKE_REASONS];
};

struct strike {
	enum strike_how how;
	long at; /* from 1 on */
	int reason;
	unsigned lacks; /* enum strike_lack, ORed */
	/* What the program did. */
	bool loaded;
	long calls, allocations;
	bool struck;
	int row, descriptor;        /* of the call that was struck; descriptor: its first argument */
	uint8_t rows[STRIKE_CALLS]; /* of each call: its row */
};

extern const struct strike_row strike_rows[];
extern const int strike_row_count;

#endif
