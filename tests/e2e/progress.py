"""long works on a terminal: how far they came, and what stays where they are cut off or stopped: import, backup, check"""
import fcntl, glob, json, os, pty, re, signal, sqlite3, struct, termios, time
from rig import Relay, Rig

LETTERS = 600


class Terminal:
    """the command on a terminal of its own; `on`: a pattern of what it prints, at which Ctrl-C is pressed; `behind`: in the background"""
    def __init__(self, rig, *words, columns=80, on=None, behind=False, **env):
        self.words = []
        pid, fd = pty.fork()
        if pid == 0:
            os.environ.update(env, KEPT_CONF=rig.conf, TERM="xterm", NO_COLOR="1")
            time.sleep(0.2)  # until it has its width
            child = os.fork() if behind else 0
            if child:
                os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
            if behind:
                os.setpgid(0, 0)
            os.execv(rig.build + "/kept", ["kept", *words])
        fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        out, pressed = b"", False
        while True:
            try:
                out += os.read(fd, 65536)
            except OSError:
                break
            if on and not pressed and re.search(on, out.decode()):
                os.write(fd, b"\x03")
                pressed = True
        os.close(fd)
        self.status = os.waitpid(pid, 0)[1]
        self.out = out.decode()
        self.lines = [x for x in self.out.replace("\r\n", "\n").split("\n")]
        self.drawn = [x.strip() for x in re.split("[\r\n]", self.out) if x.strip()]
        # what stays on the glass
        self.stays = [self.glass(x) for x in self.lines]

    @staticmethod
    def glass(line):
        row = []
        for part in line.split("\r"):
            row[:len(part)] = part
        return "".join(row).rstrip()


def fresh(r):
    for f in glob.glob(r.dir + "/kept.db*"):
        os.remove(f)


def read(out):
    m = re.search(r"(\d+) new message", out)
    return int(m[1]) if m else 0


with Rig() as r:
    r.write_conf(personal=True)
    relay = Relay(r.base + 993)
    text = open(r.conf).read()
    at = text.index('kind = "personal"')
    text = text.replace('folders = [ "Follow up" ];', "")
    r.write_conf(text=text[:at] + text[at:].replace(f"port = {r.base + 993}", f"port = {relay.port}", 1))
    for n in range(LETTERS):
        r.lay("ada", "INBOX", r.compose("carol", "ada@example.org", f"Letter {n}", f"This is letter {n}.\n", headers={"X-Filler": "x " * 400}))
    since = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 86400))
    words = ["import", "--since", since, "--mailbox", "ada"]
    relay.pause = 0.01

    # ---- a line that tells how far it is
    t = Terminal(r, *words)
    counts = [int(m[1].replace(",", "")) for m in (re.search(rf"^([\d,]+) of {LETTERS} letters of ada", x) for x in t.drawn) if m]
    r.check("import tells how many of how many", len(counts) > 2 and counts == sorted(counts), t.drawn)
    r.check("… how fast, and how long still", any(re.search(r"letters of ada, [\d,]+ a second, (\d+ s|\d min.*) left$", x) for x in t.drawn), t.drawn)
    r.check("… and nothing of that stays at its end", t.status == 0 and [x for x in t.stays if x] == [f"{LETTERS} new messages read since {since}"], t.stays)
    r.check("… without a control character but CR", not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f]", t.out), t.out)
    fresh(r)
    t = Terminal(r, *words, columns=40)
    r.check("a narrow terminal has a shorter line", t.status == 0 and max(len(x) for x in t.drawn if "letters of ada" in x) <= 39, t.drawn)
    fresh(r)
    t = Terminal(r, *words, "--json")
    r.check("--json: no line", t.status == 0 and not any("letters of ada" in x for x in t.drawn) and json.loads(t.out) == {"read": LETTERS}, t.out)

    fresh(r)
    t = Terminal(r, *words, behind=True)
    r.check("in the background: no line, for the terminal is another's", t.status == 0 and not any("letters of ada" in x for x in t.drawn), t.out)

    # ---- the server drops the connection
    fresh(r)
    relay.cut_after = 300000
    t = Terminal(r, *words)
    r.check("a connection that drops in the middle is opened again, and it goes on", t.status == 0 and "it is tried again" in t.out and
            t.stays[-2:] == [f"{LETTERS} new messages read since {since}", ""], t.stays)
    fresh(r)
    relay.cut_after = 300000
    t = Terminal(r, *words, on="it is tried again")
    first = read(t.out)
    r.check("stopped while it waits for the server, it says how many were read", os.WTERMSIG(t.status) == signal.SIGINT and 0 < first < LETTERS and
            f"stopped: {first} new messages were read, and stay; `kept import --since {since}` goes on from there" in t.out, t.out)
    r.check("… and the next one reads the others", read(r.kept(*words)) == LETTERS - first)
    fresh(r)
    relay.cut_after = 300000
    relay.down_later = True
    t = Terminal(r, *words)
    first = read(t.out)
    r.check("a server that stays away: it ends with 1, and says how many were read", os.WEXITSTATUS(t.status) == 1 and 0 < first < LETTERS and
            "goes on from there" in t.out, t.out)
    relay.down = relay.down_later = False
    r.check("… and the next one reads the others", read(r.kept(*words)) == LETTERS - first)

    r.write_conf(text=open(r.conf).read().replace('watch = [ "INBOX"', 'watch = [ "Nowhere", "INBOX"', 1))
    t = Terminal(r, *words)
    r.check("a folder that is not there stops no other, and the code says it", os.WEXITSTATUS(t.status) == 1 and "no folder 'Nowhere'" in t.out and
            "nothing new" in t.out, t.out)
    r.write_conf(text=open(r.conf).read().replace('"Nowhere", ', "", 1))

    # ---- Ctrl-C
    fresh(r)
    t = Terminal(r, *words, on=r"[1-5]\d\d of")
    first = read(t.out)
    r.check("Ctrl-C in the middle: it says how many were read", os.WTERMSIG(t.status) == signal.SIGINT and 0 < first < LETTERS and "stopped:" in t.out, t.out)
    r.check("… nothing of the line stays", not any("letters of ada" in x for x in t.stays), t.stays)
    r.check("… and the next one reads the others", read(r.kept(*words)) == LETTERS - first)
    relay.pause = 0
    r.check("… after which all were", r.kept(*words).startswith("nothing new"))

    # ---- a copy
    q = sqlite3.connect(r.dir + "/kept.db")
    q.execute("CREATE TABLE ballast (bytes BLOB)")
    for _ in range(4):
        q.execute("INSERT INTO ballast VALUES (zeroblob(100000000))")
    q.commit()
    q.close()
    copy = r.dir + "/copy.db"

    def backup(signalled, ignored=None):
        pid = os.fork()
        if pid == 0:
            if ignored:
                signal.signal(ignored, signal.SIG_IGN)
            os.environ.update(KEPT_CONF=r.conf)
            os.dup2(os.open(r.dir + "/said", os.O_WRONLY | os.O_CREAT, 0o600), 2)
            os.execv(r.build + "/kept", ["kept", "backup", copy])
        r.wait_until("it is under way", lambda: any(os.path.getsize(f) > 1000000 for f in glob.glob(copy + ".*")))
        os.kill(pid, signalled)
        return os.waitpid(pid, 0)[1]

    status = backup(signal.SIGTERM)
    said = open(r.dir + "/said").read()
    r.check("a backup that is stopped says so, and leaves no file", os.WTERMSIG(status) == signal.SIGTERM and said == "kept: stopped: no copy was made\n" and
            not glob.glob(copy + "*"), (status, said, glob.glob(copy + "*")))
    r.check("with nohup it goes on where the terminal is gone", backup(signal.SIGHUP, ignored=signal.SIGHUP) == 0)
    r.check("… and is whole", sqlite3.connect(copy).execute("PRAGMA integrity_check").fetchone() == ("ok",) and glob.glob(copy + "*") == [copy])

    # ---- an erasure, in a file that is large by now
    r.kept("contact", "carol@example.com", "--note", "met in Berlin")
    t = Terminal(r, "contact", "erase", "carol@example.com", "--yes", on="writing the file anew")
    r.check("an erasure says what went before the file is written anew, and it may be stopped there", "what went" in t.out and
            (t.status == 0 or "stopped: they are erased, but the file was not written anew" in t.stays), t.out)
    r.check("… they are erased, and the ledger is whole", "met in Berlin" not in r.kept("contact", "carol@example.com") and
            sqlite3.connect(r.dir + "/kept.db").execute("PRAGMA integrity_check").fetchone() == ("ok",))

    # ---- a mail that is waited for
    r.write_conf(text=open(r.conf).read().replace('tracking = [ "kept@example.org"', 'tracking = [ "nobody@example.com"', 1))
    t = Terminal(r, "check", "--wait", "3")
    r.check("check counts down what it waits for", any(re.fullmatch(r"waiting for \d mails? to come back, [0-3] s left", x) for x in t.drawn), t.drawn)
    r.check("… and nothing of that stays", not any("waiting for" in x for x in t.stays), t.stays)
