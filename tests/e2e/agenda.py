"""the agenda: on a working morning one mail has what is for the day and takes the reminders along; one answer does it; a morning
without kept is named in the next: on real servers"""
import datetime, time, zoneinfo
from rig import Rig

BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")


def at(r, day, hour, minute=0):
    """the clock to that day of Berlin, so many days on, at that hour"""
    then = datetime.datetime.fromtimestamp(r.now(), BERLIN) + datetime.timedelta(days=day)
    r.clock(to=then.replace(hour=hour, minute=minute, second=0).timestamp())


def agenda(r, seen):
    mail = r.wait_for_mail("ada", lambda m: m["X-Kept-Kind"] == "agenda" and m["Message-ID"] not in seen)
    seen.append(mail["Message-ID"])
    return mail, r.text(mail)


with Rig() as r:
    # a Tuesday, ten in the morning
    while datetime.datetime.fromtimestamp(r.now(), BERLIN).weekday() != 1:
        r.clock(days=1)
    at(r, 0, 10)
    r.start_keptd(agenda="8:00", owner='hour = "08:00";')
    seen = []
    kinds = lambda: [m["X-Kept-Kind"] for m in r.mails("ada")]
    for what in ("the subgroup data", "the poster"):
        r.send_as("ada", to="carol@example.com", bcc="kept+1d@example.org", subject=what, text=f"I will send you {what}.")
    r.wait_until("both are acknowledged", lambda: kinds().count("acknowledgement") == 2)

    at(r, 1, 8)
    mail, text = agenda(r, seen)
    r.check("in the morning one mail has the day", str(mail["Subject"]) == "Today: 2 due", mail["Subject"])
    r.check("… each promise with its number", "- 1. " in text and "- 2. " in text and "subgroup" in text and "poster" in text, text)
    r.check("… and one tap", "body=done%201" in text and "body=snooze%202%20tomorrow" in text, text)
    r.check("… with the head of the record", "The head of the record: " in text, text)
    r.check("… and no reminder beside it", "reminder" not in kinds(), kinds())

    r.reply_to(mail, "done 1\n")
    r.wait_until("one answer does it", lambda: [p["id"] for p in r.promises()] == [2])

    r.stop_keptd()
    at(r, 2, 10) # over Thursday's morning, to Friday's
    r.start_keptd()
    mail, text = agenda(r, seen)
    r.check("late on its day it comes still", "Today: 1 overdue" in str(mail["Subject"]), mail["Subject"])
    r.check("… and names the morning that was missed", "No agenda came on Thursday" in text, text)
    r.check("… with what was reminded of", "reminder" not in kinds(), kinds())
