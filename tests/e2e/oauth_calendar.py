"""calendars by token: a real Radicale behind one that checks each Bearer, a token that is refused and renewed, a grant that has ended"""
import json, os, subprocess, sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "scripted"))
from provider import Provider, CLIENT
from rig import Rig
from dav import Radicale, Through


class Guarded(Through):
    """RFC 6750: whoever shows a token of ada's is let through as ada"""
    refused = basic = 0

    def __init__(self, r, radicale, provider):
        self.provider, self.forbidden = provider, False
        super().__init__(r, radicale)

    def forward(self, q):
        kind, _, token = q[2].get("Authorization", "").partition(" ")
        self.basic += kind == "Basic"
        if kind != "Bearer" or self.provider.valid(token) != "ada@example.org":
            self.refused += 1
            return 401, {"WWW-Authenticate": 'Bearer error="invalid_token"'}, b""
        if self.forbidden:
            return 403, {"WWW-Authenticate": 'Bearer error="insufficient_scope"'}, b""
        q[2].replace_header("Authorization", "Basic YWRhOmRhdi1zZWNyZXQ=")  # ada:dav-secret
        return super().forward(q)


with Rig() as r:
    check = r.check
    radicale = Radicale(r)
    try:
        provider = Provider(r.server + "/ca", r.dir + "/provider.log")
        provider.user = "ada@example.org"
        server = Guarded(r, radicale, provider)
        at = f"https://localhost:{provider.port('good')}"
        top = f"""oauth: {{ work: {{ client_id = "{CLIENT}"; scope = "calendar"; ca = "{r.ca}"; token_endpoint = "{at}/token";
            authorization_endpoint = "{at}/authorize"; device_authorization_endpoint = "{at}/device"; revocation_endpoint = "{at}/revoke"; }}; }};
          calendar: {{
            mine: {{ owner = "ada"; kind = "caldav"; url = "{server.url}/"; user = "ada@example.org"; oauth = "work"; ca = "{r.ca}"; }};
            busy: {{ owner = "ada"; url = "{server.url}/ada/other/"; user = "ada@example.org"; oauth = "work"; ca = "{r.ca}"; }}; }};\n"""

        def status():
            return {l["name"]: l["state"] for l in json.loads(r.kept("status", "--json", ok=False))["loops"]}

        def log_in():
            p = subprocess.run([r.build + "/kept", "login", "ada@example.org", "--device"], text=True, capture_output=True, timeout=60,
                               env=dict(os.environ, KEPT_CONF=r.conf))
            return p.stdout + p.stderr

        def objects():
            return "".join(text for _, text in radicale.objects().values())

        def ready(words, seconds=45):
            r.wait_until(words, lambda: words in objects(), seconds=seconds)

        radicale.ask("MKCALENDAR", "/ada/other/")
        r.write_conf(top=top)
        out = r.kept("check", "--no-mail", ok=False)
        check("without a login kept check says what to do", out.count("kept login ada@example.org") >= 2 and "mine" in out, out)
        check("nothing was asked without a token", not server.asked, server.asked)
        out = log_in()
        check("kept login names the calendars", "calendar mine, calendar busy" in out, out)
        out = r.kept("check", "--no-mail", "--json", ok=False)
        ends = {s["name"]: (s["end"], s["detail"]) for s in json.loads(out)["steps"] if s["kind"] == "calendar"}
        check("and then kept check finds both", [e[0] for e in ends.values()] == ["ok", "ok"], ends)

        r.start_keptd()
        r.kept("add", "--to", "carol@example.com", "--due", "friday", "the first reprint")
        ready("the first reprint")
        check("a promise is a task in the collection, by token alone", server.basic == 0)

        # ---- a token that ends before its time
        provider.end_access()
        refused, asked = server.refused, provider.counts["token"]
        r.kept("add", "--to", "carol@example.com", "--due", "friday", "the second reprint")
        ready("the second reprint")
        check("one that is refused is renewed, once", server.refused == refused + 1 and provider.counts["token"] == asked + 1,
              (server.refused - refused, provider.counts["token"] - asked))

        # ---- a token that is taken and may not
        server.forbidden = True
        out = r.kept("check", "--no-mail", ok=False)
        check("a login from before is told from a broken one", "knows nothing of calendars: kept login ada@example.org" in out, out)
        server.forbidden = False

        # ---- a grant that its owner revokes
        provider.revoke_all()
        r.kept("add", "--to", "carol@example.com", "--due", "friday", "the third reprint")
        mail = r.wait_for_mail("ada", lambda m: "The login of ada@example.org has ended" in m["Subject"])
        check("the owner is told what to do, by mail", "kept login ada@example.org" in r.text(mail) and "invalid_grant" in r.text(mail), r.text(mail))
        check("and so does kept status", "has ended (invalid_grant" in status()["calendars"], status())
        asked, questions = provider.counts["token"], len(server.asked)
        for _ in range(3):
            r.ring()
        r.kept("add", "--to", "carol@example.com", "--due", "friday", "the fourth reprint")
        check("neither is asked again and again", provider.counts["token"] == asked and len(server.asked) == questions)
        log_in()
        ready("the third reprint", seconds=20)
        ready("the fourth reprint")
        r.wait_until("the loop says so", lambda: status()["calendars"] == "ok", seconds=20)
        check("after kept login all goes on at once", True)
        check("one mail said it, and none that the calendar cannot be reached",
              [m["Subject"] for m in r.mails("ada") if "has ended" in m["Subject"] or "cannot be reached" in m["Subject"]]
              == ["The login of ada@example.org has ended"], [m["Subject"] for m in r.mails("ada")])
        r.stop_keptd()
        check("no token is in the log or the database", not [t for t in provider.refresh if t.encode() in r.logged() + open(r.dir + "/kept.db", "rb").read()]
              and b"at-" not in r.logged())
    finally:
        radicale.stop()
