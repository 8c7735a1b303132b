"""every way to tag a message makes one promise"""
import calendar, re
from rig import Rig

WEDNESDAY = calendar.timegm((2026, 12, 2, 9, 0, 0))

with Rig() as r:
    r.clock(to=WEDNESDAY)
    r.box("ada").create('"Follow up"')
    r.start_keptd(personal=True)

    def listed(word, due=None):
        rows = [l for l in r.kept("list").splitlines() if word in l]
        return len(rows) == 1 and (not due or due in rows[0])

    def appears(what, word, due=None):
        try:
            r.wait_until(what, lambda: listed(word, due), 45)
            r.check(what, True)
        except Exception:
            r.check(what, False, r.kept("list"))

    r.send_as("ada", "carol@example.com", "Alpha", cc="kept+3d@example.org", text="I will send you the alpha table.\n")
    appears("the tracking address in Cc", "alpha table", "7 Dec")
    r.send_as("ada", "carol@example.com", "Beta", bcc="nexttuesday@kept.example.org", text="I will send you the beta table.\n")
    appears("a catch-all domain: the local part is the date", "beta table", "8 Dec")
    r.send_as("ada", "carol@example.com", "[kept fri 10am] Gamma", bcc="kept@example.org", text="I will send you the gamma table.\n")
    appears("a tag in the subject", "gamma table", "4 Dec 10:00")
    r.send_as("ada", "carol@example.com", "Delta", bcc="kept@example.org", text="Hello,\n\nsee below.\n\nkept: send the delta data by Friday\n")
    appears("a line in the body", "delta data", "4 Dec")
    r.send_as("ada", "kept@example.org", "A note", text="I will send carol@example.com the epsilon figures by friday\n")
    appears("a note to the tracking address alone", "epsilon")
    r.send_as("ada", "carol@example.com", "Zeta", bcc="kept+friday@example.org", sent=True, text="I will send you the zeta table.\n")
    appears("by BCC and in Sent: one promise", "zeta table", "4 Dec")

    for n, (word, how) in enumerate((("eta", r"\Flagged"), ("theta", "$Kept"))):
        r.send_as("carol", "ada@example.org", f"A question on {word}", outside=True, text=f"Could you look up the {word} value?\n")
        m = r.wait_for_mail("ada", lambda m: word in str(m["Subject"]) and "carol" in str(m["From"]))
        box = r.box("ada")
        box.select("INBOX")
        box.uid("STORE", m.uid, "+FLAGS", f"({how})")
        appears(f"{how} on a message of theirs", f"on {word}")
    r.send_as("carol", "ada@example.org", "A question on iota", outside=True, text="Could you look up the iota value?\n")
    m = r.wait_for_mail("ada", lambda m: "iota" in str(m["Subject"]) and "carol" in str(m["From"]))
    box = r.box("ada")
    box.select("INBOX")
    box.uid("MOVE", m.uid, '"Follow up"')
    appears("moved into a watched folder", "on iota")

    # a message of theirs, sent on to the tracking address: who wrote it is the one it is promised to
    r.send_as("ada", "kept+friday@example.org", "Fwd: A question on lambda", text="I will look the lambda value up for her.\n\n"
              "---------- Forwarded message ---------\nFrom: Carol Ito <carol@example.com>\nDate: Tue, Dec 1, 2026 at 10:00 AM\n"
              "Subject: A question on lambda\nTo: Ada Lovelace <ada@example.org>\n\nCould you look up the lambda value?\n")
    appears("a forward, inline", "lambda value", "4 Dec")
    outer = r.compose("ada", "kept+friday@example.org", "Fwd: A question on mu", "I will look the mu value up for her.\n")
    outer.add_attachment(r.compose("carol", "ada@example.org", "A question on mu", "Could you look up the mu value?\n"))
    r.submit("ada", outer, ["kept+friday@example.org"])
    appears("a forward, as an attached message", "mu value", "4 Dec")
    rows = [l for l in r.kept("list").splitlines() if "lambda value" in l or "mu value" in l]
    r.check("both are Carol's", len(rows) == 2 and all("carol" in l.lower() for l in rows), rows)

    r.kept("add", "--to", "carol@example.com", "--due", "friday", "the kappa paper")
    appears("the command", "kappa paper", "4 Dec")
    r.check("Carol got Ada's mails alone", len(r.mails("carol")) == 5, [str(m["Subject"]) for m in r.mails("carol")])
