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
    r.box("ada").create('"Follow up"')
    r.start_keptd(personal=True)
    r.send_as("ada", "carol@example.com", "Subgroup data", bcc="kept+5d@example.org", text="I will send you the subgroup data.\n")
    r.wait_until("the promise is logged", lambda: r.promises())
    promise = r.promises()[0]["id"]

    # laid
    id, token = r.waiting(1, promise, TEXT)
    m = r.draft(token)
    r.check("it lies in Drafts, from the owner, threaded into the conversation", str(m["From"]) == "Ada Lovelace <ada@example.org>"
            and str(m["In-Reply-To"]) == "<q1@example.com>" == str(m["References"]) and str(m["To"]) == "carol@example.com", m)
    r.check("the BCC by which its sending is noticed is in it, and nothing else of kept's", str(m["Bcc"]) == f"kept+r-{token}@example.org" and not m["X-Kept-Token"], m)
    r.check("it is a draft, and read", r.flags("ada", "Drafts")[m.uid] == [r"\Draft", r"\Seen"], r.flags("ada", "Drafts"))
    r.check("kept outbox says where it lies", "it lies in ada, Drafts" in " ".join(r.kept("outbox").split()), r.kept("outbox"))
    r.check("nobody was asked by mail, and nothing went to Carol", not [x for x in r.mails("ada") if "waits for your word" in str(x["Subject"])]
            and len(r.mails("carol")) == 1)

    # sent by hand: the client writes a Message-ID of its own, takes the Bcc out, keeps a copy in Sent, and deletes the draft
    sent = email.message_from_bytes(m.raw, policy=email.policy.default)
    bcc = str(sent["Bcc"])
    del sent["Bcc"]
    sent.replace_header("Message-ID", "<client1@example.org>")
    r.submit("ada", sent, ["carol@example.com", bcc])
    r.lay("ada", "Sent", sent, r"\Seen")
    b = r.box("ada")
    b.select("Drafts")
    b.uid("STORE", m.uid, "+FLAGS", r"(\Deleted)")
    b.uid("EXPUNGE", m.uid)
    b.unselect()
    r.wait_until("the draft is settled", lambda: r.state(id) == "sent")
    r.wait_until("the copy in Sent was read", lambda: b"Sent/" in r.logged() and r.logged().count(b" -> sent, by hand") == 1)
    time.sleep(0.7)
    r.check("sent by hand, it is settled once", r.logged().count(b" -> sent, by hand") == 1
            and len(r.rows("SELECT id FROM event WHERE word = 'sent' AND outgoing = ?", id)) == 1)
    r.check("its BCC is no command and no promise", len(r.promises("--all")) == 1 and "unproven" not in r.kept("held"), r.promises("--all"))
    r.check("Carol has it once, and sees no address of kept's", len([x for x in r.mails("carol") if "kept+r-" in x.raw.decode("latin-1")]) == 0 and len(r.mails("carol")) == 2)
    r.clock(minutes=2)
    r.wait_until("its row is closed", lambda: r.rows("SELECT gone FROM draft WHERE outgoing = ?", id)[0][0])
    carol = r.compose("carol", "ada@example.org", "Re: Subgroup data", "Thank you, that is what the elderly need.\n\nCould it be by age, too?\n", headers={"In-Reply-To": "<client1@example.org>"})
    r.from_outside("carol@example.com", carol, ["ada@example.org"], auth="dmarc=pass header.from=example.com")
    r.wait_until("her answer to the sent one is tied to the promise", lambda: r.rows("SELECT id FROM event WHERE word = 'answered' AND commitment = ?", promise))
    r.check("an answer to what was sent is tied to the promise", True)

    # withdrawn
    id, token = r.waiting(2, promise, TEXT)
    r.draft(token)
    theirs = r.lay("ada", "Drafts", r.compose("ada", "dan@example.com", "Theirs", "not done yet\n"), r"\Draft")
    b.select("Drafts")
    b.uid("STORE", theirs, "+FLAGS", r"(\Deleted)") # marked by another client: a plain EXPUNGE would take it along
    b.unselect()
    r.void(id)
    r.wait_until("the draft is withdrawn", lambda: not r.drafts(token))
    r.check("when its reason is gone, a draft that nobody changed is removed, and no other", len(r.mails("ada", "Drafts")) == 1
            and str(r.mails("ada", "Drafts")[0]["Subject"]) == "Theirs", [str(x["Subject"]) for x in r.mails("ada", "Drafts")])

    # edited
    id, token = r.waiting(3, promise, TEXT)
    m = r.draft(token)
    mine = email.message_from_bytes(m.raw, policy=email.policy.default)
    mine.set_content(TEXT + "PS: mine\n")
    mine.replace_header("Message-ID", "<client3@example.org>")
    r.lay("ada", "Drafts", mine, r"\Draft")
    b.select("Drafts")
    b.uid("STORE", m.uid, "+FLAGS", r"(\Deleted)")
    b.uid("EXPUNGE", m.uid)
    b.unselect()
    r.void(id)
    told = r.wait_for_mail("ada", lambda x: "no longer needed" in str(x["Subject"]))
    r.check("one that its owner changed stays, and they are told", len(r.drafts(token)) == 1 and "You changed the draft" in r.text(told), r.text(told))
    # … and is sent all the same
    sent = email.message_from_bytes(r.drafts(token)[0].raw, policy=email.policy.default)
    del sent["Bcc"]
    r.submit("ada", sent, ["carol@example.com", f"kept+r-{token}@example.org"])
    r.wait_until("… sent after all, it is settled", lambda: r.state(id) == "sent")
    r.check("… sent after all, it is settled, and that the text was changed is on record",
            "changed the text" in r.rows("SELECT why FROM outgoing WHERE id = ?", id)[0][0])

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
    r.stop_keptd()
    users = r.server + "/conf/users"
    before = open(users).read()
    with open(users, "w") as f:
        f.write(before.replace("ada@example.org:ada-secret::::::", "ada@example.org:ada-secret::::::userdb_quota=count:User userdb_quota_rule=*:bytes=1"))
    r.start_keptd()
    id, token = r.waiting(19, promise, TEXT)
    asked = r.wait_for_mail("ada", lambda x: "uota" in r.text(x))
    r.check("over quota, its owner is asked by mail", not r.drafts(token) and r.state(id) == "held", r.text(asked))
    r.stop_keptd()
    with open(users, "w") as f:
        f.write(before)
    r.write_conf(text=open(r.conf).read().replace('drafts = "\\\\Drafts"', 'drafts = "Nowhere"'))
    r.start_keptd()
    id, token = r.waiting(20, promise, TEXT)
    asked = r.wait_for_mail("ada", lambda x: "Nowhere" in r.text(x))
    r.ring()
    time.sleep(0.7)
    r.check("without that folder its owner is asked by mail, once, and told why", len([x for x in r.mails("ada") if "Nowhere" in r.text(x)]) == 1, r.text(asked))
    r.check("… and the mailbox is read all the same", "mailbox ada" in r.kept("status") and "drafts" in r.kept("status"), r.kept("status"))
    r.check("SIGTERM ends it well", r.stop_keptd() == 0)
