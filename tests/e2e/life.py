"""the daemon's life: signals, a second one, commands beside it, a day's gap, a copy, a database it must not touch, a full disk"""
import os, re, resource, shutil, signal, sqlite3, subprocess, time
from rig import Relay, Rig


def status(r):
    env = dict(os.environ, KEPT_CONF=r.conf, KEPT_NOW=r.iso())
    p = subprocess.run([r.build + "/kept", "status", "--check"], capture_output=True, text=True, env=env)
    return p.returncode, p.stdout.strip()


def second(r):
    """one more keptd, that ought to end by itself"""
    try:
        p = subprocess.run([r.build + "/keptd", "-c", r.conf, "--clock", r.dir + "/clock"], capture_output=True, text=True, timeout=10)
        return p.returncode, p.stderr
    except subprocess.TimeoutExpired:
        return None, "it runs"


def file_bytes(path):
    with open(path, "rb") as f:
        return f.read()


def stop_in(r):
    start = time.monotonic()
    code = r.stop_keptd()
    return code, time.monotonic() - start


with Rig() as r:
    db = r.dir + "/kept.db"
    seen = []

    def mail(words, seconds=15):
        m = r.wait_for_mail("ada", lambda m: Rig.from_kept(m) and words in r.text(m) + str(m["Subject"]), seen=seen, seconds=seconds)
        seen.append(m)
        return m

    relay = Relay(r.base + 993)
    r.write_conf()
    r.through(relay, r.base + 993)
    r.start_keptd()
    r.wait_until("every loop was round", lambda: status(r)[0] == 0)
    r.check("kept status --check: 0 while all is well", status(r)[0] == 0, status(r))

    # two at once, and a configuration read again
    code, said = second(r)
    r.check("2: a second keptd on the same database is refused, and says why", code == 1 and "another keptd" in said, (code, said))
    r.send_as("ada", "carol@example.com", "Before", bcc="kept@example.org", text="I will send you the first note.\n")
    mail("first note")
    good = open(r.conf).read()
    r.write_conf(text=good.replace('due = "3bd"', 'due = "3bananas"'))
    start = len(r.logged())
    r.keptd.send_signal(signal.SIGHUP)
    r.wait_until("the fault is told", lambda: b"nothing was changed" in r.logged(start))
    r.send_as("ada", "carol@example.com", "Between", bcc="kept@example.org", text="I will send you the second note.\n")
    mail("second note")
    r.check("SIGHUP with a faulty file: told with the word, and the old one stays in use", b"3bananas" in r.logged(start), r.logged(start))
    r.write_conf(text=good.replace('due = "3bd"', 'due = "4w"'))
    r.reload()
    r.send_as("ada", "carol@example.com", "After", bcc="kept@example.org", text="I will send you the third note.\n")
    mail("third note")
    due = {p["what"]: p["due"] for p in r.promises()}
    first, second_, third = (next(d for w, d in due.items() if n in w) for n in ("first note", "second note", "third note"))
    r.check("SIGHUP with a good file: it is in use", first == second_ < third, due)

    # the command beside the daemon
    def effect(words, *command):
        r.kept(*command)
        start = time.monotonic()
        mail(words)
        return time.monotonic() - start
    took = [effect("fourth note", "add", "--to", "carol@example.com", "--due", "friday", "fourth note")]
    n = next(p["id"] for p in r.promises() if "fourth note" in p["what"])
    for words in (("snooze", str(n), "1d"), ("done", str(n))):
        before = len(r.logged())
        r.kept(*words)
        r.check(f"kept {words[0]} while the daemon runs is so at once", "kept" == [p["state"] for p in r.promises("--all") if p["id"] == n][0]
                if words[0] == "done" else [p.get("snoozed") for p in r.promises() if p["id"] == n][0])
    took.append(effect("fifth note", "add", "--to", "carol@example.com", "--due", "friday", "fifth note"))
    r.check("kept add while the daemon runs: the mail lies in the mailbox within a second", min(took) < 1, took)

    # a copy
    r.kept("backup", r.dir + "/copy.db")
    copy = sqlite3.connect(r.dir + "/copy.db")
    r.check("a backup while it runs is whole", copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            and copy.execute("SELECT count(*) FROM commitment").fetchone()[0] == len(r.promises("--all")))
    copy.close()

    # a server that is away, then one that stalls
    relay.down = True
    relay.cut()
    r.ring()
    r.wait_until("status warns", lambda: status(r)[0] == 1)
    r.check("kept status --check: 1 while a mailbox cannot be read, and which", "capture" in status(r)[1], status(r))
    relay.down = False
    r.wait_until("it is well again", lambda: r.ring() or status(r)[0] == 0)
    relay.stalled = True
    r.ring()
    time.sleep(0.5)
    code, took = stop_in(r)
    r.check("SIGTERM while the server stalls: ended within two seconds, with 0", code == 0 and took < 2, (code, took))
    r.check("kept status --check: 2 when it does not run", status(r)[0] == 2, status(r))
    relay.stalled = False
    relay.cut()

    # a day without it
    r.start_keptd()
    r.kept("add", "--to", "carol@example.com", "--due", "in 3 hours", "sixth note")
    mail("sixth note")
    code, took = stop_in(r)
    r.check("SIGTERM: ended within two seconds, with 0", code == 0 and took < 2, (code, took))
    r.clock(days=1)
    r.start_keptd()
    gap = mail("not running")
    r.check("1: after a day without it the owner hears how long", re.search(r"2[345] hours|1 day|a day|one day|14\d\d minutes", r.text(gap)), r.text(gap))
    r.check("1: … and what was late", "sixth note" in r.text(gap), r.text(gap))
    reminder = mail("sixth note")
    r.check("16: its reminder comes now: due times are instants of the wall clock", reminder)
    r.check("1: the gap is told once", len([m for m in r.mails("ada") if "not running" in r.text(m)]) == 1)

    # no room left: no file may grow, as on a full disk
    pid, free = r.keptd.pid, resource.prlimit(r.keptd.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, free[1]))
    r.send_as("ada", "carol@example.com", "Full", bcc="kept+friday@example.org", text="I will send you the seventh note.\n")
    r.wait_for_mail("kept", lambda m: str(m["Subject"]) == "Full")
    time.sleep(1)
    r.check("a full disk: keptd lives on, and takes nothing half", r.keptd.poll() is None and "seventh" not in r.kept("list"), r.keptd.poll())
    if r.keptd.poll() is None:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, free)
    r.wait_until("it goes on", lambda: r.ring() or "seventh note" in r.kept("list"))
    mail("seventh note")
    r.check("… with room again it goes on where it was, once", len([p for p in r.promises() if "seventh" in p["what"]]) == 1)
    r.wait_until("all is well again", lambda: r.ring() or status(r)[0] == 0)
    r.check("SIGTERM ends it well", r.stop_keptd() == 0)

    # databases it must not touch
    whole = file_bytes(db)
    with open(db, "r+b") as f:  # the version, in the file's header
        f.seek(60)
        f.write((9999).to_bytes(4, "big"))
    newer = file_bytes(db)
    code, said = second(r)
    r.check("a newer database is refused, in words, and not touched", code == 1 and "newer" in said and file_bytes(db) == newer, (code, said))
    damaged = whole[:4096] + b"\xa5" * 8192 + whole[12288:]
    with open(db, "wb") as f:
        f.write(damaged)
    code, said = second(r)
    r.check("a damaged database is refused, in words, and not touched", code == 1 and "damaged" in said and file_bytes(db) == damaged, (code, said))
    r.check("kept status --check: not 0 with a database that cannot be read", status(r)[0] in (2, 3), status(r))
    shutil.copy(r.dir + "/copy.db", db)
    r.start_keptd()
    r.check("with the copy in its place kept runs again", r.keptd and r.keptd.poll() is None and "fifth note" in r.kept("list"), r.kept("list"))
