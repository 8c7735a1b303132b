"""proof: one page about a promise for an inspector, which says so where anything was changed"""
import hashlib, json, os, re, shutil, sqlite3, subprocess, time
from html.parser import HTMLParser
from rig import Rig

OWN = """mine: {{ host = "localhost"; port = {submits}; ca = "{ca}"; user = "ada@example.org"; password = "file:ada.secret"; from = "ada@example.org";
    owner = "ada"; }};"""
ASKED = "could you send me the subgroup data of the trial? <script>alert(1)</script> & \"more\" \u202e\u0007"


def tuesday(r):
    at = time.time() // 86400 * 86400 + 9 * 3600
    while time.gmtime(at).tm_wday != 1 or at < time.time():
        at += 86400
    r.clock(to=at)


def said(r, *words, conf=None):
    """exit code and output of `kept`"""
    env = dict(os.environ, KEPT_CONF=conf or r.conf, KEPT_NOW=r.iso())
    p = subprocess.run([r.build + "/kept", *words], capture_output=True, text=True, env=env, timeout=60)
    if "Sanitizer" in p.stderr or "runtime error:" in p.stderr:
        raise Exception(p.stderr)
    return p.returncode, p.stdout + p.stderr


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.words = set(), [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes += attributes

    def handle_data(self, data):
        self.words += data


def changed(r, name, *statements):
    """a copy of the ledger in which somebody changed something; its configuration"""
    folder = f"{r.dir}/{name}"
    os.mkdir(folder)
    for f in ("kept.db", "kept.db.key"):
        shutil.copy(f"{r.dir}/{f}", folder)
    for f in os.listdir(r.dir):
        if f.endswith(".secret"):
            shutil.copy(f"{r.dir}/{f}", folder)
    shutil.copy(r.conf, folder + "/kept.conf")
    c = sqlite3.connect(folder + "/kept.db")
    for t in ("event_stays", "event_remains"):
        c.execute(f"DROP TRIGGER {t}")
    for s in statements:
        n = c.execute(s).rowcount
        r.check(f"({name}: one row was changed)", n == 1, f"{n} rows: {s}")
    c.commit()
    c.close()
    return folder + "/kept.conf"


with Rig() as r:
    r.start_keptd(personal=True, submission=OWN, policy='prepare = [ "receipt", "progress", "delay", "delivery", "aftercare" ];')
    tuesday(r)

    asked = r.send_as("carol", "ada@example.org", "The trial", f"Dear Ada,\n\n{ASKED}\n\nCarol\n", outside=True)
    quoted = "\n".join("> " + line for line in f"Dear Ada,\n\n{ASKED}\n\nCarol".split("\n"))
    r.send_as("ada", "carol@example.com", "Re: The trial", f"I will send you the subgroup data by Friday.\n\nAda\n\nOn Mon, Carol wrote:\n{quoted}\n", bcc="kept@example.org")
    ack = r.wait_for_mail("ada", lambda m: "subgroup data" in str(m["Subject"]))
    paper = r.dir + "/tables.pdf"
    open(paper, "wb").write(b"%PDF-1.4 as it was approved\n")
    r.kept("resources", "add", "--title", "The <b>tables</b>", "--file", paper, "--approved-by", "Bob", "--until", "in 2 years", "--tags", "subgroup")
    r.kept("team", "1", "medinfo")
    r.kept("draft", "1", "delivery", "--resource", "1", "--line", "Here are the tables.")
    r.kept("send", "1")
    sent = r.wait_for_mail("carol", lambda m: "tables.pdf" in m.as_string())
    r.wait_until("it is delivered", lambda: r.promises("--all")[0]["state"] == "delivered")
    r.reply_to(sent, "I have read them, and the second table answers my question about the elderly.", who="carol", to="ada@example.org")
    r.wait_until("her answer is tied to the promise", lambda: "answered" in r.kept("show", "1"))
    r.send_as("ada", "dan@example.com", "Two things", "I will send you the slides by Friday. I will also send you the protocol by Friday.\n\nAda\n", bcc="kept@example.org")
    r.wait_for_mail("ada", lambda m: "slides" in r.text(m) and "protocol" in r.text(m) and r.from_kept(m))
    r.stop_keptd()

    # whole
    code, html = said(r, "proof", "1", "--html")
    page = Page(html)
    r.check("all holds: exit 0, and the page says so", code == 0 and "The record holds" in page.words, (code, page.words[:400]))
    r.check("what they asked stands in it, word for word", "could you send me the subgroup data of the trial? <script>alert(1)</script> & \"more\"" in page.words, page.words[:900])
    r.check("… escaped, with no script, no picture, no link to elsewhere", not page.tags & {"script", "img", "link", "iframe", "a", "b", "object"} and "<script" not in html
            and not [a for a in page.attributes if a[0].startswith("on") or a[0] in ("src", "href")], page.tags)
    r.check("… and what would turn or hide text is shown by its number", "\u202e" not in html and "\x07" not in html, "")
    r.check("so does the sentence it was promised in", "I will send you the subgroup data by Friday." in page.words, "")
    r.check("the material is named, who approved it, and its digest", "The <b>tables</b>" in page.words and "Bob" in page.words
            and hashlib.sha256(open(paper, "rb").read()).hexdigest() in page.words, page.words)
    one = json.loads(said(r, "proof", "1", "--json")[1])
    mail = next(m for m in one["mails"] if m["kind"] == "delivery")
    bytes_ = subprocess.run([r.build + "/kept", "-c", r.conf, "outbox", "show", str(mail["id"])], capture_output=True).stdout
    r.check("the mail to her has its digest, which its bytes have too", mail["sha256"] == mail["recorded"] == hashlib.sha256(bytes_).hexdigest(), mail)
    r.check("… is whole on the page, and says whose word let it go", "Here are the tables." in page.words and mail["word"] == "send" and "`send`" in page.words, mail)
    r.check("… and is the one that she got", r.text(sent).strip() in mail["text"].strip() or "Here are the tables." in mail["text"], mail["text"])
    r.check("… but not the address at which kept's own mails are answered", "kept+r-…@" in page.words and not re.search(r"kept\+r-[a-z2-7]{26}", html), "")
    events = [v["word"] for v in one["events"]]
    r.check("her answer is named by its Message-ID", [v for v in one["events"] if v["word"] == "answered" and v["message_id"].startswith("<")], events)
    r.check("every event is there, in order, the courier's too", events[0] == "made" and "queued" in events and "send" in events and "sent" in events, events)
    two = Page(said(r, "proof", "2", "--html")[1]).words
    r.check("a promise that answered nothing came unasked; a mail about two names the other", "It came unasked" in two and "Also about#3" in two.replace("\n", ""), two[:1500])
    code, text = said(r, "proof", "1")
    r.check("as text too", code == 0 and "What was asked" in text and "| Dear Ada" in text or "could you send me" in text, text[:500])
    code, text = said(r, "audit")
    head = re.search(r"head (\d+:[0-9a-f]{64})", text)
    r.check("`kept audit` finds all as it was written, and prints the head", code == 0 and "each as it was written" in text and head, text)
    r.check("… which is found again", said(r, "audit", "verify", "--head", head[1][:40])[0] == 0, head[1])
    r.kept("add", "--to", "dan@example.com", "--due", "friday", "another thing")
    r.check("… also when the record has grown", said(r, "audit", "--head", head[1])[0] == 0, "")

    # changed
    def found(name, words, *statements, audit=True):
        conf = changed(r, name, *statements)
        code, page = said(r, "proof", "1", "--html", conf=conf)
        r.check(f"{name}: the page says so, at its head, exit 1", code == 1 and all(w in page.split("<h2>")[0] for w in words), (code, page.split("<h2>")[0][-900:]))
        code, text = said(r, "audit", conf=conf)
        r.check(f"{name}: so does the audit", not audit or code == 1 and words[0] in text, (code, text))

    row = next(v["row"] for v in one["events"] if v["word"] == "send")
    n = mail["id"]
    found("an event's word", [f"event {row}", "not as it was written"], f"UPDATE event SET detail = 'x' || substr(detail, 2) || '.' WHERE id = {row}")
    found("a byte of a frozen mail", [f"mail {n}", "not those that were frozen"],
          f"UPDATE outgoing SET bytes = CAST(substr(bytes, 1, 900) || X'58' || substr(bytes, 902) AS BLOB) WHERE id = {n}")
    found("an event that is gone", ["before it is gone"], f"DELETE FROM event WHERE id = {row}")
    found("to whom it went", [f"mail {n}", "went to dan@example.com"], f"UPDATE outgoing SET recipient = 'dan@example.com' WHERE id = {n}")
    found("whether it went", [f"mail {n}", "the record that it was sent"], f"UPDATE outgoing SET state = 'void', sent = NULL WHERE id = {n}")
    found("what they asked", ["what was asked"], "UPDATE commitment SET request = 'anything' WHERE id = 1")
    found("who approved", ["resource r1", "says otherwise"], "UPDATE resource SET approved_by = 'Eve' WHERE id = 1", audit=False)
    conf = changed(r, "the end taken off", "DELETE FROM event WHERE id = (SELECT max(id) FROM event)")
    code, text = said(r, "audit", "--head", re.search(r"head (\d+:[0-9a-f]{64})", said(r, "audit")[1])[1], conf=conf)
    r.check("the end taken off: found by a head that was written down", code == 1 and "taken off the end" in text, text)
    conf = changed(r, "no key")
    os.remove(os.path.dirname(conf) + "/kept.db.key")
    code, page = said(r, "proof", "1", "--html", conf=conf)
    r.check("without the key the page is there, and says that nothing is proven", code == 1 and "the record cannot be followed" in page and "subgroup data" in page, page[:900])

    # bytes that are changed while they wait: to others they do not leave; what left is held against what was frozen
    def bytes_of(kind, change=None):
        id, whole = c.execute("SELECT id, bytes FROM outgoing WHERE kind = ? ORDER BY id DESC", (kind,)).fetchone()
        if change:
            c.execute("UPDATE outgoing SET bytes = ? WHERE id = ?", (whole.replace(*change), id))
        return id, whole

    def state_of(id):
        return c.execute("SELECT state FROM outgoing WHERE id = ?", (id,)).fetchone()[0]

    c = sqlite3.connect(r.dir + "/kept.db", timeout=10, isolation_level=None)
    r.kept("draft", "2", "progress", "--line", "The slides come on Thursday.")
    question, asked = bytes_of("approval", (b"Thursday", b"Saturday"))
    r.start_keptd()
    r.wait_until("the question has left", lambda: state_of(question) == "sent")
    c.execute("UPDATE outgoing SET bytes = ? WHERE id = ?", (asked, question))
    code, text = said(r, "proof", "2")
    r.check("what left was not what was frozen: found, though the bytes are again as they were", code == 1 and "what left was not what was frozen" in text, text[:600])
    id, whole = bytes_of("progress", (b"Thursday", b"Saturday"))
    r.kept("send", "2")
    told = r.wait_for_mail("ada", lambda m: "not those that were frozen" in r.text(m))
    r.check("a mail to others whose bytes were changed does not leave, and its owner is told", state_of(id) == "failed" and not [m for m in r.mails("dan") if "Saturday" in r.text(m)],
            r.text(told))
