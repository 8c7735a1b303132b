"""rig - what the end-to-end stories share: the private server, a keptd with a clock that can be moved on, and the people
who write mail. Standard library only; nothing here is kept's own code, so that the other side is a real mail program.

A story is a file tests/e2e/NAME.py that uses this, prints one line for each thing it shows, and ends with 0 or 1:

    from rig import Rig
    with Rig() as r:
        r.start_keptd()
        r.send_as("ada", to="carol@example.com", bcc="kept+3d@example.org", subject="…", text="…")
        mail = r.wait_for_mail("ada", lambda m: "X" in m["Subject"])
        r.check("what was promised is in it", "…" in r.text(mail))
        r.clock(days=3)
        r.reply_to(mail, "done")

The environment: KEPT_SERVER and KEPT_BASEPORT name a server that runs (tests/e2e/run starts one); KEPT_BUILD the build
folder (build); KEEP=1 leaves the files.
"""
import email, email.message, email.policy, email.utils, imaplib, json, os, re, shutil, select, signal, smtplib, socket, ssl, subprocess, sys, tempfile,\
    threading, time

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
DOMAINS = {"carol": "example.com", "dan": "example.com"}


def address(who):
    return who if "@" in who else f"{who}@{DOMAINS.get(who, 'example.org')}"


CONF = """\
owner: {{ ada: {{
  name = "Ada Lovelace"; addresses = [ "ada@example.org" ]; domains = [ "example.org" ]; zone = "Europe/Berlin";
  title = "Medical Science Liaison, Example Therapeutics";
  disclosure = "I work for Example Therapeutics, which makes products in this field.";
  quiet = "none"; review = "none"; agenda = "{agenda}"; {owner}
}}; {owners} }};
mailbox: {{
  capture: {{ kind = "capture"; host = "localhost"; port = {imaps}; ca = "{ca}"; user = "kept@example.org";
    password = "file:kept.secret"; tracking = [ "kept@example.org", "*@kept.example.org" ]; authserv = [ "mx.example.org" ];
    poll = 5; {capture} }};
  {personal}
}};
submission: {{ main: {{ host = "localhost"; port = {submits}; ca = "{ca}"; user = "kept@example.org";
  password = "file:kept.secret"; from = "kept@example.org"; }}; {submission} }};
team: {{ medinfo: {{ name = "Medical information"; address = "medinfo@example.org"; }}; }};
policy: {{ default: {{ due = "3bd"; {policy} }}; }};
database = "kept.db";
{top}
"""
PERSONAL = """ada: {{ kind = "personal"; owner = "ada"; host = "localhost"; port = {imaps}; ca = "{ca}"; user = "ada@example.org";
    password = "file:ada.secret"; watch = [ "INBOX", "\\\\Sent" ]; folders = [ "Follow up" ];
    keywords = [ "$Kept", "\\\\Flagged" ]; authserv = [ "mx.example.org" ]; poll = 5; }};"""


class Rig:
    def __init__(self, name=None):
        self.name = name or os.path.basename(sys.argv[0]).removesuffix(".py")
        self.build = os.path.join(TOP, os.environ.get("KEPT_BUILD", "build"))
        self.dir = tempfile.mkdtemp(prefix=f"kept-{self.name}-")
        self.server = os.environ.get("KEPT_SERVER")
        self.base = int(os.environ.get("KEPT_BASEPORT", "0"))
        self.owns_server = not self.server
        self.passed = self.failed = 0
        self.keptd = None
        self.offset = 0
        self.boxes = {}

    # ---- life
    def __enter__(self):
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        try:
            return self.begin()
        except BaseException:
            self.end()
            raise

    def begin(self):
        if self.owns_server:
            self.base = self.base or free_base()
            self.server = os.path.join(self.dir, "server")
            os.chmod(self.dir, 0o755)
            subprocess.run([TOP + "/tests/server/server", "start", self.server, str(self.base)], check=True,
                           start_new_session=True)
        self.ca = self.server + "/ca/ca.crt"
        self.tls = ssl.create_default_context(cafile=self.ca)
        for who in ("kept", "ada", "bob", "carol", "dan", "medinfo"):
            self.empty(who)
            path = f"{self.dir}/{who}.secret"
            with open(path, "w") as f:
                f.write(f"{who}-secret\n")
            os.chmod(path, 0o600)
        self.write_clock()
        return self

    def end(self):
        # a second Ctrl-C must not stop the tidying
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        self.stop_keptd()
        if os.path.exists(self.dir + "/log"):
            report = re.search(rb"ERROR: \w+Sanitizer.*|runtime error: .*", self.logged())
            if report: # of a build with sanitizers
                self.check("keptd's memory is sound", False, report.group().decode(errors="replace"))
        for box in self.boxes.values():
            try:
                box.logout()
            except (OSError, imaplib.IMAP4.error):
                pass
        if self.owns_server and self.server:
            subprocess.run([TOP + "/tests/server/server", "stop", self.server], check=False, start_new_session=True)
        if not os.environ.get("KEEP"):
            shutil.rmtree(self.dir, ignore_errors=True)

    def __exit__(self, kind, error, trace):
        log = ""
        if os.path.exists(self.dir + "/log"):
            log = "".join("    | " + line for line in open(self.dir + "/log").readlines()[-25:])
        self.end()
        if kind is Failed:
            self.failed += 1
            print(f"  FAILED {error}")
        if self.failed:
            print(log)
        if os.environ.get("KEEP") and self.name != "demo":  # which says so itself
            print(f"  files: {self.dir}")
        if kind in (None, Failed) and self.name != "demo":
            print(f"{self.name}: {self.passed} passed, {self.failed} failed")
            sys.exit(1 if self.failed else 0)

    def check(self, what, holds, note=""):
        if holds:
            self.passed += 1
            print(f"  ok {what}")
        else:
            self.failed += 1
            print(f"  FAILED {what}" + (f": {note}" if note else ""))
        return holds

    # ---- the daemon and the command
    def write_conf(self, personal=False, text=None, **parts):
        """parts: agenda: the setting; owner, owners, capture, policy, submission, top: text put into those places; nothing is prepared for others unless the policy says so"""
        at = {"imaps": self.base + 993, "submits": self.base + 465, "ca": self.ca}
        fields = {k: parts.get(k, "") for k in ("owner", "owners", "capture", "policy", "submission", "top")}
        fields["agenda"] = parts.get("agenda", "none") # it would take the reminders of every story along
        fields["submission"] = fields["submission"].format(**at)
        if "prepare" not in fields["policy"]: # what goes outside has stories of its own
            fields["policy"] += "prepare = [ ];"
        self.conf = self.dir + "/kept.conf"
        with open(self.conf, "w") as f:
            f.write(text or CONF.format(personal=PERSONAL.format(**at) if personal else "", **at, **fields))
        return self.conf

    def through(self, relay, port):
        """the configuration once more, with `relay` before what it names first at `port`"""
        text = open(self.conf).read()
        self.write_conf(text=text.replace(f"port = {port}", f"port = {relay.port}", 1))

    def reload(self):
        """SIGHUP, and until the new configuration is in use"""
        start = len(self.logged())
        self.keptd.send_signal(signal.SIGHUP)
        self.wait_until("the new configuration is in use", lambda: b" start watching" in self.logged(start))

    def start_keptd(self, wait=True, **conf):
        """and waits until every mailbox was read once: what lay there before the very first time is left alone"""
        if not getattr(self, "conf", None) or conf:
            self.write_conf(**conf)
        self.log = open(self.dir + "/log", "ab")
        self.log.seek(0, 2)
        start = self.log.tell()
        self.keptd = subprocess.Popen([self.build + "/keptd", "-c", self.conf, "--clock", self.dir + "/clock"],
                                      stdout=self.log, stderr=self.log, start_new_session=True)
        if wait:
            self.wait_until("keptd is ready", lambda: b" start watching" in self.logged(start) or self.keptd.poll() is not None)

    def logged(self, since=0):
        with open(self.dir + "/log", "rb") as f:
            f.seek(since)
            return f.read()

    def stop_keptd(self, how=signal.SIGTERM):
        if not self.keptd:
            return None
        if self.keptd.poll() is None:
            self.keptd.send_signal(how)
        try:
            rc = self.keptd.wait(10)
        except subprocess.TimeoutExpired:
            self.keptd.kill()
            rc = self.keptd.wait()
            self.check("keptd ends within ten seconds of SIGTERM", False)
        self.keptd = None
        return rc

    def kept(self, *words, input=None, ok=True):
        """the command; its output. `ok` False: any exit code will do"""
        env = dict(os.environ, KEPT_CONF=self.conf, KEPT_NOW=self.iso())
        p = subprocess.run([self.build + "/kept", *words], input=input, capture_output=True, text=True, env=env, timeout=60)
        if "Sanitizer" in p.stderr or "runtime error:" in p.stderr or (ok and p.returncode):
            raise Failed(f"kept {' '.join(words)}: exit {p.returncode}: {p.stderr.strip()}")
        return p.stdout

    def promises(self, *words):
        """what `kept list --json` says"""
        return json.loads(self.kept("list", "--json", *words))

    # ---- time: what is added to the machine's clock
    def write_clock(self):
        with open(self.dir + "/clock.new", "w") as f:
            f.write(f"{self.offset}\n")
        os.replace(self.dir + "/clock.new", self.dir + "/clock")

    def now(self):
        return time.time() + self.offset

    def iso(self):
        return time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(self.now()))

    def clock(self, to=None, **by):
        """moves the clock on: by days=, hours=, minutes=, seconds=; or `to` an instant (seconds since 1970)"""
        unit = {"days": 86400, "hours": 3600, "minutes": 60, "seconds": 1}
        if to is not None:
            self.offset = int(to - time.time())
        self.offset += sum(int(n * unit[k]) for k, n in by.items())
        self.write_clock()
        self.ring()

    def ring(self):
        """the bell: kept rings it after each command; an unknown command would not, so the socket is asked directly"""
        s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            s.sendto(b"\0", self.dir + "/kept.db.bell")
        except OSError:
            pass
        s.close()

    # ---- people
    def login(self, who):
        who = address(who)
        box = imaplib.IMAP4_SSL("localhost", self.base + 993, ssl_context=self.tls)
        box.login(who, who.split("@")[0] + "-secret")
        return box

    def box(self, who):
        if who not in self.boxes:
            self.boxes[who] = self.login(who)
        return self.boxes[who]

    def empty(self, who):
        b = self.login(who)
        for line in b.list()[1]:
            name = line.decode().rsplit(' "/" ', 1)[-1]
            answer = b.select(name)
            if answer[0] == "OK" and answer[1][0] != b"0":
                b.store("1:*", "+FLAGS", r"\Deleted")
                b.expunge()
        b.logout()

    def lay(self, who, folder, message, flags=""):
        """puts a message into a folder, as a mail program does with a copy of what it sent; its UID"""
        raw = message if isinstance(message, bytes) else message.as_bytes()
        answer = self.box(who).append(f'"{folder}"', f"({flags})", None, raw)
        if answer[0] != "OK":
            raise Failed(f"APPEND to {folder}: {answer}")
        self.ring()
        return answer[1][0].decode().split("]")[0].split()[-1]

    def flag(self, who, folder, uid, flag):
        b = self.box(who)
        b.select(f'"{folder}"')
        if b.uid("STORE", uid, "+FLAGS", f"({flag})")[0] != "OK":
            raise Failed(f"STORE {uid} {flag}")
        b.unselect()
        self.ring()

    def flags(self, who, folder="INBOX"):
        """{uid: flags} of all messages; \\Recent is the server's own"""
        b = self.box(who)
        if b.select(f'"{folder}"', readonly=True)[0] != "OK":
            return {}
        lines = [x.decode() for x in b.uid("FETCH", "1:*", "(FLAGS)")[1] if isinstance(x, bytes)]
        found = [(re.search(r"UID (\d+)", l), re.search(r"FLAGS \(([^)]*)\)", l)) for l in lines]
        return {u[1]: sorted(f for f in w[1].split() if f != "\\Recent") for u, w in found if u and w}

    def mails(self, who, folder="INBOX"):
        b = self.box(who)
        if b.select(f'"{folder}"', readonly=True)[0] != "OK":
            return []
        found = b.uid("SEARCH", "ALL")[1][0].split()
        out = []
        for uid in found:
            answer = [x for x in b.uid("FETCH", uid, "(BODY.PEEK[])")[1] if isinstance(x, tuple)]
            if answer:
                m = email.message_from_bytes(answer[0][1], policy=email.policy.default)
                m.uid, m.raw = uid.decode(), answer[0][1]
                out.append(m)
        return out

    def wait_for_mail(self, who, predicate=lambda m: True, folder="INBOX", seconds=45, seen=()):
        """the first mail that fits and is not in `seen`; Failed when none comes in time"""
        end = time.monotonic() + seconds
        known = {m["Message-ID"] for m in seen}
        while True:
            subjects = []
            for m in self.mails(who, folder):
                subjects.append(str(m["Subject"]))
                if m["Message-ID"] not in known and predicate(m):
                    return m
            if time.monotonic() > end:
                raise Failed(f"no such mail to {who} in {seconds} s; there: {subjects}")
            if self.keptd and self.keptd.poll() is not None:
                raise Failed(f"keptd ended with {self.keptd.returncode}")
            time.sleep(0.1)

    def wait_until(self, what, holds, seconds=45):
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                raise Failed(f"not within {seconds} s: {what}")
            time.sleep(0.1)

    def compose(self, who, to, subject="", text="", cc=None, headers=None, date=None):
        m = email.message.EmailMessage()
        m["From"] = who if "<" in who else address(who)
        m["To"] = to
        if cc:
            m["Cc"] = cc
        m["Subject"] = subject
        m["Date"] = email.utils.formatdate(date if date is not None else self.now())
        m["Message-ID"] = email.utils.make_msgid(domain=address(who).split("@")[1])
        for k, v in (headers or {}).items():
            m[k] = v
        m.set_content(text)
        return m

    def submit(self, who, message, recipients):
        who = address(who)
        with smtplib.SMTP_SSL("localhost", self.base + 465, context=self.tls) as s:
            s.login(who, who.split("@")[0] + "-secret")
            s.send_message(message, who, recipients)

    def from_outside(self, sender, message, recipients, auth=None):
        """to the MX, as another server would; `auth` is what the MX shall find: "dmarc=pass header.from=example.com" """
        if auth:
            message["X-Test-Auth"] = auth
        with smtplib.SMTP("localhost", self.base + 25) as s:
            s.send_message(message, sender, recipients)

    def send_as(self, who, to, subject="", text="", cc=None, bcc=None, outside=False, auth=None, sent=False, **more):
        """by the submission server, or with `outside` to the MX; `sent`: a copy lies in the sender's Sent"""
        m = self.compose(who, to, subject, text, cc, **more)
        recipients = [a for _, a in email.utils.getaddresses([x for x in (to, cc, bcc) if x])]
        if outside or auth:
            self.from_outside(address(who), m, recipients, auth)
        else:
            self.submit(who, m, recipients)
        if sent:
            self.box(who).append("Sent", r"(\Seen)", None, m.as_bytes())
        return m

    def reply_to(self, mail, text, who="ada", to=None, quote=True, headers=None, bcc=None):
        """answers as a mail program would: to Reply-To or From, threaded, the mail quoted below"""
        to = to or str(mail["Reply-To"] or mail["From"])
        refs = " ".join(x for x in (str(mail["References"] or ""), str(mail["Message-ID"])) if x)
        h = {"In-Reply-To": str(mail["Message-ID"]), "References": refs} | (headers or {})
        subject = str(mail["Subject"])
        if quote:
            text += f"\n\nOn {mail['Date']} {mail['From']} wrote:\n" + "".join(f"> {l}\n" for l in self.text(mail).splitlines())
        m = self.compose(who, to, subject if subject.lower().startswith("re:") else "Re: " + subject, text, headers=h)
        self.submit(who, m, [a for _, a in email.utils.getaddresses([x for x in (to, bcc) if x])])
        return m

    @staticmethod
    def from_kept(mail):
        """a mail of kept's, but not the welcome"""
        return str(mail["From"]).endswith("kept@example.org>") and "Welcome" not in str(mail["Subject"])

    @staticmethod
    def text(mail):
        part = mail.get_body(("plain",))
        return part.get_content() if part else ""

    @staticmethod
    def html(mail):
        part = mail.get_body(("html",))
        return part.get_content() if part else ""


class Relay:
    """a network that a story can break, between keptd and a server: it can be down (refuses), and can stall (takes bytes and passes none on),
    is slow (pause: seconds for each block), and cuts what goes over it after so many bytes (cut_after; it is down then, if down_later)"""

    def __init__(self, port):
        self.to, self.down, self.stalled, self.connects, self.pairs = port, False, False, 0, []
        self.pause, self.cut_after, self.down_later = 0, None, False
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            a = self.listener.accept()[0]
            self.connects += 1
            if self.down:
                a.close()
                continue
            try:
                b = socket.create_connection(("127.0.0.1", self.to))
            except OSError:
                a.close()
                continue
            self.pairs.append((a, b))
            threading.Thread(target=self.pump, args=(a, b), daemon=True).start()

    def pump(self, a, b):
        other = {a: b, b: a}
        try:
            while True:
                if self.stalled:
                    time.sleep(0.02)
                    continue
                for s in select.select([a, b], [], [], 0.1)[0]:
                    data = s.recv(4096)
                    if not data:
                        return
                    time.sleep(self.pause)
                    other[s].sendall(data)
                    if self.cut_after is not None:
                        self.cut_after -= len(data)
                        if self.cut_after <= 0:
                            self.cut_after, self.down = None, self.down or self.down_later
                            return
        except (OSError, ValueError):
            return
        finally:
            for s in (a, b):
                s.close()

    def cut(self):
        for pair in self.pairs:
            for s in pair:
                try:
                    s.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
        self.pairs = []


class Failed(Exception):
    """a story cannot go on"""


def free_base():
    """a base port whose five ports nobody holds"""
    import random
    while True:
        base = random.randrange(20000, 31000, 50)
        try:
            for p in (25, 143, 465, 587, 993):
                s = socket.socket()
                s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                s.bind(("127.0.0.1", base + p))
                s.close()
            return base
        except OSError:
            continue
