/* A library that is loaded into the program in front of all others (LD_PRELOAD). It counts allocations and
 * the system calls of strike_rows.c, and makes one of them fail, or ends the process there. The kernel hands
 * over each such call, wherever it comes from (SECCOMP_RET_TRAP): also from inside the C library. */
#define _GNU_SOURCE
#include "strike.h"

#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

/* The sixth argument of a call that goes through; none of the calls has six of its own. */
#define PASS 0x5acedULL

static struct strike *strike;
static bool off; /* at the end, while what measures the coverage writes its files */

/* The registers of a call that was handed over. */
#if defined(__x86_64__)
static void registers(ucontext_t *context, long **result, unsigned long arguments[5])
{
	greg_t *all = context->uc_mcontext.gregs;
	static const int places[] = {REG_RDI, REG_RSI, REG_RDX, REG_R10, REG_R8};

	for (int i = 0; i < 5; i++)
		arguments[i] = (unsigned long)all[places[i]];
	*result = (long *)&all[REG_RAX];
}
#elif defined(__aarch64__)
static void registers(ucontext_t *context, long **result, unsigned long arguments[5])
{
	for (int i = 0; i < 5; i++)
		arguments[i] = context->uc_mcontext.regs[i];
	*result = (long *)&context->uc_mcontext.regs[0];
}
#else
#define NO_REGISTERS
#endif

#ifndef NO_REGISTERS
static int row_of(long number)
{
	int row = 0;

	while (row < strike_row_count - 1 && strike_rows[row].number != number)
		row++;
	return row;
}

/* Why the call cannot be, on a file system that lacks what is asked for; or 0. */
static int lacked(long number)
{
	bool links = number == SYS_linkat || number == SYS_symlinkat;

#ifdef SYS_link
	links = links || number == SYS_link || number == SYS_symlink;
#endif
	if (links && strike->lacks & LACKS_LINKS)
		return EPERM;
	return number == SYS_renameat2 && strike->lacks & LACKS_RENAMEAT2 ? EINVAL : 0;
}

/* Counts the call; the reason why it is to fail, or 0. */
static int struck(int row, int descriptor)
{
	long call = __atomic_add_fetch(&strike->calls, 1, __ATOMIC_SEQ_CST);

	if (call <= STRIKE_CALLS)
		strike->rows[call - 1] = (uint8_t)row;
	if (call != strike->at || (strike->how != STRIKE_CALL && strike->how != STRIKE_KILL))
		return 0;
	strike->struck = true;
	strike->row = row;
	strike->descriptor = descriptor;
	if (strike->how == STRIKE_KILL)
		(void)kill(getpid(), SIGKILL);
	return strike_rows[row].reasons[strike->reason];
}

static void take_call(int signal, siginfo_t *info, void *context)
{
	long number = info->si_syscall, *result;
	unsigned long a[5];
	int row = row_of(number), before = errno, why;

	(void)signal;
	registers(context, &result, a);
	why = off || !strike ? 0 : struck(row, (int)a[0]);
	if (why == 0 && strike)
		why = lacked(number);
	if (why == 0 || number == SYS_close) { /* what is closed is gone, even if that fails */
		long done = syscall(number, a[0], a[1], a[2], a[3], a[4], PASS);
		*result = done < 0 ? -errno : done;
	}
	if (why != 0)
		*result = -why;
	errno = before;
}

static bool install_filter(void)
{
	enum { HEAD = 3 };
	static struct sock_filter code[HEAD + 64 + 2];
	unsigned short count = 0, rows = (unsigned short)strike_row_count;

	code[count++] = (struct sock_filter)BPF_STMT(
		BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[5]));
	code[count++] =
		(struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PASS, (unsigned char)(rows + 1), 0);
	code[count++] =
		(struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	for (int i = 0; i < rows; i++)
		code[count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
			(unsigned)strike_rows[i].number, (unsigned char)(rows - i), 0);
	code[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	code[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP);
	struct sock_fprog program = {count, code};
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}

static bool watch_calls(void)
{
	struct sigaction action = {
		.sa_sigaction = take_call, .sa_flags = SA_SIGINFO | SA_NODEFER | SA_RESTART};

	return sigaction(SIGSYS, &action, NULL) == 0 && install_filter();
}
#else
static bool watch_calls(void)
{
	return false;
}
#endif

/* Coverage is written between these two; what the C library still holds is written behind the second. */
static void begin_coverage(void)
{
	off = true;
}

__attribute__((destructor)) static void end_coverage(void)
{
	off = false;
}

/* Where the code of the program and of the C library is. Other libraries are left alone: libConfuse,
 * libarchive and the loader end the process where memory runs out, so the program sees to it that they have
 * some (arena.h). */
static struct {
	uintptr_t from, to;
} ours[2];

static int find_ours(struct dl_phdr_info *info, size_t size, void *count)
{
	int *number = count;

	(void)size;
	if (*number >= 2 || (*info->dlpi_name && !strstr(info->dlpi_name, "/libc.so")))
		return 0;
	ours[*number].from = UINTPTR_MAX;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		uintptr_t start = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
		if (info->dlpi_phdr[i].p_type != PT_LOAD)
			continue;
		if (start < ours[*number].from)
			ours[*number].from = start;
		if (start + info->dlpi_phdr[i].p_memsz > ours[*number].to)
			ours[*number].to = start + info->dlpi_phdr[i].p_memsz;
	}
	(*number)++;
	return 0;
}

static bool is_ours(const void *caller)
{
	uintptr_t at = (uintptr_t)caller;

	return (at >= ours[0].from && at < ours[0].to) || (at >= ours[1].from && at < ours[1].to);
}

static void start(const char *descriptor)
{
	void *shared = mmap(NULL, sizeof *strike, PROT_READ | PROT_WRITE, MAP_SHARED, atoi(descriptor), 0);

	if (shared == MAP_FAILED)
		return;
	(void)close(atoi(descriptor)); /* the program gets the same numbers as without this */
	(void)unsetenv(STRIKE_ENVIRONMENT);
	(void)unsetenv("LD_PRELOAD");
	(void)atexit(begin_coverage);
	int number = 0;
	(void)dl_iterate_phdr(find_ours, &number);
	struct strike *found = shared;
	found->loaded = watch_calls();
	strike = found;
}

typedef int main_function(int count, char **words, char **environment);
static main_function *program_main;

static int main_struck(int count, char **words, char **environment)
{
	const char *descriptor = getenv(STRIKE_ENVIRONMENT);

	if (descriptor)
		start(descriptor);
	return program_main(count, words, environment);
}

/* The C library's start of a program: from main on calls are counted. */
int __libc_start_main(main_function *main, int count, char **words, void (*init)(void), void (*fini)(void),
	void (*rtld_fini)(void), void *stack_end);
int __libc_start_main(main_function *main, int count, char **words, void (*init)(void), void (*fini)(void),
	void (*rtld_fini)(void), void *stack_end)
{
	__typeof__(&__libc_start_main) real;

	*(void **)&real = dlsym(RTLD_NEXT, "__libc_start_main");
	program_main = main;
	return real(main_struck, count, words, init, fini, rtld_fini, stack_end);
}

/* The C library's own, under the names that it keeps for this. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static bool no_memory(const void *caller)
{
	if (!strike || off || !is_ours(caller))
		return false;
	long number = __atomic_add_fetch(&strike->allocations, 1, __ATOMIC_SEQ_CST);
	if (strike->how == STRIKE_MEMORY ? number != strike->at
					 : strike->how != STRIKE_MEMORY_ON || number < strike->at)
		return false;
	strike->struck = true;
	errno = ENOMEM;
	return true;
}

void *malloc(size_t size)
{
	return no_memory(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return no_memory(__builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
	return no_memory(__builtin_return_address(0)) ? NULL : __libc_realloc(memory, size);
}

void *memalign(size_t alignment, size_t size)
{
	return no_memory(__builtin_return_address(0)) ? NULL : __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
	return no_memory(__builtin_return_address(0)) ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size)
{
	if (no_memory(__builtin_return_address(0)) || !(*memory = __libc_memalign(alignment, size)))
		return ENOMEM;
	return 0;
}

/* These would call malloc from inside the C library, whoever called them. */
static char *copied(const char *text, size_t len, const void *caller)
{
	char *copy = no_memory(caller) ? NULL : __libc_malloc(len + 1);

	if (copy) {
		memcpy(copy, text, len);
		copy[len] = '\0';
	}
	return copy;
}

char *strdup(const char *text)
{
	return copied(text, strlen(text), __builtin_return_address(0));
}

char *strndup(const char *text, size_t most)
{
	return copied(text, strnlen(text, most), __builtin_return_address(0));
}
