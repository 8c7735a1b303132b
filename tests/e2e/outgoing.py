"""the way out when servers refuse, wait, break off or return; and what comes in that is huge, empty or no mail at all"""
import json, os, subprocess, time
from rig import Relay, Rig

OWNERS = " ".join(f'{who}: {{ name = "{who}"; addresses = [ "{a}" ]; zone = "Europe/Berlin"; quiet = "none"; agenda = "none"; }};'
                  for who, a in (("temp", "temp@example.org"), ("reject", "reject@example.org"), ("late", "data550@example.org"),
                                 ("bounce", "bounce@example.org"), ("pause", "pause@example.net")))
# what the server writes on top of a message that Ada handed in
TOP = b"Delivered-To: kept+friday@example.org\r\nAuthentication-Results: mx.example.org; auth=pass smtp.auth=ada@example.org\r\n"
CROWD = 100
HUGE = 30 << 20


def status(r):
    env = dict(os.environ, KEPT_CONF=r.conf, KEPT_NOW=r.iso())
    p = subprocess.run([r.build + "/kept", "status", "--check"], capture_output=True, text=True, env=env)
    return p.returncode, p.stdout.strip()


def outbox(r, to):
    return [o for o in json.loads(r.kept("outbox", "--all", "--json")) if o["to"] == to]


def state(r, to):
    return [o["state"] for o in outbox(r, to)]


with Rig() as r:
    def told(words):
        """the mails of kept's to Ada that hold these words, a double counted once"""
        return {str(m["Message-ID"]) for m in r.mails("ada") if Rig.from_kept(m) and words in r.text(m)}

    def secret(word):
        with open(r.dir + "/smtp.secret", "w") as f:
            f.write(word + "\n")
        os.chmod(r.dir + "/smtp.secret", 0o600)

    # the password is wrong at first: nothing leaves
    secret("wrong")
    relay = Relay(r.base + 465)

    def configure(owners=""):
        r.write_conf(owners=owners, top="caps: { owner_day = 1000; hour = 1000; };")
        r.through(relay, r.base + 465)
        head, tail = open(r.conf).read().split("submission:")
        r.write_conf(text=head + "submission:" + tail.replace("file:kept.secret", "file:smtp.secret", 1))

    configure()
    r.start_keptd()
    for n in (1, 2, 3):
        r.send_as("ada", "carol@example.com", f"Waits {n}", bcc="kept+friday@example.org", text=f"I will send you sample {n}.\n")
    r.wait_until("all three are in the ledger", lambda: len([p for p in r.promises() if "sample" in p["what"]]) == 3)
    r.wait_until("status warns", lambda: status(r)[0] == 1)
    r.check("a wrong SMTP password: all mail waits, none fails", set(state(r, "ada@example.org")) == {"ready"} and not r.mails("ada"), state(r, "ada@example.org"))
    r.check("… kept status says which and why", "courier" in status(r)[1], status(r))
    before = relay.connects
    for n in range(5):
        r.ring()
        time.sleep(0.1)
    r.check("… and it is not tried again and again with that password", relay.connects - before <= 1, relay.connects - before)
    secret("kept-secret")
    r.reload()
    r.wait_until("all three are acknowledged", lambda: all(told(f"sample {n}") for n in (1, 2, 3)))
    time.sleep(0.5)
    r.check("mended and SIGHUP: all leaves at once, each once", [len(told(f"sample {n}")) for n in (1, 2, 3)] == [1, 1, 1] and state(r, "ada@example.org") == ["sent"] * 4,
            state(r, "ada@example.org"))
    r.wait_until("status is well", lambda: status(r)[0] == 0)

    # servers that refuse
    configure(OWNERS)
    r.reload()
    r.wait_until("each welcome was tried", lambda: r.ring() or all(outbox(r, f"{a}@example.org") for a in ("temp", "reject", "data550", "bounce")))
    r.wait_until("the refused ones failed", lambda: state(r, "reject@example.org") == ["failed"] == state(r, "data550@example.org"))
    r.check("550 at RCPT and 550 after the dot: failed at once, and not tried again", [o["tries"] for a in ("reject", "data550") for o in outbox(r, a + "@example.org")] in ([0, 0], [1, 1]),
            [outbox(r, a + "@example.org") for a in ("reject", "data550")])
    r.wait_until("the busy one was tried", lambda: outbox(r, "temp@example.org")[0]["tries"] >= 1)
    o = outbox(r, "temp@example.org")[0]
    r.check("451: it waits, with the server's word", o["state"] == "ready" and "451" in o["why"] or "4.2.1" in o["why"] or "busy" in o["why"], o)
    r.clock(minutes=5)
    r.wait_until("it was tried again", lambda: r.ring() or outbox(r, "temp@example.org")[0]["tries"] > o["tries"])
    r.check("… and is tried again later", True)
    r.clock(days=6)
    r.wait_until("it failed", lambda: state(r, "temp@example.org")[0] == "failed")
    r.check("… for five days", True)

    # it came back
    r.kept("add", "--owner", "bounce", "--to", "carol@example.com", "--due", "friday", "the lost letter")
    r.wait_until("it left", lambda: len(outbox(r, "bounce@example.org")) >= 2 and set(state(r, "bounce@example.org")) == {"sent"})
    n = json.loads(r.kept("list", "--json", "--owner", "bounce"))[0]["id"]
    r.wait_until("the report is read", lambda: r.ring() or "bounced" in r.kept("show", str(n)))
    r.check("7: a bounce is tied to the mail that came back, and to its promise", "bounced" in r.kept("show", str(n)), r.kept("show", str(n)))
    r.check("7: … and closes nothing", json.loads(r.kept("list", "--json", "--owner", "bounce"))[0]["state"] == "open")

    # broken off after the dot: it may have arrived
    r.kept("add", "--owner", "pause", "--to", "carol@example.com", "--due", "friday", "the slow letter")
    slow = lambda: [o for o in outbox(r, "pause@example.net") if "slow letter" in o["subject"] or o["kind"] == "acknowledgement"]
    r.wait_until("the server keeps silent after the dot", lambda: [o["state"] for o in slow()] == ["begun"], 30)
    time.sleep(0.8)
    first = slow()[0]
    relay.cut()
    r.wait_until("it is unsure, and will go again", lambda: slow()[0]["state"] == "ready" and slow()[0]["tries"] == first["tries"] + 1)
    r.clock(minutes=5)
    r.wait_until("it was sent", lambda: slow()[0]["state"] == "sent", 20)
    again = slow()
    r.check("2: broken off after the dot: to the owner it goes again, under the same Message-ID", len(again) == 1 and again[0]["message_id"] == first["message_id"], again)

    # a crowd
    there = int(r.box("ada").select("INBOX", readonly=True)[1][0])
    for n in range(CROWD):
        m = r.compose("ada", "carol@example.com", f"Crowd {n:03}", f"I will send you report number {n:03}.\n")
        r.box("kept").append("INBOX", None, None, TOP + m.as_bytes())
    r.ring()
    ours = lambda: [m for m in r.mails("ada") if Rig.from_kept(m) and "report number" in r.text(m)]
    r.wait_until("100 acknowledgements", lambda: int(r.box("ada").select("INBOX", readonly=True)[1][0]) >= there + CROWD, 60)
    mails = {str(m["Message-ID"]) for m in ours()}
    r.check("2: 100 messages at once: 100 acknowledgements, each once", len(mails) == CROWD == len(ours()), len(mails))

    # what is no ordinary mail
    def lay(head, body, owners=True):
        r.lay("kept", "INBOX", (TOP if owners else b"") + head + body)
    def head(subject, more=b""):
        return (f"From: ada@example.org\r\nTo: carol@example.com\r\nSubject: {subject}\r\nMessage-ID: <{subject}.{os.getpid()}@example.org>\r\n").encode() + more + b"\r\n"
    lay(b"", b"\r\n", owners=False)
    lay(b"", bytes(range(1, 256)) * 200, owners=False)
    lay(head("klingon", b'MIME-Version: 1.0\r\nContent-Type: text/plain; charset="x-klingon"\r\n'), b"I will send you the b\xfcrette.\r\n")
    lay(head("no-mime", b"Content-Type: multipart/mixed\r\nContent-Transfer-Encoding: 9bit\r\n"), b"--\r\nI will send you the funnel.\r\n")
    line = b"QUJD" * 19 + b"\r\n"
    lay(head("huge", b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n'),
        b"--b\r\nContent-Type: text/plain\r\n\r\nI will send you the flask.\r\n--b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + line * (HUGE // len(line)) + b"--b--\r\n")
    r.send_as("ada", "carol@example.com", "Ordinary", bcc="kept+friday@example.org", text="I will send you the pipette.\n")
    r.wait_until("an ordinary one behind them is taken", lambda: "pipette" in r.kept("list", "--owner", "ada"), 30)
    r.check("30 MB, an empty one, bytes that are no mail, an unknown charset: nothing stops", True)
    known = r.kept("list", "--owner", "ada") + r.kept("held", "--owner", "ada")
    r.check("… and each that is the owner's is taken or held, none is lost", all(w in known for w in ("rette", "no-mime", "flask")) or "huge" in known, known)
    r.wait_until("all is well", lambda: r.ring() or status(r)[0] == 0)
    r.check("8: no letter's body went to Carol", not [m for m in r.mails("carol") if Rig.from_kept(m)])
