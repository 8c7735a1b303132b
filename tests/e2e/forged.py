"""who knows a Message-ID of the owner's is not the owner for it"""
import email, time
from email.policy import default
from rig import Rig

NO = "dmarc=fail header.from=example.org"


def again(m):
    return email.message_from_bytes(m.as_bytes(), policy=default)


with Rig() as r:
    r.box("ada").create('"Follow up"')
    r.start_keptd(personal=True, owners='bob: { name = "Bob"; addresses = [ "bob@example.org" ]; domains = [ "example.org" ]; '
                                        'zone = "Europe/Berlin"; agenda = "none"; }')

    def listed(word, owner="ada"):
        return word in r.kept("list", "--owner", owner)

    def sent_read(n):
        r.wait_until("the copy in Sent is read", lambda: r.logged().count(b" ada:Sent/") >= n, 45)

    def is_held(subject):
        return r.kept("held", "--owner", "ada").count(subject)

    def appears(what, holds):
        try:
            r.wait_until(what, holds, 45)
            r.check(what, True)
        except Exception:
            r.check(what, False, r.kept("list", "--owner", "ada") + r.kept("held", "--owner", "ada"))

    m = r.send_as("ada", "kept+friday@example.org", "Alpha", outside=True, auth=NO, text="I will send Carol the alpha euros.\n")
    appears("what the server calls forged is held", lambda: is_held("Alpha"))

    # a mail of Ada's that Carol has: she sends another under its Message-ID before and after it is seen in Sent
    m = r.compose("ada", "carol@example.com", "Hello", "Nice to see you.\n")
    forged = r.compose("ada", "kept+friday@example.org", "Forged", "I will send Carol the beta euros.\n", date=time.time() - 60)
    forged.replace_header("Message-ID", str(m["Message-ID"]))
    r.from_outside("carol@example.com", again(forged), ["kept+friday@example.org"], auth=NO)
    appears("a forgery under the Message-ID of a sent mail is held", lambda: is_held("Forged"))
    r.box("ada").append("Sent", r"(\Seen)", None, m.as_bytes())
    sent_read(1)
    r.from_outside("carol@example.com", again(forged), ["kept+friday@example.org"], auth=NO)
    appears("and its second copy too, once the true one lies in Sent", lambda: is_held("Forged") == 2)

    # an owner's own words, sent on by who has them: to kept alone they would be a command
    m = r.send_as("ada", "carol@example.com", "Rest", text="Pause\n", sent=True)
    sent_read(2)
    x = again(m)
    x.replace_header("To", "kept@example.org")
    r.from_outside("carol@example.com", x, ["kept@example.org"], auth=NO)
    appears("with another To they are held", lambda: is_held("Rest"))

    # a machine's answer under the Message-ID of a mail that Ada tags later
    m = r.send_as("ada", "carol@example.com", "Gamma plain", text="See you there.\n", sent=True)
    sent_read(3)
    x = r.compose("carol", "kept@example.org", "Automatic reply: x", "I am out of the office.\n", headers={"Auto-Submitted": "auto-replied"})
    x.replace_header("Message-ID", str(m["Message-ID"]))
    r.from_outside("carol@example.com", x, ["kept@example.org"])
    r.wait_until("the answer is read", lambda: b" auto" in r.logged())
    box = r.box("ada")
    box.select("Sent")
    box.uid("STORE", box.uid("SEARCH", "HEADER", "Message-ID", str(m["Message-ID"]))[1][0].split()[-1], "+FLAGS", "($Kept)")
    appears("a stranger's letter does not use up a Message-ID", lambda: listed("Gamma plain"))

    # Bob's promise is not Ada's
    m = r.send_as("bob", "ada@example.org", "Delta", bcc="kept+3d@example.org", text="I will send you the delta minutes.\n")
    appears("Bob's promise is logged", lambda: listed("delta minutes", "bob"))
    mine = r.wait_for_mail("ada", lambda x: x["Message-ID"] == m["Message-ID"])
    box.select("INBOX")
    box.uid("STORE", mine.uid, "+FLAGS", "($Kept)")
    appears("and Ada may tag it for herself", lambda: listed("Delta"))

    r.send_as("bob", "ada@example.org", "Zeta", cc="kept+3d@example.org", text="I will send you the zeta minutes.\n")
    appears("Bob tags for all to see", lambda: listed("zeta minutes", "bob"))
    r.wait_for_mail("ada", lambda x: "Zeta" == str(x["Subject"]))
    time.sleep(6)
    r.check("and what Bob tags is no promise of Ada's", not listed("zeta") and not listed("Zeta"), r.kept("list", "--owner", "ada"))

    # the Message-ID of kept's mail goes to others in References
    m = r.send_as("ada", "carol@example.com", "Epsilon", bcc="kept+3d@example.org", text="I will send you the epsilon table.\n")
    ack = r.wait_for_mail("ada", lambda x: Rig.from_kept(x) and "epsilon table" in r.text(x))
    r.check("the Message-ID of kept's mail is not its token", str(ack["Message-ID"]).strip("<>").split("@")[0] not in str(ack["Reply-To"]))

    r.clock(days=1, minutes=5)
    notice = r.wait_for_mail("ada", lambda x: "yours?" in str(x["Subject"]) and "Rest" in r.text(x), seconds=45)
    number = r.kept("held", "--owner", "ada").split("Alpha")[0].split("h")[-1].split()[0]
    r.reply_to(notice, f"accept h{number} h{number}")
    appears("a message accepted twice at once is accepted", lambda: listed("alpha euros"))
    r.check("nothing forged was done", not listed("beta euros"), r.kept("list", "--owner", "ada"))
