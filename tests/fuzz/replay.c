/* Runs a fuzz target over files and folders of files: what libFuzzer does with a corpus, for any compiler.
 * Every file is also tried cut short, which is where parsers like to read on. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);
/* Some targets have it. */
int LLVMFuzzerInitialize(int *count, char ***words) __attribute__((weak));

/* Exactly as much memory as there are bytes, so that the address sanitizer sees a read behind them. */
static void run(const char *bytes, size_t len)
{
	uint8_t *copy = malloc(len ? len : 1);

	if (!copy)
		exit(2);
	memcpy(copy, bytes, len);
	(void)LLVMFuzzerTestOneInput(copy, len);
	free(copy);
}

static size_t replay_file(const char *path)
{
	static char bytes[1 << 20];
	FILE *file = fopen(path, "rb");

	if (!file) {
		perror(path);
		exit(2);
	}
	size_t len = fread(bytes, 1, sizeof bytes, file);
	(void)fclose(file);
	for (size_t part = 0; part < 32; part++)
		run(bytes, len * part / 32);
	run(bytes, len);
	return 1;
}

static size_t replay(const char *path)
{
	DIR *folder = opendir(path);
	size_t files = 0;

	if (!folder)
		return replay_file(path);
	for (struct dirent *entry; (entry = readdir(folder));) {
		char inner[4096];
		if (entry->d_name[0] == '.')
			continue;
		(void)snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
		files += replay(inner);
	}
	(void)closedir(folder);
	return files;
}

int main(int count, char **words)
{
	size_t files = 0;

	if (LLVMFuzzerInitialize)
		(void)LLVMFuzzerInitialize(&count, &words);
	for (int i = 1; i < count; i++)
		files += replay(words[i]);
	printf("%zu files\n", files);
	return files == 0;
}
