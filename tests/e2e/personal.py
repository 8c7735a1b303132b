"""the owner's own mailbox: Sent and BCC are one message, a flag or a folder makes a promise, and nothing in it is changed"""
import email, time
from rig import Rig, address

FROM_CAROL = "dmarc=pass header.from=example.com"
UNTOLD = "none"


def what(r, words):
    return [p for p in r.promises("--all") if words in p["what"] + p["words"]]


def once(r, words):
    """the promise, once it is there; the copies still under way may come in the meantime"""
    r.wait_until(f"'{words}' is promised", lambda: what(r, words))
    r.ring()
    time.sleep(0.4)
    return len(what(r, words)) == 1


def received(r, uid_folder, text, subject, flags=""):
    m = r.compose("carol", address("ada"), subject, text)
    return r.lay("ada", uid_folder, m, flags)


with Rig() as r:
    r.box("ada").create('"Follow up"')
    old = received(r, "INBOX", "What is the half-life?\n", "An old question")
    r.start_keptd(personal=True)

    # one message, two places
    m = r.compose("ada", "carol@example.com", "First by BCC", "I will send you the first table by Friday.\n")
    r.submit("ada", m, ["carol@example.com", "kept+friday@example.org"])
    r.wait_until("the BCC copy is taken", lambda: what(r, "first table"))
    r.lay("ada", "Sent", m, r"\Seen")
    r.check("the BCC copy, then that in Sent: one promise", once(r, "first table"), what(r, "first table"))

    m = r.compose("ada", "carol@example.com", "First in Sent", "I will send you the second table by Friday.\n", headers={"Bcc": "kept+friday@example.org"})
    r.lay("ada", "Sent", m, r"\Seen")
    r.wait_until("the copy in Sent is taken", lambda: what(r, "second table"))
    del m["Bcc"]
    r.submit("ada", m, ["carol@example.com", "kept+friday@example.org"])
    r.check("the copy in Sent, then that by BCC: one promise", once(r, "second table"), what(r, "second table"))

    # a Sent copy in which the client left no BCC is a candidate, until the BCC comes
    m = r.compose("ada", "carol@example.com", "No BCC left", "I will send you the third table by Friday.\n")
    r.lay("ada", "Sent", m, r"\Seen")
    r.wait_until("the untagged copy is noted", lambda: what(r, "third table"))
    r.check("an untagged promise in Sent is a candidate, and is not acted on", [p["state"] for p in what(r, "third table")] == ["candidate"], what(r, "third table"))
    r.submit("ada", m, ["carol@example.com", "kept+friday@example.org"])
    r.wait_until("its BCC makes it a promise", lambda: "open" in [p["state"] for p in what(r, "third table")])
    time.sleep(0.5)
    r.check("the BCC of a candidate makes it one promise", [p["state"] for p in what(r, "third table")] == ["open"], what(r, "third table"))

    # nothing but the copy in Sent says that it was the owner
    for first, words in (("Sent", "fourth table"), ("BCC", "fifth table")):
        m = r.compose("ada", "carol@example.com", f"Proven by Sent, {first} first", f"I will send you the {words} by Friday.\n")
        if first == "Sent":
            r.lay("ada", "Sent", m, r"\Seen")
            r.wait_until("the copy in Sent is noted", lambda: what(r, words))
        copy = email.message_from_bytes(m.as_bytes(), policy=m.policy)
        r.from_outside("ada@example.org", copy, ["kept+friday@example.org"], auth=UNTOLD)
        if first == "BCC":
            r.wait_until("unproven, it is held", lambda: "Proven by Sent, BCC first" in r.kept("held"))
            r.check("an unproven copy alone is no promise", not what(r, words), what(r, words))
            r.lay("ada", "Sent", m, r"\Seen")
        r.wait_until(f"{words}: taken", lambda: "open" in [p["state"] for p in what(r, words)])
        time.sleep(0.5)
        r.check(f"only the copy in Sent proves it, and {first} comes first: one promise", [p["state"] for p in what(r, words)] == ["open"], what(r, words))
        r.check("… and nothing stays held", f"Proven by Sent, {first} first" not in r.kept("held"), r.kept("held"))

    # who got a mail of Ada's knows its Message-ID
    m = r.compose("ada", "carol@example.com", "Well known", "I will send you the sixth table by Friday.\n")
    r.lay("ada", "Sent", m, r"\Seen")
    r.wait_until("the copy in Sent is noted", lambda: what(r, "sixth table"))
    forged = r.compose("ada", "carol@example.com", "Well known", "I will send you my savings by Friday.\n")
    forged.replace_header("Message-ID", str(m["Message-ID"]))
    r.from_outside("ada@example.org", forged, ["kept+friday@example.org"], auth=UNTOLD)
    r.wait_for_mail("kept", lambda x: str(x["Message-ID"]) == str(m["Message-ID"]))
    r.ring()
    time.sleep(1)
    r.check("another text under a known Message-ID is not proven by the copy in Sent", not what(r, "savings") and "Well known" in r.kept("held"),
            (what(r, "savings"), r.kept("held")))
    r.check("… and makes no promise of that copy", [p["state"] for p in what(r, "sixth table")] == ["candidate"], what(r, "sixth table"))

    # a flag, on arrival and later; a keyword; a folder
    plain = received(r, "INBOX", "Nothing is asked here.\n", "A newsletter")
    received(r, "INBOX", "Could you send me the label?\n", "Flagged on arrival", r"\Flagged")
    r.wait_until("what comes flagged is a promise", lambda: what(r, "Flagged on arrival"))
    r.check("a message flagged on arrival is a promise to its author", what(r, "Flagged on arrival")[0]["to"] == ["carol@example.com"], what(r, "Flagged on arrival"))
    later = received(r, "INBOX", "Could you send me the poster?\n", "Flagged later")
    keyed = received(r, "INBOX", "Could you send me the slides?\n", "Keyword later")
    r.wait_until("it was passed over", lambda: f"INBOX/{keyed} skip".encode() in r.logged())
    r.flag("ada", "INBOX", later, r"\Flagged")
    r.flag("ada", "INBOX", keyed, "$Kept")
    r.flag("ada", "INBOX", old, r"\Flagged")
    for subject in ("Flagged later", "Keyword later", "An old question"):
        r.wait_until(f"{subject}: taken", lambda: what(r, subject))
        r.check(f"a flag set later makes it a promise to its author: {subject}", [p["to"] for p in what(r, subject)] == [["carol@example.com"]], what(r, subject))
    filed = received(r, "Follow up", "Could you send me the protocol?\n", "Filed to follow up")
    r.wait_until("what lies in the folder is a promise", lambda: what(r, "Filed to follow up"))
    r.check("a message in a watched folder is a promise to its author", what(r, "Filed to follow up")[0]["to"] == ["carol@example.com"])

    r.ring()
    time.sleep(0.5)
    flags = r.flags("ada")
    mine = {u: flags.get(u) for u in (old, plain, later, keyed)}
    r.check("kept changes no flag of the personal mailbox", mine == {old: [r"\Flagged"], plain: [], later: [r"\Flagged"], keyed: ["$Kept"]}, mine)
    r.check("… in the folder neither", r.flags("ada", "Follow up").get(filed) == [], r.flags("ada", "Follow up"))
    r.check("… nor in Sent", all(f == [r"\Seen"] for f in r.flags("ada", "Sent").values()), r.flags("ada", "Sent"))
    r.check("a message without a flag is no promise", not what(r, "newsletter"))
    r.check("nothing to Carol but Ada's mails (14: plain IMAP is enough)", not [m for m in r.mails("carol") if Rig.from_kept(m)])
