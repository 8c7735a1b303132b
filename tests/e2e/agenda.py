"""the agenda: on a working morning one mail has what is for the day and takes the reminders along; one answer does it;
mornings without kept are warned of, and named in the next: on real servers"""
import datetime, json, zoneinfo
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

    steps = [s["steps"][0] for s in json.loads(r.kept("plan", "--json"))]
    r.check("kept plan says which agenda brings them", [(s["kind"], s["at"][11:16]) for s in steps] == [("agenda", "08:00")] * 2, steps)

    at(r, 1, 8)
    mail, text = agenda(r, seen)
    r.check("in the morning one mail has the day", str(mail["Subject"]) == "Today: 2 due", mail["Subject"])
    r.check("… each promise with its number", "- 1. " in text and "- 2. " in text and "subgroup" in text and "poster" in text, text)
    r.check("… and one tap", "body=done%201" in text and "body=snooze%202%20tomorrow" in text, text)
    r.check("… with the head of the record", "The head of the record: " in text, text)
    r.check("… and no reminder beside it", "reminder" not in kinds(), kinds())

    status = lambda: json.loads(r.kept("status", "--json"))
    r.wait_until("kept status says when it left", lambda: [a["sent"][11:16] for a in status()["agendas"] if a.get("sent")] == ["08:00"])
    r.check("… and has nothing to warn of", not status()["agendas"][0]["missed"] and status()["level"] == "ok", status())
    told = r.kept("agenda")
    r.check("kept agenda tells the same at any time, without links", "Due today" in told and "poster" in told and "mailto" not in told, told)

    r.reply_to(mail, "done 1\n")
    r.wait_until("one answer does it", lambda: [p["id"] for p in r.promises()] == [2])

    r.stop_keptd()
    at(r, 3, 10) # over the mornings of Thursday and Friday, to Saturday
    r.start_keptd()
    warned = lambda: r.kept("status", "--check", ok=False).startswith("kept warning: no agenda of ada came on ")
    r.wait_until("kept status --check warns of mornings that passed without", warned)
    r.check("… and status has which", len(status()["agendas"][0]["missed"]) == 2, status())
    at(r, 2, 8)
    mail, text = agenda(r, seen)
    r.check("the next one comes", "Today: 1 overdue" in str(mail["Subject"]), mail["Subject"])
    r.check("… and names them", "No agenda came on Thursday" in text and ", Friday" in text, text)
    r.wait_until("… and the warning ends", lambda: not warned())
