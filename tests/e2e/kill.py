"""killed at any moment, kept goes on where it was: each promise is acknowledged, and no step is done twice"""
import random, signal, time
from rig import Rig

PROMISES = 12
kept_mail = Rig.from_kept

with Rig() as r:
    chance = random.Random(11)
    r.start_keptd()
    for n in range(PROMISES):
        r.send_as("ada", "carol@example.com", f"Question {n}", bcc="kept+3d@example.org", text=f"I will send you report number {n:02}.\n")
        time.sleep(chance.uniform(0.02, 0.4))
        r.stop_keptd(signal.SIGKILL)
        r.start_keptd(wait=False)
    r.wait_until("every promise is in the ledger", lambda: all(f"report number {n:02}" in r.kept("list") for n in range(PROMISES)), 90)
    lines = [l for l in r.kept("list").splitlines() if "report number" in l]
    r.check("every promise is in the ledger once", len(lines) == PROMISES, lines)
    acknowledged = lambda: {n for m in r.mails("ada") if kept_mail(m) for n in range(PROMISES) if f"report number {n:02}" in r.text(m)}
    r.wait_until("every promise is acknowledged", lambda: len(acknowledged()) == PROMISES, 90)
    time.sleep(2)
    ours = [m for m in r.mails("ada") if kept_mail(m)]
    unique = {str(m["Message-ID"]) for m in ours}
    # a mail to the owner whose answer was lost goes again, under its Message-ID: a double of the same mail, never a second mail
    r.check("each acknowledgement was composed once", len(unique) == PROMISES, [str(m["Subject"]) for m in ours])
    r.check("Carol got Ada's mails alone", len(r.mails("carol")) == PROMISES, len(r.mails("carol")))
    r.check("SIGTERM ends it well", r.stop_keptd() == 0)
