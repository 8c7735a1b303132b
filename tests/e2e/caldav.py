"""promises and the owner's calendar, alike on both sides, on a real Radicale with TLS: a promise by mail is a task; ticked off, moved, renamed, deleted there;
done, moved, called off here; both at once; kept killed between writing and knowing it; a token that is void; servers that are wrong"""
import json, os, re, time
from rig import Rig
from dav import Radicale, Scripted, Through

OWN = """mine: {{ host = "localhost"; port = {submits}; ca = "{ca}"; user = "ada@example.org"; password = "file:ada.secret"; from = "ada@example.org";
    owner = "ada"; }};"""

with Rig() as r:
    check = r.check
    radicale = Radicale(r)
    server = Through(r, radicale)
    with open(r.dir + "/dav.secret", "w") as f:
        f.write("dav-secret\n")
    os.chmod(r.dir + "/dav.secret", 0o600)
    conf = 'calendar: {{ tasks: {{ owner = "ada"; kind = "caldav"; url = "{url}"; user = "ada"; password = "file:dav.secret"; ca = "{ca}"; }}; }};\n'
    r.start_keptd(top=conf.format(url=server.url + "/", ca=r.ca), submission=OWN)
    # to the next Tuesday at ten: mail to others keeps to their working days
    r.clock(to=next(t for t in range(int(time.time()) // 86400 * 86400 + 9 * 3600, 1 << 40, 86400) if time.gmtime(t).tm_wday == 1 and t > time.time()))

    def ticks():
        """the clock goes on until the server is asked again"""
        r.clock(minutes=6)

    def text_of(n):
        return next((o for name, o in radicale.objects().items() if name.startswith(f"kept-{n}-")), (None, ""))

    def name_of(n):
        return next(name for name in radicale.objects() if name.startswith(f"kept-{n}-"))

    def put(n, text):
        etag = text_of(n)[0]
        status, _, _ = radicale.ask("PUT", "/ada/kept/" + name_of(n), text, If_Match=etag)
        check(f"the client's own writing of {n} is taken", status in (200, 201, 204), status)

    def promise(n):
        return next((m for m in r.promises("--all") if m["id"] == n), None)

    def line(text, name):
        m = re.search(rf"^{name}[;:].*$", text, re.M)
        return m.group() if m else ""

    def heard(words, body=""):
        return [m for m in r.mails("ada") if r.from_kept(m) and words in m["Subject"] and body in r.text(m)]

    r.send_as("ada", "carol@example.com", "Subgroup data", "Dear Carol,\n\nI'll send you the subgroup data by 18 december 2030.\n\nAda\n", bcc="kept@example.org")
    r.wait_until("the promise is made", lambda: promise(1))
    r.wait_until("it is a task in the calendar", lambda: text_of(1)[1])
    text = text_of(1)[1]
    check("the collection was made for it", radicale.ask("PROPFIND", "/ada/kept/", depth="0")[0] == 207)
    check("with what, to whom, and the day", "subgroup data" in line(text, "SUMMARY") and "carol" in line(text, "DESCRIPTION").lower() and line(text, "DUE") == "DUE:20301218T160000Z", text)
    check("open, as a VTODO with its own uid", line(text, "STATUS") == "STATUS:NEEDS-ACTION" and "BEGIN:VTODO" in text and "METHOD" not in text and "ATTENDEE" not in text, text)

    for n, (what, due) in enumerate([("the reprint", "2030-12-05 15:00"), ("the slides", "2030-12-06"), ("the answer", "2030-12-09"), ("the table", "2030-12-10"),
                                     ("the letter", "2030-12-11")], 2):
        r.kept("add", "--to", "bob@example.net", "--due", due, what)
    r.wait_until("what is logged here is there", lambda: all(text_of(n)[1] for n in range(1, 7)))
    check("a time is a time", line(text_of(2)[1], "DUE") == "DUE:20301205T140000Z", text_of(2)[1])

    steps = json.loads(r.kept("check", "--no-mail", "--json", ok=False))["steps"]
    check("the check finds the collection", [s["end"] for s in steps if s["kind"] == "calendar"] == ["ok"], steps)
    # a calendar that is read may be a collection too
    radicale.ask("MKCALENDAR", "/ada/work/")
    radicale.ask("PUT", "/ada/work/a.ics", "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:a\nDTSTAMP:20260101T000000Z\nDTSTART:20260101T000000Z\nDURATION:P1D\n"
                 "RRULE:FREQ=DAILY\nEND:VEVENT\nEND:VCALENDAR\n")
    old = open(r.conf).read()
    server.rule = lambda q: (405, {}, b"") if q[0] == "GET" else None
    r.write_conf(text=old.replace("calendar: {", f'calendar: {{ work: {{ owner = "ada"; url = "{server.url}/ada/work/"; user = "ada"; password = "file:dav.secret"; ca = "{r.ca}"; }};'))
    free = json.loads(r.kept("free", "--json"))
    check("a collection that is read, where GET gives nothing", free["times"] == [] and not free["calendars"][0].get("failed"), free)
    server.rule = lambda q: None
    r.write_conf(text=old)

    # as Thunderbird, Apple's Reminders and tasks.org write it
    put(1, re.sub(r"STATUS:.*", "STATUS:COMPLETED\nCOMPLETED:20301201T101500Z\nPERCENT-COMPLETE:100", text_of(1)[1]).replace("SEQUENCE:0", "SEQUENCE:1"))
    put(2, text_of(2)[1].replace("STATUS:NEEDS-ACTION", "STATUS:COMPLETED\nCOMPLETED:20301201T101500Z\nX-APPLE-SORT-ORDER:1"))
    put(3, text_of(3)[1].replace("STATUS:NEEDS-ACTION\n", "COMPLETED:20301201T101500Z\n"))
    ticks()
    r.wait_until("ticked off there is done here", lambda: all(promise(n)["state"] in ("delivered", "kept") for n in (1, 2, 3)))
    shown = r.kept("proof", "1")
    check("on record, with where", "ticked it off" in shown and "calendar tasks" in shown, shown[-1500:])
    check("and it stays ticked off there", line(text_of(1)[1], "STATUS") == "STATUS:COMPLETED")

    zone = ("BEGIN:VTIMEZONE\nTZID:Europe/Berlin\nBEGIN:STANDARD\nDTSTART:19961027T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\n"
            "END:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:19960331T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\nEND:DAYLIGHT\nEND:VTIMEZONE\n")
    alarm = "BEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:own alarm\nTRIGGER:-PT15M\nUID:alarm-1\nEND:VALARM\nEND:VTODO"
    put(4, text_of(4)[1].replace("BEGIN:VTODO", zone + "BEGIN:VTODO").replace("DUE;VALUE=DATE:20301209", "DTSTART;TZID=Europe/Berlin:20301212T163000\nDUE;TZID=Europe/Berlin:20301212T163000")
        .replace("SUMMARY:the answer", "SUMMARY:the long answer").replace("END:VTODO", alarm))
    ticks()
    r.wait_until("moved there is due then here", lambda: promise(4)["due"].startswith("2030-12-12T16:30:00"))
    check("other words there are other words here", promise(4)["what"] == "the long answer", promise(4))
    asked = len(server.asked)
    r.kept("due", "4", "2030-12-13 10:00")
    r.wait_until("moved here is moved there", lambda: "20301213T090000Z" in text_of(4)[1])
    check("what the client added stays", "own alarm" in text_of(4)[1] and text_of(4)[1].count("DUE") == 1, text_of(4)[1])
    check("it was written as it was read", [q for q in server.asked[asked:] if q[0] == "PUT"][-1][2].get("If-Match"))

    # both sides at once: the server is away while kept moves it
    server.rule = lambda q: (503, {}, b"")
    r.kept("due", "5", "2030-12-20")
    put(5, text_of(5)[1].replace("20301210", "20301216"))
    ticks()
    r.wait_until("the failure is seen", lambda: b"says 503" in r.logged())
    check("the status says it", "tasks" in r.kept("status", ok=False) and "503" in r.kept("status", ok=False))
    server.rule = lambda q: None
    ticks()
    r.wait_until("what both moved is told", lambda: heard("Moved here and in your calendar"))
    mail = heard("Moved here and in your calendar")[0]
    check("with both dates and the way to the other", "16 December 2030" in r.text(mail) and "due 2030-12-16" in r.text(mail), r.text(mail))
    r.wait_until("the date here stands, there too", lambda: "20301220" in text_of(5)[1])
    check("here it is as it was", promise(5)["due"].startswith("2030-12-20"))

    r.kept("done", "6")
    r.kept("done", "6", ok=False)
    r.wait_until("done here is ticked off there", lambda: line(text_of(6)[1], "STATUS") == "STATUS:COMPLETED")
    r.kept("add", "--to", "bob@example.net", "--due", "2030-12-30", "the poster")
    r.wait_until("another one", lambda: text_of(7)[1])
    put(7, text_of(7)[1].replace("STATUS:NEEDS-ACTION", "STATUS:COMPLETED\nCOMPLETED:20301201T101500Z"))
    ticks()
    r.wait_until("done", lambda: promise(7)["state"] != "open")
    put(7, re.sub(r"(COMPLETED|PERCENT-COMPLETE):.*\n", "", text_of(7)[1]).replace("STATUS:COMPLETED", "STATUS:NEEDS-ACTION"))
    ticks()
    r.wait_until("a tick taken back takes it back here", lambda: promise(7)["state"] == "open")
    r.kept("cancel", "7")
    r.wait_until("called off here, it is no task there", lambda: not text_of(7)[1])

    radicale.ask("PUT", "/ada/kept/mine.ics", "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VTODO\nUID:mine\nDTSTAMP:20300101T000000Z\nSUMMARY:milk\nEND:VTODO\nEND:VCALENDAR\n")
    radicale.ask("DELETE", "/ada/kept/" + name_of(4))
    radicale.ask("DELETE", "/ada/kept/" + name_of(5))
    ticks()
    r.wait_until("what was deleted there is there again", lambda: text_of(4)[1] and text_of(5)[1])
    mails = heard("Deleted in your calendar")
    r.wait_until("and told", lambda: heard("Deleted in your calendar"))
    mails = heard("Deleted in your calendar")
    check("in one mail, with how to call it off", len(mails) == 1 and "cancel 4" in r.text(mails[0]) and "cancel 5" in r.text(mails[0]), [r.text(m) for m in mails])
    check("it is still promised", promise(4)["state"] == "open")
    check("what is not kept's is let alone", "SUMMARY:milk" in radicale.objects()["mine.ics"][1])

    # check-ins
    def events():
        return {name: o[1] for name, o in radicale.objects().items() if name.startswith("checkin-")}

    r.kept("checkin", "add", "--with", "carol@example.com", "--at", "2030-12-12 10:00", "--for", "45min", "--purpose", "The subgroup data", "--send")
    r.wait_until("a check-in is an event there, once its invitation left", events)
    name, text = next(iter(events().items()))
    check("with its time and with whom, and nobody invited by it", line(text, "DTSTART") == "DTSTART:20301212T090000Z" and line(text, "DTEND") == "DTEND:20301212T094500Z"
          and "carol" in text and "ATTENDEE" not in text and "ORGANIZER" not in text, text)
    radicale.ask("PUT", "/ada/kept/" + name, text.replace("20301212T09", "20301212T13"))
    ticks()
    r.wait_until("moved there, its owner is asked", lambda: heard("check-in changed", "check-in 1"))
    check("with how to move it", '--at "2030-12-12 14:00"' in r.text(heard("check-in changed", "check-in 1")[0]), r.text(heard("check-in changed", "check-in 1")[0]))
    r.wait_until("others are invited: it stands where it was", lambda: "20301212T090000Z" in events()[name])
    r.kept("checkin", "move", "1", "--at", "2030-12-13 11:00", "--send")
    r.wait_until("moved here is moved there", lambda: "20301213T100000Z" in events().get(name, ""))
    r.kept("checkin", "cancel", "1", "--send")
    r.wait_until("called off, it is no event there", lambda: not events())
    r.kept("checkin", "add", "--with", "dan@example.com", "--at", "2030-12-16 10:00", "--every", "every 2 weeks", "--purpose", "Regular", "--send")
    r.wait_until("a series lies there too", events)
    name = next(iter(events()))

    def series():
        return events()[name]

    def edited(*pairs):
        """as a client writes it: each (pattern, words) in place"""
        etag, text = radicale.objects()[name]
        for pattern, new in pairs:
            text, n = re.subn(pattern, new, text, flags=re.M)
            check(f"the client finds {pattern}", n, text)
        status, _, _ = radicale.ask("PUT", "/ada/kept/" + name, text, If_Match=etag)
        check("its writing is taken", status in (200, 201, 204), status)

    def told(n):
        """the nth mail of that check-in's changes"""
        ticks()
        r.wait_until(f"told, {n}", lambda: len(heard("check-in changed", "check-in 2")) == n)
        return r.text(heard("check-in changed", "check-in 2")[-1])

    check("whole, in one object, in its zone", len(events()) == 1 and "RRULE:FREQ=WEEKLY;INTERVAL=2\n" in series()
          and "DTSTART;TZID=Europe/Berlin:20301216T100000" in series() and "BEGIN:VTIMEZONE" in series() and "METHOD" not in series(), series())
    r.kept("checkin", "cancel", "2", "--on", "2030-12-30", "--send")
    r.kept("checkin", "move", "2", "--on", "2031-01-13", "--at", "2031-01-14 11:00", "--send")
    r.wait_until("called off here, one is no date of it there", lambda: "EXDATE;TZID=Europe/Berlin:20301230T100000" in series())
    r.wait_until("moved here, one has its own time there",
                 lambda: re.search(r"RECURRENCE-ID;TZID=Europe/Berlin:20310113T100000\n(.*\n)*DTSTART;TZID=Europe/Berlin:20310114T110000", series()))
    alarm = "BEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:one's own\nTRIGGER:-PT5M\nEND:VALARM\nEND:VEVENT"
    one = "BEGIN:VEVENT\nUID:" + line(series(), "UID")[4:] + "\nDTSTAMP:20301201T000000Z\nRECURRENCE-ID;TZID=Europe/Berlin:20310127T100000\n" \
        "DTSTART;TZID=Europe/Berlin:20310128T153000\nDTEND;TZID=Europe/Berlin:20310128T160000\nSUMMARY:A longer one\n" + alarm + "\nEND:VCALENDAR"
    edited(("^END:VCALENDAR", one), ("^EXDATE", "EXDATE;TZID=Europe/Berlin:20310210T100000\nEXDATE"))
    mail = told(1)
    check("one that is moved there is put to its owner", '--on 2031-01-27 --at "2031-01-28 15:30"' in mail, mail)
    check("and one that is deleted there", "kept checkin cancel 2 --on 2031-02-10" in mail and mail.count("kept checkin") == 2, mail)
    check("and other words of one", "A longer one" in mail, mail)
    r.wait_until("both are as they were", lambda: "20310128" not in series() and "20310210" not in series())
    check("with what is moved and called off here, and the alarm", "20301230" in series() and "20310114T110000" in series() and "one's own" in series(), series())
    edited((r"^RRULE:.*", "RRULE:INTERVAL=2;WKST=MO;FREQ=WEEKLY"), (r"\n(?=END:VEVENT)", "\nX-MOZ-LASTACK:20301201T000000Z\n"))
    etag, asked = radicale.objects()[name][0], len(server.asked)
    ticks()
    r.wait_until("the same rule in other words is read", lambda: any(q[0] == "REPORT" and b"calendar-multiget" in q[3] for q in server.asked[asked:]))
    r.kept("due", "5", "2030-12-21")
    r.wait_until("and something else is written", lambda: "20301221" in text_of(5)[1])
    check("but that is not", radicale.objects()[name][0] == etag, series())
    edited((r"DTSTART;TZID=Europe/Berlin:20301216T1000", "DTSTART;TZID=Europe/Berlin:20301217T1100"), (r"DTEND;TZID=Europe/Berlin:20301216T1030", "DTEND;TZID=Europe/Berlin:20301217T1130"))
    mail = told(2)
    check("the whole moved there, and the same rule in other words is nothing", "other times" in mail and '--at "2030-12-17 11:00"' in mail and mail.count("- it ") == 1, mail)
    r.wait_until("it is as it was", lambda: "20301217" not in series() and "20310114T110000" in series())
    edited((r"^RRULE:.*", r"RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20310401T080000Z"))
    mail = told(3)
    check("an end there, too", "other times" in mail and "until" in mail, mail)
    r.wait_until("that is not one here", lambda: "UNTIL" not in series())
    edited((r"^(DTEND;TZID=Europe/Berlin:20301216T)103000", r"\g<1>110000"), (r"^(SUMMARY:).*", r"\g<1>Other words\nLOCATION:Room 2"))
    mail = told(4)
    check("and its length, words and place", "--for 60min" in mail and "Other words" in mail and "Room 2" in mail, mail)
    r.wait_until("which are as they were", lambda: "Other words" not in series())
    # at once, here and there
    server.rule = lambda q: (503, {}, b"")
    r.kept("checkin", "cancel", "2", "--on", "2031-02-24", "--send")
    edited((r"^EXDATE", "EXDATE;TZID=Europe/Berlin:20310310T100000\nEXDATE"))
    ticks()
    server.rule = lambda q: None
    mail = told(5)
    check("what both sides changed is told as the calendar's alone", "--on 2031-03-10" in mail and "2031-02-24" not in mail, mail)
    r.wait_until("and what changed here is there", lambda: "20310224" in series() and "20310310" not in series())
    radicale.ask("DELETE", "/ada/kept/" + name)
    ticks()
    r.wait_until("deleted there it is there again", lambda: name in events())
    check("whole", "20310114T110000" in series() and "20310224" in series(), series())
    r.wait_until("and told", lambda: heard("Deleted in your calendar", "kept checkin cancel 2"))
    r.kept("checkin", "move", "2", "--at", "2030-12-18 9:00", "--send")
    r.wait_until("moved here as a whole, it is one there", lambda: "DTSTART;TZID=Europe/Berlin:20301218T090000" in series() and "RECURRENCE-ID" not in series() and "EXDATE" not in series())
    r.kept("checkin", "move", "2", "--every", "once", "--send")
    r.wait_until("no series any more", lambda: "RRULE" not in series() and "DTSTART:20301218T080000Z" in series())
    r.kept("checkin", "cancel", "2", "--send")
    r.wait_until("called off", lambda: not events())

    # killed when the server has it and kept does not know yet
    def murder(q):
        if q[0] == "PUT":
            r.keptd.kill()
            server.after = lambda q: None

    server.after = murder
    r.kept("add", "--to", "bob@example.net", "--due", "2031-01-15", "the manuscript")
    r.wait_until("keptd is killed", lambda: r.keptd.poll() is not None)
    r.keptd = None
    there = text_of(8)[1]
    check("after it was written", "the manuscript" in there)
    r.start_keptd()
    ticks()
    time.sleep(1)
    r.wait_until("it goes on", lambda: promise(8))
    check("nothing is doubled", sum("manuscript" in o[1] for o in radicale.objects().values()) == 1 and len(r.promises()) == len({m["what"] for m in r.promises()}), radicale.objects().keys())
    server.after = murder
    r.kept("due", "8", "2031-01-20")
    r.wait_until("killed again, in the middle of a change", lambda: r.keptd.poll() is not None)
    r.keptd = None
    put(8, text_of(8)[1].replace("STATUS:NEEDS-ACTION", "STATUS:COMPLETED\nCOMPLETED:20301201T101500Z"))
    r.start_keptd()
    ticks()
    r.wait_until("what was ticked off meanwhile is done", lambda: promise(8)["state"] != "open")
    check("and due as it was set", promise(8)["due"].startswith("2031-01-20"), promise(8))
    check("no conflict was seen where there was none", len(heard("Moved here")) == 1)

    # a token that the server does not know any more
    def void(q):
        if q[0] == "REPORT" and b"sync-collection" in q[3] and b"<D:sync-token></D:sync-token>" not in q[3]:
            return 403, {"Content-Type": "application/xml"}, b'<?xml version="1.0"?><error xmlns="DAV:"><valid-sync-token/></error>'

    r.kept("add", "--to", "bob@example.net", "--due", "2031-02-03", "the figures")
    r.wait_until("a new one", lambda: text_of(9)[1])
    server.rule = void
    put(9, text_of(9)[1].replace("20310203", "20310204"))
    ticks()
    r.wait_until("after a void token all is asked anew", lambda: promise(9)["due"].startswith("2031-02-04"))
    # a server without sync-collection: asked for it once
    def syncs(start):
        return sum(b"sync-collection" in q[3] for q in server.asked[start:])

    asked = len(server.asked)
    server.rule = lambda q: (501, {}, b"") if b"sync-collection" in q[3] else None
    put(9, text_of(9)[1].replace("20310204", "20310205"))
    ticks()
    r.wait_until("without sync-collection the ETags tell", lambda: promise(9)["due"].startswith("2031-02-05"))
    refused = syncs(asked)
    put(9, text_of(9)[1].replace("20310205", "20310206"))
    ticks()
    r.wait_until("and the next time", lambda: promise(9)["due"].startswith("2031-02-06"))
    check("when it is not asked for it again", refused and syncs(asked) == refused, [q[:2] for q in server.asked[asked:]])
    check("nothing was told as deleted meanwhile", len(heard("Deleted in your calendar")) == 2)

    # a change between reading and writing
    raced = []

    def race(q):
        if q[0] == "PUT" and not raced:
            raced.append(radicale.ask("PUT", q[1], text_of(9)[1].replace("DESCRIPTION:", "DESCRIPTION:raced ")))

    def slip(q):
        race(q)
        return None

    server.rule = slip
    r.kept("due", "9", "2031-02-10")
    r.wait_until("one who wrote in between is not overwritten unseen", lambda: "20310210" in text_of(9)[1])
    check("what they wrote stands", raced and "raced" in text_of(9)[1], text_of(9)[1])

    # servers that are wrong
    def wrong(status, headers=None, body=b""):
        server.rule = lambda q: (status, headers or {}, body)
        start = len(r.logged())
        r.clock(minutes=16)
        return start

    other = Scripted(r, lambda q: (207, {}, b""))
    before = radicale.objects()
    for what, say, rule in [
            ("a redirect to another host does not get the password", b"password was not given for", (301, {"Location": other.url + "/x/"})),
            ("a login refused", b"login was refused", (401,)), ("forbidden", b"forbids", (403,)), ("broken", b"says 500", (500,)),
            ("XML that is cut off", b"cannot be read", (207, {"Content-Type": "application/xml"}, b'<?xml version="1.0"?><multistatus xmlns="DAV:"><response>')),
            ("a document type, and entities", b"cannot be read", (207, {"Content-Type": "application/xml"}, b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><multistatus xmlns="DAV:"><sync-token>&b;</sync-token></multistatus>')),
            ("a huge body", b"larger than 16384 KiB", (207, {"Content-Type": "application/xml"}, b"x" * (17 << 20)))]:
        start = wrong(*rule)
        r.wait_until(what, lambda: say in r.logged(start) or say.decode() in r.kept("status", ok=False))
        check(what, True)
        server.rule = lambda q: None
        r.clock(minutes=16)
        r.wait_until("it recovers", lambda: json.loads(r.kept("status", "--json", ok=False)) and "tasks" not in r.kept("status", ok=False))
    check("no word went to the other host", not other.asked, other.asked)
    check("nothing was lost by all that", radicale.objects() == before, (before.keys(), radicale.objects().keys()))
    check("no password is in the log", b"dav-secret" not in r.logged())

    radicale.ask("DELETE", "/ada/kept/")
    r.clock(minutes=16)
    r.wait_until("a collection that is gone is made again", lambda: (r.clock(minutes=16), text_of(9)[1])[1])
    check("and no promise is told as deleted", len(heard("Deleted in your calendar")) == 2)

    # one that refuses each token, and none too
    asked = len(server.asked)
    server.rule = lambda q: void(q) or (403, {}, b"") if b"sync-collection" in q[3] else None
    ticks()
    put(9, text_of(9)[1].replace("DESCRIPTION:", "DESCRIPTION:seen "))
    r.kept("due", "9", "2031-02-12")
    r.wait_until("a server that takes no token at all is listed", lambda: "20310212" in text_of(9)[1])
    ticks()
    ticks()
    check("with two questions for changes in all", syncs(asked) <= 2, [q[:2] for q in server.asked[asked:]])
    server.rule = lambda q: None

    # one that has begun long ago is judged by its last
    r.clock(to=next(t for t in range(int(time.time()) // 86400 * 86400 + 9 * 3600, 1 << 40, 86400) if time.gmtime(t).tm_wday == 1 and t > time.time() + r.offset))
    r.kept("checkin", "add", "--with", "dan@example.com", "--at", "tomorrow 10:00", "--every", "day", "--purpose", "Daily", "--send")
    r.wait_until("a daily one", events)
    r.clock(minutes=5 * 1440)
    radicale.ask("DELETE", "/ada/kept/" + next(iter(events())))
    ticks()
    r.wait_until("begun, and deleted there, it is there again", events)
    r.kept("checkin", "cancel", "3", "--send")
    r.wait_until("begun, and called off, it ends there, and what took place stays",
                 lambda: [t for t in events().values() if "DTSTART" in t and re.search("^RRULE:FREQ=DAILY;.*UNTIL=", t, re.M)])
    stays, told_of = radicale.objects(), len(heard("changed in your calendar"))
    ticks()
    ticks()
    check("from then on it is let alone", events() and radicale.objects() == stays and len(heard("changed in your calendar")) == told_of, events())

    # a person who is erased goes from there too
    server.rule = lambda q: None
    of_erika = []
    for what in ("the poster for Erika", "the slides for Erika"):
        r.kept("add", "--to", "erika@example.net", "--due", "2031-03-03", what)
        of_erika.append(max(m["id"] for m in r.promises("--all")))
    r.wait_until("what she was promised is there", lambda: (ticks(), all(text_of(n)[1] for n in of_erika))[1])
    r.kept("done", str(of_erika[1]))
    r.wait_until("… and what was done for her", lambda: (ticks(), "COMPLETED" in text_of(of_erika[1])[1])[1])
    r.kept("contact", "erase", "erika@example.net", "--cancel-open", "--yes")
    r.wait_until("erased, she is nowhere in the collection",
                 lambda: (ticks(), not any("erika" in t.lower() for _, t in radicale.objects().values()) and not any(text_of(n)[1] for n in of_erika))[1])
    check("erased, she is nowhere in the collection", True)
    radicale.stop()
