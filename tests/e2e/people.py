"""the people behind the promises: who is noted and how, what an answer by mail says of them, who is called instead of written to, a study
forwarded to +work, a file taken and written, and two that are one"""
import os
import json, time
from rig import Rig

OWN = """mine: {{ host = "localhost"; port = {submits}; ca = "{ca}"; user = "ada@example.org"; password = "file:ada.secret"; from = "ada@example.org";
    owner = "ada"; }};"""
FROM_CAROL = "dmarc=pass header.from=example.com"

with Rig() as r:
    check = r.check
    r.start_keptd(personal=True, submission=OWN, policy='prepare = [ "receipt" ];')
    # to the next Tuesday at ten: mail to others keeps to their working days
    r.clock(to=next(t for t in range(int(time.time()) // 86400 * 86400 + 9 * 3600, 1 << 40, 86400) if time.gmtime(t).tm_wday == 1 and t > time.time()))
    heard = set()

    def hears(words):
        mail = r.wait_for_mail("ada", lambda m: r.from_kept(m) and str(m["Message-ID"]) not in heard and words in str(m["Subject"]))
        heard.add(str(mail["Message-ID"]))
        return mail

    def said(mail):
        return " ".join(r.text(mail).split())

    def person(address="carol@example.com"):
        return json.loads(r.kept("contact", address, "--json"))

    def texts(address, which, one):
        return [x[one] for x in person(address)[which]]

    # ---- who something is promised to is noted, and every letter of either is an exchange
    m = r.send_as("ada", "Carol Ng <carol@example.com>", "Subgroup data", "I will send you the subgroup table by Friday.", bcc="kept@example.org")
    logged = hears("subgroup table")
    check("whoever something is promised to is noted", person()["name"] == "Carol Ng", person())
    check("the mail that promises is an exchange", [x["direction"] for x in person()["exchanges"]] == ["ours"], person())
    check("nothing is proposed of one who did not answer", "proposed" not in person(), person())
    r.send_as("carol", "ada@example.org", "Re: Subgroup data", "That would help a lot.", auth=FROM_CAROL,
              headers={"In-Reply-To": str(m["Message-ID"]), "References": str(m["Message-ID"])})
    r.wait_until("her answer is an exchange", lambda: "theirs" in [x["direction"] for x in person()["exchanges"]])
    check("… which speaks for the next stage", person().get("proposed") == "developing", person())

    # ---- what an answer says of them
    r.reply_to(logged, "met: at the congress\ninsight: doses are halved too early\nnote she is in clinic on Tuesdays\ninterest: renal dosing until 30 june")
    mail = hears("Noted: you spoke with Carol Ng")
    check("met, insight, note and interest in one answer", "you spoke in person with Carol Ng: “at the congress”" in said(mail) and "doses are halved too early" in said(mail), said(mail))
    check("… and the stage is proposed, once, with a ready answer", "answer stage developing" in said(mail).replace("`", ""), said(mail))
    p = person()
    check("all is with the contact", p["exchanges"][0]["channel"] == "met" and texts("carol@example.com", "insights", "insight") == ["doses are halved too early"]
          and texts("carol@example.com", "notes", "note") == ["she is in clinic on Tuesdays"] and texts("carol@example.com", "interests", "topic") == ["renal dosing"], p)
    r.reply_to(mail, "stage developing")
    mail = hears("developing")
    check("the owner decides", person()["stage"] == "developing" and "proposed" not in person(), person())
    r.kept("contact", "carol@example.com", "--done", p["insights"][0]["id"])
    check("an insight is open until they hear what came of it", "told" in person()["insights"][0], person())

    # ---- who prefers the phone is called
    r.kept("contact", "dan@example.com", "--name", "Dan Osei", "--channel", "phone", "--phone", "+49 30 1234", "--need", "data in the elderly", "--term", "mid",
           "--look", "2 weeks", "--cadence", "6w/9w")
    r.kept("add", "--to", "dan@example.com", "--due", "friday", "the poster")
    slip = hears("Speak with Dan Osei")
    check("a call slip with the number, and what there is to say", "+49 30 1234" in said(slip) and "the poster" in said(slip), said(slip))
    waiting = [o for o in json.loads(r.kept("outbox", "--all", "--json")) if "dan@example.com" in o["to"]]
    check("… and nothing is prepared to be sent", waiting == [], waiting)
    r.reply_to(slip, "touch phone: he is glad")
    hears("Noted: you spoke with Dan Osei")
    check("the call is an exchange", person("dan@example.com")["exchanges"][0]["channel"] == "phone" and person("dan@example.com").get("last"), person("dan@example.com"))

    # ---- a study, forwarded
    alert = "\n\n---------- Forwarded message ---------\nFrom: Alerts <alerts@journal.example>\nDate: Tue, 24 Nov 2026 09:00\nSubject: New in nephrology\n" \
            "To: Ada Lovelace <ada@example.org>\n\nBy Carol Ng and others: https://journal.example/1\n"
    r.send_as("ada", "kept+work@example.org", "Fwd: New in nephrology", "FYI" + alert)
    mail = hears("Noted as the work of Carol Ng")
    check("a study forwarded to +work is put with whom it names", [(w["title"], w.get("link")) for w in person()["works"]] == [("New in nephrology", "https://journal.example/1")], person())
    r.send_as("ada", "kept+work@example.org", "Fwd: Something", "FYI" + alert.replace("Carol Ng", "nobody"))
    check("of nobody it is asked", "their address in your first line" in said(hears("Whose work is it?")))

    # ---- files
    vcf = r.kept("contacts", "export")
    table = r.kept("contacts", "export", "--format", "csv")
    for name, text in (("4.0", vcf), ("3.0", r.kept("contacts", "export", "--format", "vcf3")), ("a table", table)):
        out = json.loads(r.kept("contacts", "import", "-", "--dry-run", "--json", input=text))
        check(f"what is written is read back the same: {name}", out["same"] == 2 and not out["added"] and not out["changed"], out)
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Carol Ng\nEMAIL:cng@clinic.example\nNOTE:from the phone\nX-KEPT-STAGE:married\nEND:VCARD\n"
    before = r.kept("contacts", "--json")
    out = r.kept("contacts", "import", "-", "--dry-run", input=card, ok=False)
    check("a dry run says what it would change", "cng@clinic.example: new; name Carol Ng; 1 new notes" in out and "not taken, as said above: 1" in out, out)
    out = json.loads(r.kept("contacts", "import", "-", "--dry-run", "--json", input=card, ok=False))
    check("… and what cannot be taken, by its line", [f["line"] for f in out["faults"]] == [6] and "stage 'married' is none" in out["faults"][0]["why"], out)
    check("… and changes nothing", r.kept("contacts", "--json") == before)
    try:
        r.kept("contacts", "import", "-", input=card)
        check("what could not be taken shows in the exit code", False)
    except Exception as e:
        check("what could not be taken shows in the exit code, and is named", "exit 1: kept: standard input:6: stage 'married' is none" in str(e), e)
    out = r.kept("contacts")
    columns = ["address", "name", "stage", "segment", "consent"]
    check("the columns of the list are named", out.split("\n")[0].split() == columns, out)
    check("who may be one person is proposed", "kept contact carol@example.com merge cng@clinic.example" in out, out)

    # ---- two that are one
    r.kept("contact", "carol@example.com", "merge", "cng@clinic.example")
    p = person("cng@clinic.example")
    check("both addresses are one person", sorted(p["addresses"]) == ["carol@example.com", "cng@clinic.example"] and "from the phone" in [n["note"] for n in p["notes"]], p)
    check("… and it is not proposed again", "merge" not in r.kept("contacts"))
    r.kept("contact", "cng@clinic.example", "part")
    check("they are parted again, each with its own", [n["note"] for n in person("cng@clinic.example")["notes"]] == ["from the phone"], person("cng@clinic.example"))
    whole = json.loads(r.kept("export", "--contact", "carol@example.com"))
    check("one person whole: what is noted, promises, mail", whole["contact"]["name"] == "Carol Ng" and len(whole["commitments"]) == 1, whole["commitments"])
    check("the record holds", r.kept("audit", "verify") != "")

    # ---- a person is erased
    out = r.kept("contact", "erase", "carol@example.com", "--cancel-open")
    check("first it is said what would go", "what would go" in out and "Nothing was erased" in out, out)
    check("… and nothing does", person()["name"] == "Carol Ng")
    check("what is not done with keeps it back", json.loads(r.kept("contact", "erase", "carol@example.com", "--yes", "--json", ok=False))["erased"] is False)
    gone = json.loads(r.kept("contact", "erase", "carol@example.com", "--cancel-open", "--yes", "--json"))
    check("with a word it goes", gone["erased"] and gone["promises"] == 1 and gone["mails"] > 0, gone)
    r.kept("contact", "erase", "cng@clinic.example", "--cancel-open", "--yes")
    files = b"".join(open(p, "rb").read() for p in (r.dir + "/kept.db", r.dir + "/kept.db-journal") if os.path.exists(p)).lower()
    check("not a byte of them is left in the ledger's files", files and not any(w in files for w in (b"carol ng", b"carol@example.com", b"cng@clinic", b"too early")),
          [w for w in (b"carol ng", b"carol@example.com", b"cng@clinic", b"too early") if w in files])
    check("the record and each mail hold as before", r.kept("audit", "verify") != "")
    check("nothing is written to them again", json.loads(r.kept("contact", "carol@example.com", "--json"))["consent"] == "never")
    try:
        r.kept("contacts", "import", "-", input=vcf)
        check("a file does not note them again", False)
    except Exception as e:
        check("a file does not note them again, and says so", "carol@example.com was erased" in str(e) and "carol@example.com" not in r.kept("contacts"), e)
