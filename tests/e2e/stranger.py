"""who is not proven to be the owner changes nothing; machines do not count; nobody outside hears of kept"""
import time
from rig import Rig

kept_mail = Rig.from_kept

with Rig() as r:
    r.start_keptd()
    # a forged promise: the owner's address, but the MX says that it did not come from there
    r.send_as("ada", "kept+friday@example.org", "Promise", outside=True, auth="dmarc=fail header.from=example.org",
              text="I will send a thousand euros.\n")
    r.wait_until("the forged promise is held", lambda: "Promise" in r.kept("held") or "ada@example.org" in r.kept("held"))
    r.check("a promise that cannot be proven is held", "thousand euros" not in r.kept("list"), r.kept("list"))
    m = r.send_as("ada", "carol@example.com", "Table", bcc="kept+3d@example.org", text="I will send you the table of doses.\n")
    ack = r.wait_for_mail("ada", lambda m: kept_mail(m) and "table of doses" in r.text(m))
    r.check("a proven one is taken", "table of doses" in r.kept("list"))

    # the token address is secret; to the plain one a stranger's "done" is nothing
    r.send_as("carol", "kept@example.org", "Re: " + str(ack["Subject"]), outside=True, auth="dmarc=pass header.from=example.com", text="done\n",
              headers={"In-Reply-To": str(ack["Message-ID"]), "References": str(ack["Message-ID"])})
    # a machine's answer in the thread
    r.send_as("carol", "kept@example.org", "Automatic reply: Table", outside=True, auth="dmarc=pass header.from=example.com",
              text="I am out of the office.\n", headers={"Auto-Submitted": "auto-replied", "In-Reply-To": str(m["Message-ID"])})
    # and a command below a quote
    r.reply_to(ack, "Thank you, I will look at it.\n\n> done\n", quote=False)
    time.sleep(3)
    r.check("7: a stranger's done, a machine's reply and a quoted done change nothing", "table of doses" in r.kept("list"), r.kept("list"))
    r.check("Carol got Ada's mail alone", len(r.mails("carol")) == 1, [str(x["Subject"]) for x in r.mails("carol")])
    r.reply_to(ack, "done")
    r.wait_until("the promise is closed", lambda: "table of doses" not in r.kept("list"))
    r.check("the owner's own done, to the token address, closes it", True)
