/* File systems that may only be read, or are full: mounted for one process, where the system allows that. See
 * trial.h. */
#include "trial.h"

#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

static bool write_line(const char *path, const char *text)
{
	int file = open(path, O_WRONLY | O_CLOEXEC);
	bool good = file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text);

	if (file >= 0)
		(void)close(file);
	return good;
}

/* Mounts of our own, which nobody else sees; also for a user without rights, where the system lets him. */
static bool own_mounts(void)
{
	char map[64];

	if (unshare(CLONE_NEWNS) != 0) {
		(void)snprintf(map, sizeof map, "0 %u 1", (unsigned)geteuid());
		if (unshare(CLONE_NEWNS | CLONE_NEWUSER) != 0 || !write_line("/proc/self/uid_map", map))
			return false;
	}
	return mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
}

bool rooms_are_possible(void)
{
	int status = -1;
	pid_t child = fork();

	if (child == 0)
		_exit(own_mounts() && mount("none", "/tmp", "tmpfs", 0, "size=64k") == 0 ? 0 : 1);
	return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

/* The scene's folder on a file system of its own, as full as asked. */
static bool mount_run(struct place *place, const struct scene *scene, enum room room, long most)
{
	char options[64] = "";
	struct statfs room_now;

	tree_remove("run");
	if (mkdir("run", 0700) != 0 || mount("none", "run", "tmpfs", 0, "size=8m,mode=700") != 0 ||
		!tree_copy(scene->name, "run"))
		return false;
	run_first(place, scene);
	if (statfs("run", &room_now) != 0)
		return false;
	if (room == ROOM_BLOCKS)
		(void)snprintf(options, sizeof options, "size=%lld",
			((long long)(room_now.f_blocks - room_now.f_bfree) + most) * room_now.f_bsize);
	if (room == ROOM_FILES)
		(void)snprintf(options, sizeof options, "nr_inodes=%lld",
			(long long)(room_now.f_files - room_now.f_ffree) + most);
	return mount("none", "run", "tmpfs", MS_REMOUNT | (room == ROOM_NONE ? MS_RDONLY : 0), options) == 0;
}

/* In a process of its own: its verdict goes into the pipe, and its status says whether the command went well.
 */
static _Noreturn void try_mounted(
	struct place *place, const struct normal *normal, enum room room, long most, int to)
{
	if (!own_mounts() || !mount_run(place, normal->scene, room, most))
		give_up("cannot be mounted", "run");
	place->strike->how = STRIKE_NOTHING;
	struct outcome outcome = run_scene(place, normal->scene, normal->scene->command);
	char *said = look_at(place, normal, &outcome);
	if (said)
		(void)!write(to, said, strlen(said));
	_exit(outcome.status == normal->outcome.status ? 0 : 1);
}

static char *read_all(int from)
{
	size_t room = 1 << 16, used = 0;
	char *text = calloc(1, room);

	for (ssize_t got; text && used < room - 1 && (got = read(from, text + used, room - 1 - used)) > 0;)
		used += (size_t)got;
	if (used == 0) {
		free(text);
		return NULL;
	}
	return text;
}

char *try_room(struct place *place, const struct normal *normal, enum room room, long most, bool *went_well)
{
	int ends[2], status = -1;

	tree_remove("run");
	if (pipe2(ends, O_CLOEXEC) != 0)
		give_up("no pipe", "run");
	pid_t child = fork();
	if (child == 0)
		try_mounted(place, normal, room, most, ends[1]);
	(void)close(ends[1]);
	char *said = read_all(ends[0]);
	(void)close(ends[0]);
	if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) > 1)
		give_up("cannot be tried", "run");
	*went_well = WEXITSTATUS(status) == 0;
	return said;
}
