"""the machine sleeps while keptd runs: its owner hears of it as after downtime; a rehearsal's clock is no sleep"""
import mmap, os, struct, subprocess
from rig import Rig

# before the C library's time(): the seconds in a file are added, as if the machine had slept for them. The file is mapped once:
# the child that reads letters may open none.
CLOCK = r"""
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
static volatile int64_t *slept;
__attribute__((constructor)) static void begin(void)
{
	int fd = open(getenv("SLEPT"), O_RDONLY | O_CLOEXEC);
	slept = fd < 0 ? NULL : mmap(NULL, 8, PROT_READ, MAP_SHARED, fd, 0);
}
time_t time(time_t *out)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	t.tv_sec += slept && slept != MAP_FAILED ? *slept : 0;
	if (out)
		*out = t.tv_sec;
	return t.tv_sec;
}
"""

with Rig() as r:
    with open(r.dir + "/slept", "wb") as f:
        f.write(bytes(8))
    subprocess.run(["cc", "-shared", "-fPIC", "-o", r.dir + "/slept.so", "-x", "c", "-"], input=CLOCK.encode(), check=True)
    env = {"LD_PRELOAD": r.dir + "/slept.so", "SLEPT": r.dir + "/slept", "ASAN_OPTIONS": "verify_asan_link_order=0"}
    os.environ.update(env)
    r.start_keptd()
    for name in env:
        del os.environ[name]
    away = lambda: [m for m in r.mails("ada") if "I was away" in str(m["Subject"])]

    r.kept("add", "--to", "carol@example.com", "--due", "1h", "the subgroup data")
    r.kept("add", "--to", "carol@example.com", "--due", "5d", "the far thing")
    r.clock(minutes=45)
    r.ring()
    r.wait_for_mail("ada", lambda m: "far thing" in r.text(m))
    r.check("a rehearsal's clock that is moved on is no sleep", not away() and b" gap " not in r.logged())

    with open(r.dir + "/slept", "r+b") as f, mmap.mmap(f.fileno(), 8) as m:
        m[:] = struct.pack("q", 2 * 3600)
    r.ring()
    notice = r.wait_for_mail("ada", lambda m: "I was away" in str(m["Subject"]))
    r.check("two hours of sleep: the owner hears how long it was", "2 hours" in str(notice["Subject"]), notice["Subject"])
    r.check("… and what came due meanwhile, that alone", "subgroup data" in r.text(notice) and "far thing" not in r.text(notice), r.text(notice))
    r.wait_for_mail("ada", lambda m: str(m["Subject"]).startswith("Due") and "subgroup data" in r.text(m))
    r.check("… then the reminder comes", True)
    r.ring()
    r.wait_until("the loops turned", lambda: len(away()) >= 1)
    r.stop_keptd()
    r.check("… and it is told once", len(away()) == 1, len(away()))
