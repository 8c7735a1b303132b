"""mail to others waits in its owner's Drafts: laid once, sent by hand and settled, withdrawn or left, and asked about by mail where that cannot be"""
import email, signal, sqlite3, time
from rig import Rig, address, PERSONAL
import rig

rig.PERSONAL = PERSONAL.replace('poll = 5;', 'poll = 5; drafts = "\\\\Drafts";')


class Story(Rig):
    """a mail that waits, as kept prepares it: put into the ledger by hand where no step makes one"""

    def waiting(self, n, promise, text, subject="Re: Subgroup data"):
        token = f"abcdefghijklmnopqrstuvw{n:03}"
        m = email.message.EmailMessage(policy=email.policy.SMTP)
        m["Date"] = email.utils.formatdate(self.now())
        m["From"], m["To"], m["Subject"] = "Ada Lovelace <ada@example.org>", "carol@example.com", subject
        m["Message-ID"], m["In-Reply-To"], m["References"] = f"<{token}@example.org>", "<q1@example.com>", "<q1@example.com>"
        m["X-Kept-Token"] = token
        m.set_content(text)
        db = sqlite3.connect(self.dir + "/kept.db", timeout=20)
        with db:
            c = db.execute("INSERT INTO outgoing (owner, kind, recipient, outside, answers, state, subject, sender, message_id, token, bytes, made, tries, why) "
                           "VALUES ('ada', 'receipt', 'carol@example.com', 1, 0, 'held', ?, 'ada@example.org', ?, ?, ?, ?, 0, '')",
                           (subject, f"<{token}@example.org>", token, m.as_bytes(), int(self.now())))
            db.execute("INSERT INTO outgoing_about (outgoing, commitment) VALUES (?, ?)", (c.lastrowid, promise))
        db.close()
        self.ring()
        return c.lastrowid, token

    def void(self, id, why="promise 1 is kept: it was withdrawn"):
        db = sqlite3.connect(self.dir + "/kept.db", timeout=20)
        with db:
            db.execute("UPDATE outgoing SET state = 'void', why = ? WHERE id = ?", (why, id))
        db.close()
        self.ring()

    def rows(self, sql, *with_):
        db = sqlite3.connect(self.dir + "/kept.db", timeout=20)
        try:
            return db.execute(sql, with_).fetchall()
        finally:
            db.close()

    def state(self, id):
        return self.rows("SELECT state FROM outgoing WHERE id = ?", id)[0][0]

    def drafts(self, token):
        return [m for m in self.mails("ada", "Drafts") if token in str(m["Bcc"])]

    def draft(self, token):
        self.wait_until("the draft lies there", lambda: self.drafts(token))
        return self.drafts(token)[0]


TEXT = "Dear Carol,\n\nI have asked our medical information team for the subgroup data; you will hear by Friday.\n\nAda\n"

with Story() as r:
    def promised(words):
        """Ada promises that to Carol; its number, when the receipt that kept prepares lies in her Drafts, and that draft"""
        before = {m.uid for m in r.mails("ada", "Drafts")}
        r.send_as("ada", "carol@example.com", f"About {words}", bcc="kept+5d@example.org", text=f"I will send you {words}.\n")
        fresh = lambda: [m for m in r.mails("ada", "Drafts") if m.uid not in before and words in str(m["Subject"]) + r.text(m)]
        r.wait_until(f"{words} is promised", lambda: [p for p in r.promises() if words in p["what"]])
        id = next(p["id"] for p in r.promises() if words in p["what"])
        r.kept("draft", str(id), "receipt")
        r.wait_until(f"the receipt for {words} lies in Drafts", fresh)
        return id, fresh()[0]

    def mail_of(draft):
        """the mail in the outbox of that draft"""
        token = str(draft["Bcc"]).split("+r-")[1].split("@")[0]
        return r.rows("SELECT id FROM outgoing WHERE token = ?", token)[0][0], token

    def delete(uid):
        b = r.box("ada")
        b.select("Drafts")
        b.uid("STORE", uid, "+FLAGS", r"(\Deleted)")
        b.uid("EXPUNGE", uid)
        b.unselect()

    def send_by_hand(draft, message_id, sent=True):
        """as a client does it: a Message-ID of its own, the Bcc taken out, a copy in Sent, the draft deleted"""
        m = email.message_from_bytes(draft.raw, policy=email.policy.default)
        bcc = str(m["Bcc"])
        del m["Bcc"]
        m.replace_header("Message-ID", message_id)
        r.submit("ada", m, ["carol@example.com", bcc])
        if sent:
            r.lay("ada", "Sent", m, r"\Seen")
        delete(draft.uid)
        return m

    r.box("ada").create('"Follow up"')
    r.write_conf(personal=True, policy='prepare = [ "receipt" ];')
    account = f'ada: {{ owner = "ada"; host = "localhost"; port = {r.base + 465}; ca = "{r.ca}"; user = "ada@example.org"; password = "file:ada.secret"; from = "ada@example.org"; }};'
    r.write_conf(text=open(r.conf).read().replace("submission: {", "submission: { " + account))
    r.start_keptd()

    # laid
    promise, m = promised("the subgroup data")
    id, token = mail_of(m)
    first = next(x for x in r.mails("carol") if "About the subgroup data" in str(x["Subject"]))
    r.check("it lies in Drafts, from the owner, to the other person, threaded into the conversation", "<ada@example.org>" in str(m["From"]) and "Ada" in str(m["From"])
            and "carol@example.com" in str(m["To"]) and str(m["In-Reply-To"]) == str(first["Message-ID"]) and str(first["Message-ID"]) in str(m["References"]), m)
    r.check("the BCC by which its sending is noticed is in it, and nothing else of kept's", str(m["Bcc"]) == f"kept+r-{token}@example.org"
            and "x-kept" not in m.raw.decode().lower() and not m["Reply-To"] and not m["Auto-Submitted"], m)
    r.check("it is a draft, and read", r.flags("ada", "Drafts")[m.uid] == [r"\Draft", r"\Seen"], r.flags("ada", "Drafts"))
    r.check("kept outbox says where it lies", "it lies in ada, Drafts" in " ".join(r.kept("outbox").split()), r.kept("outbox"))
    r.check("nobody was asked by mail, and nothing went to Carol", not r.rows("SELECT id FROM outgoing WHERE kind = 'approval'") and len(r.mails("carol")) == 1)

    # sent by hand
    send_by_hand(m, "<client1@example.org>")
    r.wait_until("the draft is settled", lambda: r.state(id) == "sent")
    r.wait_until("the copy in Sent was read", lambda: b"Sent/" in r.logged())
    time.sleep(0.7)
    r.check("sent by hand, it is settled once", r.logged().count(b" -> sent, by hand") == 1
            and len(r.rows("SELECT id FROM event WHERE word = 'sent' AND outgoing = ?", id)) == 1)
    r.check("its BCC is no command and no promise", len(r.promises("--all")) == 1 and "unproven" not in r.kept("held"), r.promises("--all"))
    r.check("… and it counts: they were told by when, and are not told again", r.rows("SELECT told = due FROM commitment WHERE id = ?", promise) == [(1,)]
            and len(r.rows("SELECT id FROM outgoing WHERE kind = 'receipt'")) == 1, r.rows("SELECT told, due FROM commitment"))
    r.check("Carol has it once, and sees no address of kept's", len(r.mails("carol")) == 2 and not [x for x in r.mails("carol") if b"kept+r-" in x.raw])
    r.clock(minutes=2)
    r.wait_until("its row is closed", lambda: r.rows("SELECT gone FROM draft WHERE outgoing = ?", id)[0][0])
    carol = r.compose("carol", "ada@example.org", "Re: About the subgroup data", "Thank you, that is what the elderly need.\n\nCould it be by age, too?\n",
                      headers={"In-Reply-To": "<client1@example.org>"})
    r.from_outside("carol@example.com", carol, ["ada@example.org"], auth="dmarc=pass header.from=example.com")
    r.wait_until("her answer to the sent one is tied to the promise", lambda: r.rows("SELECT id FROM event WHERE word = 'answered' AND commitment = ?", promise))
    r.check("an answer to what was sent is tied to the promise", True)
    text = r.kept("proof", str(promise))
    r.check("its proof holds, while the daemon runs, and says whose hand sent it", "The record holds" in text and "own hand" in text, text)

    # withdrawn, when `done` comes first
    promise, m = promised("the reprint")
    theirs = r.lay("ada", "Drafts", r.compose("ada", "dan@example.com", "Theirs", "not done yet\n"), r"\Draft")
    r.flag("ada", "Drafts", theirs, r"\Deleted") # marked by another client: a plain EXPUNGE would take it along
    r.kept("done", str(promise))
    r.wait_until("the draft is withdrawn", lambda: m.uid not in r.flags("ada", "Drafts"))
    r.check("when the promise is done before, a draft that nobody changed is removed, and no other", theirs in r.flags("ada", "Drafts")
            and len(r.flags("ada", "Drafts")) == 1, r.flags("ada", "Drafts"))

    # edited
    promise, m = promised("the poster")
    id, token = mail_of(m)
    mine = email.message_from_bytes(m.raw, policy=email.policy.default)
    mine.clear_content()
    mine.set_content(TEXT + "PS: mine\n")
    mine.replace_header("Message-ID", "<client3@example.org>")
    r.lay("ada", "Drafts", mine, r"\Draft")
    delete(m.uid)
    r.kept("done", str(promise))
    told = r.wait_for_mail("ada", lambda x: "no longer needed" in str(x["Subject"]))
    r.check("one that its owner changed stays, and they are told", len(r.drafts(token)) == 1 and "You changed the draft" in r.text(told), r.text(told))
    send_by_hand(r.drafts(token)[0], "<client4@example.org>", sent=False)
    r.wait_until("… sent after all, it is settled", lambda: r.state(id) == "sent")
    r.check("… sent after all, it is settled, and that it was changed is on record",
            "owner changed it" in r.rows("SELECT why FROM outgoing WHERE id = ?", id)[0][0])

    # the owner's word by another way
    promise, m = promised("the label")
    id, token = mail_of(m)
    r.reply_to(r.wait_for_mail("ada", lambda x: Rig.from_kept(x) and "the label" in str(x["Subject"])), "skip")
    r.wait_until("skipped by mail, the draft is withdrawn", lambda: r.state(id) == "void" and not r.drafts(token))
    r.check("their word by mail, skip, takes the draft away", True)
    promise, m = promised("the slide deck")
    id, token = mail_of(m)
    r.reply_to(r.wait_for_mail("ada", lambda x: Rig.from_kept(x) and "the slide deck" in str(x["Subject"])), f"edit Dear Carol, you have it on Monday. Ada")
    r.wait_until("edit lays another in its place", lambda: not r.drafts(token) and [x for x in r.mails("ada", "Drafts") if "on Monday" in r.text(x)])
    r.check("edit lays another in its place", r.state(id) == "void")
    promise, m = promised("the abstract")
    id, token = mail_of(m)
    n = len(r.mails("carol"))
    r.reply_to(r.wait_for_mail("ada", lambda x: Rig.from_kept(x) and "the abstract" in str(x["Subject"])), "send")
    r.wait_until("send sends it, and takes the draft away", lambda: r.state(id) in ("sent", "ready") and not r.drafts(token))
    for _ in range(5): # in Carol's working hours
        if r.state(id) != "sent":
            r.clock(hours=12)
            r.ring()
            time.sleep(0.5)
    r.wait_until("it leaves in her working hours", lambda: r.ring() or r.state(id) == "sent")
    r.check("send sends it from here, once, and the draft is gone", len(r.mails("carol")) == n + 1 and not r.drafts(token), len(r.mails("carol")) - n)

    # deleted by its owner, and not sent
    promise, m = promised("the dosing table")
    id, token = mail_of(m)
    delete(m.uid)
    r.clock(minutes=61)
    r.wait_until("it is missed", lambda: r.ring() or r.rows("SELECT missed FROM draft WHERE outgoing = ?", id)[0][0])
    r.check("deleted, it may be on its way still", r.state(id) == "held")
    r.clock(minutes=61)
    r.wait_until("it counts as skipped", lambda: r.ring() or r.state(id) == "void")
    r.check("an hour after, it counts as skipped, and is not offered again", r.rows("SELECT word FROM outgoing WHERE id = ?", id) == [("skip",)]
            and len(r.rows("SELECT o.id FROM outgoing o JOIN outgoing_about a ON a.outgoing = o.id WHERE o.kind = 'receipt' AND a.commitment = ?", promise)) == 1)

    # killed at any moment between laying and writing that down
    tokens = []
    for n in range(10, 16):
        tokens.append(r.waiting(n, promise, TEXT + f"{n}\n")[1])
        time.sleep(0.012 * (n - 9))
        r.stop_keptd(signal.SIGKILL)
        r.start_keptd(wait=False)
    r.wait_until("each lies there", lambda: all(r.drafts(t) for t in tokens), 60)
    r.ring()
    time.sleep(1)
    r.check("killed at any moment, each is laid once", all(len(r.drafts(t)) == 1 for t in tokens), [len(r.drafts(t)) for t in tokens])

    # where it cannot be laid
    asked_by_mail = lambda words: [x for x in r.mails("ada") if words in " ".join(r.text(x).split())]
    r.stop_keptd()
    users = r.server + "/conf/users"
    before = open(users).read()
    with open(users, "w") as f:
        f.write(before.replace("ada@example.org:ada-secret::::::", "ada@example.org:ada-secret::::::userdb_quota=count:User userdb_quota_rule=*:bytes=1"))
    r.start_keptd()
    id, token = r.waiting(19, promise, TEXT)
    r.wait_until("over quota, its owner is asked", lambda: asked_by_mail("Quota exceeded"))
    r.check("over quota, its owner is asked by mail", not r.drafts(token) and r.state(id) == "held"
            and r.rows("SELECT count(*) FROM outgoing WHERE kind = 'approval' AND approves = ?", id) == [(1,)])
    r.stop_keptd()
    with open(users, "w") as f:
        f.write(before)
    r.write_conf(text=open(r.conf).read().replace('drafts = "\\\\Drafts"', 'drafts = "Nowhere"'))
    r.start_keptd()
    id, token = r.waiting(20, promise, TEXT)
    r.wait_until("without that folder its owner is asked", lambda: asked_by_mail("Nowhere"))
    r.ring()
    time.sleep(0.7)
    r.check("without that folder its owner is asked by mail, once, and told why", len(asked_by_mail("Nowhere")) == 1
            and r.rows("SELECT count(*) FROM outgoing WHERE kind = 'approval' AND approves = ?", id) == [(1,)])
    asked = asked_by_mail("Nowhere")[0]
    r.reply_to(asked, "skip")
    r.wait_until("the word by mail counts", lambda: r.state(id) == "void")
    r.check("… and their word by mail counts", r.state(id) == "void")
    r.check("… and the mailbox is read all the same", "mailbox ada" in r.kept("status") and "drafts" in r.kept("status"), r.kept("status"))
    r.check("SIGTERM ends it well", r.stop_keptd() == 0)
