"""the trust challenge: begun by mail, a line a day in the agenda or alone, days without kept named once, the report on the last
evening with what became of each promise: on real servers"""
import datetime, json, signal, time, zoneinfo
from rig import Rig

BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")


def at(r, day, hour, minute=0):
    """the clock to that day of Berlin, so many days on, at that hour"""
    then = datetime.datetime.fromtimestamp(r.now(), BERLIN) + datetime.timedelta(days=day)
    r.clock(to=then.replace(hour=hour, minute=minute, second=0).timestamp())


with Rig() as r:
    # a Wednesday, ten in the morning: the last day is a Tuesday
    while datetime.datetime.fromtimestamp(r.now(), BERLIN).weekday() != 2:
        r.clock(days=1)
    at(r, 0, 10)
    r.start_keptd(agenda="8:00", owner='hour = "09:00";')
    told = lambda kind, words: [m for m in r.mails("ada") if m["X-Kept-Kind"] == kind and words in r.text(m)]
    show = lambda: json.loads(r.kept("challenge", "show", "--json"))
    r.check("there was none yet", show() == {} and "no trust challenge yet" in r.kept("challenge"))
    r.send_as("ada", "kept@example.org", "a word", "challenge start\n")
    r.wait_until("it begins by mail", lambda: told("acknowledgement", "the trust challenge begins"))
    r.check("kept challenge knows", show()["day"] == 1 and show()["ended"] is None, show())
    r.check("what it has so far is no report of one that is over", "trust challenge has run since" in r.kept("challenge")
            and "ran from" not in r.kept("challenge"))
    r.check("a second is refused on the terminal", not json.loads(r.kept("challenge", "start", "--json", ok=False))["done"] and show()["day"] == 1)
    for what in ("the poster", "the subgroup data"):
        r.send_as("ada", to="carol@example.com", bcc="kept+1d@example.org", subject=what, text=f"I will send you {what}.")
    r.wait_until("both are acknowledged", lambda: len(r.promises()) == 2)
    mails = json.loads(r.kept("simulate", "--until", "2w", "--json"))
    ours = [(m["at"][8:16], m["why"]) for m in mails if m["kind"] == "challenge"]
    r.check("simulate shows its mails: Saturday, Sunday, and the report", [w for _, w in ours] == ["the day's line of the trust challenge"] * 2 +
            ["the report of the trust challenge"], mails)
    r.check("… beside an agenda on each working day", len({m["at"][:10] for m in mails if m["kind"] == "agenda"}) >= 4, mails)

    at(r, 1, 8)
    r.wait_until("on a working day the agenda has the line", lambda: told("agenda", "Trust challenge, day 2 of 7. Promises of this week: 2."))
    r.kept("done", "1")
    r.stop_keptd()
    at(r, 2, 10) # over Friday, to Saturday
    r.start_keptd(agenda="8:00", owner='hour = "09:00";')
    r.wait_until("on a day off it comes alone", lambda: told("challenge", "Trust challenge, day 4 of 7."))
    line = told("challenge", "day 4 of 7")[0]
    r.check("… and names the day without one", "No line came on Friday" in r.text(line), r.text(line))
    r.check("… with what is past its day", "past their day: #2" in r.text(line), r.text(line))
    r.stop_keptd()
    at(r, 1, 9)
    for pause in (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4): # killed anywhere, it goes on where it was
        r.start_keptd(wait=False)
        time.sleep(pause)
        r.stop_keptd(signal.SIGKILL)
    at(r, 0, 11) # what was being handed over goes again after a while
    r.start_keptd()
    r.wait_until("the next has none to name", lambda: told("challenge", "day 5 of 7"))
    r.check("… and none comes twice", len({m["Message-ID"] for m in r.mails("ada") if m["X-Kept-Kind"] == "challenge"}) == 2 and
            "No line" not in r.text(told("challenge", "day 5 of 7")[0]))
    at(r, 2, 18)
    r.wait_until("on the last evening the report comes", lambda: told("challenge", "your trust challenge ran from"))
    text = r.text(told("challenge", "your trust challenge ran from")[0])
    r.check("… with each promise of the week", "1. I will send you the poster" in text and "2. I will send you the subgroup data" in text, text)
    r.check("… and what became of it", "## Not delivered by their day\n\n- 2. I will send" in text.replace("\r", ""), text)
    r.reply_to(told("challenge", "your trust challenge ran from")[0], "The poster was easy.\n\nYes: I ask first.\n")
    r.wait_until("the whole answer to it is kept", lambda: show()["reflection"] == "The poster was easy.\n\nYes: I ask first.")
    r.check("… and shown", "  Yes: I ask first." in r.kept("challenge"))
    r.check("… and in the report of figures", [c["reflection"] for c in json.loads(r.kept("report", "--json"))["challenges"]] == [show()["reflection"]] and
            "  Yes: I ask first." in r.kept("report") and "Yes: I ask first." in r.kept("report", "--format", "html"))
    week = show()
    r.check("kept challenge has it", week["ended"] and not week["stopped"] and week["promises"] == 2 and [p["id"] for p in week["overdue"]] == [2], week)
    r.check("… for people too", "Not delivered by their day" in r.kept("challenge") and "mailto" not in r.kept("challenge"))
    r.check("the record holds", "broken" not in r.kept("audit", "verify"))
    r.kept("challenge", "start")
    out = r.kept("challenge", "stop")
    r.check("stop ends it with a short report", "the trust challenge is ended" in out and show()["stopped"], out)
