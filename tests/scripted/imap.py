"""imap.py CERTS LOG: IMAP servers that err or attack, one port each; prints "NAME PORT" for each, then "ready".

What a client says is written to LOG as "NAME C words". A scenario is a function of a connection; those named in OPEN end at
the login, the others are reached by a client that logged in.
"""
import base64
import re
import select
import socket
import ssl
import sys
import threading
import time

CERTS, LOG = sys.argv[1], open(sys.argv[2], "ab", 0)
CAPS = "IMAP4rev1 SASL-IR AUTH=PLAIN IDLE UIDPLUS CONDSTORE"


class Gone(Exception):
    pass


class Talk:
    def __init__(self, sock, name):
        self.sock, self.name, self.buf, self.idle_tag = sock, name, b"", None

    def send(self, text):
        self.sock.sendall(text if isinstance(text, bytes) else text.encode())

    def line(self):
        while b"\n" not in self.buf:
            try:
                more = self.sock.recv(65536)
            except (OSError, ssl.SSLError):
                more = b""
            if not more:
                raise Gone
            self.buf += more
        line, self.buf = self.buf.split(b"\n", 1)
        line = line.rstrip(b"\r").decode("utf-8", "replace")
        LOG.write(("%s C %s\n" % (self.name, line)).encode())
        return line

    def tls(self, cert):
        ctx = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        ctx.load_cert_chain("%s/%s.crt" % (CERTS, cert), "%s/%s.key" % (CERTS, cert))
        self.sock = ctx.wrap_socket(self.sock, server_side=True)

    def serve(self, on=None, caps=CAPS, tell=True, greeting="* OK hello"):
        """An ordinary server; `on` maps a command's first words to a function of (self, tag, line)."""
        on = on or {}
        if greeting:
            self.send(greeting + "\r\n")
        while True:
            line = self.line()
            if line == "DONE":
                self.send("%s OK idled\r\n" % self.idle_tag)
                continue
            tag, _, rest = line.partition(" ")
            word = rest.upper()
            for key, act in on.items():
                if word.startswith(key):
                    act(self, tag, rest)
                    break
            else:
                if word.startswith("CAPABILITY"):
                    self.send(("* CAPABILITY %s\r\n" % caps if tell else "") + "%s OK done\r\n" % tag)
                elif word.startswith(("EXAMINE", "SELECT")):
                    self.send("* FLAGS (\\Seen)\r\n* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 13] next\r\n"
                              "* OK [PERMANENTFLAGS (\\Answered \\Seen $Kept NonJunk \\*)] limited\r\n"
                              "* OK [HIGHESTMODSEQ 5] m\r\n%s OK [READ-ONLY] done\r\n" % tag)
                elif word.startswith("IDLE"):
                    self.idle_tag = tag
                    self.send("+ idling\r\n")
                elif word.startswith("LOGOUT"):
                    self.send("* BYE\r\n%s OK\r\n" % tag)
                    raise Gone
                else:
                    self.send("%s OK done\r\n" % tag)


OPEN, CLEAR = {}, {}


def answer(text):
    return lambda c, tag, rest: c.send(text.replace("TAG", tag) if isinstance(text, str) else text.replace(b"TAG", tag.encode()))


# ---- certificates ----
def implicit(cert):
    def run(c):
        c.tls(cert)
        c.serve()
    return run


def starttls(cert, behind=b"", late=b"", word="OK"):
    def run(c):
        def begin(c, tag, rest):
            c.send(b"%s %s now\r\n" % (tag.encode(), word.encode()) + behind)
            if late:
                time.sleep(0.1)
                c.send(late)
            if word == "OK":
                c.tls(cert)
        # what is said in clear must be forgotten: here a lie that LOGIN is disabled
        c.serve({"STARTTLS": begin}, greeting="* OK [CAPABILITY IMAP4rev1 STARTTLS] hello")
    return run


for cert in "good wronghost expired future untrusted selfsigned".split():
    OPEN["implicit-" + cert] = implicit(cert)
    OPEN["starttls-" + cert] = starttls(cert)
OPEN["inject"] = starttls("good", behind=b"* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n")
OPEN["inject-late"] = starttls("good", late=b"* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n")
OPEN["starttls-no"] = starttls("good", word="NO")
OPEN["no-starttls"] = lambda c: c.serve(greeting="* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hello")
OPEN["strip-silent"] = lambda c: c.serve({"STARTTLS": answer("TAG BAD what?\r\n")})
OPEN["preauth"] = lambda c: c.serve(greeting="* PREAUTH welcome")
OPEN["bye"] = lambda c: c.send("* BYE too many\r\n")
OPEN["list-greeting"] = lambda c: c.serve(greeting="* OK [PERMANENTFLAGS ()] hello")
OPEN["mute"] = lambda c: time.sleep(60)
OPEN["http"] = lambda c: c.send("HTTP/1.1 400 Bad Request\r\n\r\n")


def preauth_tls(c):
    c.tls("good")
    c.serve(greeting="* PREAUTH welcome")


OPEN["preauth-tls"] = preauth_tls


def starttls_caps_lie(c):
    def begin(c, tag, rest):
        c.send("%s OK now\r\n" % tag)
        c.tls("good")
    # in clear it is said that no login is possible; within TLS the truth
    c.serve({"STARTTLS": begin}, greeting="* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] hello")


OPEN["starttls-forgets"] = starttls_caps_lie

# ---- the login ----
def offer(caps, says=None):
    """tokens alone, or not; asked without one, it says this, or NO"""
    def run(c):
        def refuse(c, tag, rest):
            if "SASL-IR" not in caps:
                c.send("+ \r\n")
                rest += " " + c.line()
            said = says if rest.upper().endswith("OAUTHBEARER BIWSAWF1DGG9AQE=") else None
            c.send(f"+ {said}\r\n" if said else f"{tag} NO no\r\n")
        c.tls("good")
        c.serve({"AUTHENTICATE": refuse}, caps=caps)
    return run


def refusal(text):
    return base64.b64encode(text.encode()).decode()


ALONE = "IMAP4rev1 LOGINDISABLED SASL-IR AUTH=OAUTHBEARER AUTH=XOAUTH2"
NAMED = refusal('{"status":"invalid_token","scope":"mail","openid-configuration":"https://auth.example.org/x/.well-known/openid-configuration"}')
OPEN["offer-password"] = offer("IMAP4rev1 AUTH=PLAIN", NAMED)
OPEN["offer-both"] = offer("IMAP4rev1 AUTH=PLAIN AUTH=OAUTHBEARER LOGINDISABLED SASL-IR", NAMED)
OPEN["offer-issuer"] = offer(ALONE, NAMED)
OPEN["offer-later"] = offer("IMAP4rev1 LOGINDISABLED AUTH=OAUTHBEARER", NAMED)
OPEN["offer-behind"] = offer(ALONE, refusal('{"openid-configuration":"https://auth.example.org/.well-known/oauth-authorization-server/x"}'))
OPEN["offer-xoauth2"] = offer("IMAP4rev1 LOGINDISABLED AUTH=XOAUTH2", NAMED)
OPEN["offer-no"] = offer(ALONE)
OPEN["offer-number"] = offer(ALONE, refusal('{"openid-configuration":7}'))
OPEN["offer-elsewhere"] = offer(ALONE, refusal('{"openid-configuration":"https://auth.example.org/conf"}'))
OPEN["offer-noise"] = offer(ALONE, "!!!!")
OPEN["offer-escape"] = offer(ALONE, refusal('{"openid-configuration":"https://a\\u001b[2J/.well-known/x"}'))
OPEN["offer-user"] = offer(ALONE, refusal('{"openid-configuration":"https://accounts.google.com@a/.well-known/x"}'))
OPEN["offer-nul"] = offer(ALONE, refusal('{"openid-configuration":"https://a/.well-known/x"}\0'))
OPEN["offer-long"] = offer(ALONE, refusal('{"openid-configuration":"https://a/.well-known/x/' + "a" * 5000 + '"}'))
OPEN["logindisabled"] = lambda c: c.serve(caps="IMAP4rev1 LOGINDISABLED")
OPEN["nocap"] = lambda c: c.serve(tell=False)
OPEN["login-no"] = lambda c: c.serve({"AUTHENTICATE": answer("TAG NO [AUTHENTICATIONFAILED] Invalid credentials\r\n")})
OPEN["login-echo"] = lambda c: c.serve({"LOGIN": answer("TAG NO you said s3cret-pass\r\n")}, caps="IMAP4rev1")
SASL = base64.b64encode(b"\0ada@example.org\0s3cret-pass").decode()
OPEN["login-echo-64"] = lambda c: c.serve({"AUTHENTICATE": answer("TAG NO %s is no login\r\n" % SASL)})
OPEN["login-bad"] = lambda c: c.serve({"AUTHENTICATE": answer("TAG BAD what is %s...\r\n" % SASL[:32])})
OPEN["login-bye"] = lambda c: c.serve({"AUTHENTICATE": answer("* BYE you said AUTHENTICATE PLAIN %s\r\n" % SASL)})
OPEN["login-later"] = lambda c: c.serve({"AUTHENTICATE": answer("TAG NO [UNAVAILABLE] backend down\r\n")})
OPEN["login-plain"] = lambda c: c.serve(caps="IMAP4rev1")


def auth_continue(c):
    def act(c, tag, rest):
        c.send("+ \r\n")
        c.line()
        c.send("%s OK [CAPABILITY IMAP4rev1] in\r\n" % tag)
    c.serve({"AUTHENTICATE": act}, caps="IMAP4rev1 LOGINDISABLED AUTH=PLAIN")


OPEN["auth-continue"] = auth_continue


# ---- after the login ----
def drip(c, tag, rest):
    while True:
        c.send("* OK still working on it\r\n")
        time.sleep(0.1)


def endless(c, tag, rest):
    while True:
        c.send(b"* OK " + b"x" * 65536)


def many(c, tag, rest):
    while True:
        c.send(b"* 1 EXISTS\r\n" * 5000)


def fetch(item):
    return answer("* 1 FETCH (UID 11 FLAGS (\\Seen) INTERNALDATE \"24-Nov-2026 10:00:00 +0100\" RFC822.SIZE 40 %s)\r\nTAG OK done\r\n" % item)


def literal(body):
    return "BODY[HEADER]<0> {%d}\r\n%s" % (len(body.encode()), body)


def drop_in_literal(c, tag, rest):
    c.send("* 1 FETCH (UID 11 BODY[HEADER]<0> {5000}\r\nSubject: hal")
    raise Gone


def idle_eof(c, tag, rest):
    c.send("+ idling\r\n")
    time.sleep(0.2)
    raise Gone


def idle_early(c, tag, rest):
    c.idle_tag = tag
    c.send("* 4 EXISTS\r\n+ idling\r\n")


def idle_joined(c, tag, rest):
    c.idle_tag = tag
    c.send("+ idling\r\n* 4 EXISTS\r\n")


def idle_split(c, tag, rest):
    c.idle_tag = tag
    c.send("+ idling\r\n* 4 EXI")
    time.sleep(0.3)
    c.send("STS\r\n")


def idle_chatter(c, tag, rest):
    c.idle_tag = tag
    c.send("+ idling\r\n")
    time.sleep(0.1)
    c.send("* OK Still here\r\n")
    time.sleep(0.3)
    c.send("* 4 EXISTS\r\n")


def idle_flags(c, tag, rest):
    c.idle_tag = tag
    c.send("+ idling\r\n")
    time.sleep(0.1)
    c.send("* 2 FETCH (FLAGS (\\Flagged))\r\n")


def fetch_ahead(c, tag, rest):
    """All that was asked by now is answered at once, the last command first; then come the ends in their order."""
    asked = [(tag, rest)]
    while b"\n" in c.buf or select.select([c.sock], [], [], 0.05)[0]:
        asked.append(c.line().split(" ", 1))
    for _, words in reversed(asked):
        uids = []
        for part in re.match(r"UID FETCH (\S+)", words).group(1).split(","):
            first, _, last = part.partition(":")
            uids += range(int(first), int(last or first) + 1)
        for uid in reversed(uids):
            text = "Subject: %d\r\n\r\n" % uid + "x" * (200000 if uid % 50 == 3 else 10)
            most = int(re.search(r"<0\.(\d+)>", words).group(1))
            facts = "FLAGS () RFC822.SIZE %d " % len(text) if "RFC822.SIZE" in words else ""
            c.send("* %d FETCH (UID %d %sBODY[]<0> {%d}\r\n%s)\r\n" % (uid, uid, facts, min(most, len(text)), text[:most]))
    for tag, _ in asked:
        c.send("%s OK done\r\n" % tag)


HEADER = "Subject: one\r\n\r\n"
TOWER = "(" * 20000
AFTER = {
    "drip": {"NOOP": drip},
    "endless": {"NOOP": endless},
    "many": {"NOOP": many},
    "bye-later": {"NOOP": answer("* BYE restarting\r\n")},
    "other-tag": {"NOOP": answer("99999 OK done\r\n")},
    "bad": {"NOOP": answer("TAG BAD no such command\r\n")},
    "noise": {"NOOP": answer("what is this\r\n")},
    "alert-empty": {"NOOP": answer("TAG OK [ALERT]\r\n")},
    "alert-empty-2": {"NOOP": answer("* OK [ALERT] \r\nTAG OK done\r\n")},
    "list-broken": {"NOOP": answer("* OK [PERMANENTFLAGS (\r\nTAG OK done\r\n")},
    "list-broken-2": {"NOOP": answer("* OK [PERMANENTFLAGS (%)] x\r\nTAG OK done\r\n")},
    "charsets": {"NOOP": answer("TAG NO [BADCHARSET ({3}\r\nabc)] x\r\n")},
    "alert": {"NOOP": answer("* OK [ALERT] full\r\nTAG OK [X-CODE 1] done\r\n")},
    "literal-huge": {"UID FETCH": answer("* 1 FETCH (UID 11 BODY[HEADER]<0> {3000000000}\r\nSubject")},
    "literal-odd": {"UID FETCH": answer("* 1 FETCH (UID 11 BODY[HEADER]<0> { 5}\r\nSubje)\r\nTAG OK x\r\n")},
    "literal-text": {"UID FETCH": answer("* OK look {100000}\r\n* 1 FETCH (BODYSTRUCTURE " + TOWER)},
    "literal-flag": {"UID FETCH": answer("* 1 FETCH (UID 11 FLAGS ({3}\r\nabc))\r\nTAG OK x\r\n")},
    "drop-in-literal": {"UID FETCH": drop_in_literal},
    "tower": {"UID FETCH": answer("* 1 FETCH (BODYSTRUCTURE " + TOWER)},
    "tower-spaced": {"UID FETCH": answer("* 1 FETCH (FLAGS (" + "(a " * 20000)},
    "tower-list": {"LIST": answer("* LIST " + TOWER)},
    "structure": {"UID FETCH": answer("* 1 FETCH (BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1))\r\nTAG OK x\r\n")},
    "quote-open": {"UID FETCH": answer("* 1 FETCH (INTERNALDATE \"24-Nov\r\n-2026\")\r\nTAG OK x\r\n")},
    "mail-parens": {"UID FETCH": fetch(literal("Subject: " + "(" * 5000 + "\r\nX: {99}\r\n\r\n"))},
    "mail-tail": {"UID FETCH": fetch(literal("X: \"\r\nY: {3000000000}\r\n\r\n"))},
    "header-nil": {"UID FETCH": fetch("BODY[HEADER] NIL")},
    "header-quoted": {"UID FETCH": fetch("BODY[HEADER] \"Subject: \\\"q\\\"\"")},
    "low-uid": {"UID FETCH": answer("* 3 FETCH (UID 5 FLAGS () RFC822.SIZE 9 BODY[HEADER]<0> {16}\r\n" + HEADER + ")\r\nTAG OK x\r\n")},
    "twice": {"UID FETCH": answer(("* 2 FETCH (UID 12 FLAGS () RFC822.SIZE 9 BODY[HEADER]<0> {16}\r\n" + HEADER + ")\r\n") +
                                  ("* 1 FETCH (UID 11 FLAGS () RFC822.SIZE 9 BODY[HEADER]<0> {16}\r\n" + HEADER + ")\r\n") * 2 +
                                  "* 3 FETCH (FLAGS (\\Flagged))\r\nTAG OK x\r\n")},
    "bad-date": {"UID FETCH": answer("* 1 FETCH (UID 11 FLAGS (\\Seen $Kept \\X) INTERNALDATE \"31-Feb-2026 25:61:00 +9999\" RFC822.SIZE 4294967295"
                                     " BODY[HEADER]<0> {16}\r\n" + HEADER + ")\r\nTAG OK x\r\n")},
    "fetch-no": {"UID FETCH": answer("* 1 FETCH (UID 11 FLAGS () RFC822.SIZE 9 BODY[HEADER]<0> {16}\r\n" + HEADER + ")\r\nTAG NO some could not be read\r\n")},
    "idle-eof": {"IDLE": idle_eof},
    "idle-no": {"IDLE": answer("TAG NO not now\r\n")},
    "idle-early": {"IDLE": idle_early},
    "idle-joined": {"IDLE": idle_joined},
    "idle-split": {"IDLE": idle_split},
    "folders": {"LIST": answer("* LIST (\\HasChildren) \".\" INBOX\r\n* LIST () \".\" \"INBOX.Follow up\"\r\n"
                               "* LIST () \".\" \"INBOX.Gesendete Elemente\"\r\n* LIST (\\Noselect) \".\" \"INBOX.Drafts\"\r\n"
                               "* LIST () \".\" \"INBOX.Entw&APw-rfe\"\r\n* LIST () \".\" {13}\r\nINBOX.a\"b&-c.\r\n"
                               "* LIST () \".\" \"INBOX.&U,BTFw-.&ZeVnLIqe-\"\r\n* LIST () \".\" \"INBOX.&broken\"\r\n"
                               "* LIST () NIL flat\r\n* LIST (\\NonExistent \\Trash) \".\" gone\r\nTAG OK done\r\n")},
    "special": {"LIST": answer("* LIST (\\HasNoChildren \\Sent) \"/\" \"[Gmail]/Gesendet\"\r\n* LIST () \"/\" Sent\r\n"
                               "* LIST (\\Drafts) \"/\" Skizzen\r\nTAG OK done\r\n")},
    "idle-chatter": {"IDLE": idle_chatter},
    "idle-flags": {"IDLE": idle_flags},
    "select-no": {"EXAMINE": answer("TAG NO [NONEXISTENT] no such\r\n")},
    "append-lost": {"APPEND": lambda c, tag, rest: (c.send("+ go\r\n"), c.line(), (_ for _ in ()).throw(Gone()))},
    "append-no": {"APPEND": answer("TAG NO [OVERQUOTA] full\r\n")},
    "ahead": {"EXAMINE": answer("* 250 EXISTS\r\n* OK [UIDVALIDITY 7] v\r\n* OK [UIDNEXT 251] n\r\nTAG OK done\r\n"),
              "UID SEARCH": answer("* SEARCH " + " ".join(str(n) for n in range(250, 0, -1)) + "\r\nTAG OK done\r\n"),
              "UID FETCH": fetch_ahead},
    # Gmail's extension: labels are astrings in modified UTF-7, its own begin with a backslash
    "gmail": {"UID SEARCH": answer("* SEARCH 11 12\r\nTAG OK SEARCH completed (Success)\r\n"),
              "UID FETCH": answer("* 1 FETCH (X-GM-LABELS (\"\\\\Important\" \"\\\\Sent\" Later \"Muy Importante\" {8}\r\nkept-new &ZeVnLIqe-)"
                                  " UID 11 MODSEQ (9) FLAGS (\\Seen $NotPhishing))\r\n"
                                  "* 2 FETCH (UID 12 FLAGS () X-GM-LABELS ())\r\nTAG OK Success\r\n")},
    "gmail-bare": {"UID FETCH": answer("* 1 FETCH (X-GM-LABELS (\\Inbox \\Sent Later \"Muy Importante\") UID 11 MODSEQ (9) FLAGS ())\r\nTAG OK Success\r\n"),
                   "UID SEARCH": answer("* SEARCH 11\r\nTAG OK SEARCH completed (Success)\r\n")},
    "ordinary": {},
    "quiet": {},
}
GMAIL = "IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 UIDPLUS ENABLE MOVE CONDSTORE ESEARCH SPECIAL-USE AUTH=PLAIN"
for name, on in AFTER.items():
    CLEAR[name] = (lambda on, caps: lambda c: c.serve(on, caps))(on, GMAIL if name.startswith("gmail") else CAPS)

# ---- a folder of drafts, that holds one of kept's ----
DRAFT = "Bcc: kept+r-abc@example.org\r\nMessage-ID: <d@kept>\r\n\r\nx\r\n"
FOLDER = {"LIST": answer("* LIST () \"/\" INBOX\r\n* LIST (\\Drafts) \"/\" Entwuerfe\r\n* LIST (\\Trash) \"/\" Bin\r\nTAG OK done\r\n"),
          "SELECT": answer("* 3 EXISTS\r\n* OK [UIDVALIDITY 7] v\r\n* OK [UIDNEXT 13] n\r\nTAG OK [READ-WRITE] done\r\n"),
          "UID SEARCH": answer("* SEARCH 11\r\nTAG OK done\r\n"),
          "UID FETCH": answer("* 1 FETCH (UID 11 FLAGS (\\Draft) RFC822.SIZE %d BODY[]<0> {%d}\r\n%s)\r\nTAG OK x\r\n" % (len(DRAFT), len(DRAFT), DRAFT)),
          "APPEND": lambda c, tag, rest: (c.send("+ go\r\n"), [c.line() for _ in range(6)], c.send(tag + " OK [APPENDUID 7 12] done\r\n"))}
LOST = lambda c, tag, rest: (c.send("+ go\r\n"), c.line(), (_ for _ in ()).throw(Gone()))
DRAFTS = {
    "drafts": {}, "drafts-no-uidplus": {}, "drafts-move": {},
    "drafts-readonly": {"SELECT": answer("* 3 EXISTS\r\n* OK [UIDVALIDITY 7] v\r\nTAG OK [READ-ONLY] done\r\n")},
    "drafts-missing": {"LIST": answer("* LIST () \"/\" INBOX\r\nTAG OK done\r\n")},
    "drafts-noperm": {"SELECT": answer("TAG NO [NOPERM] not yours\r\n")},
    "drafts-quota": {"APPEND": answer("TAG NO [OVERQUOTA] full\r\n")},
    "drafts-refused": {"APPEND": answer("TAG NO [CANNOT] no drafts here\r\n")},
    "drafts-lost": {"APPEND": LOST},
    "drafts-bye": {"UID SEARCH": answer("* BYE restarting\r\n")},
    "drafts-search-no": {"UID SEARCH": answer("TAG NO [SERVERBUG] no index\r\n")},
    "drafts-bye-store": {"UID STORE": answer("* BYE restarting\r\n")},
    "drafts-store-no": {"UID STORE": answer("TAG NO [NOPERM] may not delete\r\n")},
    "drafts-deleted": {"UID FETCH": answer("* 1 FETCH (UID 11 FLAGS (\\Deleted \\Draft) RFC822.SIZE 2 BODY[]<0> {2}\r\nx\n)\r\nTAG OK x\r\n")},
    "drafts-other": {"UID FETCH": answer("* 1 FETCH (UID 12 FLAGS () RFC822.SIZE 2 BODY[]<0> {2}\r\nx\n)\r\nTAG OK x\r\n")},
}
for name, on in DRAFTS.items():
    caps = {"drafts-no-uidplus": CAPS.replace(" UIDPLUS", ""), "drafts-move": CAPS.replace("UIDPLUS", "MOVE")}.get(name, CAPS)
    CLEAR[name] = (lambda on, caps: lambda c: c.serve(on, caps))(FOLDER | on, caps)


def one(conn, name, run):
    conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    c = Talk(conn, name)
    try:
        run(c)
    except (Gone, OSError, ssl.SSLError):
        pass
    LOG.write(("%s END\n" % name).encode())
    try:
        c.sock.close()
    except OSError:
        pass


def listen(name, run):
    s = socket.socket()
    s.bind(("127.0.0.1", 0))
    s.listen(8)
    print(name, s.getsockname()[1], flush=True)

    def accept():
        while True:
            conn, _ = s.accept()
            threading.Thread(target=one, args=(conn, name, run), daemon=True).start()
    threading.Thread(target=accept, daemon=True).start()


for table in OPEN, CLEAR:
    for name, run in table.items():
        listen(name, run)
print("ready", 0, flush=True)
sys.stdin.read()  # ends with the test that started it
