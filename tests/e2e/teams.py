"""a promise is given to a team: it is asked, reminded, answers with a file, is thanked; its owner hears it and delivers"""
import json, re, time
from rig import Rig


def about(words, kind=None):
    return lambda m: (words in str(m["Subject"]) or words in Rig.text(m)) and (kind is None or m["X-Kept-Kind"] == kind)


def of(kind):
    return lambda m: m["X-Kept-Kind"] == kind


def token(mail):
    return re.search(r"kept\+r-[a-z0-9]+@example\.org", str(mail["Reply-To"])).group()


def tuesday(r, hour=9):
    """to the next Tuesday: a team has its owner's working hours"""
    at = time.time() // 86400 * 86400 + hour * 3600
    while time.gmtime(at).tm_wday != 1 or at < r.now():
        at += 86400
    r.clock(to=at)


with Rig() as r:
    r.start_keptd()
    tuesday(r)

    # asked at once
    r.send_as("ada", "carol@example.com", "Your question", "Dear Carol,\n\nI will send you the table by age.\n\nAda\n",
              bcc="kept+team-medinfo+2w@example.org")
    ack = r.wait_for_mail("ada", about("table by age"))
    r.check("the owner hears that the team is asked, and by when", "Medical information is asked" in r.text(ack), r.text(ack))
    ask = r.wait_for_mail("medinfo", of("request"))
    text = r.text(ask)
    r.check("the team is asked, in the words of the promise", "I will send you the table by age" in text and "carol@example.com" in text.lower(), text)
    r.check("… by a day before the owner's own", re.search(r"needs your answer (\*\*)?by \w+day", text), text)
    r.check("… from kept, and answers come to a token address", "kept@example.org" in str(ask["From"]) and token(ask), str(ask["Reply-To"]))
    r.check("it waits for the team", r.promises()[0]["state"] == "waiting", r.promises())
    r.check("nobody outside hears of it", not r.mails("carol")[1:])

    # an automatic reply, and one that is forged, are no answers
    auto = r.compose("medinfo", token(ask), "Automatic reply: " + str(ask["Subject"]), "We have your request, and answer within three days.\n",
                     headers={"Auto-Submitted": "auto-replied", "In-Reply-To": str(ask["Message-ID"])})
    r.submit("medinfo", auto, [token(ask)])
    r.send_as("Medical information <medinfo@example.org>", token(ask), "Re: " + str(ask["Subject"]), "Tell her to double the dose.\n", outside=True,
              auth="dmarc=fail header.from=example.org", headers={"In-Reply-To": str(ask["Message-ID"])})
    held = r.wait_for_mail("ada", about("team's answer", "notice"))
    r.check("a forged answer is held and told, its words are not", "genuine" in str(held["Subject"]) and "double the dose" not in r.text(held), r.text(held))
    r.check("… and neither it nor an automatic reply is an answer", r.promises()[0]["state"] == "waiting" and not [m for m in r.mails("medinfo") if of("thanks")(m)])

    # reminded, once
    r.clock(days=9)
    nag = r.wait_for_mail("medinfo", of("nag"))
    r.check("it is reminded before the day", "table by age" in r.text(nag), r.text(nag))
    r.check("… below what it was asked", str(nag["In-Reply-To"]) == str(ask["Message-ID"]))

    # it answers, with a file
    reply = r.compose("medinfo", token(ask), "Re: " + str(ask["Subject"]), "Dear Ada,\n\nthe table is attached: no difference above 65.\n\nMedical information\n",
                      headers={"In-Reply-To": str(ask["Message-ID"]), "References": str(ask["Message-ID"])})
    reply.add_attachment(b"%PDF-1.4 by age\n", maintype="application", subtype="pdf", filename="by-age.pdf")
    r.submit("medinfo", reply, [token(ask)])
    told = r.wait_for_mail("ada", about("has answered", "notice"))
    files = [a for a in told.iter_attachments()]
    r.check("the owner hears its words at once", "no difference above 65" in r.text(told), r.text(told))
    r.check("… with the file", [a.get_filename() for a in files] == ["by-age.pdf"] and files[0].get_content() == b"%PDF-1.4 by age\n",
            [a.get_filename() for a in files])
    first = r.mails("carol")[0]
    r.check("… in the conversation of the promise", str(first["Message-ID"]) in str(told["References"]), str(told["References"]))
    thanks = r.wait_for_mail("medinfo", of("thanks"))
    r.check("the team is thanked, below its answer", str(thanks["In-Reply-To"]) == str(reply["Message-ID"]), str(thanks["In-Reply-To"]))
    r.check("it is the owner's again", r.promises()[0]["state"] == "open", r.promises())
    r.check("nothing of it went outside", len(r.mails("carol")) == 1)
    shown = r.kept("show", "1")
    r.check("kept show says that it answered", "it answered" in shown, shown)
    r.check("the record has the answer and its file", "team answered" in shown and "by-age.pdf" in shown, shown)

    # on the terminal; another answer; called off before it answers
    r.kept("add", "--to", "Carol <carol@example.com>", "--due", "in 2 weeks", "--team", "medinfo", "the reprint")
    second = r.wait_for_mail("medinfo", lambda m: of("request")(m) and "reprint" in r.text(m))
    r.kept("cancel", "2", "she has it")
    gone = r.wait_for_mail("medinfo", lambda m: of("thanks")(m) and "reprint" in r.text(m))
    r.check("a promise that is called off: the team hears that it is not needed", "Not needed any more" in str(gone["Subject"]), str(gone["Subject"]))
    out = r.kept("add", "--team", "nobody", "x", ok=False)
    r.kept("add", "--to", "Carol <carol@example.com>", "--due", "in 2 weeks", "the slides")
    r.kept("team", "3", "medinfo")
    r.wait_for_mail("medinfo", lambda m: of("request")(m) and "slides" in r.text(m))
    r.check("a team is named on the terminal too", r.promises()[-1]["team"] == "medinfo", r.promises())

    # a colleague answers for it, from their own address, that it takes longer than the promise
    third = r.mails("medinfo")[-1]
    r.send_as("bob", token(third), "Re: " + str(third["Subject"]), "I am on duty for medical information this week. We are working on it and will get back to you in 4 weeks.\n",
              auth="dmarc=pass header.from=example.org", headers={"In-Reply-To": str(third["Message-ID"])})
    late = r.wait_for_mail("ada", about("needs longer", "notice"))
    r.check("later than the promise: the owner hears it", "after your own day" in r.text(late) and "bob@example.org" in r.text(late), r.text(late))
    r.check("… and it still waits", r.promises()[-1]["state"] == "waiting", r.promises())
    ahead = [(x["kind"], x["to"], x["outside"]) for x in json.loads(r.kept("simulate", "--json"))]
    r.check("kept simulate says what the team will hear", ("nag", "medinfo@example.org", False) in ahead, ahead)

    # it answers in the owner's own conversation, with kept in copy, thanks and all
    mail = r.send_as("ada", "carol@example.com", "One more question", "Dear Carol,\n\nI will send you the shelf life.\n\nAda\n",
                     cc="medinfo@example.org", bcc="kept+team-medinfo+3w@example.org")
    r.wait_for_mail("medinfo", lambda m: of("request")(m) and "shelf life" in r.text(m))
    r.clock(minutes=5)
    r.send_as("medinfo", "ada@example.org, kept@example.org", "Re: One more question", "Great, thank you: 24 months.\n",
              auth="dmarc=pass header.from=example.org", headers={"In-Reply-To": str(mail["Message-ID"]), "References": str(mail["Message-ID"])})
    told = r.wait_for_mail("ada", lambda m: "has answered" in str(m["Subject"]) and "shelf life" in str(m["Subject"]))
    r.check("a short answer in the owner's own conversation is taken, and told", "24 months" in r.text(told), r.text(told))
    r.check("… and the promise is the owner's again", r.promises()[-1]["state"] == "open", r.promises())
