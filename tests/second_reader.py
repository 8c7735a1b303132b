#!/usr/bin/python3
"""second_reader.py FILE …   reads the calendar objects that kept made (.ics, or in a mail: .eml) with a program that shares nothing with
it (vobject), to the letter of RFC 5545 and RFC 5546. Prints, for each, its method and when it takes place, in UTC: the first four times
of a series."""
import datetime, email, os, re, sys

import vobject

NEEDS = {"REQUEST": {"uid", "dtstamp", "dtstart", "organizer", "attendee", "summary", "sequence"},
         "CANCEL": {"uid", "dtstamp", "organizer", "sequence", "status"},
         "DECLINECOUNTER": {"uid", "dtstamp", "organizer", "sequence"}}


def lines(data):
    """RFC 5545 3.1: CRLF, 75 octets, no control; unfolded."""
    assert data.endswith(b"\r\n"), "ends in no CRLF"
    for line in data[:-2].split(b"\r\n"):
        assert 0 < len(line) <= 75, f"a line of {len(line)} octets"
        assert not re.search(rb"[\x00-\x1f\x7f]", line.lstrip(b" ")), "a control character"
        line.decode("utf-8")
    return data.decode("utf-8").replace("\r\n ", "").split("\r\n")[:-1]


def zones_of(params):
    return params.get("X-VOBJ-ORIGINAL-TZID", params.get("TZID", []))


def objects(path):
    """The file's, or those that a mail carries: the same in its text/calendar part and in the file beside it."""
    data = open(path, "rb").read()
    if not path.endswith(".eml"):
        return [data]
    found = {"text/calendar": [], "application/ics": []}
    for part in email.message_from_bytes(data).walk():
        if part.get_content_type() in found:
            found[part.get_content_type()].append(part.get_payload(decode=True))
            if part.get_content_type() == "text/calendar":
                assert f"METHOD:{part.get_param('method')}\r\n".encode() in found["text/calendar"][-1], "the part's method is not the object's"
    assert found["text/calendar"][:1] == found["application/ics"], "the attached object is another"
    return found["text/calendar"]


def read(data):
    for line in lines(data):
        assert re.match(r'[A-Z-]+(;[A-Z-]+=("[^"]*"|[^";:,]*))*:', line), f"no content line: {line}"
    whole = list(vobject.readComponents(data.decode("utf-8"), validate=True))
    assert len(whole) == 1, "one calendar"
    calendar = whole[0]
    assert calendar.name == "VCALENDAR" and calendar.version.value == "2.0" and calendar.prodid.value
    method = calendar.method.value
    events, zones = calendar.contents["vevent"], {z.contents["tzid"][0].value for z in calendar.contents.get("vtimezone", [])}
    assert len({e.uid.value for e in events}) == 1, "one UID"
    ids = [e.recurrence_id.value for e in events if "recurrence-id" in e.contents]
    assert len(ids) == len(set(ids)) and len(events) - len(ids) <= 1, "one VEVENT for each time, and one for the whole"
    for e in events:
        assert NEEDS[method] <= set(e.contents), f"{method} lacks {NEEDS[method] - set(e.contents)}"
        if method == "DECLINECOUNTER":
            assert set(e.contents) <= NEEDS[method] | {"recurrence-id", "comment"}, "more than it may hold"
            return method, []
        assert e.dtend.value > e.dtstart.value and re.fullmatch(r"\d+", e.sequence.value)
        assert e.organizer.value.startswith("mailto:")
        for a in e.contents["attendee"]:
            assert a.value.startswith("mailto:") and a.params["PARTSTAT"][0] in (
                "NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED"), a
        for name, fields in e.contents.items():
            for f in fields:
                for tz in zones_of(getattr(f, "params", {})):
                    assert tz in zones, f"{name} is in {tz}, of which there is no VTIMEZONE"
        assert ("rrule" in e.contents) <= (method == "REQUEST" and "recurrence-id" not in e.contents)
        assert (method == "CANCEL") == (e.contents["status"][0].value == "CANCELLED" if "status" in e.contents else False)
    return method, sorted(times(events))[:4]


def utc(t):
    return t.astimezone(datetime.timezone.utc)


def times(events):
    """When it takes place: what the series has, less what was taken out, with what was moved in its place."""
    at = {}
    for e in events:
        if "rrule" in e.contents:
            for i, t in enumerate(e.getrruleset(addRDate=True)):
                if i > 400:
                    break
                zone = e.dtstart.value.tzinfo
                t = utc(t if t.tzinfo else t.replace(tzinfo=zone))
                at[t] = t
    for e in events:
        if "recurrence-id" in e.contents:
            at.pop(utc(e.recurrence_id.value), None)
        if "rrule" not in e.contents:
            at[utc(e.dtstart.value)] = utc(e.dtstart.value)
    return at.values()


for path in sys.argv[1:]:
    try:
        for data in objects(path):
            method, at = read(data)
            print(os.path.basename(path), method, *(t.strftime("%Y-%m-%dT%H:%MZ") for t in at))
    except Exception as e:
        sys.exit(f"{path}: {type(e).__name__}: {e}")
