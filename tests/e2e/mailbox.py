"""what happens to connections and mailboxes: cut, stalled, restarted, numbered anew, expunged, full at the start, cleared up"""
import re, subprocess, time
from rig import TOP, Relay, Rig

KEPT = "kept+friday@example.org"


def promise(r, words, subject=None):
    return r.send_as("ada", "carol@example.com", subject or f"About {words}", bcc=KEPT, text=f"I will send you {words} by Friday.\n")


def count(r, words):
    return len([p for p in r.promises("--all") if words in p["what"]])


def taken(r, words, seconds=15):
    def holds():
        r.ring()
        return count(r, words)
    r.wait_until(f"'{words}' is promised", holds, seconds)


def acknowledged(r):
    text = "\n".join(r.text(m) for m in {str(m["Message-ID"]): m for m in r.mails("ada") if Rig.from_kept(m)}.values())
    return lambda words: len(re.findall(rf"{words}\b", text))


def doveadm(r, *words):
    p = subprocess.run(["doveadm", "-c", r.server + "/conf/dovecot.conf", *words], capture_output=True, text=True)
    return p.returncode == 0 or print(p.stderr)


def after(r, what):
    text = re.sub(r'poll = 5; *(after = "[^"]*";)?', f'poll = 5; after = "{what}";', open(r.conf).read(), count=1)
    r.write_conf(text=text)
    r.reload()


with Rig() as r:
    # full already when kept is set up
    for n in range(1, 13):
        promise(r, f"the old report {n:02}")
    r.wait_until("the mailbox is full", lambda: len(r.mails("kept")) == 12)
    relay = Relay(r.base + 993)
    r.write_conf()
    r.through(relay, r.base + 993)
    r.start_keptd()
    promise(r, "the new report")
    taken(r, "the new report")
    r.check("in a mailbox that is full at first only new mail counts", count(r, "the old report") == 0, r.kept("list"))
    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 86400))
    r.kept("import", "--since", day)
    r.check("kept import --since takes what came before, each once", [count(r, f"the old report {n:02}") for n in range(1, 13)] == [1] * 12, r.kept("list"))
    r.kept("import", "--since", day)
    r.check("… and once more is harmless", count(r, "report") == 13, r.kept("list"))

    # the network
    for n in range(1, 7):
        promise(r, f"table {n}")
        time.sleep(0.05 * n)
        relay.cut()
        r.ring()
    for n in range(1, 7):
        taken(r, f"table {n}", 30)
    r.check("connections cut at any moment: nothing is lost or doubled", [count(r, f"table {n}") for n in range(1, 7)] == [1] * 6, r.kept("list"))
    relay.down = True
    relay.cut()
    before = relay.connects
    time.sleep(4)
    r.check("while the server is away kept tries with a pause between", relay.connects - before <= 2, relay.connects - before)
    promise(r, "poster 1")
    relay.down = False
    taken(r, "poster 1", 30)
    relay.stalled = True
    promise(r, "poster 2")
    time.sleep(1)
    r.check("a connection that stalls loses nothing", count(r, "poster 2") == 0)
    relay.stalled = False
    taken(r, "poster 2", 30)
    r.check("… and what came in the meantime is taken once", (count(r, "poster 1"), count(r, "poster 2")) == (1, 1), r.kept("list"))

    # the server
    promise(r, "leaflet 1")
    taken(r, "leaflet 1")
    r.boxes.clear()
    subprocess.run([TOP + "/tests/server/server", "stop", r.server], check=True, start_new_session=True)
    subprocess.run([TOP + "/tests/server/server", "start", r.server, str(r.base)], check=True, start_new_session=True)
    promise(r, "leaflet 2")
    taken(r, "leaflet 2", 30)
    r.check("the IMAP server restarted: what comes then is taken, what was before is not again", (count(r, "leaflet 1"), count(r, "leaflet 2")) == (1, 1), r.kept("list"))

    # numbered anew, with what was read already and what was not
    r.stop_keptd()
    before = len(r.promises("--all"))
    promise(r, "slide 1")
    r.wait_for_mail("kept", lambda m: "slide 1" in str(m["Subject"]))
    r.boxes.clear()
    valid = doveadm(r, "mailbox", "update", "-u", "kept@example.org", "--uid-validity", str(int(time.time()) + 5), "INBOX")
    r.check("the server numbers the mailbox anew (UIDVALIDITY)", valid)
    start = len(r.logged())
    r.start_keptd()
    promise(r, "slide 2")
    taken(r, "slide 1", 30)
    taken(r, "slide 2", 30)
    time.sleep(0.5)
    r.check("kept sees that", b"uidvalidity" in r.logged(start))
    r.check("… old messages and new ones are understood once each", len(r.promises("--all")) == before + 2, r.kept("list", "--all"))

    # gone before it was read
    r.stop_keptd()
    for n in (1, 2, 3):
        promise(r, f"plot {n}")
    r.wait_until("they came", lambda: len([m for m in r.mails("kept") if "plot" in str(m["Subject"])]) == 3)
    b = r.box("kept")
    b.select("INBOX")
    gone = [m.uid for m in r.mails("kept") if "plot 2" in str(m["Subject"])][0]
    b.select("INBOX")
    b.uid("STORE", gone, "+FLAGS", r"(\Deleted)")
    b.expunge()
    b.unselect()
    r.start_keptd()
    taken(r, "plot 3")
    r.check("a message expunged before it was read is passed over, its neighbours are not", [count(r, f"plot {n}") for n in (1, 2, 3)] == [1, 0, 1], r.kept("list"))

    # what becomes of a message that was read
    after(r, "keep")
    promise(r, "map 1")
    taken(r, "map 1")
    time.sleep(0.5)
    kept = lambda words, folder="INBOX": [m.uid for m in r.mails("kept", folder) if words in str(m["Subject"])]
    r.check('after = "keep": it stays as it is', r.flags("kept").get((kept("map 1") or ["0"])[0]) == [], r.flags("kept"))
    after(r, "seen")
    promise(r, "map 2")
    taken(r, "map 2")
    r.wait_until("it is marked", lambda: r.flags("kept").get((kept("map 2") or ["0"])[0]) == [r"\Seen"])
    r.check('after = "seen": it is marked as seen', True)
    after(r, "move:Done")
    promise(r, "map 3")
    taken(r, "map 3")
    r.wait_until("it is moved", lambda: kept("map 3", "Done"))
    r.check('after = "move:Done": it lies in Done', not kept("map 3"))
    promise(r, "map 4")
    taken(r, "map 4")
    r.wait_until("it is moved", lambda: kept("map 4", "Done"))
    r.check("… and each was taken once", [count(r, f"map {n}") for n in (1, 2, 3, 4)] == [1] * 4, r.kept("list"))

    r.check("no line of the log names its mailbox twice", b"mailbox capture mailbox capture" not in r.logged() and b" mailbox capture " in r.logged())
    told = acknowledged(r)
    r.wait_until("all is acknowledged", lambda: acknowledged(r)("map 4"))
    told = acknowledged(r)
    once = [f"table {n}" for n in range(1, 7)] + ["poster 1", "poster 2", "leaflet 1", "leaflet 2", "slide 1", "slide 2", "plot 1", "plot 3", "map 1", "map 2", "map 3", "map 4"]
    mails = [m for m in {str(m["Message-ID"]): m for m in r.mails("ada") if Rig.from_kept(m)}.values()]
    r.check("2: each promise was acknowledged in one mail", all(len([m for m in mails if w in r.text(m)]) == 1 for w in once),
            [(w, len([m for m in mails if w in r.text(m)])) for w in once])
