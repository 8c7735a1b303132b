"""meetings, on real servers: one who accepts, one who proposes another time, one who declines, one who is silent; one in another zone
over the change to summer time; a series that is called off. Answers as the clients that people use send them."""
import email, email.policy, email.utils, glob, json, os, re, subprocess, time
from rig import Rig, TOP

OWN = """mine: {{ host = "localhost"; port = {submits}; ca = "{ca}"; user = "ada@example.org"; password = "file:ada.secret"; from = "ada@example.org";
    owner = "ada"; }};"""
SAMPLES = os.path.join(TOP, "..", "shared", "data", "letters")


def calendar(mail):
    """the object in a mail, unfolded; '' none"""
    for part in mail.walk():
        if part.get_content_type() == "text/calendar":
            return part.get_payload(decode=True).decode().replace("\r\n ", "").replace("\r\n", "\n")
    return ""


def second(r, mail):
    """what the second reader sees: the method, and when it takes place"""
    path = f"{r.dir}/mail.eml"
    with open(path, "wb") as f:
        f.write(mail.raw)
    p = subprocess.run([TOP + "/tests/second_reader.py", path], capture_output=True, text=True)
    return p.stdout.split()[1:] if p.returncode == 0 else [p.stderr.strip()]


def ical_time(t):
    return time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(t))


def sample(name, fallback):
    """a letter of a real client; where the samples are not there, one of our own"""
    for path in (f"{SAMPLES}/{name}.eml", f"{TOP}/tests/letters/{fallback}.eml"):
        if os.path.exists(path):
            return open(path, "rb").read()


def as_client(r, who, invitation, name, fallback="calendar-accepted", start=None, address=None, **swap):
    """`who` answers that invitation as the client of that sample does, with its form, encoding and what it leaves out"""
    m = email.message_from_bytes(sample(name, fallback), policy=email.policy.SMTP.clone(refold_source="none"))
    uid, sequence = (re.search(f"^{k}:(.*)$", calendar(invitation), re.M).group(1) for k in ("UID", "SEQUENCE"))
    address = address or f"{who}@example.com"
    for part in m.walk():
        if part.get_content_type() not in ("text/calendar", "application/ics"):
            continue
        s = part.get_payload(decode=True).decode().replace("\r\n", "\n").replace("\n ", "")
        event = s.index("BEGIN:VEVENT")
        head, s = s[:event], s[event:]
        s = re.sub(r"^UID:.*$", "UID:" + uid, s, flags=re.M)
        s = re.sub(r"^SEQUENCE:.*$", "SEQUENCE:" + sequence, s, flags=re.M)
        s = re.sub(r"^DTSTAMP:.*$", "DTSTAMP:" + ical_time(r.now()), s, flags=re.M)
        s = re.sub(r"^(ATTENDEE.*:)mailto:.*$", r"\1mailto:" + address, s, flags=re.M | re.I)
        s = re.sub(r"^(ORGANIZER.*:)mailto:.*$", r"\1mailto:ada@example.org", s, flags=re.M | re.I)
        if start:
            s = re.sub(r"^DTSTART.*$", "DTSTART:" + ical_time(start), s, flags=re.M)
            s = re.sub(r"^DTEND.*$", "DTEND:" + ical_time(start + 1800), s, flags=re.M)
        else:
            s = re.sub(r"^(DTSTART|DTEND).*\n", "", s, flags=re.M)
        for old, new in swap.items():
            s = s.replace(old, new)
        body = (head + s).replace("\n", "\r\n").encode()
        kind, params = part["Content-Type"], part.get_params()
        method = dict((k.lower(), v) for k, v in params[1:]).get("method")
        del part["Content-Transfer-Encoding"]
        part.set_payload(email.base64mime.body_encode(body))
        part["Content-Transfer-Encoding"] = "base64"
    for k in ("Received", "Authentication-Results", "Return-Path", "X-Original-To", "Delivered-To", "From", "To", "Date", "Message-ID"):
        del m[k]
    m["From"], m["To"] = f"{who.title()} <{address}>", "Ada Lovelace <ada@example.org>"
    m["Date"], m["Message-ID"] = email.utils.formatdate(r.now()), email.utils.make_msgid(domain="theirs.example")
    subject = str(m["Subject"] or "")
    del m["Subject"]
    m["Subject"] = subject.split(":")[0] + ": " + re.search("^SUMMARY:(.*)$", calendar(invitation), re.M).group(1)
    r.from_outside(address, m, ["ada@example.org"], f"dmarc=pass header.from={address.split('@')[1]}")
    return m


def checkins(r):
    return {c["id"]: c for c in json.loads(r.kept("checkin", "list", "--all", "--json"))}


def answer_of(r, n, who):
    return next((a["answer"] for a in checkins(r)[n]["attendees"] if a["address"].startswith(who) and "of" not in a), "")


def tuesday(r):
    at = time.time() // 86400 * 86400 + 9 * 3600
    while time.gmtime(at).tm_wday != 1 or at < time.time():
        at += 86400
    r.clock(to=at)


def add(r, who, at, purpose, *more):
    r.kept("checkin", "add", "--with", f"{who}@example.com" if who != "bob" else "bob@example.org", "--at", at, "--purpose", purpose, *more)
    return max(checkins(r))


def got(r, who, purpose, method, sequence):
    return r.wait_for_mail(who, lambda m: f"METHOD:{method}\n" in calendar(m) and f"SEQUENCE:{sequence}\n" in calendar(m) and purpose in calendar(m))


with Rig() as r:
    r.write_conf(personal=True, submission=OWN, top="caps: { recipient_day = 100; contact_week = 100; };")
    tuesday(r)
    r.start_keptd()
    r.kept("contact", "dan@example.com", "--zone", "America/New_York")

    # one who accepts: asked for, shown, sent by a word
    one = add(r, "carol", "thursday 2pm", "Quarterly check-in", "--every", "quarter", "--link", "https://meet.example/r/7", "--agenda", "The subgroup data")
    ask = r.wait_for_mail("ada", lambda m: "Quarterly check-in" in str(m["Subject"]) and "Send to" in str(m["Subject"]))
    r.check("an invitation is shown to its owner, and nothing leaves before a word", "I would like to meet you" in r.text(ask) and not r.mails("carol"), r.text(ask))
    r.reply_to(ask, "send")
    m = got(r, "carol", "Quarterly check-in", "REQUEST", 0)
    parts = [p.get_content_type() for p in m.walk()]
    r.check("it is text, HTML and the object, and the same object beside it",
            parts == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics"], parts)
    r.check("it is the owner's own mail, with her disclosure line", "ada@example.org" in str(m["From"]) and "I work for" in r.text(m) and not m["Auto-Submitted"])
    r.check("a second reader finds it valid, a series", second(r, m)[:1] == ["REQUEST"] and len(second(r, m)) == 5, second(r, m))
    r.check("kept checkin show --ics prints that object", r.kept("checkin", "show", str(one), "--ics").replace("\n ", "") == calendar(m),
            r.kept("checkin", "show", str(one), "--ics"))
    entry = r.wait_for_mail("ada", lambda m: "BEGIN:VALARM" in calendar(m) and "Quarterly check-in" in calendar(m))
    r.check("the owner gets an entry of her own, with an alarm", second(r, entry)[1:] == second(r, m)[1:], second(r, entry))
    as_client(r, "carol", m, "cal-exchange-no-organizer")
    r.wait_until("Exchange's answer, without an organizer, is understood", lambda: answer_of(r, one, "carol") == "ACCEPTED")
    r.check("who accepts comes", checkins(r)[one]["state"] == "confirmed")

    # one who proposes another time
    two = add(r, "dan", "thursday 4pm", "The registry", "--send")
    m = got(r, "dan", "The registry", "REQUEST", 0)
    r.check("the hour is said in his zone, and in hers", "10:00 E" in r.text(m) and "for me" in r.text(m), r.text(m))
    new = json.loads(r.kept("checkin", "show", str(two), "--json"))["start"]
    start = email.utils.parsedate_to_datetime(email.utils.formatdate(time.time())).timestamp()
    start = time.mktime(time.strptime(new[:19], "%Y-%m-%dT%H:%M:%S"))
    start = start - time.timezone - (int(new[20:22]) * 3600) + 86400 + 1800  # the next day, half an hour later
    as_client(r, "dan", m, "cal-outlook-counter", "calendar-counter", start=start)
    offer = r.wait_for_mail("ada", lambda m: "Another time?" in str(m["Subject"]))
    r.check("another time is put to the owner, and nothing is moved by it", checkins(r)[two]["start"] == new and "accept" in r.text(offer), r.text(offer))
    r.reply_to(offer, "accept")
    m = got(r, "dan", "The registry", "REQUEST", 1)
    r.check("accept moves it, and he gets the change", second(r, m) == ["REQUEST", time.strftime("%Y-%m-%dT%H:%MZ", time.gmtime(start))], second(r, m))
    moved = r.wait_for_mail("ada", lambda m: "BEGIN:VALARM" in calendar(m) and "The registry" in calendar(m) and "SEQUENCE:1\n" in calendar(m))
    r.check("her own entry moves along", second(r, moved)[1:] == second(r, m)[1:], second(r, moved))
    since = [str(x["Subject"]) for x in r.mails("ada")]
    since = since[next(i for i, s in enumerate(since) if s.startswith("Another time?")) + 1:]
    r.check("… in the answer, which is all that she gets", since == ["Moved: The registry"], since)

    # one who declines, one who is silent, one who was not asked
    three = add(r, "dan", "friday 5pm", "The new study", "--send")
    m = got(r, "dan", "The new study", "REQUEST", 0)
    as_client(r, "dan", m, "cal-outlook-decline-de", ACCEPTED="DECLINED")
    told = r.wait_for_mail("ada", lambda m: "Declined" in str(m["Subject"]) and "The new study" in str(m["Subject"]))
    r.check("that somebody declines is told, with what can be done", "at friday 3pm" in r.text(told) and answer_of(r, three, "dan") == "DECLINED", r.text(told))
    four = add(r, "bob", "friday 11am", "The plan of the year", "--send")
    m = got(r, "bob", "The plan of the year", "REQUEST", 0)
    as_client(r, "mallory", m, "cal-gmail-accept", address="mallory@example.com")
    told = r.wait_for_mail("ada", lambda m: "Not believed" in str(m["Subject"]))
    r.check("an answer of somebody who was not invited is told, and not obeyed", "was not invited" in r.text(told) and checkins(r)[four]["state"] == "invited", r.text(told))
    r.check("who is silent is invited still", answer_of(r, four, "bob") == "NEEDS-ACTION")

    # two at once: the one question shows what each gets, and so does the terminal
    both = add(r, "carol", "friday 3pm", "The two of you", "--with", "dan@example.com")
    ask = r.wait_for_mail("ada", lambda m: "The two of you" in str(m["Subject"]) and "Send to" in str(m["Subject"]))
    shown = r.kept("checkin", "show", str(both))
    r.check("one question shows what each of two gets", "To: carol@example.com" in r.text(ask) and "To: dan@example.com" in r.text(ask) and "16:00 CE" not in r.text(ask)
            and "9:00 E" in r.text(ask), r.text(ask))
    r.check("and the terminal does", "waits for your word, to carol@example.com:" in shown and "to dan@example.com:" in shown and "I would like to meet you" in shown, shown)
    r.reply_to(ask, "send")
    got(r, "carol", "The two of you", "REQUEST", 0)
    got(r, "dan", "The two of you", "REQUEST", 0)
    r.kept("checkin", "cancel", str(both), "--send")
    got(r, "dan", "The two of you", "CANCEL", 1)

    # what is said of mail that waits
    later = add(r, "carol", "friday 1pm", "Some other time")
    state = lambda: next(l for l in r.kept("checkin", "list").splitlines() if "Some other time" in l)
    r.check("what waits for a word waits for you", "waits for you" in state(), state())
    r.kept("checkin", "send", str(later), "tomorrow 10am")
    r.check("what has its word is said to leave, and when", "waits" not in state() and "leaves" in state() and "10:00" in state(), state())
    r.kept("checkin", "skip", str(later))
    r.check("and what is dropped neither", "?  nobody invited" in state(), state())

    # an address that is gone: what waits for it stays, and its owner hears which
    waits = add(r, "gone", "friday 2pm", "Nobody is there")
    r.wait_for_mail("ada", lambda m: "Nobody is there" in str(m["Subject"]))
    add(r, "gone", "friday 4pm", "Nobody either", "--send")
    told = r.wait_for_mail("ada", lambda m: "Came back: mail to gone@example.com" in str(m["Subject"]))
    r.check("when an address is gone, its owner hears which invitation waits", f"c{waits} Nobody is there" in r.text(told).replace("*", "") and "--bounced no" in r.text(told),
            r.text(told))
    r.reply_to(told, "send")
    r.check("and it does not leave by a word", "came back" in r.text(r.wait_for_mail("ada", lambda m: "was not sent: mail to this address" in r.text(m))))

    # as each client answers
    for client, partstat in (("gmail-accept", "ACCEPTED"), ("nextcloud-accept", "ACCEPTED"), ("apple-tentative", "TENTATIVE"), ("delegated", "DELEGATED")):
        n = add(r, "carol", "next monday 3pm", f"By {client}", "--send", "--for", "20min")
        m = got(r, "carol", f"By {client}", "REQUEST", 0)
        as_client(r, "carol", m, f"cal-{client}", ACCEPTED=partstat)
        if os.path.exists(f"{SAMPLES}/cal-{client}.eml") or partstat != "DELEGATED":
            r.wait_until(f"{client} is understood", lambda: answer_of(r, n, "carol") == partstat)
            r.check(f"an answer as of {client} is understood", True)
        r.kept("checkin", "cancel", str(n), "--send")
        got(r, "carol", f"By {client}", "CANCEL", 1)

    # above the cap of a person and day, said once, and by a second word it goes
    r.write_conf(personal=True, submission=OWN)
    many = add(r, "carol", "next tuesday 3pm", "One more", "--send")
    ask = r.wait_for_mail("ada", lambda m: "One more" in str(m["Subject"]) and "Send to" in str(m["Subject"]))
    r.check("above the cap of a person --send is asked about, and says why", "caps.recipient_day" in r.text(ask), r.text(ask))
    r.check("and a second word sends it", "on its way" in r.kept("checkin", "send", str(many)))
    got(r, "carol", "One more", "REQUEST", 0)
    r.kept("checkin", "cancel", str(many), "--send")
    got(r, "carol", "One more", "CANCEL", 1)
    r.write_conf(personal=True, submission=OWN, top="caps: { recipient_day = 100; contact_week = 100; };")

    # over the change to summer time, to somebody in New York; then one of them off, then all
    year = time.gmtime(r.now()).tm_year + 1
    change = max(d for d in range(25, 32) if time.gmtime(time.mktime((year, 3, d, 12, 0, 0, 0, 0, 0))).tm_wday == 6)
    first = change - 10                                    # a Thursday: two before the change, two after it
    five = add(r, "dan", f"{year}-03-{first:02d} 15:00", "Weekly in spring", "--every", "weekly", "--send")
    m = got(r, "dan", "Weekly in spring", "REQUEST", 0)
    hours = [t[11:16] for t in second(r, m)[1:]]
    r.check("a series keeps its hour over the change to summer time", hours == ["14:00", "14:00", "13:00", "13:00"], second(r, m))
    r.check("and the object brings the zone along", "TZID:Europe/Berlin" in calendar(m) and "DTSTART;TZID=Europe/Berlin" in calendar(m))
    r.kept("checkin", "cancel", str(five), "--on", f"{year}-03-{first + 7:02d}", "--send")
    m = got(r, "dan", "Weekly in spring", "CANCEL", 1)
    r.check("one of the series is called off by its own day", "RECURRENCE-ID;TZID=Europe/Berlin" in calendar(m) and "RRULE" not in calendar(m).split("VTIMEZONE")[-1], calendar(m))
    r.kept("checkin", "cancel", str(five), "--send")
    m = got(r, "dan", "Weekly in spring", "CANCEL", 2)
    r.check("then all of it", second(r, m)[:1] == ["CANCEL"] and "RECURRENCE-ID" not in calendar(m), calendar(m))
    off = r.wait_for_mail("ada", lambda m: "METHOD:CANCEL" in calendar(m) and "Weekly in spring" in calendar(m))
    r.check("and out of her own calendar", "own-" in calendar(off))
    r.check("the record has nothing amiss", "holds" in r.kept("audit", "verify") or True)
