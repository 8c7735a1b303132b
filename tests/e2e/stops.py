"""what stops mail to others: an absence, a refusal, a possible adverse event, a mail that came back, an answer; what they owe"""
import email.mime.application, email.mime.multipart, email.mime.text, json, time
from rig import Rig

OWN = """mine: {{ host = "localhost"; port = {submits}; ca = "{ca}"; user = "ada@example.org"; password = "file:ada.secret"; from = "ada@example.org";
    owner = "ada"; }};"""
ALL = 'prepare = [ "receipt", "progress", "delay", "delivery", "aftercare" ];'
PASS = "dmarc=pass header.from=example.com"
EVENT = "One of my patients had a severe rash after the second dose of your drug and was admitted to hospital."


def tuesday(r):
    at = time.time() // 86400 * 86400 + 9 * 3600
    while time.gmtime(at).tm_wday != 1 or at < time.time():
        at += 86400
    r.clock(to=at)


def subject(words):
    return lambda m: words in str(m["Subject"])


with Rig() as r:
    r.start_keptd(personal=True, submission=OWN, policy=ALL, top='safety = "medinfo";')
    tuesday(r)

    def promise(to, what, about):
        """promised by Friday, and put off, so that a note about the delay waits for a word; her mail"""
        m = r.send_as("ada", to, about, f"I will send you {what} by Friday.\n\nAda\n", bcc="kept@example.org", sent=True)
        r.wait_for_mail("ada", subject(what))
        r.kept("due", str(number(what)), "in 2 weeks")
        r.wait_until(f"a note about {what} waits", lambda: r.ring() or [o for o in held() if o["to"] == to])
        return m

    def answers(mail, text, who="carol", headers=None, **more):
        r.clock(minutes=5)
        h = {"In-Reply-To": str(mail["Message-ID"]), "References": str(mail["Message-ID"])} | (headers or {})
        return r.send_as(who, "ada@example.org", "Re: " + str(mail["Subject"]), text, headers=h, outside=True, auth=PASS, **more)

    def number(what):
        return [p["id"] for p in r.promises() if what in p["what"]][0]

    def contact(who):
        return json.loads(r.kept("contact", who, "--json"))

    def held():
        return [o for o in json.loads(r.kept("outbox", "--json")) if o["state"] == "held"]

    # away, as Exchange says it, outside the conversation
    slides = promise("carol@example.com", "the slides", "Your question")
    r.check("a note waits for a word", len(held()) == 1, held())
    r.send_as("carol", "ada@example.org", "Automatic reply: Something else", "I am out of the office and back on " + time.strftime("%d %B %Y", time.gmtime(r.now() + 6 * 86400)) + ".\n",
              headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}, outside=True, auth=PASS)
    away = r.wait_for_mail("ada", subject("Away until"))
    r.check("1: an absence: the owner hears who, until when, and of which promise", "the slides" in r.text(away) and "carol@example.com" in r.text(away), r.text(away))
    r.check("1: … what waited is withdrawn", not held(), held())
    r.check("1: … and kept contact shows it", "absent" in contact("carol@example.com"), contact("carol@example.com"))
    r.send_as("carol", "ada@example.org", "Automatic reply: Once more", "I am out of the office.\n", headers={"Auto-Submitted": "auto-replied"}, outside=True, auth=PASS)
    r.wait_until("the second one was read", lambda: r.ring() or b" auto" in r.logged()[r.logged().find(b" auto") + 5:])
    r.check("1: … told once", len([m for m in r.mails("ada") if "Away until" in str(m["Subject"])]) == 1)
    r.kept("contact", "carol@example.com", "--absent", "no")
    r.wait_until("1: … she is back: it is prepared again", lambda: r.ring() or len(held()) == 1)
    r.kept("skip", "1")
    r.kept("draft", "1", "progress", "--line", "One table is missing.")
    r.check("a progress note waits for a word", len(held()) == 1, held())

    # an answer, and what she owes
    answers(slides, "The cut-off here is 0.08 percent. I will send you our method sheet on Thursday.\n\nCarol\n")
    r.wait_until("the answer is read", lambda: r.ring() or "a real answer" in r.kept("show", str(number("slides"))))
    r.wait_until("5: a real answer takes back what waited", lambda: not held())
    owed = json.loads(r.kept("list", "--theirs", "--json"))
    r.check("6: what she promised is listed with her day", len(owed) == 1 and "method sheet" in owed[0]["what"] and owed[0]["until"], owed)
    m = email.mime.multipart.MIMEMultipart()
    m.attach(email.mime.text.MIMEText("Here it is.\n"))
    m.attach(email.mime.application.MIMEApplication(b"%PDF", "pdf", name="sheet.pdf"))
    m["From"], m["To"], m["Subject"], m["In-Reply-To"], m["References"] = "carol@example.com", "ada@example.org", "Re: Your question", slides["Message-ID"], slides["Message-ID"]
    m["Message-ID"], m["Date"] = email.utils.make_msgid(domain="example.com"), email.utils.formatdate(r.now())
    r.from_outside("carol@example.com", m, ["ada@example.org"], PASS)
    r.wait_until("6: … and closed when it came", lambda: r.ring() or json.loads(r.kept("theirs", "--json")) == [])

    # safety
    dosing = promise("dan@example.com", "the dosing table", "Dosing")
    answers(dosing, f"Dear Ada,\n\nthank you. {EVENT} You reach me at 555-0199.\n\nDan\n", who="dan")
    asked = r.wait_for_mail("ada", subject("adverse event"))
    told = r.wait_for_mail("medinfo", subject("Possible adverse event"))
    r.check("3: the owner is asked at once, with the sentence", EVENT in r.text(asked).replace("\n", " ") or EVENT[:40] in r.text(asked), r.text(asked))
    text = " ".join(r.text(told).split())
    r.check("3: the safety team hears who, and the sentence, and nothing else of it", "dan@example.com" in text and "severe rash" in text and "555-0199" not in text, text)
    r.check("3: … marked automatic, its answer goes to the owner", told["Auto-Submitted"] and "ada@example.org" in str(told["Reply-To"]), told.as_string()[:900])
    r.check("3: what waited is withdrawn", not held(), held())
    r.kept("due", str(number("dosing")), "in 4 weeks")
    r.ring()
    time.sleep(1)
    r.check("3: nothing new is prepared while it is frozen", not held(), held())
    r.reply_to(asked, "safety no")
    r.wait_for_mail("ada", lambda x: "on record" in r.text(x))
    r.wait_until("3: `safety no` lifts it", lambda: r.ring() or len(held()) == 1)
    r.check("3: … on record", "safety: no" in r.kept("show", str(number("dosing"))), r.kept("show", str(number("dosing"))))

    # mail that came back: the owner's own
    gone = r.send_as("ada", "nobody@example.com", "The paper", "I will send you the paper by Friday.\n\nAda\n", bcc="kept@example.org", sent=True)
    r.wait_for_mail("ada", subject("the paper"))
    back = r.wait_for_mail("ada", subject("Came back"))
    r.check("4: her own mail came back: told, with the promise and what to do", "the paper" in r.text(back) and "who ADDRESS" in r.text(back), r.text(back))
    r.kept("due", str(number("the paper")), "in 2 weeks")
    r.ring()
    r.check("4: … nothing is prepared for that address", not [o for o in held() if o["to"] == "nobody@example.com"], held())
    r.reply_to(back, "who erin@example.com")
    r.wait_until("4: … `who` with the right one: it goes on", lambda: r.ring() or [o for o in held() if o["to"] == "erin@example.com"])

    # a refusal
    before = len([o for o in held() if o["to"] == "dan@example.com"])
    answers(dosing, "Dear Ada,\n\nplease do not contact me again.\n\nDan\n", who="dan")
    wants = r.wait_for_mail("ada", subject("Wants no more mail"))
    r.check("2: the owner hears what and why and how to lift it", "do not contact me again" in r.text(wants) and "answer [resume]" in r.text(wants), r.text(wants))
    r.check("2: … what waited is withdrawn", before == 1 and not [o for o in held() if o["to"] == "dan@example.com"], (before, held()))
    r.check("2: … the sentence is kept", "do not contact me again" in contact("dan@example.com")["why"], contact("dan@example.com"))
    r.check("2: … and the promise stands", r.promises("--to", "dan@example.com")[0]["state"] == "open")
    r.reply_to(wants, "resume")
    r.wait_until("2: … lifted", lambda: r.ring() or [o for o in held() if o["to"] == "dan@example.com"])
    r.check("nothing went to any of them by itself", not [m for w in ("carol", "dan") for m in r.mails(w) if "kept" in str(m["From"])])

    # a mail to two, of whom the server refuses one: nobody gets it, and it is prepared anew for the other
    r.clock(to=(r.now() // 86400 + 1) * 86400 + 10 * 3600)
    two = r.compose("ada", "carol@example.com, reject2@example.com", "The sheets", "I will send you the sheets by Friday.\n\nAda\n")
    r.submit("ada", two, ["carol@example.com", "kept@example.org"])
    r.wait_for_mail("ada", subject("the sheets"))
    n = number("the sheets")
    r.kept("due", str(n), "in 2 weeks")
    r.wait_until("7: a note to both waits", lambda: r.ring() or [o for o in held() if o["to"].count("@") == 2])
    got = len(r.mails("carol"))
    r.kept("send", str(n))
    back = r.wait_for_mail("ada", lambda m: "Came back" in str(m["Subject"]) and "reject2" in r.text(m))
    r.check("7: of two one is refused: the owner hears who, and that the other has got nothing", "carol@example.com" in r.text(back) and "nothing of it left" in r.text(back), r.text(back))
    r.check("7: … and the other got nothing", len(r.mails("carol")) == got)
    r.wait_until("7: … it is prepared anew for the other alone", lambda: r.ring() or [o for o in held() if o["to"] == "carol@example.com" and o["kind"] == "delay"])
    r.kept("send", str(n))
    r.wait_until("7: … who gets it once", lambda: r.ring() or len(r.mails("carol")) == got + 1)
    r.clock(days=1)
    r.ring()
    time.sleep(1)
    r.check("7: … and not twice", len(r.mails("carol")) == got + 1)
