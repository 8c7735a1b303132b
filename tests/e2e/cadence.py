"""a check-in from its proposal to the recap, and the sweep of the evening: on real servers"""
import datetime, email.message, json, re, time, urllib.parse, zoneinfo
from rig import Rig, address

OWN = """mine: {{ host = "localhost"; port = {submits}; ca = "{ca}"; user = "ada@example.org"; password = "file:ada.secret"; from = "ada@example.org";
    owner = "ada"; }};"""
BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")


def at(r, day, hour, minute=0):
    """the clock to that day of Berlin, so many days on, at that hour"""
    then = datetime.datetime.fromtimestamp(r.now(), BERLIN) + datetime.timedelta(days=day)
    r.clock(to=then.replace(hour=hour, minute=minute, second=0).timestamp())


def about(words):
    return lambda m: words in str(m["Subject"])


def object_in(mail):
    """the calendar object of a mail, unfolded"""
    for part in mail.walk():
        if part.get_content_type() == "text/calendar":
            return part.get_content().replace("\r\n", "\n").replace("\n ", "")
    return ""


def answers(r, invitation, partstat):
    """Carol's calendar answers"""
    ics = object_in(invitation)
    field = lambda name: re.search(rf"^{name}[^:\n]*:(.*)$", ics, re.M).group(1)
    m = email.message.EmailMessage()
    m["From"], m["To"], m["Subject"] = address("carol"), address("ada"), f"{partstat.title()}: {invitation['Subject']}"
    m["Date"] = email.utils.formatdate(r.now())
    m["Message-ID"] = email.utils.make_msgid(domain="example.com")
    m.set_content("\r\n".join(["BEGIN:VCALENDAR", "PRODID:-//x//y//EN", "VERSION:2.0", "METHOD:REPLY", "BEGIN:VEVENT", "UID:" + field("UID"),
                               "SEQUENCE:" + field("SEQUENCE"), f"DTSTAMP:{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime(r.now()))}",
                               f"ATTENDEE;PARTSTAT={partstat}:mailto:carol@example.com", "ORGANIZER:" + field("ORGANIZER"),
                               "END:VEVENT", "END:VCALENDAR", ""]), subtype="calendar", params={"method": "REPLY"})
    r.from_outside(address("carol"), m, [address("ada")], "dmarc=pass header.from=example.com")


with Rig() as r:
    # a Tuesday, nine in the morning
    r.clock(to=time.time() // 86400 * 86400 + 86400)
    while datetime.datetime.fromtimestamp(r.now(), BERLIN).weekday() != 1:
        r.clock(days=1)
    at(r, 0, 7, 30)
    calendar = lambda events="": open(r.dir + "/own.ics", "w").write("BEGIN:VCALENDAR\nVERSION:2.0\n" + events + "END:VCALENDAR\n")
    calendar()
    r.start_keptd(personal=True, submission=OWN, policy='prepare = [ "receipt" ];', owner="sweep = true;",
                  top=f'calendar: {{ own: {{ owner = "ada"; file = "{r.dir}/own.ics"; }}; }};\n'
                      'cadence: { establishing: { ideal = "1mo"; latest = "6w"; }; };')
    r.kept("add", "--to", "carol@example.com", "--due", "in 8 weeks", "the subgroup data")
    r.kept("contact", "carol@example.com", "--name", "Carol Rossi", "--stage", "establishing")
    last = datetime.datetime.fromtimestamp(r.now(), BERLIN) - datetime.timedelta(days=50)
    r.kept("touch", "carol@example.com", "phone", "--at", last.strftime("%Y-%m-%dT10:00"))

    # who is due
    due = json.loads(r.kept("contacts", "--due", "--json"))
    r.check("`kept contacts --due` has who is past their cadence", [(d["address"], d["state"]) for d in due] == [("carol@example.com", "overdue")], due)
    r.check("… and when it is proposed, for when", due[0]["proposed_for"] > due[0]["asked"], due)
    shown = json.loads(r.kept("simulate", "--json", "--until", "4w"))
    shown = [m["at"] for m in shown if m["kind"] == "proposal"]
    r.check("`kept simulate` has the proposal, at that time, and again where it is let lie", shown[:1] == [due[0]["asked"]] and len(shown) > 1, (shown, due))

    # proposed
    at(r, 0, 9, 5)
    proposal = r.wait_for_mail("ada", about("A check-in with Carol Rossi?"))
    text = r.text(proposal)
    r.check("a check-in is proposed to the owner, with what it is for", "What for: the subgroup data" in text.replace("**", ""), text)
    links = [urllib.parse.unquote(x) for x in re.findall(r"body=(at%20\d[^)>\s\"]*)", proposal.as_string().replace("=\n", "").replace("=3D", "="))]
    r.check("… and times to choose, each one tap", len(dict.fromkeys(links)) == 3, links)
    r.check("… and nothing has left", not r.mails("carol"), "")
    line = r.kept("checkin", "list")
    r.check("… and the list has it as open, not as fixed", "?  nobody invited" in line, line)

    # chosen: the invitation
    r.reply_to(proposal, links[0])
    invitation = r.wait_for_mail("carol", lambda m: "METHOD:REQUEST" in object_in(m))
    start = datetime.datetime.strptime(links[0], "at %Y-%m-%d %H:%M").replace(tzinfo=BERLIN)
    r.check("chosen, it is fixed", "?" not in r.kept("checkin", "list"), r.kept("checkin", "list"))
    r.check("the chosen time invites her, in the owner's name", "ada@example.org" in str(invitation["From"]) and
            start.strftime("%Y%m%dT%H%M") in object_in(invitation), object_in(invitation))
    answers(r, invitation, "ACCEPTED")
    r.wait_until("her answer is read", lambda: b" calendar\n" in r.logged())
    r.check("what is agreed on is not due any more", json.loads(r.kept("contacts", "--due", "--json"))[0]["state"] == "not due",
            r.kept("contacts", "--due", "--json"))

    # briefed on the working day before
    r.kept("insight", "carol@example.com", "the pump alarms at night")
    before = start - datetime.timedelta(days=3 if start.weekday() == 0 else 1)
    r.clock(to=before.replace(hour=9, minute=5).timestamp())
    briefing = r.wait_for_mail("ada", about("Before your check-in: Carol Rossi"))
    text = r.text(briefing)
    r.check("the briefing has what stands open, what they told, and questions", "the subgroup data" in text and "the pump alarms at night" in text
            and "kept informed" in text, text)

    # after it: the recap
    r.clock(to=(start + datetime.timedelta(minutes=50)).timestamp())
    asked = r.wait_for_mail("ada", about("How was it with Carol Rossi?"))
    r.check("one briefing, one question", len([m for m in r.mails("ada") if "Before your check-in" in str(m["Subject"])]) == 1, "")
    r.reply_to(asked, "Your board meets in January and needs the renal data.\nI will send you the tables by Friday.\n"
                      "insight: the registry is short of staff\nThe registry is open to others.\n")
    ask = r.wait_for_mail("ada", lambda m: "Send to Carol Rossi?" in str(m["Subject"]) or "This is what I heard" in r.text(m))
    r.check("the recap is shown before it leaves, and opens with what was heard", "Your board meets in January" in r.text(ask) and
            "carol@example.com" in r.text(ask), r.text(ask))
    r.check("an insight is not in it", "short of staff" not in r.text(ask).split("This is what I heard")[1], r.text(ask))
    tables = [p for p in r.promises() if "tables" in p["what"]]
    r.check("what was promised in it is a promise", len(tables) == 1 and "carol@example.com" in json.dumps(tables[0]["to"]), r.promises())
    r.check("… and the insight is kept with her", "short of staff" in r.kept("contact", "carol@example.com"), r.kept("contact", "carol@example.com"))
    r.reply_to(ask, "send")
    recap = r.wait_for_mail("carol", lambda m: "What I heard" in str(m["Subject"]))
    text = r.text(recap)
    r.check("by her owner's word it goes to her, as the owner's own mail", "ada@example.org" in str(recap["From"]) and "From me: " in text
            and "I work for" in text and not recap["Auto-Submitted"], text)
    r.check("what they met about counts as heard from", json.loads(r.kept("contacts", "--due", "--json"))[0]["state"] == "not due", "")

    # the sweep of that evening
    r.kept("contact", "dan@example.com", "--name", "Dan Osei")
    r.kept("met", "dan@example.com", "at the booth")
    event = "BEGIN:VEVENT\nUID:%s\nSUMMARY:%s\nDTSTART;TZID=Europe/Berlin:%s\nDURATION:PT1H\nORGANIZER;CN=Ada:mailto:ada@example.org\n" \
        "ATTENDEE;CN=%s:mailto:%s\n%sEND:VEVENT\n"
    calendar(event % ("1", "Site visit", start.strftime("%Y%m%dT160000"), "Eva Lind", "eva@example.com", "") +
             event % ("2", "Called off", start.strftime("%Y%m%dT170000"), "Finn Moe", "finn@example.com", "STATUS:CANCELLED\n") +
             event % ("3", "Jour fixe", start.strftime("%Y%m%dT173000"), "Bob", "bob@example.org", "") +
             event % ("4", "Dinner", start.strftime("%Y%m%dT200000"), "Gus Hall", "gus@example.com", ""))
    r.clock(to=start.replace(hour=17, minute=55).timestamp())
    r.kept("free")  # by now it is read
    r.clock(to=start.replace(hour=18, minute=5).timestamp())
    sweep = r.wait_for_mail("ada", about("What did you promise today?"))
    text = r.text(sweep)
    r.check("the sweep names whom she met", "Dan Osei" in text, text)
    r.check("… and whom, as her calendar says, at which meeting", "Eva Lind (eva@example.com): Site visit" in text, text)
    r.check("… no colleague, nothing called off, and nothing that is to come", "bob@" not in text and "Finn" not in text and "gus@" not in text, text)
    r.reply_to(sweep, "osei: the slides in 2 weeks\nlind: the protocol in 3 weeks\nnobody: a call friday\n")
    r.wait_until("each line is a promise", lambda: [p for p in r.promises() if "slides" in p["what"]])
    r.wait_until("… to one of her calendar too", lambda: [p for p in r.promises() if "protocol" in p["what"] and "eva@example.com" in json.dumps(p["to"])])
    slides = [p for p in r.promises() if "slides" in p["what"]][0]
    r.check("… to the one whom it names", "dan@example.com" in json.dumps(slides["to"]), slides)
    r.wait_for_mail("ada", lambda m: "none of those is called so" in r.text(m))
    r.check("a name that fits nobody is asked back, and nothing noted", not [p for p in r.promises() if "call" in p["what"]], r.promises())
    receipt = r.wait_for_mail("ada", lambda m: "dan@example.com" in r.text(m) and "slides" in r.text(m) and "Send" in r.text(m))
    r.check("the receipt that tells him waits for a word", "receipt" in r.kept("outbox") and not r.mails("dan"), r.text(receipt))

    # the next evening
    r.clock(to=(start + datetime.timedelta(days=1)).replace(hour=18, minute=5).timestamp())
    sweep = r.wait_for_mail("ada", lambda m: "What did you promise today?" in str(m["Subject"]) and "gus@example.com" in r.text(m))
    r.check("who was met after the sweep stands in the next one, with the day", f"Gus Hall (gus@example.com): Dinner, {start:%A}" in r.text(sweep)
            and "eva@" not in r.text(sweep), r.text(sweep))
