"""two owners on one mailbox: each sees and changes their own; who cannot prove it is held; what owners may answer, and what not"""
import calendar, re, time
from rig import Rig

BOB = """bob: { name = "Bob Hall"; addresses = [ "bob@example.org" ]; domains = [ "example.org" ]; zone = "Europe/London"; quiet = "none"; agenda = "none"; };"""
# Wednesday 2 December 2026, 10:00 in Berlin
WEDNESDAY = calendar.timegm((2026, 12, 2, 9, 0, 0))
FORGED = "dmarc=fail header.from=example.org"


def mine(r, who, *words):
    return r.promises("--owner", who, *words)


def state(r, who, words):
    return [p["state"] for p in mine(r, who, "--all") if words in p["what"]]


def number(r, who, words):
    return [p["id"] for p in mine(r, who, "--all") if words in p["what"]][0]


with Rig() as r:
    seen = []

    def mail(who, words, subject=""):
        """the next mail of kept's to them that holds these words"""
        m = r.wait_for_mail(who, lambda m: Rig.from_kept(m) and words in r.text(m) and subject in str(m["Subject"]), seen=seen)
        seen.append(m)
        return m

    def quiet(who, since):
        """the mails of kept's to them beyond `since`, after all that is under way came to rest"""
        time.sleep(1.2)
        return [str(m["Subject"]) for m in r.mails(who) if Rig.from_kept(m)][since:]

    def mails(who):
        return len([m for m in r.mails(who) if Rig.from_kept(m)])

    r.clock(to=WEDNESDAY)
    r.start_keptd(owners=BOB)
    r.send_as("ada", "carol@example.com", "Doses", bcc="kept+friday@example.org", text="I will send you the table of doses.\n")
    of_ada = mail("ada", "table of doses")
    r.send_as("bob", "carol@example.com", "Contract", bcc="kept+monday@example.org", text="I will send you the signed contract.\n")
    of_bob = mail("bob", "signed contract")
    r.check("each owner sees their own promises", [p["what"] for p in mine(r, "ada")] != [] and state(r, "ada", "contract") == [] and state(r, "bob", "doses") == [],
            (mine(r, "ada"), mine(r, "bob")))
    r.reply_to(of_bob, f"done {number(r, 'ada', 'doses')}", who="bob")
    said = mail("bob", "no such promise")
    r.check("an owner cannot close another's promise by its number", state(r, "ada", "doses") == ["open"] and "doses" not in r.text(said).split("wrote:")[0], r.text(said))
    r.reply_to(of_bob, "list", who="bob")
    said = mail("bob", "signed contract")
    r.check("`list` by reply tells an owner their own alone", "doses" not in r.text(said), r.text(said))
    before = mails("ada")
    r.reply_to(of_ada, "done", who="bob")
    time.sleep(1.2)
    r.check("an owner's answer to another's token address changes nothing", state(r, "ada", "doses") == ["open"] and mails("ada") == before, mine(r, "ada"))

    # who claims to be an owner and cannot prove it
    at_carol = len(r.mails("carol"))
    r.send_as("ada", "carol@example.com", "Savings", cc="kept+friday@example.org", outside=True, auth=FORGED, text="I will send you my savings.\n")
    told = mail("ada", "Savings")
    h = re.search(r"\bh(\d+)\b", r.text(told))
    r.check("the owner is told of a held message, by its number", h, r.text(told))
    r.send_as("ada", "kept+friday@example.org", "House", outside=True, auth=FORGED, text="I will send you my house.\n")
    r.wait_until("the second one is held", lambda: "House" in r.kept("held", "--owner", "ada"))
    r.clock(hours=2)
    r.check("… once a day, however many there are", not [s for s in quiet("ada", before + 1)], quiet("ada", before + 1))
    r.check("nothing was done, and no mail of kept's to the sender's side", state(r, "ada", "savings") == [] and len(r.mails("carol")) == at_carol + 1)
    r.check("Bob hears nothing of it, and cannot accept it", "Savings" not in r.kept("held", "--owner", "bob"))
    r.reply_to(of_bob, f"accept h{h[1]}", who="bob")
    mail("bob", "no such held message")
    r.check("… by reply neither", state(r, "ada", "savings") == [], mine(r, "ada"))
    r.reply_to(told, f"accept h{h[1]}")
    said = mail("ada", "savings")
    r.check("`accept` by reply logs the promise", state(r, "ada", "savings") == ["open"], mine(r, "ada"))
    n = re.search(r"^h(\d+) .*House", r.kept("held", "--owner", "ada"), re.M)[1]
    r.kept("held", "--owner", "ada", "accept", n)
    mail("ada", "my house")
    r.check("`kept held accept` logs the promise and acknowledges it", state(r, "ada", "house") == ["open"], mine(r, "ada"))
    r.send_as("ada", "kept+friday@example.org", "Boat", outside=True, auth=FORGED, text="I will send you my boat.\n")
    r.wait_until("the third one is held", lambda: "Boat" in r.kept("held", "--owner", "ada"))
    r.clock(to=WEDNESDAY + 86400 + 60)
    told = mail("ada", "Boat")
    r.check("a day later the owner hears of the next", "Savings" not in r.text(told), r.text(told))

    # what an owner may answer (15)
    r.reply_to(of_ada, "done: sent it by courier")
    closed = mail("ada", "table of doses")
    r.check("15: `done` with a note by reply", state(r, "ada", "doses") == ["kept"], mine(r, "ada", "--all"))
    r.reply_to(closed, "undo")
    mail("ada", "taken back")
    r.check("`undo` by reply takes it back", state(r, "ada", "doses") == ["open"], mine(r, "ada", "--all"))
    r.reply_to(of_ada, "help")
    said = mail("ada", "snooze")
    r.check("`help` by reply names the words", all(w in r.text(said) for w in ("done", "snooze", "cancel", "undo", "due")), r.text(said))
    r.reply_to(of_ada, "bananas for breakfast")
    said = mail("ada", "bananas for breakfast")
    r.check("words that are no command: said back, with the likely ones", "done" in r.text(said) and state(r, "ada", "doses") == ["open"], r.text(said))
    r.reply_to(of_ada, "pears for lunch")
    said = mail("ada", "pears for lunch")
    r.reply_to(of_ada, "plums for dinner")
    last = mail("ada", "plums for dinner")
    r.check("… and again, since silence would sound like yes; the third says that it is the last today",
            "last time today" not in r.text(said) and "last time today" in r.text(last), r.text(last))
    before = mails("ada")
    r.reply_to(of_ada, "cherries for supper")
    r.check("… and no more a day and promise: two robots cannot talk", not quiet("ada", before), quiet("ada", before))
    before = mails("ada")
    r.reply_to(of_ada, "Thanks, great!")
    r.check("6: a courtesy changes nothing, and is not answered", not quiet("ada", before) and state(r, "ada", "doses") == ["open"])

    # one mail for several
    r.send_as("ada", "carol@example.com", "Two things", bcc="kept+monday@example.org",
              text="Dear Carol,\n\nI will send you the first protocol. I will also send you the second protocol.\n\nAda\n")
    ack = mail("ada", "first protocol")
    ids = [number(r, "ada", w) for w in ("first protocol", "second protocol")]
    r.check("15: several promises in one mail are acknowledged in one", "second protocol" in r.text(ack) and all(f"done%20{i})" in r.text(ack) for i in ids), r.text(ack))
    r.reply_to(ack, "done")
    said = mail("ada", "hich")
    r.check("a command without a number to a mail that lists several: kept asks which", state(r, "ada", "protocol") == ["open", "open"], r.text(said))
    r.reply_to(ack, f"done {ids[1]}\nsnooze {ids[0]} tuesday")
    mail("ada", "protocol")
    r.check("15: with numbers each goes its way", state(r, "ada", "first protocol") == ["open"] and state(r, "ada", "second protocol") == ["kept"], mine(r, "ada", "--all"))

    # a date that cannot be read
    r.send_as("ada", "carol@example.com", "Slip", bcc="kept+frdiay@example.org", text="I will send you the errata.\n")
    ack = mail("ada", "errata")
    due = [p["due"] for p in mine(r, "ada") if "errata" in p["what"]]
    r.check("a date that is not understood costs no promise: the default counts", due and due[0].startswith("2026-12-08T09:00"), due)
    r.check("… the acknowledgement says which word, and offers the nearest as a link", "frdiay" in r.text(ack) and re.search(r"mailto:[^\"]*friday", r.html(ack), re.I), r.text(ack))
    r.check("nothing of all this went to Carol but the owners' own mails", not [m for m in r.mails("carol") if Rig.from_kept(m)])
