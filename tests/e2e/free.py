"""when an owner is free: their calendar by https and by file, its changes by ETag, what of it cannot be read, a server that fails, and no word of its secret address"""
import datetime, json, os, time
from rig import Rig
from dav import Scripted, context

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:a
SUMMARY:Standing meeting
DTSTART;TZID=Europe/Berlin:20200106T090000
DTEND;TZID=Europe/Berlin:20200106T120000
RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
END:VEVENT
{more}END:VCALENDAR
"""
OWN = """mine: {{ host = "localhost"; port = {submits}; ca = "{ca}"; user = "ada@example.org"; password = "file:ada.secret"; from = "ada@example.org";
    owner = "ada"; }};"""
ODD = "BEGIN:VEVENT\nUID:b\nSUMMARY:Pills\nDTSTART:20200106T090000Z\nDURATION:PT5M\nRRULE:FREQ=HOURLY\nEND:VEVENT\n"

with Rig() as r:
    check = r.check
    state = {"text": CALENDAR.format(more=""), "status": 200}

    def answer(q):
        etag = '"%d"' % hash(state["text"])
        if state["status"] != 200:
            return state["status"], {"Location": state.get("to", "")}, b""
        if q[2].get("If-None-Match") == etag:
            return 304, {"ETag": etag}, b""
        return 200, {"ETag": etag, "Content-Type": "text/calendar"}, state["text"].encode()

    server = Scripted(r, answer)
    top = f'calendar: {{ work: {{ owner = "ada"; url = "{server.url}/s3cret-path/basic.ics"; ca = "{r.ca}"; }}; }};\n'
    r.start_keptd(top=top, submission=OWN)
    # to the next Tuesday at ten
    r.clock(to=next(t for t in range(int(time.time()) // 86400 * 86400 + 9 * 3600, 1 << 40, 86400) if time.gmtime(t).tm_wday == 1 and t > time.time()))

    def free(*words):
        return json.loads(r.kept("free", "--json", *words))

    def hours(f):
        return [datetime.datetime.fromisoformat(t["at"]).hour for t in f["times"]]

    f = free()
    check("three times, none in the mornings that are taken", len(f["times"]) == 3 and all(h >= 12 for h in hours(f)), f)
    check("on three days", len({t["at"][:10] for t in f["times"]}) == 3, f)
    check("of it only the times are kept", b"Standing meeting" not in open(r.dir + "/kept.db", "rb").read())
    r.kept("contact", "carol@example.com", "--zone", "America/New_York", "--name", "Carol Osei")
    f = free("--with", "carol@example.com", "--for", "45min")
    check("in the working hours of both", len(f["times"]) == 3 and all(h >= 15 for h in hours(f)) and "-0" in f["times"][0]["there"][-6:], f)
    text = r.kept("free", "--with", "carol@example.com")
    check("for people, with the hour there and what makes it a check-in", "Carol Osei" in text and "there:" in text and "kept checkin add --with carol@example.com --at" in text, text)

    f = json.loads(r.kept("checkin", "propose", "--with", "carol@example.com", "--mail", "--purpose", "The subgroup data", "--json"))
    mail = r.wait_for_mail("ada", lambda m: r.from_kept(m) and "subgroup" in r.text(m))
    first = datetime.datetime.fromisoformat(f["times"][0]["at"])
    r.reply_to(mail, first.strftime("at %d %b %Y %H:%M"))
    r.wait_until("one tap in the mail makes it a check-in", lambda: [c for c in json.loads(r.kept("checkin", "list", "--json"))
                                                                 if c["start"] == f["times"][0]["at"] and c["state"] != "proposed"])
    check("and that time is free no more", f["times"][0]["at"] not in [t["at"] for t in free()["times"]])
    steps = json.loads(r.kept("check", "--no-mail", "--json", ok=False))["steps"]
    check("the check reads it", [s["end"] for s in steps if s["kind"] == "calendar"] == ["ok"], steps)
    asked = len(server.asked)
    free()
    check("within the hour the server is left alone", len(server.asked) == asked)
    r.clock(hours=2)
    r.wait_until("the daemon reads it again", lambda: len(server.asked) > asked)
    check("and asks whether it changed", server.asked[-1][2].get("If-None-Match"), server.asked[-1])

    state["text"] = CALENDAR.format(more=ODD)
    r.clock(hours=2)
    mail = r.wait_for_mail("ada", lambda m: r.from_kept(m) and "cannot be read" in m["Subject"])
    check("what cannot be read is told, by its title", "Pills" in r.text(mail) and "hour" in r.text(mail), r.text(mail))
    check("and counts as free, which is said", "Pills" in r.kept("free"))

    state["status"] = 503
    r.clock(hours=2)
    r.wait_until("the failure is known", lambda: b"says 503" in r.logged())
    f = free()
    check("what was known stands while the server fails", all(h >= 12 for h in hours(f)) and f["calendars"][0]["failed"], f)
    asked = len(server.asked)
    for _ in range(5):
        r.ring()
        time.sleep(0.1)
    check("the bell alone asks a server that fails no more often", len(server.asked) == asked, len(server.asked) - asked)
    r.clock(hours=2)
    mail = r.wait_for_mail("ada", lambda m: r.from_kept(m) and "cannot be reached" in m["Subject"])
    check("its owner hears so", "503" in r.text(mail), r.text(mail))
    check("the status says it", "work" in r.kept("status", ok=False))
    count = len([m for m in r.mails("ada") if "cannot be reached" in m["Subject"]])
    r.clock(hours=2)
    time.sleep(1)
    check("once", len([m for m in r.mails("ada") if "cannot be reached" in m["Subject"]]) == count == 1)

    other = Scripted(r, lambda q: (200, {}, CALENDAR.format(more="").encode()), tls=False)
    state.update(status=302, to=other.url + "/x")
    r.clock(hours=2)
    r.wait_until("a redirect away from TLS is refused", lambda: "without TLS" in r.kept("free"))
    check("nothing was asked there", not other.asked)

    state.update(status=200)
    r.clock(hours=2)
    r.wait_until("and it is read again", lambda: not free()["calendars"][0].get("failed"))
    check("its address is nowhere said", b"s3cret-path" not in r.logged() and not any("s3cret-path" in r.text(m) for m in r.mails("ada")))

    with open(r.dir + "/own.ics", "w") as out:
        out.write(CALENDAR.format(more="").replace("T120000", "T170000"))
    r.write_conf(top=f'calendar: {{ own: {{ owner = "ada"; file = "{r.dir}/own.ics"; }}; }};\n')
    r.reload()
    f = free()
    check("a file does too, and a week that is full has no time", f["times"] == [], f)
    r.write_conf(top=f'calendar: {{ own: {{ owner = "ada"; file = "{r.dir}/none.ics"; }}; }};\n')
    check("one that is not there is said", "none.ics" in json.dumps(free()["calendars"]))

    # a server whose calendars lie on another host of its house, as a big one's do
    home = {"host": "p42.house.localhost"}
    found = '<multistatus xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><response><href>/</href><propstat><prop>%s</prop>' \
        "<status>HTTP/1.1 200 OK</status></propstat></response></multistatus>"

    def house(q):
        base = f"https://{home['host']}:{big.port}"
        what = {"/": f"<current-user-principal><href>{base}/me/</href></current-user-principal>",
                "/me/": f"<c:calendar-home-set><href>{base}/me/calendars/</href></c:calendar-home-set>",
                "/me/calendars/kept/": "<resourcetype><collection/><c:calendar/></resourcetype>"}.get(q[1])
        return (207, {"Content-Type": "application/xml"}, (found % what).encode()) if what else (404, {}, b"")

    big = Scripted(r, house)
    with open(r.dir + "/dav.secret", "w") as f:
        f.write("dav-secret\n")
    os.chmod(r.dir + "/dav.secret", 0o600)
    r.write_conf(top=f"""calendar: {{ tasks: {{ owner = "ada"; kind = "caldav"; url = "https://caldav.house.localhost:{big.port}/"; ca = "{r.ca}";
        user = "ada"; password = "file:dav.secret"; }}; }};\n""")
    step = lambda: [s for s in json.loads(r.kept("check", "--no-mail", "--json", ok=False))["steps"] if s["kind"] == "calendar"]
    check("the collection is found on the other host", [s["end"] for s in step()] == ["ok"], step())
    check("… which gets the login", [q for q in big.asked if q[1] == "/me/calendars/kept/" and q[2]["Host"].startswith("p42.") and q[2]["Authorization"]])
    home["host"] = "p42.elsewhere.localhost"
    big.asked.clear()
    s = step()
    check("one of another house is not followed, and what to set is said", f"set url to https://p42.elsewhere.localhost:{big.port}/" in json.dumps(s), s)
    check("… and hears nothing", not [q for q in big.asked if q[2]["Host"].startswith("p42.")], [q[:2] for q in big.asked])
