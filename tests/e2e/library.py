"""the library by mail: a study that its owner forwards to +share is in it, as a file or a link, unapproved; nobody else's is;
approved, it is matched"""
import email.policy, json, os
from rig import Rig

STUDY = b"%PDF-1.4 renal function under treatment\n" * 400

with Rig() as r:
    check = r.check
    r.start_keptd()

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
