"""the library by mail, and what somebody wants to hear of: a study that its owner forwards to +share is in it, as a file or a link, unapproved; nobody else's is;
approved, it is matched, and proposed to the owner of whom it interests, who says whether it is sent"""
import json, os, time
from rig import Rig

OWN = """mine: {{ host = "localhost"; port = {submits}; ca = "{ca}"; user = "ada@example.org"; password = "file:ada.secret"; from = "ada@example.org";
    owner = "ada"; }};"""

STUDY = b"%PDF-1.4 renal function under treatment\n" * 400

with Rig() as r:
    check = r.check
    r.start_keptd(submission=OWN)
    # to the next Tuesday at ten: mail to others keeps to their working days
    r.clock(to=next(t for t in range(int(time.time()) // 86400 * 86400 + 9 * 3600, 1 << 40, 86400) if time.gmtime(t).tm_wday == 1 and t > time.time()))

    def library():
        return json.loads(r.kept("resources", "--all", "--json"))

    def shares(subject, text, files=(), message=None, who="ada", outside=False):
        m = r.compose(who, "kept+share@example.org", subject, text)
        for name, data in files:
            m.add_attachment(data, maintype="application", subtype="pdf", filename=name)
        if message is not None:
            m.add_attachment(message)
        if outside:
            r.from_outside("mallory@example.net", m, ["kept+share@example.org"])
        else:
            r.submit(who, m, ["kept+share@example.org"])

    heard = set()

    def hears(words):
        mail = r.wait_for_mail("ada", lambda m: r.from_kept(m) and str(m["Message-ID"]) not in heard and words in m["Subject"])
        heard.add(str(mail["Message-ID"]))
        return mail

    shares("Fwd: Renal function under treatment", "For the library.", [("renal v2.pdf", STUDY)])
    mail = hears("In the library")
    said = " ".join(r.text(mail).split())
    check("the owner is told what was taken, and how it is approved", "renal v2.pdf" in said and "kept resources approve 1 --approved-by" in said, said)
    one = library()[0]
    check("it waits, by the subject's name", one["state"] == "waiting" and one["title"] == "Renal function under treatment", one)
    check("the file is the one that was sent, and kept's alone", open(one["file"], "rb").read() == STUDY and os.stat(one["file"]).st_mode & 0o777 == 0o600)
    check("it lies beside the database", one["file"].startswith(r.dir + "/resources/"), one["file"])
    check("no promise was made of it", r.promises() == [], r.promises())

    inner = r.compose("carol", "ada@example.org", "Our poster", "See the file.")
    inner.add_attachment(b"%PDF-1.4 poster", maintype="application", subtype="pdf", filename="poster.pdf")
    shares("Fwd: Our poster", "", message=inner)
    hears("In the library")
    check("a file in a message that is attached is taken out of it", open(library()[1]["file"], "rb").read() == b"%PDF-1.4 poster", library())

    shares("The study again", "Once more.", [("other name.pdf", STUDY)])
    mail = hears("already")
    check("the same bytes are one resource", len(library()) == 2 and "r1" in r.text(mail), r.text(mail))

    shares("ATLAS-3 online", "Published now: https://example.org/atlas3\n")
    hears("In the library")
    check("a link is taken too", library()[2]["link"] == "https://example.org/atlas3")

    shares("Forged", "", [("forged.pdf", b"%PDF-1.4 forged")], outside=True)
    r.wait_until("the forged message is held", lambda: json.loads(r.kept("held", "--json")))
    check("what cannot be proven to be the owner's is not taken", len(library()) == 3, library())

    check("unapproved it is not matched", json.loads(r.kept("resources", "match", "renal", "function", "--json")) == [])
    r.kept("resources", "approve", "1", "--approved-by", "Dr Hart", "--until", "in 30 days", "--tags", "nephrology")
    check("approved it is, by the approver's tags too", [m["id"] for m in json.loads(r.kept("resources", "match", "nephrology", "--json"))] == [1])

    # carol wants to hear of it: what is approved later is proposed, once, and goes by her owner's word alone
    r.send_as("ada", to="Carol <carol@example.com>", bcc="kept+20d@example.org", subject="Your question", text="Dear Carol,\n\nI will send you the slides.\n")
    r.reply_to(hears("slides"), "interest: nephrology until in 3 months", quote=False)
    mail = hears("wants to hear of nephrology")
    check("what somebody wants to hear of is noted, with its end", "carol" in r.text(mail).lower() and "until" in r.text(mail), r.text(mail))
    shown = json.loads(r.kept("contact", "carol@example.com", "--json"))["interests"]
    check("and shown", [i["topic"] for i in shown] == ["nephrology"], shown)
    r.kept("resources", "approve", "2", "--approved-by", "Dr Hart", "--title", "Poster: kidney outcomes", "--tags", "nephrology")
    mail = hears("Carol")
    said = " ".join(r.text(mail).split())
    check("new approved material that fits is proposed to the owner, with its reason and its file",
          "would like to hear of nephrology" in said and "poster.pdf" in said, said)
    waits = lambda: [m for m in json.loads(r.kept("outbox", "--json")) if m["kind"] == "share"]
    check("it waits for their word", [m["state"] for m in waits()] == ["held"], waits())
    check("what was approved before is not new", len(waits()) == 1)
    r.kept("resources", "approve", "2", "--approved-by", "Dr Hart")
    r.kept("resources", "approve", "3", "--approved-by", "Dr Hart", "--tags", "cardiology")
    r.reply_to(mail, "send", quote=False)
    mail = r.wait_for_mail("carol", lambda m: "kidney outcomes" in r.text(m))
    check("sent by that word, with the file, in the conversation she asked in", [p.get_filename() for p in mail.iter_attachments()] == ["poster.pdf"]
          and "Your question" in mail["Subject"], str(mail["Subject"]))
    check("it was proposed once, and what does not fit never", len(waits()) <= 1, waits())
    r.kept("contact", "carol@example.com", "--interest", "nephrology", "--until", "no")
    check("an interest is ended", json.loads(r.kept("contact", "carol@example.com", "--json"))["interests"] == [])
