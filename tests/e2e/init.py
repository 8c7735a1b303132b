"""kept init: from an address to a configuration; servers found by each of the ways; and each thing that can go wrong"""
import http.server, json, os, socket, ssl, struct, subprocess, threading
from rig import Rig


class Names:
    """a name server: {(name, type): [rdata]}; what is under no name it knows does not exist"""
    SRV, MX = 33, 15

    def __init__(self):
        self.records, self.asked = {}, []
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.socket.getsockname()[1]}"
        threading.Thread(target=self.serve, daemon=True).start()

    @staticmethod
    def name(s):
        return b"".join(bytes([len(l)]) + l.encode() for l in s.split(".") if l) + b"\0"

    def srv(self, name, port, host, priority=0, weight=0):
        self.records.setdefault((name, self.SRV), []).append(struct.pack("!HHH", priority, weight, port) + self.name(host))

    def mx(self, name, host):
        self.records.setdefault((name, self.MX), []).append(struct.pack("!H", 10) + self.name(host))

    def serve(self):
        while True:
            q, peer = self.socket.recvfrom(4096)
            labels, i = [], 12
            while q[i]:
                labels.append(q[i + 1:i + 1 + q[i]].decode().lower())
                i += 1 + q[i]
            name, kind = ".".join(labels), struct.unpack("!H", q[i + 1:i + 3])[0]
            self.asked.append(name)
            found = self.records.get((name, kind), [])
            exists = any(n == name or n.endswith("." + name) for n, _ in self.records)
            head = q[:2] + struct.pack("!HHHHH", 0x8180 | (0 if exists else 3), 1, len(found), 0, 0)
            body = b"".join(b"\xc0\x0c" + struct.pack("!HHIH", kind, 1, 60, len(d)) + d for d in found)
            self.socket.sendto(head + q[12:i + 5] + body, peer)


class Pages:
    """an HTTPS server on localhost: {path: text}"""

    def __init__(self, r):
        pages = self.pages = {}

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                text = pages.get(self.path.split("?")[0])
                self.send_response(200 if text else 404)
                self.send_header("Content-Length", str(len((text or "").encode())))
                self.end_headers()
                self.wfile.write((text or "").encode())

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(r.server + "/ca/good.crt", r.server + "/ca/good.key")
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        self.url = f"https://localhost:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()


AUTOCONFIG = """<?xml version="1.0"?><clientConfig version="1.1"><emailProvider id="example.org">
<incomingServer type="imap"><hostname>localhost</hostname><port>{imap}</port><socketType>{tls}</socketType>
<username>%EMAILADDRESS%</username><authentication>{how}</authentication></incomingServer>
<outgoingServer type="smtp"><hostname>localhost</hostname><port>{smtp}</port><socketType>{tls}</socketType>
<username>%EMAILADDRESS%</username></outgoingServer></emailProvider></clientConfig>"""


def init(r, *words, env=None):
    env = dict(os.environ, HOME=r.dir + "/home", TZ="Europe/Berlin", **(env or {}))
    for name in ("KEPT_CONF", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        env.pop(name, None)
    p = subprocess.run([r.build + "/kept", "init", *words], capture_output=True, text=True, env=env, timeout=120, stdin=subprocess.DEVNULL,
                       start_new_session=True)
    return p.returncode, p.stdout, p.stderr


def discovery(r, names, pages):
    def show(address, *words):
        code, out, err = init(r, "--show", "--json", "--nameserver", names.address, "--ca", r.ca, "--autoconfig", pages.url + "/a.xml",
                              address, *words)
        return code, json.loads(out) if out else None, err

    code, d, _ = show("ada@gmail.com")
    r.check("a large provider is known without asking anybody", code == 0 and d["imap"]["host"] == "imap.gmail.com" and d["provider"] == "Gmail"
            and not names.asked, d)
    code, d, _ = show("ada@example.org")
    r.check("SRV records name both servers", code == 0 and d["imap"] | d["smtp"] == d["smtp"] and d["imap"]["port"] == r.base + 993
            and d["smtp"]["port"] == r.base + 465 and d["imap"]["whence"] == "SRV _imaps._tcp.example.org" and d["imap"]["sure"], d)
    code, d, _ = show("ada@fabrikam.com")
    r.check("the MX says whose customer a domain is", code == 0 and d["provider"] == "Microsoft 365" and d["imap"]["host"] == "outlook.office365.com"
            and d["password"] is False, d)
    code, d, _ = show("ada@foreign.example")
    r.check("a server of another house is not sure", not d["imap"]["sure"] and d["smtp"] is None and code == 1, d)
    pages.pages["/a.xml"] = AUTOCONFIG.format(imap=r.base + 993, smtp=r.base + 465, tls="SSL", how="password-cleartext")
    code, d, _ = show("ada@plain.example")
    r.check("the domain's autoconfig file names them, filled in for the address", code == 0 and d["imap"]["user"] == "ada@plain.example"
            and d["imap"]["port"] == r.base + 993 and "autoconfig" in d["smtp"]["whence"], d)
    pages.pages["/a.xml"] = "<html>hello</html>"
    code, d, _ = show("ada@plain.example")
    r.check("a page in its place is no such file, and that is told", code == 1 and d["imap"] is None and any("no clientConfig" in t for t in d["told"]), d)
    code, d, err = show("ada@nowhere.example")
    r.check("no such domain is said", code == 1 and "no such domain" in err and d is None, err)
    code, d, err = show("ada@nomail.example")
    r.check("so is a domain that has no mail", code == 1 and "has no mail" in err, err)
    code, d, err = show("ada@example.org", "--nameserver", "127.0.0.1:1")
    r.check("no network is said", code == 1 and "is the network up" in err, err)
    code, d, err = show("ada")
    r.check("what is no address is said", code == 1 and "no mail address" in err, err)


def zone(r, names):
    names.mx("example.org", "mx.example.org")
    for service, port in (("_imaps", 993), ("_submissions", 465)):
        names.srv(f"{service}._tcp.example.org", r.base + port, "localhost")
        names.srv(f"{service}._tcp.example.org", 1, "localhost", priority=9)
    names.mx("fabrikam.com", "fabrikam-com.mail.protection.outlook.com")
    names.srv("_imaps._tcp.foreign.example", 993, "imap.elsewhere.test")
    names.mx("plain.example", "mx.plain.example")
    names.mx("nomail.example", "")


with Rig() as r:
    names, pages = Names(), Pages(r)
    os.mkdir(r.dir + "/home")
    zone(r, names)
    discovery(r, names, pages)
    r.check("wrong use is 2", init(r, "--shwo")[0] == 2 and init(r, "--ca")[0] == 2 and init(r, "a@b.example", "c@d.example")[0] == 2)
    r.check("--help teaches", "kept init - " in init(r, "--help")[1])
