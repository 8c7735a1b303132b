"""provider.py CERTS LOG: one who gives tokens (OAuth 2), and errs when asked to; prints "NAME PORT" for each port, then "ready".

    http, https          as it should be, in clear on loopback and with a certificate that is right
    wronghost, expired, untrusted   with one that is not

The endpoints: /token /device /authorize /revoke, and for Dovecot /introspect. A path may begin with how the answer errs:
/slow /busy /html /redirect /big /empty /cut /mac /short /norefresh /quotes, or /error/WORD; by /echo/NAME and /echoed/NAME it
repeats what it was sent. An issuer's path says how its metadata err: /openid lies at the other place only, /other /slash /nobody call
it by another name, /clear /user /blank /long /here name an endpoint that is none, /plain /nocode /nodevice /devicealone /notoken say what it can do,
/insists /closed where it registers.
At /register a client is registered: /insists/register one with a secret, /closed/register none. A refresh token serves once; one that is used
again ends its grant. A line for each answer goes to LOG: "token GRANT STATUS WORD". Standard library only; none of kept's code.
"""
import base64
import hashlib
import http.server
import json
import secrets
import socket
import ssl
import sys
import threading
import time
import urllib.parse

CLIENT, SECRET = "kept-client", "s3cret-pass"
DEVICE = "urn:ietf:params:oauth:grant-type:device_code"


class Provider:
    def __init__(self, certs, log):
        self.certs, self.log = certs, open(log, "ab", 0)
        self.lock = threading.Lock()
        self.grants, self.refresh, self.access, self.codes, self.devices = {}, {}, {}, {}, {}
        self.user = "ada@example.org"  # who sits before the browser
        self.life, self.pending, self.answer, self.seconds = 3600, 1, None, 0  # `answer`: (status, JSON) in place of every token
        self.counts = {}
        self.deny = False  # the user says no

    def port(self, cert=None):
        provider = self

        class Handler(Talk):
            world = provider
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        if cert:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            tls.load_cert_chain(f"{self.certs}/{cert}.crt", f"{self.certs}/{cert}.key")
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        server.handle_error = lambda *_: None
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server.server_address[1]

    def listen(self, port):
        """on this port, in clear"""
        provider = self

        class Handler(Talk):
            world = provider
        http.server.ThreadingHTTPServer.allow_reuse_address = True
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server

    # ---- grants
    def issue(self, user, refresh=True, life=None, grant=None):
        grant = grant or secrets.token_hex(8)
        self.grants.setdefault(grant, user)
        access = "at-" + secrets.token_urlsafe(24)
        self.access[access] = (grant, time.time() + (life or self.life))
        out = {"access_token": access, "token_type": "Bearer", "expires_in": life or self.life}
        if refresh:
            token = "rt-" + secrets.token_urlsafe(24)
            self.refresh[token] = grant
            out["refresh_token"] = token
        return out

    def valid(self, access):
        """whose token it is; None: nobody's"""
        with self.lock:
            grant, ends = self.access.get(access, (None, 0))
            return self.grants.get(grant) if time.time() < ends else None

    def revoke_all(self):
        with self.lock:
            self.grants.clear()

    def end_access(self):
        """mail servers refuse every token of now, though it said it would serve longer"""
        with self.lock:
            self.access.clear()

    def token(self, form):
        kind = form.get("grant_type", "")
        if form.get("client_id") != CLIENT or (kind == "client_credentials" and form.get("client_secret") != SECRET):
            return 401, {"error": "invalid_client", "error_description": "who is that?"}
        if kind == "client_credentials":
            return 200, self.issue(self.user, refresh=False)
        if kind == "refresh_token":
            token = form.get("refresh_token")
            grant = self.refresh.get(token)
            if grant and grant.startswith("used "):
                self.grants.pop(grant[5:], None)
            if grant not in self.grants:
                return 400, {"error": "invalid_grant", "error_description": "revoked"}
            self.refresh[token] = "used " + grant  # rotation: it serves once
            return 200, self.issue(self.grants[grant], grant=grant)
        if kind == "authorization_code":
            code = self.codes.pop(form.get("code"), None)
            digest = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
            if not code or code["challenge"] != digest or code["redirect"] != form.get("redirect_uri"):
                return 400, {"error": "invalid_grant", "error_description": "no such code"}
            return 200, self.issue(code["user"])
        if kind == DEVICE:
            device = self.devices.get(form.get("device_code"))
            if not device:
                return 400, {"error": "expired_token"}
            device["asked"] += 1
            if self.deny:
                return 400, {"error": "access_denied"}
            if device["asked"] <= self.pending:
                return 400, {"error": "authorization_pending"}
            return 200, self.issue(self.user)
        return 400, {"error": "unsupported_grant_type"}

    def device(self, form):
        if form.get("client_id") != CLIENT:
            return 401, {"error": "invalid_client"}
        code = secrets.token_urlsafe(16)
        self.devices[code] = {"asked": 0}
        return 200, {"device_code": code, "user_code": "BDFH-JLNP", "verification_uri": "https://example.org/device", "interval": 1,
                     "expires_in": 60}

    def authorize(self, query):
        """what a browser's owner agrees to: where it is sent next"""
        if query.get("code_challenge_method") != "S256" or query.get("response_type") != "code" or query.get("client_id") != CLIENT:
            return query.get("redirect_uri", "/") + "?" + urllib.parse.urlencode({"error": "invalid_request", "state": query.get("state", "")})
        if self.deny:
            return query["redirect_uri"] + "?" + urllib.parse.urlencode({"error": "access_denied", "state": query["state"]})
        code = "code-" + secrets.token_urlsafe(8)
        self.codes[code] = {"challenge": query["code_challenge"], "redirect": query["redirect_uri"], "user": self.user}
        return query["redirect_uri"] + "?" + urllib.parse.urlencode({"code": code, "state": query["state"]})


    def metadata(self, base, err):
        out = {"issuer": base + "".join("/" + e for e in err), "authorization_endpoint": base + "/authorize", "token_endpoint": base + "/token",
               "device_authorization_endpoint": base + "/device", "revocation_endpoint": base + "/revoke", "registration_endpoint": base + "/register",
               "scopes_supported": ["openid", "profile", "mail", "offline_access"], "code_challenge_methods_supported": ["plain", "S256"],
               "response_types_supported": ["code"], "grant_types_supported": ["authorization_code", "refresh_token", DEVICE]}
        changes = {"other": {"issuer": "https://accounts.example.com"}, "slash": {"issuer": out["issuer"] + "/"}, "nobody": {"issuer": None},
                   "clear": {"token_endpoint": "http://example.org/token"}, "user": {"token_endpoint": "https://example.org@example.com/token"},
                   "long": {"token_endpoint": "https://example.org/" + "a" * 1000},
                   "blank": {"authorization_endpoint": "https://example.org/a b"}, "plain": {"code_challenge_methods_supported": ["plain"]},
                   "nocode": {"response_types_supported": ["token"], "device_authorization_endpoint": None},
                   "nodevice": {"grant_types_supported": ["authorization_code"], "registration_endpoint": None, "scopes_supported": 7},
                   "devicealone": {"grant_types_supported": [DEVICE]}, "notoken": {"token_endpoint": 7},
                   "mixed": {"authorization_endpoint": "https://accounts.google.com/o/oauth2/v2/auth"},
                   "here": {"token_endpoint": "http://127.0.0.1:1/token"}, "insists": {"registration_endpoint": base + "/insists/register"},
                   "closed": {"registration_endpoint": base + "/closed/register"}}
        for e in err:
            out.update(changes.get(e, {}))
        return [] if "array" in err else out

    def register(self, body, err):
        try:
            wish = json.loads(body)
        except ValueError:
            return 400, {"error": "invalid_client_metadata", "error_description": "no JSON"}
        method, secret = wish.get("token_endpoint_auth_method"), {}
        if "closed" in err:
            return 403, {}
        if "nothing" in err:
            return 201, {}
        if "insists" in err and method == "none":
            return 400, {"error": "invalid_client_metadata", "error_description": "a client has a secret here"}
        if method != "none" or "unasked" in err:
            secret = {"client_secret": SECRET, "client_secret_expires_at": 0}
        if "lines" in err:
            secret, wish["token_endpoint_auth_method"] = {"client_secret": "a\r\nb" if "control" not in err else "a\x1bb"}, "client_secret_post"
        if wish.get("redirect_uris") != ["http://127.0.0.1/"] or "refresh_token" not in wish["grant_types"]:
            return 400, {"error": "invalid_redirect_uri"}
        return 201, dict(wish, client_id=CLIENT, **secret)


class Talk(http.server.BaseHTTPRequestHandler):
    world = None
    timeout = 10

    def log_message(self, *_):
        pass

    def out(self, status, body, kind="application/json", headers=()):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        if url.path == "/authorize":
            query = dict(urllib.parse.parse_qsl(url.query))
            with self.world.lock:
                to = self.world.authorize(query)
            self.out(302, b"", headers=[("Location", to)])
        elif "/.well-known/" in url.path:
            self.tell(url.path)
        else:
            self.out(404, {})

    def tell(self, path):
        before, what = path.split("/.well-known/")
        what, *err = what.split("/")
        old = what == "openid-configuration"
        err = before.strip("/").split("/") if old and before else err
        scheme = "https" if isinstance(self.connection, ssl.SSLSocket) else "http"
        if (what == "oauth-authorization-server") == ("openid" in err) or "404" in err or before and not old:
            return self.out(404, {})
        self.erring(err, 503 if "busy" in err else 200, self.world.metadata(f"{scheme}://{self.headers['Host']}", err))

    def do_POST(self):
        w = self.world
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        form = dict(urllib.parse.parse_qsl(raw))
        parts = self.path.split("?")[0].strip("/").split("/")
        what, err = parts[-1], parts[:-1]
        if what == "introspect":
            user = w.valid(form.get("token", ""))
            return self.out(200, {"active": bool(user), "email": user or "", "username": user or "", "client_id": CLIENT, "scope": "mail"})
        with w.lock:
            status, answer = self.judged(what, err, form, raw)
        time.sleep(w.seconds)
        word = answer.get("error", "") if isinstance(answer, dict) else ""
        w.log.write(f"{what} {form.get('grant_type', '-').rsplit(':', 1)[-1]} {status} {word}\n".encode())
        w.counts[what] = w.counts.get(what, 0) + 1
        self.erring(err, status, answer)

    def erring(self, err, status, answer):
        if "cut" in err:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"access_token\": \"at-")
            return self.close()
        if "html" in err:
            return self.out(200, b"<html>Sign in to the hotel's network</html>", "text/html")
        if "redirect" in err:
            return self.out(307, b"", headers=[("Location", "/token")])
        if "big" in err:
            return self.out(200, b'{"x": "' + b"a" * (1 << 20) + b'"}')
        if "slow" in err:
            time.sleep(45)
        self.out(status, answer)

    def close(self):
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def judged(self, what, err, form, raw):
        w = self.world
        if w.answer and what == "token":
            return w.answer
        if "echo" in err:  # what it was sent, a part of which is cut off by whoever shows the first letters alone
            return 400, {"error": "invalid_request", "error_description": form.get(err[-1], "").rjust(260, "-")}
        if "echoed" in err:
            return 400, {"error": form.get(err[-1], "")}
        if "error" in err:
            return 400, {"error": err[-1], "error_description": "as the path asked for, of " + form.get("refresh_token", "")}
        if "busy" in err:
            return 503, {"error": "temporarily_unavailable"}
        if what == "register":
            return w.register(raw, err)
        if what == "revoke":
            grant = w.refresh.get(form.get("token"))
            w.grants.pop(grant, None)
            return 200, {}
        if what == "device":
            status, answer = w.device(form)
            if "anothers" in err:
                answer["verification_uri"] = "https://www.google.com/device"
            if "complete" in err:
                answer["verification_uri_complete"] = "https://microsoft.com/devicelogin?otc=BDFH-JLNP"
            if "ages" in err:
                answer["expires_in"] = 10 ** 9
            for name, host in (("dot", "microsoft.com."), ("backslash", "microsoft.com\\@example.org"), ("slashes", "/microsoft.com"),
                               ("percent", "micro%73oft.com"), ("user", "example.org@microsoft.com")):
                if name in err:
                    answer["verification_uri"] = f"https://{host}/devicelogin"
            if "clear" in err:
                answer["verification_uri"] = "http://example.org/device"
            return status, answer
        if what != "token":
            return 404, {}
        status, answer = w.token(form)
        if "mac" in err:
            answer["token_type"] = "mac"
        if "control" in err:
            answer["access_token"] = "a\r\nb"
        if "quotes" in err:
            answer["access_token"] = answer["refresh_token"] = '"' * 8192
        if "empty" in err:
            answer = {}
        if "norefresh" in err:
            answer.pop("refresh_token", None)
        if "short" in err:
            answer["expires_in"] = "4"
        if "noend" in err:
            answer.pop("expires_in", None)
        return status, answer


if __name__ == "__main__":
    p = Provider(sys.argv[1], sys.argv[2])
    print("http", p.port())
    print("https", p.port("good"))
    for fault in ("wronghost", "expired", "untrusted"):
        print(fault, p.port(fault))
    print("ready 1", flush=True)
    sys.stdin.read()
