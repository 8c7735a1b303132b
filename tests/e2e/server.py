"""the private server does what the other stories build on"""
import re, smtplib, time
from rig import Rig, address

with Rig() as r:
    for to, box in (("kept+3d+noreply@example.org", "kept"), ("nexttuesday@kept.example.org", "kept"), ("carol@example.com", "carol")):
        r.send_as("ada", to, subject=f"to {to}", text="x")
        m = r.wait_for_mail(box, lambda m: m["Subject"] == f"to {to}")
        traces = [str(m[h]) for h in ("Delivered-To", "X-Original-To", "Envelope-To")]
        r.check(f"{to} arrives and leaves its address in three fields", traces == [to] * 3, traces)
    r.check("who logged in stands in Authentication-Results", "smtp.auth=ada@example.org" in m["Authentication-Results"])
    for to, code in (("reject1@example.com", 550), ("temp@example.com", 451), ("data550@example.com", 550), ("data451@example.com", 451)):
        got = None
        try:
            r.send_as("ada", to)
        except smtplib.SMTPRecipientsRefused as e:
            got = list(e.recipients.values())[0][0]
        except smtplib.SMTPResponseException as e:
            got = e.smtp_code
        r.check(f"{to} is answered {code}", got == code, got)
    r.send_as("bob", "bounce@example.com", subject="lost")
    m = r.wait_for_mail("bob", lambda m: m.get_content_type() == "multipart/report")
    r.check("bounce@ comes back as a delivery status notification", b"Status: 5" in m.raw)
    r.send_as("carol", "ada@example.org", subject="forged", auth="dmarc=fail header.from=example.com",
              headers={"Authentication-Results": "mx.example.org; dmarc=pass header.from=example.com"})
    m = r.wait_for_mail("ada", lambda m: m["Subject"] == "forged")
    r.check("the MX says what the test told it, above what came along",
            m.get_all("Authentication-Results")[0] == "mx.example.org; dmarc=fail header.from=example.com", m.get_all("Authentication-Results"))
    refused = False
    try:
        r.from_outside("x@example.net", r.compose("carol", "y@example.net"), ["y@example.net"])
    except smtplib.SMTPRecipientsRefused:
        refused = True
    r.check("no relay for strangers", refused)
    box = r.box("ada")
    caps = box.capability()[1][0].decode().split()
    r.check("IDLE CONDSTORE QRESYNC UIDPLUS MOVE SPECIAL-USE", not {"IDLE", "CONDSTORE", "QRESYNC", "UIDPLUS", "MOVE", "SPECIAL-USE"} - set(caps), caps)
    folders = b" ".join(box.list()[1]).decode()
    r.check("Sent, Drafts and Trash say what they are", all(re.search(rf"\\{f}", folders) for f in ("Sent", "Drafts", "Trash")), folders)
