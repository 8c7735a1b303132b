"""a promise from BCC to done: acknowledged at once, reminded on its day, snoozed by reply, done by reply; nothing to others"""
import calendar, html, re, time, urllib.parse
from rig import Rig

# Wednesday 2 December 2026, 10:00 in Berlin
WEDNESDAY = calendar.timegm((2026, 12, 2, 9, 0, 0))
kept_mail = Rig.from_kept

with Rig() as r:
    r.clock(to=WEDNESDAY)
    r.start_keptd()
    r.send_as("ada", "Carol Rossi <carol@example.com>", "Your question", bcc="kept+friday@example.org",
              text="Dear Carol,\n\nI will send you the subgroup data by Friday.\n\nBest regards,\nAda\n")
    ack = r.wait_for_mail("ada", kept_mail)
    r.check("the acknowledgement says what was promised", "subgroup data" in r.text(ack), r.text(ack))
    r.check("… to whom", "Rossi" in r.text(ack) or "carol@example.com" in r.text(ack), r.text(ack))
    r.check("… and by when", re.search(r"\b0?4 December|December 0?4|4 Dec|2026-12-04", r.text(ack)), r.text(ack))
    r.check("it has a text and an HTML part", r.text(ack) and r.html(ack))
    r.check("it says that it is automatic (RFC 3834)", str(ack["Auto-Submitted"] or "").startswith("auto-"), ack["Auto-Submitted"])
    r.check("answers are one tap: mailto links", "mailto:kept+" in r.html(ack), r.html(ack)[:2000])
    r.check("a reply goes to a token address", re.search(r"kept\+r-[a-z2-7]{26}@", str(ack["Reply-To"])), ack["Reply-To"])
    r.check("kept list shows it", "subgroup data" in r.kept("list"))

    r.clock(to=calendar.timegm((2026, 12, 4, 7, 59, 0)))
    time.sleep(1)
    r.check("a minute before nine there is nothing", len([m for m in r.mails("ada") if kept_mail(m)]) == 1)
    r.clock(minutes=2)
    seen = [ack]
    reminder = r.wait_for_mail("ada", kept_mail, seen=seen)
    r.check("at nine on Friday the reminder comes", "subgroup data" in r.text(reminder), r.text(reminder))
    seen.append(reminder)
    r.reply_to(reminder, "snooze monday 9am")
    answer = r.wait_for_mail("ada", kept_mail, seen=seen)
    seen.append(answer)
    r.check("a snooze by reply is answered with the new date in full", re.search(r"\b0?7 December|December 0?7|7 Dec|2026-12-07", r.text(answer)),
            r.text(answer))
    r.clock(to=calendar.timegm((2026, 12, 7, 8, 1, 0)))
    again = r.wait_for_mail("ada", kept_mail, seen=seen)
    seen.append(again)
    r.check("then it reminds again", "subgroup data" in r.text(again))
    r.reply_to(again, "done")
    closed = r.wait_for_mail("ada", kept_mail, seen=seen)
    seen.append(closed)
    r.wait_until("the promise is closed", lambda: "subgroup data" not in r.kept("list"))
    r.check("done by reply closes it", True)
    r.reply_to(closed, "thanks!")
    r.clock(days=14)
    time.sleep(1.5)
    r.check("a thank-you changes nothing, and no reminder follows",
            not [m for m in r.mails("ada") if kept_mail(m) and "subgroup data" in r.text(m) and m["Message-ID"] not in {s["Message-ID"] for s in seen}])
    r.check("Carol got Ada's mail and nothing else", len(r.mails("carol")) == 1, [str(m["Subject"]) for m in r.mails("carol")])

    # a day that holds five already: the acknowledgement of one more offers a better one to tap
    r.clock(to=calendar.timegm((2027, 1, 11, 9, 0, 0)))
    for i in range(5):
        r.kept("add", "--to", "Carol <carol@example.com>", "--due", "2027-01-13", f"table {i}")
    r.send_as("ada", "Carol Rossi <carol@example.com>", "The poster", bcc="kept+13jan@example.org", text="Dear Carol,\n\nI will send you the poster.\n\nAda\n")
    full = r.wait_for_mail("ada", lambda m: kept_mail(m) and "poster" in r.text(m))
    r.check("a mail logged for a full day is answered with that, and with a better day", "That day is full" in r.text(full) and
            re.search(r"Rather: \w+day 14 January", r.text(full)), r.text(full))
    tap = urllib.parse.urlsplit(html.unescape(re.search(r'.*href="(mailto:[^"]*)".*?Rather: ', r.html(full), re.S).group(1)))
    fields = dict(urllib.parse.parse_qsl(tap.query))
    r.send_as("ada", urllib.parse.unquote(tap.path), fields["subject"], fields["body"])
    r.wait_until("the tap moves it there", lambda: [p["due"][:10] for p in r.promises() if "poster" in p["what"]] == ["2027-01-14"])
    r.check("keptd ends well on SIGTERM", r.stop_keptd() == 0)
