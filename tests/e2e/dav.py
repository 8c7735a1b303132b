"""servers for calendars: a real Radicale, and a scripted one that answers as it is told"""
import http.server, os, ssl, subprocess, sys, threading, time, urllib.request, base64


def context(r):
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    c.load_cert_chain(r.server + "/ca/good.crt", r.server + "/ca/good.key")
    return c


class Scripted:
    """`answer(request)` gives (status, headers, body); what was asked is in `asked`: (method, path, headers, body)"""

    def __init__(self, r, answer, tls=True, port=0):
        self.asked, outer = [], self
        self.answer = answer

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one_request(self):
                try:
                    super().handle_one_request()
                except (ssl.SSLError, ConnectionError, BrokenPipeError):
                    self.close_connection = True

            def any(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                outer.asked.append((self.command, self.path, self.headers, body))
                status, headers, out = outer.answer(outer.asked[-1])
                self.send_response(status)
                for k, v in headers.items():
                    self.send_header(k, v)
                if "Content-Length" not in headers:
                    self.send_header("Content-Length", str(len(out)))
                self.end_headers()
                self.wfile.write(out)
                if "Content-Length" in headers:
                    self.close_connection = True

            do_GET = do_PUT = do_DELETE = do_PROPFIND = do_REPORT = do_MKCALENDAR = do_OPTIONS = any

            def log_message(self, *a):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.daemon_threads = True
        if tls:
            self.server.socket = context(r).wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        self.url = f"{'https' if tls else 'http'}://localhost:{self.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Radicale:
    """on loopback, with TLS and a password; its files in r.dir/radicale"""

    def __init__(self, r):
        import socket
        s = socket.socket()
        s.bind(("127.0.0.1", 0))
        self.port = s.getsockname()[1]
        s.close()
        self.r, self.dir = r, r.dir + "/radicale"
        os.makedirs(self.dir, exist_ok=True)
        with open(self.dir + "/users", "w") as f:
            f.write("ada:dav-secret\nbob:bob-secret\n")
        with open(self.dir + "/conf", "w") as f:
            f.write(f"[server]\nhosts = 127.0.0.1:{self.port}\nssl = True\ncertificate = {r.server}/ca/good.crt\nkey = {r.server}/ca/good.key\n"
                    f"[auth]\ntype = htpasswd\nhtpasswd_filename = {self.dir}/users\nhtpasswd_encryption = plain\ndelay = 0\n"
                    f"[storage]\nfilesystem_folder = {self.dir}/files\n[rights]\ntype = owner_only\n[web]\ntype = none\n[logging]\nlevel = warning\n")
        self.url = f"https://localhost:{self.port}"
        self.process = None
        self.start()

    def start(self):
        self.log = open(self.dir + "/log", "ab")
        self.process = subprocess.Popen(["/usr/bin/python3", "-m", "radicale", "--config", self.dir + "/conf"], stdout=self.log, stderr=self.log,
                                        start_new_session=True, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"})
        for _ in range(200):
            try:
                self.ask("PROPFIND", "/ada/", depth="0")
                return
            except OSError:
                time.sleep(0.05)
        raise OSError("Radicale does not start")

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait()
            self.process = None

    def ask(self, method, path, body=None, depth=None, **headers):
        """(status, headers, body), as a client of ada's"""
        q = urllib.request.Request(self.url + path, data=body.encode() if isinstance(body, str) else body, method=method)
        q.add_header("Authorization", "Basic " + base64.b64encode(b"ada:dav-secret").decode())
        if depth:
            q.add_header("Depth", depth)
        for k, v in headers.items():
            q.add_header(k.replace("_", "-"), v)
        if body and "Content_Type" not in headers:
            q.add_header("Content-Type", "text/calendar; charset=utf-8")
        try:
            with urllib.request.urlopen(q, context=self.r.tls, timeout=20) as a:
                return a.status, a.headers, a.read().decode()
        except urllib.error.HTTPError as e:
            return e.code, e.headers, e.read().decode()

    def objects(self, collection="/ada/kept/"):
        """{name: (etag, text)} of what lies there"""
        import re
        status, _, xml = self.ask("REPORT", collection, '<?xml version="1.0"?><C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'
                                  '<D:prop><D:getetag/><C:calendar-data/></D:prop><C:filter><C:comp-filter name="VCALENDAR"/></C:filter></C:calendar-query>',
                                  depth="1", Content_Type="application/xml")
        if status != 207:
            return {}
        import xml.etree.ElementTree as tree
        out = {}
        for one in tree.fromstring(xml).findall("{DAV:}response"):
            data = one.find(".//{urn:ietf:params:xml:ns:caldav}calendar-data")
            if data is not None:
                out[one.find("{DAV:}href").text.rsplit("/", 1)[1]] = (one.find(".//{DAV:}getetag").text, data.text.replace("\r\n", "\n"))
        return out


class Through(Scripted):
    """before a Radicale: what `rule(request)` does not answer itself (None) goes on to it; `after(request)` is called between its answer and ours"""

    def __init__(self, r, radicale):
        self.radicale, self.rule, self.after = radicale, lambda q: None, lambda q: None
        super().__init__(r, self.forward)

    def forward(self, q):
        own = self.rule(q)
        if own is not None:
            return own
        method, path, headers, body = q
        sent = {k: v for k, v in headers.items() if k.lower() in ("content-type", "depth", "if-match", "if-none-match")}
        ask = urllib.request.Request(self.radicale.url + path, data=body or None, method=method, headers=sent)
        ask.add_header("Authorization", headers.get("Authorization", ""))
        try:
            with urllib.request.urlopen(ask, context=self.radicale.r.tls, timeout=20) as a:
                status, got, out = a.status, a.headers, a.read()
        except urllib.error.HTTPError as e:
            status, got, out = e.code, e.headers, e.read()
        self.after(q)
        return status, {k: v for k, v in got.items() if k.lower() in ("etag", "content-type", "location", "dav")}, out
