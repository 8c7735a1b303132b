"""domain - what a provider of mail publishes of a domain: its name server, and its pages for mail programs. Standard library only; none of kept's code."""
import http.server, socket, ssl, struct, threading


class Names:
    """a name server: {(name, type): [rdata]}; what is under no name it knows does not exist"""
    A, MX, SRV = 1, 15, 33

    def __init__(self, host="127.0.0.1", port=0):
        self.records, self.asked, self.broken = {}, [], set()
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((host, port))
        self.address = f"{host}:{self.socket.getsockname()[1]}"
        threading.Thread(target=self.serve, daemon=True).start()

    @staticmethod
    def name(s):
        return b"".join(bytes([len(l)]) + l.encode() for l in s.split(".") if l) + b"\0"

    def srv(self, name, port, host, priority=0, weight=0):
        self.records.setdefault((name, self.SRV), []).append(struct.pack("!HHH", priority, weight, port) + self.name(host))

    def mx(self, name, host):
        self.records.setdefault((name, self.MX), []).append(struct.pack("!H", 10) + self.name(host))

    def a(self, name, address):
        self.records.setdefault((name, self.A), []).append(socket.inet_aton(address))

    def serve(self):
        while True:
            q, peer = self.socket.recvfrom(4096)
            labels, i = [], 12
            while q[i]:
                labels.append(q[i + 1:i + 1 + q[i]].decode().lower())
                i += 1 + q[i]
            name, kind = ".".join(labels), struct.unpack("!H", q[i + 1:i + 3])[0]
            self.asked.append(name)
            if name in self.broken:
                self.socket.sendto(q[:2] + struct.pack("!HHHHH", 0x8182, 1, 0, 0, 0) + q[12:i + 5], peer)
                continue
            found = self.records.get((name, kind), [])
            exists = any(n == name or n.endswith("." + name) for n, _ in self.records)
            head = q[:2] + struct.pack("!HHHHH", 0x8180 | (0 if exists else 3), 1, len(found), 0, 0)
            body = b"".join(b"\xc0\x0c" + struct.pack("!HHIH", kind, 1, 60, len(d)) + d for d in found)
            self.socket.sendto(head + q[12:i + 5] + body, peer)


class Pages:
    """an HTTPS server: {path: text, or a function of the handler that answers}"""

    def __init__(self, certificates, host="127.0.0.1", port=0):
        pages = self.pages = {}

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                text = pages.get(self.path.split("?")[0])
                if callable(text):
                    return text(self)
                self.send_response(200 if text else 404)
                self.send_header("Content-Length", str(len((text or "").encode())))
                self.end_headers()
                self.wfile.write((text or "").encode())

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer((host, port), Answer)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificates + "/good.crt", certificates + "/good.key")
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        self.url = f"https://localhost:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()


AUTOCONFIG = """<?xml version="1.0"?><clientConfig version="1.1"><emailProvider id="example.org">
<incomingServer type="imap"><hostname>localhost</hostname><port>{imap}</port><socketType>{tls}</socketType>
<username>%EMAILADDRESS%</username><authentication>{how}</authentication></incomingServer>
<outgoingServer type="smtp"><hostname>localhost</hostname><port>{smtp}</port><socketType>{tls}</socketType>
<username>%EMAILADDRESS%</username></outgoingServer></emailProvider></clientConfig>"""
