#!/usr/bin/python3
# rules.py [SECONDS]: random recurrence rules over the changes of clocks, as kept's own reader expands them and as dateutil does
import datetime, os, random, subprocess, sys, tempfile, time
from dateutil import rrule, tz

here = os.path.dirname(os.path.abspath(__file__))
program = os.path.join(here, "..", os.environ.get("BUILD", "build"), "tests", "busy")
zones = ["Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Tokyo", "Europe/London"]
days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def rule(r, start):
    freq = r.choice(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
    parts = ["FREQ=" + freq]
    if r.random() < .5:
        parts.append("INTERVAL=%d" % r.choice([1, 2, 3, 4, 7, 13]))
    by = False
    if r.random() < .5:
        nth = freq in ("MONTHLY", "YEARLY") and r.random() < .5
        most = 5 if freq == "MONTHLY" else 52
        parts.append("BYDAY=" + ",".join((str(r.choice([-1, 1]) * r.randint(1, most)) if nth else "") + d
                                         for d in r.sample(days, r.randint(1, 4))))
        by = True
    if freq != "WEEKLY" and r.random() < .3:
        parts.append("BYMONTHDAY=" + ",".join(str(d) for d in r.sample([1, 2, 8, 13, 15, 28, 29, 30, 31, -1, -2, -31], r.randint(1, 4))))
        by = True
    if r.random() < .3:
        parts.append("BYMONTH=" + ",".join(str(m) for m in r.sample(range(1, 13), r.randint(1, 4))))
    if freq == "YEARLY" and r.random() < .1:
        parts.append("BYYEARDAY=" + ",".join(str(d) for d in r.sample([1, 60, 100, 200, 366, -1, -60], r.randint(1, 3))))
        by = True
    if by and freq != "DAILY" and r.random() < .3:
        parts.append("BYSETPOS=" + ",".join(str(n) for n in r.sample([1, 2, 3, -1, -2], r.randint(1, 2))))
    if freq == "WEEKLY" and r.random() < .4:
        parts.append("WKST=" + r.choice(["SU", "MO", "WE"]))
    end = r.random()
    if end < .3:
        parts.append("COUNT=%d" % r.randint(1, 100 if freq == "DAILY" else 20))
    elif end < .6:
        parts.append("UNTIL=" + (start + datetime.timedelta(days=r.randint(0, 2500), hours=r.randint(0, 23)))
                     .astimezone(tz.UTC).strftime("%Y%m%dT%H%M%SZ"))
    r.shuffle(parts)
    return ";".join(parts)


def one(seed, folder):
    r = random.Random(seed)
    name = r.choice(zones)
    zone = tz.gettz(name)
    start = datetime.datetime(r.randint(2016, 2026), r.randint(1, 12), r.randint(1, 28), r.choice([0, 1, 2, 2, 9, 14, 23]),
                              r.choice([0, 30]), tzinfo=zone)
    begin = datetime.datetime(2026, r.randint(1, 12), 1, tzinfo=tz.UTC)
    end = begin + datetime.timedelta(days=r.choice([14, 70, 400]))
    text = rule(r, start)
    file = os.path.join(folder, "r.ics")
    with open(file, "w") as f:
        f.write("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:u\nDTSTART;TZID=%s:%s\nDURATION:PT1H\nRRULE:%s\nEND:VEVENT\nEND:VCALENDAR\n"
                % (name, start.strftime("%Y%m%dT%H%M%S"), text))
    out = subprocess.run([program], env=dict(os.environ, KEPT_BUSY=file, FROM=str(int(begin.timestamp())), TILL=str(int(end.timestamp()))),
                         capture_output=True, text=True, check=True).stdout
    got = sorted({int(line.split()[0]) for line in out.splitlines() if line[0] != "!"})
    want = {start}
    last = "" if "COUNT" in text or "UNTIL" in text else ";UNTIL=" + (end + datetime.timedelta(days=1)).strftime("%Y%m%dT%H%M%SZ")
    try:
        for t in rrule.rrulestr(text + last, dtstart=start):  # without an end it would look for a day that never comes
            if t > end + datetime.timedelta(days=1):
                break
            want.add(t)
    except IndexError:  # dateutil's own, for an nth weekday beyond the end of the year
        return True
    stamps = {int(tz.resolve_imaginary(t).astimezone(tz.UTC).timestamp()) for t in want}
    want = sorted(t for t in stamps if t + 3600 > begin.timestamp() and t < end.timestamp())
    if got != want or "!" in out:
        print("seed %d: %s from %s %s\n  kept     %s\n  dateutil %s" % (
            seed, text, start, out if "!" in out else "",
            [str(datetime.datetime.fromtimestamp(t, zone)) for t in got if t not in want][:5],
            [str(datetime.datetime.fromtimestamp(t, zone)) for t in want if t not in got][:5]))
        return False
    return True


def main():
    seconds = float(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("KEPT_TEST_SECONDS", "10"))
    first = int(os.environ.get("SEED", "1"))
    till = time.time() + min(seconds, 60)
    tried = bad = 0
    with tempfile.TemporaryDirectory() as folder:
        while time.time() < till or tried < 100:
            bad += not one(first + tried, folder)
            tried += 1
            if bad > 4:
                break
    print("rules: %d random rules, %d read otherwise than dateutil does" % (tried, bad))
    return 1 if bad else 0


sys.exit(main())
