"""smtp.py CERTS LOG: submission servers that err, one port each; prints "NAME PORT" for each, then "ready".

What a client says is written to LOG as "NAME C words", and "NAME #N" where its Nth connection begins. The recipient's local
part chooses what happens to a mail, whatever the port.
"""
import base64
import socket
import ssl
import struct
import sys
import threading
import time

CERTS, LOG = sys.argv[1], open(sys.argv[2], "ab", 0)


class Gone(Exception):
    pass


class Talk:
    def __init__(self, sock, name, caps, replies):
        self.sock, self.name, self.caps, self.replies, self.buf, self.quiet = sock, name, caps, replies, b"", False

    def send(self, text):
        self.sock.sendall(text.encode() + b"\r\n")

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
        if not self.quiet:
            LOG.write(("%s C %s\n" % (self.name, line)).encode())
        return line

    def tls(self, cert):
        ctx = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        ctx.load_cert_chain("%s/%s.crt" % (CERTS, cert), "%s/%s.key" % (CERTS, cert))
        self.sock = ctx.wrap_socket(self.sock, server_side=True)

    def reset(self):
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise Gone

    def data(self, to):
        if "data554@" in to:
            return self.send("554 5.5.1 no valid recipients")
        self.send("354 go")
        if "resetmid@" in to:
            self.sock.recv(2000)
            self.reset()
        size = 0
        while True:
            line = self.line()
            self.quiet = size > 2000
            size += len(line)
            if line == ".":
                break
        self.quiet = False
        if "dropdot@" in to:
            raise Gone
        if "late@" in to:
            time.sleep(1.5)
            return self.send("250 2.0.0 LATE")
        if "mute@" in to:
            time.sleep(20)
        if "dot550@" in to:
            return self.send("550-5.7.1 first\r\n550 5.7.1 we do not want it")
        if "dot451@" in to:
            return self.send("451 4.3.0 not now")
        self.send("250-2.0.0 two lines\r\n250 2.0.0 queued as ABC")
        if "closeafter@" in to:
            raise Gone
        return None

    def serve(self, begin_tls=None):
        say = self.replies.get
        to = ""
        self.send(say("greeting", "220 hello"))
        while True:
            line = self.line()
            word = line.upper()
            if word.startswith("EHLO"):
                if say("EHLO"):
                    self.send(say("EHLO"))
                else:
                    self.send("\r\n".join("250-" + c for c in ["hello"] + self.caps) + "\r\n250 HELP")
            elif word.startswith("HELO"):
                self.send(say("EHLO", "250 hello"))
            elif word == "STARTTLS":
                self.send("220 go")
                self.tls(begin_tls)
                self.caps = [c for c in self.caps if c != "STARTTLS"] + ["AUTH PLAIN LOGIN"]
            elif word.startswith("AUTH"):
                self.send(say("AUTH", "235 in"))
            elif word.startswith("MAIL"):
                self.send(say("MAIL", "250 2.1.0 ok"))
            elif word.startswith("RCPT"):
                to = line
                if "r550@" in to:
                    self.send("550 5.1.1 no such user")
                elif "r451@" in to:
                    self.send("451 4.2.1 try later")
                elif "rclose@" in to:
                    raise Gone
                else:
                    self.send("250 2.1.5 ok")
            elif word == "DATA":
                self.data(to)
            elif word == "QUIT":
                self.send("221 bye")
                raise Gone
            else:
                self.send("250 ok")


PLAIN = ["SIZE 100000000", "8BITMIME", "AUTH PLAIN LOGIN"]
SERVERS = {"plain": (PLAIN + ["SMTPUTF8"], {}, None)}
for name, replies in {
    "greeting554": {"greeting": "554 5.7.1 go away"},
    "greeting421": {"greeting": "421 4.3.2 too busy"},
    "ehlo550": {"EHLO": "550 5.7.1 not you"},
    "mail550": {"MAIL": "550 5.4.5 daily limit exceeded"},
    "mail552": {"MAIL": "552 5.3.4 message too big"},
    "mail552full": {"MAIL": "552 5.2.2 your account is full"},
    "mail450": {"MAIL": "450 4.7.1 slowly"},
    "auth535": {"AUTH": "535 5.7.8 bad login"},
    "authecho": {"AUTH": "535 5.7.8 no: " + base64.b64encode(b"\0kept@example.org\0s3cret-pass").decode()},
    "auth454": {"AUTH": "454 4.7.0 not now"},
    "ordinary": {}, "nothing": {},
    "reuse": {}, "late": {}, "stale": {}, "fit": {}, "dots": {},
}.items():
    SERVERS[name] = (PLAIN, replies, None)
SERVERS["no-starttls"] = (PLAIN, {}, None)
SERVERS["starttls-good"] = (["STARTTLS"], {}, None)
for cert in "good wronghost expired future untrusted selfsigned".split():
    SERVERS["implicit-" + cert] = (PLAIN, {}, cert)
    SERVERS["starttls-" + cert] = (["STARTTLS"], {}, None)


def http(conn, name):
    request = conn.recv(4096).decode("latin-1")
    LOG.write(("%s C %s\n" % (name, request.split("\r\n")[0])).encode())
    conn.sendall(b"HTTP/1.1 %s\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok" % (b"200 OK" if name == "http200" else b"503 No"))
    conn.close()


def one(conn, name, number):
    LOG.write(("%s #%d\n" % (name, number)).encode())
    if name.startswith("http"):
        return http(conn, name)
    conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    caps, replies, cert = SERVERS[name]
    c = Talk(conn, name, list(caps), replies)
    try:
        if cert:
            c.tls(cert)
        c.serve(name.split("-")[1] if name.startswith("starttls-") else None)
    except (Gone, OSError, ssl.SSLError):
        pass
    try:
        c.sock.close()
    except OSError:
        pass
    return None


def listen(name):
    s = socket.socket()
    s.bind(("127.0.0.1", 0))
    s.listen(8)
    print(name, s.getsockname()[1], flush=True)

    def accept():
        number = 0
        while True:
            conn, _ = s.accept()
            number += 1
            threading.Thread(target=one, args=(conn, name, number), daemon=True).start()
    threading.Thread(target=accept, daemon=True).start()


for each in list(SERVERS) + ["http200", "http503"]:
    listen(each)
print("ready", 0, flush=True)
sys.stdin.read()  # ends with the test that started it
