"""a promise is kept by what delivers it: letters as Gmail, Outlook and Apple Mail write them, in Sent and by BCC"""
import calendar, email, email.policy, email.utils, re, time
from rig import Rig

# Wednesday 2 December 2026, 10:00 in Berlin
WEDNESDAY = calendar.timegm((2026, 12, 2, 9, 0, 0))
PDF = "JVBERi0xLjQKJcfsj6IK"
LOGO = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
count = 0


def head(r, asked, to="Carol Rossi <carol@example.com>"):
    """the fields that each client writes; `asked`: Carol's letter"""
    global count
    count += 1
    own = f"<d{count}.{int(r.now())}@example.org>"
    return own, (f"From: Ada Lovelace <ada@example.org>\r\nTo: {to}\r\nSubject: Re: {asked['Subject']}\r\n"
                 f"In-Reply-To: {asked['Message-ID']}\r\nReferences: {asked['Message-ID']}\r\n"
                 f"Date: {email.utils.formatdate(r.now())}\r\nMessage-ID: {own}\r\nMIME-Version: 1.0\r\n")


def part(kind, name, disposition="attachment", data=PDF):
    return (f'Content-Type: {kind}; name="{name}"\r\nContent-Disposition: {disposition}; filename="{name}"\r\n'
            f"Content-Transfer-Encoding: base64\r\n\r\n{data}\r\n")


def gmail(r, asked, text, files=(), **to):
    html = text.replace("\n", "<br>\r\n")
    quoted = "Could you help me with this?"
    alternative = (
        'Content-Type: multipart/alternative; boundary="000000000000a2"\r\n\r\n'
        f'--000000000000a2\r\nContent-Type: text/plain; charset="UTF-8"\r\n\r\n{text}\r\n\r\n'
        f"On Tue, Dec 1, 2026 at 9:12 AM Carol Rossi <carol@example.com> wrote:\r\n\r\n> {quoted}\r\n>\r\n\r\n"
        f'--000000000000a2\r\nContent-Type: text/html; charset="UTF-8"\r\n\r\n<div dir="ltr">{html}</div><br>'
        '<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Tue, Dec 1, 2026 at 9:12 AM Carol Rossi '
        f'&lt;<a href="mailto:carol@example.com">carol@example.com</a>&gt; wrote:<br></div><blockquote class="gmail_quote">{quoted}'
        "</blockquote></div>\r\n\r\n--000000000000a2--\r\n")
    own, fields = head(r, asked, **to)
    if not files:
        return own, fields + alternative
    return own, (fields + 'Content-Type: multipart/mixed; boundary="000000000000a1"\r\n\r\n--000000000000a1\r\n' + alternative +
                 "".join("--000000000000a1\r\n" + part("application/pdf", f) for f in files) + "--000000000000a1--\r\n")


def outlook(r, asked, text, files=(), **to):
    own, fields = head(r, asked, **to)
    body = (f"{text}\r\n\r\n \r\n\r\nFrom: Carol Rossi <carol@example.com> \r\nSent: Tuesday, December 1, 2026 9:12 AM\r\n"
            f"To: Ada Lovelace <ada@example.org>\r\nSubject: {asked['Subject']}\r\n\r\n \r\n\r\nCould you help me with this? My note is attached.\r\n")
    related = ('Content-Type: multipart/related; boundary="----=_NextPart_001"\r\n\r\n------=_NextPart_001\r\n'
               f'Content-Type: text/plain; charset="us-ascii"\r\n\r\n{body}\r\n------=_NextPart_001\r\nContent-ID: <image001.png@01DD>\r\n' +
               part("image/png", "image001.png", "inline", LOGO) + "------=_NextPart_001--\r\n")
    return own, (fields + 'X-Mailer: Microsoft Outlook 16.0\r\nContent-Type: multipart/mixed; boundary="----=_NextPart_000"\r\n\r\n'
                 "------=_NextPart_000\r\n" + related + "".join("------=_NextPart_000\r\n" + part("application/pdf", f) for f in files) +
                 "------=_NextPart_000--\r\n")


def apple(r, asked, text, files=(), **to):
    own, fields = head(r, asked, **to)
    return own, (fields + 'X-Mailer: Apple Mail (2.3864.200.81)\r\nContent-Type: multipart/mixed; boundary="Apple-Mail=_A1"\r\n\r\n'
                 f"--Apple-Mail=_A1\r\nContent-Type: text/plain;\r\n\tcharset=us-ascii\r\n\r\n{text}\r\n\r\n" +
                 "".join("--Apple-Mail=_A1\r\n" + part("application/pdf", f, "inline") for f in files) +
                 "--Apple-Mail=_A1\r\nContent-Type: text/plain;\r\n\tcharset=us-ascii\r\n\r\n\r\n\r\nAda\r\n\r\n"
                 "> On 1 Dec 2026, at 09:12, Carol Rossi <carol@example.com> wrote:\r\n> \r\n> Could you help me with this?\r\n--Apple-Mail=_A1--\r\n")


def state(r, words):
    return [p["state"] for p in r.promises("--all") if words in p["what"] + p["words"]]


class Story:
    def __init__(self, r):
        self.r, self.seen = r, []

    def hear(self, subject):
        """the next mail of kept's whose subject has this"""
        m = self.r.wait_for_mail("ada", lambda x: Rig.from_kept(x) and subject in str(x["Subject"]), seen=self.seen)
        self.seen.append(m)
        return m

    def promise(self, words, about):
        """Carol asks; Ada promises, with kept in BCC; Carol's letter, which later ones answer"""
        asked = self.r.compose("carol", "ada@example.org", about, "Could you help me with this?\n")
        self.r.submit("carol", asked, ["ada@example.org"])
        refs = {"In-Reply-To": str(asked["Message-ID"]), "References": str(asked["Message-ID"])}
        self.r.send_as("ada", "Carol Rossi <carol@example.com>", "Re: " + about, bcc="kept+friday@example.org", text=words + "\n", headers=refs)
        self.hear("Noted")
        return asked

    def sent(self, letter):
        """it lies in Ada's Sent, and nowhere else"""
        self.r.lay("ada", "Sent", letter[1].encode(), r"\Seen")


with Rig() as r:
    s = Story(r)
    r.clock(to=WEDNESDAY)
    r.start_keptd(personal=True)

    asked = s.promise("I will send you the subgroup data by Friday.", "Subgroups")
    s.sent(gmail(r, asked, "Dear Carol,\n\nas promised, please find attached the subgroup data.\n\nBest,\nAda", ["subgroups.pdf"]))
    answer = s.hear("Done")
    text = r.text(answer)
    r.check("Gmail, in Sent: the promise is closed by what delivers it", state(r, "subgroup data") == ["kept"], state(r, "subgroup data"))
    r.check("… the answer says what was seen", "subgroups.pdf" in text and "as promised" in text, text)
    r.check("… and how to take it back", re.search(r"undo \d+", text), text)
    r.check("… it lies in the conversation", str(asked["Message-ID"]) in str(answer["References"]), answer["References"])
    r.reply_to(answer, "undo")
    s.hear("Taken back")
    r.check("undo opens it again", state(r, "subgroup data") == ["open"], state(r, "subgroup data"))

    asked = s.promise("I will send you the dosing table by Friday.", "Dosing")
    s.sent(outlook(r, asked, "Dear Carol,\r\n\r\nPlease see attached the dosing table.\r\n\r\nKind regards,\r\nAda"))
    warned = s.hear("Nothing is attached")
    r.check("Outlook, attached and only a signature's picture: Ada is told at once", "nothing is attached" in r.text(warned), r.text(warned))
    r.check("… and nothing is closed", state(r, "dosing table") == ["open"], state(r, "dosing table"))
    s.sent(outlook(r, asked, "Dear Carol,\r\n\r\nnow with the dosing table attached.\r\n\r\nKind regards,\r\nAda", ["dosing_table.pdf"]))
    s.hear("Done")
    r.check("… the second mail, with it, closes it", state(r, "dosing table") == ["kept"], state(r, "dosing table"))

    asked = s.promise("I will send you the reprint by Friday.", "Reprint")
    s.sent(apple(r, asked, "Hi Carol, see attached.", ["Scan 3.pdf"]))
    question = s.hear("Is it kept?")
    r.check("Apple Mail, a file without a name that says so: Ada is asked", "may deliver it" in r.text(question), r.text(question))
    r.check("… one tap answers", re.search(r"mailto:kept\+r-[^\"]*body=yes", r.html(question)), r.html(question)[:1500])
    r.check("… and it is open until then", state(r, "reprint") == ["open"], state(r, "reprint"))
    r.reply_to(question, "yes")
    s.hear("Done")
    r.check("yes closes it", state(r, "reprint") == ["kept"], state(r, "reprint"))

    asked = s.promise("I will send you the label by Friday.", "Label")
    s.sent(apple(r, asked, "Hi Carol, see attached.", ["Scan 4.pdf"]))
    r.reply_to(s.hear("Is it kept?"), "no")
    s.hear("Still open")
    r.check("no leaves it open", state(r, "the label") == ["open"], state(r, "the label"))

    # by BCC, then the copy in Sent: one letter
    asked = s.promise("I will send you the poster by Friday.", "Poster")
    own, letter = gmail(r, asked, "Dear Carol,\n\nhere is the poster.\n\nBest,\nAda", ["poster.pdf"])
    m = email.message_from_string(letter, policy=email.policy.SMTP)
    r.submit("ada", m, ["carol@example.com", "kept@example.org"])
    s.hear("Done")
    r.check("by BCC: it is closed", state(r, "the poster") == ["kept"], state(r, "the poster"))
    r.lay("ada", "Sent", m, r"\Seen")
    time.sleep(1.5)
    r.check("… and nothing new is promised", len(state(r, "oster")) == 1, r.promises("--all"))

    # a slip of the address
    asked = s.promise("I will send you the protocol by Friday.", "Protocol")
    s.sent(gmail(r, asked, "Dear Carol,\n\nattached is the protocol.\n\nBest,\nAda", ["protocol.pdf"], to="carol@exmaple.com"))
    warned = s.hear("Look again")
    r.check("a slip of her address is told", "looks like a slip" in r.text(warned), r.text(warned))
    r.check("… and closes nothing", state(r, "the protocol") == ["open"], state(r, "the protocol"))

    # what a due day brings, after it all: the open ones alone
    r.clock(to=calendar.timegm((2026, 12, 4, 8, 1, 0)))
    reminder = r.wait_for_mail("ada", lambda x: Rig.from_kept(x) and "protocol" in r.text(x), seen=s.seen)
    said = r.text(reminder)
    r.check("the reminder names what is open, and nothing that was delivered", "the label" in said and "reprint" not in said and "dosing" not in said, said)
    r.check("nothing of kept's went to Carol", not [m for m in r.mails("carol") if Rig.from_kept(m)])
    evidence = r.kept("show", str([p["id"] for p in r.promises("--all") if "reprint" in p["what"]][0]))
    r.check("the evidence is on record", "Scan 3.pdf" in evidence, evidence)
    r.check("keptd ends well on SIGTERM", r.stop_keptd() == 0)
