/* Prints how much memory a program had at most, in kB of 1024 bytes: peak PROGRAM [WORD...]. Its output goes
 * where it goes, its status is that of peak. */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct rusage usage;
	int status;

	if (argc < 2) {
		(void)fputs("usage: peak PROGRAM [WORD...]\n", stderr);
		return 2;
	}
	pid_t child = fork();
	if (child == 0) {
		(void)execv(argv[1], argv + 1);
		perror(argv[1]);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || getrusage(RUSAGE_CHILDREN, &usage) != 0) {
		perror("peak");
		return 2;
	}
	(void)fprintf(stderr, "%ld\n", usage.ru_maxrss);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}
