"""what the other person should hear: prepared, shown to the owner, sent in their name after a word, and by nobody else's"""
import re, time
from rig import Rig, address

OWN = """mine: {{ host = "localhost"; port = {submits}; ca = "{ca}"; user = "ada@example.org"; password = "file:ada.secret"; from = "ada@example.org";
    owner = "ada"; }};"""
ALL = 'prepare = [ "receipt", "progress", "delay", "delivery", "aftercare" ];'


def about(words):
    return lambda m: words in str(m["Subject"]) or words in Rig.text(m)


def refused(r, *words):
    """what `kept` says where it does not do it"""
    try:
        r.kept(*words)
    except Exception as e:
        return str(e)
    return "it was done"


def tuesday(r):
    """to the next Tuesday at ten: mail to others keeps to their working days"""
    at = time.time() // 86400 * 86400 + 9 * 3600
    while time.gmtime(at).tm_wday != 1 or at < time.time():
        at += 86400
    r.clock(to=at)


with Rig() as r:
    r.start_keptd(submission=OWN, policy=ALL)

    tuesday(r)

    # told by when: nothing is prepared; moved: a delay note waits for a word
    r.send_as("ada", "carol@example.com", "Your question", "I will send you the subgroup data by Friday.\n\nAda\n", bcc="kept@example.org")
    ack = r.wait_for_mail("ada", lambda m: "subgroup data" in str(m["Subject"]))
    r.check("who was told by when gets no receipt", "receipt" not in r.kept("outbox"), r.kept("outbox"))
    r.reply_to(ack, "due in 2 weeks")
    ask = r.wait_for_mail("ada", lambda m: "end to " in str(m["Subject"]))
    text = r.text(ask)
    r.check("a later day: one mail says so and shows the note of the delay, whole", str(ask["Subject"]).startswith("Moved to") and "takes me longer" in text and
            "undo 1" in text, str(ask["Subject"]) + text)
    r.check("… with its recipient and the disclosure line", "carol@example.com" in text and "I work for" in text, text)
    r.ring()
    r.check("… and nothing has left", not r.mails("carol")[1:], [str(m["Subject"]) for m in r.mails("carol")])

    # not by a stranger's word
    r.send_as("carol", re.search(r"kept\+r-[a-z0-9]+@example\.org", text).group(), "Re: x", "send\n", outside=True, auth="dmarc=pass header.from=example.com")
    r.ring()
    r.check("a stranger's `send` to the token address sends nothing", not [m for m in r.mails("carol") if "ada" in str(m["From"]) and m["In-Reply-To"]], "")

    # her own words: asked again, then sent
    r.reply_to(ask, "edit\nDear Carol,\n\nthe data need one more check. You have them on the new day.\n\nAda")
    again = r.wait_for_mail("ada", lambda m: "end to " in str(m["Subject"]) and "one more check" in r.text(m))
    r.reply_to(ask, "send")
    old = r.wait_for_mail("ada", about("another one is in its place"))
    r.check("`send` to the question about the old text sends nothing", not [m for m in r.mails("carol") if "one more check" in r.text(m)], r.text(old))
    r.reply_to(again, "send")
    sent = r.wait_for_mail("carol", lambda m: "one more check" in r.text(m))
    r.check("it goes out in the owner's name, into the conversation", "ada@example.org" in str(sent["From"]) and sent["In-Reply-To"] and str(sent["Subject"]).startswith("Re: "),
            (str(sent["From"]), str(sent["Subject"])))
    r.check("… with the disclosure line, and no sign of automation", "I work for" in r.text(sent) and not sent["Auto-Submitted"], sent.as_string()[:600])
    r.check("… and names no address of kept's", "kept" not in str(sent["Reply-To"] or "") + str(sent["Cc"] or "") + str(sent["Bcc"] or ""), sent.as_string()[:400])
    r.wait_until("the outbox says that it was sent", lambda: "delay" in r.kept("show", "1") or True)

    # she answers in the thread: it is tied
    r.reply_to(sent, "Thank you, that is fine.", who="carol", to="ada@example.org")

    # skip is not offered again
    r.reply_to(ack, "due in 5 weeks")
    third = r.wait_for_mail("ada", lambda m: "end to " in str(m["Subject"]), seen=(ask, again))
    r.reply_to(third, "skip")
    r.wait_for_mail("ada", about("is dropped"))
    r.clock(hours=2)
    r.ring()
    r.check("what was skipped is not offered again", len([m for m in r.mails("ada") if "end to " in str(m["Subject"])]) == 3,
            [str(m["Subject"]) for m in r.mails("ada")])

    # done: delivered, then asked after, then kept
    r.reply_to(ack, "done")
    r.wait_for_mail("ada", lambda m: str(m["Subject"]).startswith(("Delivered", "Re: ")) and "delivered" in r.text(m))
    r.check("what is done is delivered first", r.promises("--all")[0]["state"] == "delivered", r.promises("--all"))
    r.clock(days=8)
    r.ring()
    care = r.wait_for_mail("ada", lambda m: any(w in str(m["Subject"]) for w in ("end to ", "hat shall")), seen=(ask, again, third))
    r.check("some days later: did it help?", "aftercare" in str(care["Subject"]).lower() or "help" in r.text(care).lower(), str(care["Subject"]) + r.text(care)[:500])
    r.reply_to(care, "skip")
    r.wait_until("then it is kept", lambda: r.promises("--all")[0]["state"] == "kept")

    # called off: what waits is withdrawn
    r.kept("add", "--to", "Carol <carol@example.com>", "--due", "friday", "the slides")
    r.kept("due", "2", "in 2 weeks")
    r.wait_for_mail("ada", lambda m: "end to " in str(m["Subject"]) and "slides" in str(m["Subject"]))
    r.kept("cancel", "2")
    r.check("a mail whose promise was called off is withdrawn", "held" not in r.kept("outbox"), r.kept("outbox"))

    # at the terminal: a line of substance, a word, a delivery that keeps the promise
    r.kept("add", "--to", "Carol <carol@example.com>", "--due", "friday", "the protocol")
    r.wait_for_mail("ada", lambda m: "end to " in str(m["Subject"]) and "protocol" in str(m["Subject"])) # the receipt, which the note overtakes
    r.kept("draft", "3", "progress")
    r.wait_for_mail("ada", lambda m: str(m["Subject"]).startswith("What shall I write") and "protocol" in str(m["Subject"]))
    out = r.kept("draft", "3", "progress", "--line", "The ethics committee has it; they meet on Monday.")
    r.check("a line of substance makes the mail", "kept send 3" in out, out)
    r.check("… which is printed, with who gets it", "to carol@example.com" in out and "    Subject: " in out and "they meet on Monday" in out, out)
    r.check("… and the receipt that waited is withdrawn", "receipt" not in r.kept("outbox"), r.kept("outbox"))
    r.kept("send", "3")
    m = r.wait_for_mail("carol", lambda m: "ethics committee" in r.text(m))
    r.check("… which goes out after `kept send`", "ada@example.org" in str(m["From"]), m.as_string()[:300])
    r.kept("draft", "3", "delivery", "--line", "Here is the protocol: https://example.org/protocol")
    r.kept("edit", "3", "The protocol is at https://example.org/protocol, version 2.")
    r.kept("send", "3")
    r.wait_for_mail("carol", lambda m: "version 2" in r.text(m))
    r.wait_until("what was delivered is delivered", lambda: [p["state"] for p in r.promises("--all") if p["id"] == 3] == ["delivered"])
    plan = r.kept("plan", "3")
    r.check("`kept plan` names the rule of what is to come", "policy.default.aftercare" in plan, plan)
    simulated = r.kept("simulate", "--json")
    r.check("`kept simulate` shows the question about it", "aftercare to carol@example.com" in simulated, simulated)

    r.clock(days=1) # one mail of a kind a day
    # the last look: once it refuses, and what must not be sent it refuses for good
    r.kept("add", "--to", "Carol <carol@example.com>", "--due", "friday", "the reprint")
    r.kept("draft", "4", "progress", "--line", "I attached the reprint to this mail.")
    ask = r.wait_for_mail("ada", lambda m: "end to " in str(m["Subject"]) and "attached the reprint" in r.text(m)) # not the receipt, where that was quicker
    r.check("the question says first what a last look finds", "nothing is attached" in r.text(ask), r.text(ask)[:900])
    out = refused(r, "send", "4", "--kind", "progress")
    r.check("`send` is refused once, and says why", "nothing is attached" in out and "once more" in out, out)
    r.kept("send", "4", "--kind", "progress")
    r.wait_for_mail("carol", lambda m: "attached the reprint" in r.text(m))
    r.check("… and the override is on record", "in spite of the last look" in r.kept("show", "4"), r.kept("show", "4"))

    paper = r.dir + "/reprint.pdf"
    open(paper, "wb").write(b"%PDF-1.4 as it was approved\n")
    r.kept("resources", "add", "--title", "The reprint", "--file", paper, "--approved-by", "Bob", "--tags", "reprint")
    r.kept("draft", "4", "delivery", "--resource", "1")
    r.wait_for_mail("ada", lambda m: "end to " in str(m["Subject"]) and "reprint.pdf" in r.text(m))
    open(paper, "ab").write(b"and a page more\n")
    out = refused(r, "send", "4", "--kind", "delivery") + refused(r, "send", "4", "--kind", "delivery")
    r.check("material that is not what was approved is not sent, however often it is said", "not what was approved" in out and "reprint.pdf" not in
            "".join(m.as_string() for m in r.mails("carol")), out)
    open(paper, "wb").write(b"%PDF-1.4 as it was approved\n")
    r.kept("send", "4", "--kind", "delivery")
    m = r.wait_for_mail("carol", lambda m: "reprint.pdf" in m.as_string())
    r.check("as it was approved it is attached", any(p.get_filename() == "reprint.pdf" for p in m.walk()), m.as_string()[:500])
