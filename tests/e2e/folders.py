"""one folder of a mailbox is not there: the others are read on, the fault is said, and it is read once it is there"""
from rig import Rig, address


def promised(r, words):
    return [p for p in r.promises() if words in p["what"] + p["words"]]


with Rig() as r:
    r.box("ada").delete('"Follow up"')  # another story may have made it
    r.start_keptd(personal=True)
    r.wait_until("the fault is in the log", lambda: b"no folder 'Follow up'" in r.logged())
    r.check("… and in the status", "no folder 'Follow up'" in r.kept("status"), r.kept("status"))

    m = r.compose("carol", address("ada"), "A question about stability", "How long does it keep?\n")
    uid = r.lay("ada", "INBOX", m)
    r.lay("ada", "Sent", r.compose("ada", "carol@example.com", "The table", "I will send you the first table by Friday.\n", headers={"Bcc": "kept+friday@example.org"}), r"\Seen")
    r.wait_until("Sent is read on", lambda: promised(r, "first table"))
    box = r.box("ada")
    box.select("INBOX")
    box.store("1:*", "+FLAGS", r"(\Flagged)")
    r.ring()
    r.wait_until("so is INBOX, where one is flagged meanwhile", lambda: promised(r, "stability"))

    r.box("ada").create('"Follow up"')
    r.lay("ada", "Follow up", r.compose("carol", address("ada"), "A question about storage", "Where do I put it?\n"))
    r.ring()
    r.wait_until("the folder is read once it is there", lambda: promised(r, "storage"))
    r.wait_until("… and the fault is over", lambda: b"works again" in r.logged())
    r.check("… in the status too", "Follow up" not in r.kept("status"), r.kept("status"))
