/* What the child may do: read and write what is open, and take memory. */
#include "borders/reader.h"

#include <errno.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MEMORY_MOST = 512 << 20, CPU_MOST = 600 /* s, over its life: READER_SECONDS is for one letter */ };

/* What parsers need. Looking for a file (a library's table, a zone) is answered with EACCES, and they go on without;
 * anything else ends the process. */
#define ALLOWED(X) \
	X(read) X(write) X(brk) X(munmap) X(mremap) X(madvise) X(futex) X(getrandom) X(rt_sigreturn) X(exit) X(exit_group) \
	X(clock_gettime) X(gettimeofday) X(time) X(restart_syscall) X(rt_sigprocmask) X(sigaltstack) X(sched_yield) X(sysinfo) \
	X(getpid) X(gettid)
#define REFUSED(X) \
	X(open) X(openat) X(stat) X(fstat) X(lstat) X(newfstatat) X(statx) X(access) X(faccessat) X(faccessat2) X(readlink) \
	X(readlinkat) X(lseek) X(ioctl) X(fcntl) X(close) X(prlimit64) X(getrlimit) X(sched_getaffinity) X(uname) X(getuid) \
	X(geteuid) X(getcwd)

static bool filter(struct err *e)
{
	static const int allowed[] = {
#define X(name) SCMP_SYS(name),
		ALLOWED(X)
	};
	static const int refused[] = {
		REFUSED(X)
#undef X
	};
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int bad = 0;

	if (!f)
		return err_temp(e, "seccomp: no filter can be made");
	for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
		bad |= seccomp_rule_add(f, SCMP_ACT_ALLOW, allowed[i], 0);
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		bad |= seccomp_rule_add(f, SCMP_ACT_ERRNO(EACCES), refused[i], 0);
	/* memory, but none that can be executed */
	bad |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	bad |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	bad |= seccomp_load(f);
	seccomp_release(f);
	return bad ? err_temp(e, "seccomp: the filter was not taken: %s", strerror(errno)) : true;
}

static bool limit(__rlimit_resource_t what, rlim_t most)
{
	struct rlimit l = { most, most };

	return setrlimit(what, &l) == 0;
}

static long landlock_version(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

bool reader_has_landlock(void)
{
	return landlock_version() >= 1;
}

/* No file by any path, without an exception (the kernel says how much it knows). Where there is none it goes without: seccomp
 * refuses all of it already. */
static bool landlock(struct err *e)
{
	long version = landlock_version();
	struct landlock_ruleset_attr all = { .handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1 };
	bool taken;
	long fd;

	if (version < 1)
		return true;
#ifdef LANDLOCK_ACCESS_FS_REFER
	if (version >= 2)
		all.handled_access_fs |= LANDLOCK_ACCESS_FS_REFER;
#endif
	fd = syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
	if (fd < 0)
		return err_temp(e, "Landlock: %s", strerror(errno));
	taken = syscall(SYS_landlock_restrict_self, fd, 0) == 0 || err_temp(e, "Landlock: %s", strerror(errno));
	close((int)fd);
	return taken;
}

bool reader_confine(struct err *e)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		return err_temp(e, "prctl: %s", strerror(errno));
	if (!landlock(e))
		return false;
#if !defined(__SANITIZE_ADDRESS__) /* it reserves terabytes of addresses */
	if (!limit(RLIMIT_AS, MEMORY_MOST))
		return err_temp(e, "RLIMIT_AS: %s", strerror(errno));
#endif
	if (!limit(RLIMIT_CPU, CPU_MOST) || !limit(RLIMIT_FSIZE, 0) || !limit(RLIMIT_NPROC, 0) || !limit(RLIMIT_CORE, 0) ||
	    !limit(RLIMIT_NOFILE, 0))
		return err_temp(e, "setrlimit: %s", strerror(errno));
	return filter(e);
}
