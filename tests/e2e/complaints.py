"""what users of other tools complain about, where no other story shows it: disclaimers that make tasks, automatic replies that
count as answers, calendar entries that stay"""
import re, time
from rig import Rig

DISCLAIMERS = {
    "a confidentiality note": "This message is confidential. If you are not the addressee, please delete it. We will take legal action against any misuse.",
    "a promise of the company's": "Example Therapeutics will process your data as required by law. You will receive our privacy notice on request.",
    "a virus note": "This email was scanned for viruses. We will not be liable for any damage.",
    "a signature": "Ada Lovelace\nMedical Science Liaison\nI will be on leave from 24 December to 6 January and will answer in January.",
}


def ics(mail):
    """the calendar object of a mail, unfolded"""
    parts = [p.get_content() for p in mail.walk() if p.get_content_type() == "text/calendar"]
    text = parts[0] if parts else ""
    return re.sub(r"\r?\n[ \t]", "", text if isinstance(text, str) else text.decode())


def field(text, name):
    found = re.search(rf"^{name}(?:;[^:\r\n]*)?:(.*?)\r?$", text.split("BEGIN:VEVENT")[-1] if "BEGIN:VEVENT" in text and name != "METHOD" else text, re.M)
    return found[1] if found else None


with Rig() as r:
    seen = []

    def mail(words):
        m = r.wait_for_mail("ada", lambda m: Rig.from_kept(m) and words in r.text(m), seen=seen)
        seen.append(m)
        return m

    r.box("ada").create('"Follow up"')
    r.start_keptd(personal=True)
    for what, below in DISCLAIMERS.items():
        m = r.compose("ada", "carol@example.com", f"Lunch with {what}", f"Dear Carol,\n\nThank you for lunch.\n\nBest regards,\nAda\n\n-- \n{below}\n")
        r.lay("ada", "Sent", m, r"\Seen")
    last = r.compose("ada", "carol@example.com", "Dinner", "I will send you the address of the place by Friday.\n\n-- \n" + DISCLAIMERS["a signature"] + "\n")
    r.lay("ada", "Sent", last, r"\Seen")
    r.wait_until("all of them were read", lambda: r.ring() or r.promises("--all"))
    found = [p["what"] for p in r.promises("--all")]
    r.check("4: disclaimers and signatures make no promise, not even a candidate", len(found) == 1 and "address of the place" in found[0], found)

    m = r.send_as("ada", "carol@example.com", "Figures", bcc="kept+friday@example.org", text="I will send you the figures.\n")
    ack = mail("figures")
    first = ics(ack)
    r.check("12: the acknowledgement carries an entry with a UID", field(first, "UID") and field(first, "METHOD"), first)
    r.send_as("carol", "ada@example.org", "Automatic reply: Figures", cc="kept@example.org", outside=True, auth="dmarc=pass header.from=example.com",
              text="I am out of the office. Thank you, I have got what I need.\n",
              headers={"Auto-Submitted": "auto-replied", "In-Reply-To": str(m["Message-ID"]), "References": str(m["Message-ID"])})
    n = next(p["id"] for p in r.promises() if "figures" in p["what"])
    r.wait_until("the automatic reply is read", lambda: b" auto\n" in r.logged())
    r.check("7: an automatic reply is no answer: the promise stays as it was", [p["state"] for p in r.promises() if p["id"] == n] == ["open"]
            and "answered" not in r.kept("show", str(n)), r.kept("show", str(n)))
    mail("figures") # that she is away is told, and no more
    r.reply_to(ack, "due in 3 weeks")
    moved = ics(mail("figures"))
    r.check("12: a new date moves the same entry: UID the same, SEQUENCE higher", field(moved, "UID") == field(first, "UID")
            and int(field(moved, "SEQUENCE") or 0) > int(field(first, "SEQUENCE") or 0) and field(moved, "DTSTART") != field(first, "DTSTART"), moved)
    r.reply_to(ack, "done")
    gone = ics(mail("figures"))
    r.check("12: what is done is cancelled in the calendar: METHOD CANCEL, the same UID, SEQUENCE higher", field(gone, "METHOD") == "CANCEL"
            and field(gone, "UID") == field(first, "UID") and int(field(gone, "SEQUENCE") or 0) > int(field(moved, "SEQUENCE") or 0), gone)
    time.sleep(0.3)
    r.check("nothing of it to Carol", not [x for x in r.mails("carol") if Rig.from_kept(x)])
