"""what an owner wrote is theirs once: sent on by others, carried on by answers, or under a lost key, it does nothing more"""
import email, os, re
from email.policy import default
from rig import Rig

SIGNED = "dkim=pass header.d=example.org; "
THEIRS = SIGNED + "spf=pass smtp.mailfrom=carol@example.com"


def again(m):
    return email.message_from_bytes(m.as_bytes(), policy=default)


with Rig() as r:
    r.box("ada").create('"Follow up"')
    r.start_keptd(personal=True)

    def read(n):
        r.wait_until(f"{n} copies in Sent are read", lambda: r.logged().count(b" ada:Sent/") >= n, 45)

    def held(subject, n=1):
        r.wait_until(f"{subject} is held", lambda: r.kept("held").count(subject) >= n, 45)

    m = r.send_as("ada", "carol@example.com", "Table", bcc="kept+3d@example.org", text="I will send you the table of doses.\n", sent=True)
    r.wait_for_mail("ada", lambda x: Rig.from_kept(x) and "table of doses" in r.text(x))
    read(1)
    thread = {"In-Reply-To": str(m["Message-ID"]), "References": str(m["Message-ID"])}
    plain = r.send_as("ada", "carol@example.com", "Re: Table, plain", text="It was good to see you.\n", sent=True, headers=thread)
    read(2)
    acks = len(r.mails("ada"))

    # Carol sends Ada's mails on, unchanged, to addresses that tag
    r.from_outside("carol@example.com", again(plain), ["kept+done@example.org"], auth=THEIRS)
    held("plain")
    r.from_outside("carol@example.com", again(plain), ["kept+done@example.org"], auth="dmarc=fail header.from=example.org")
    x = again(plain)
    x.replace_header("Message-ID", "<another@example.com>")
    r.from_outside("carol@example.com", x, ["kept+done@example.org"], auth=THEIRS)
    r.from_outside("carol@example.com", again(m), ["kept+done@example.org"], auth=THEIRS)
    r.from_outside("carol@example.com", again(m), ["kept+1h@example.org"], auth=SIGNED + "dmarc=pass header.from=example.org")
    r.wait_until("all five are read", lambda: r.logged().count(b" capture:INBOX/") >= 6)
    r.check("nothing that Carol sent on was done", [p["state"] for p in r.promises()] == ["open"] and "table of doses" in r.kept("list"), r.kept("list"))
    notice = r.wait_for_mail("ada", lambda x: "yours?" in str(x["Subject"]))
    r.check("and Ada is asked about it, once", len(r.mails("ada")) == acks + 1 and "plain" in r.text(notice), [str(x["Subject"]) for x in r.mails("ada")])

    # a stranger's tag in a subject, which Ada's answer carries on
    theirs = r.compose("carol", "ada@example.org", "Numbers [kept 1h]", "Here they are.\n")
    r.from_outside("carol@example.com", theirs, ["ada@example.org"])
    r.wait_until("the mail with a tag is read", lambda: re.search(rb" ada:INBOX/\d+ skip", r.logged()))
    got = r.wait_for_mail("ada", lambda x: "Numbers" in str(x["Subject"]))
    r.send_as("ada", "carol@example.com", "Re: Numbers [kept 1h]", text="Thank you, these are useful.\n", sent=True,
              headers={"In-Reply-To": str(got["Message-ID"]), "References": str(got["Message-ID"])})
    read(3)
    r.check("an answer does not carry a tag", len(r.promises()) == 1, r.kept("list"))

    # Ada's own word does
    r.send_as("ada", "carol@example.com", "Re: Table", bcc="kept+done@example.org", text="Here is the table of doses.\n", headers=thread)
    r.wait_until("Ada's own BCC closes it", lambda: "table of doses" not in r.kept("list"))
    r.check("what Ada sends herself is done", True)
    r.check("the log holds no word of any mail", not any(w in r.logged() for w in (b"table of doses", b"good to see", b"Numbers", b"useful")))

    # the key of the record goes
    r.stop_keptd()
    os.rename(r.dir + "/kept.db.key", r.dir + "/away")
    start = len(r.logged())
    r.start_keptd(wait=False)
    r.wait_until("keptd ends", lambda: r.keptd.poll() is not None)
    r.check("without its key the record is not gone on with", r.keptd.returncode == 1 and b"the key of the record is gone" in r.logged(start), r.logged(start))
    r.check("and none is made in its place", not os.path.exists(r.dir + "/kept.db.key"))
    os.rename(r.dir + "/away", r.dir + "/kept.db.key")
    r.keptd = None
    r.start_keptd()
    r.check("with it back all goes on", b" start watching" in r.logged(start))
