"""tokens in place of passwords (OAuth 2): a real Dovecot that asks a provider about each, a submission server that does, a provider
that renews, refuses and ends them; login by a code and by a browser, a grant that is revoked, the client's own credentials"""
import glob, json, os, re, ssl, subprocess, sys, time, urllib.error, urllib.request
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "scripted"))
from provider import Provider, CLIENT, SECRET
from submission import Submission
from rig import Rig

KEPT = "kept@example.org"


with Rig() as r:
    provider = Provider(r.server + "/ca", r.dir + "/provider.log")
    provider.user = KEPT
    provider.listen(r.base + 80)
    https, wrong = provider.port("good"), provider.port("wronghost")
    submits = Submission.listen(provider, r.base + 25, r.server + "/ca")
    with open(r.dir + "/client.secret", "w") as f:
        f.write(SECRET + "\n")
    os.chmod(r.dir + "/client.secret", 0o600)

    def configure(port=https, more="", **parts):
        at = f"https://localhost:{port}"
        r.write_conf(**parts)
        text = open(r.conf).read().replace('password = "file:kept.secret"', 'oauth = "work"')
        text = text.replace(f"port = {r.base + 465}", f"port = {submits}")
        text += f"""oauth: {{ work: {{ client_id = "{CLIENT}"; client_secret = "file:client.secret"; scope = "mail"; ca = "{r.ca}";
          token_endpoint = "{at}/token"; authorization_endpoint = "{at}/authorize"; device_authorization_endpoint = "{at}/device";
          revocation_endpoint = "{at}/revoke"; {more} }}; }};\n"""
        r.write_conf(text=text)

    def status():
        return {l["name"]: l["state"] for l in json.loads(r.kept("status", "--json", ok=False))["loops"]}

    def log_in(*words, paste=None):
        p = subprocess.Popen([r.build + "/kept", "login", *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                             env=dict(os.environ, KEPT_CONF=r.conf, DISPLAY=""))
        shown = ""
        if paste is not None:
            while "\n\nIf the browser" not in shown:
                shown += p.stdout.readline()
            to = visit_at(re.search(r"https://\S+", shown)[0])
            if paste:
                p.stdin.write("nonsense\n" + to + "\n")
                p.stdin.flush()
            else:
                urllib.request.urlopen(to).read()
        out, err = p.communicate(timeout=60)
        return p.returncode, shown + out, err

    opener = ssl.create_default_context(cafile=r.ca)

    def visit_at(url):
        class Stay(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *_):
                return None
        try:
            urllib.request.build_opener(Stay, urllib.request.HTTPSHandler(context=opener)).open(url)
        except urllib.error.HTTPError as e:
            return e.headers["Location"]

    def promise(words):
        return r.send_as("ada", to="carol@example.com", bcc="kept+3d@example.org", subject=words, text=f"I will send you {words}.",
                         auth="dmarc=pass header.from=example.org")

    def acknowledged(words, seconds=45):
        return r.wait_for_mail("ada", lambda m: r.from_kept(m) and words in r.text(m), seconds=seconds)

    # ---- before anybody logged in
    configure()
    r.start_keptd()
    r.wait_until("the mailbox's loop went round", lambda: "mailbox capture" in status())
    r.check("without a login the owner is told what to do", "do: kept login kept@example.org" in status()["mailbox capture"], status())
    out = r.kept("check", "--no-mail", ok=False)
    r.check("kept check too", "do: kept login kept@example.org" in out, out)

    # ---- by a code
    code, out, err = log_in("capture")
    r.check("kept login shows a code and waits until it was entered", code == 0 and "BDFH-JLNP" in out and "is logged in" in out, out + err)
    r.wait_until("keptd logs in without being asked", lambda: status()["mailbox capture"] == "ok", seconds=20)
    promise("the reprint of June")
    acknowledged("the reprint of June")
    r.check("a promise is read and acknowledged by token alone", True)
    r.check("by XOAUTH2", Submission.names[-1] == "XOAUTH2", Submission.names)
    files = glob.glob(r.dir + "/kept.db.oauth*")
    r.check("the owner alone may read the tokens", files and all(os.stat(f).st_mode & 0o777 == 0o600 for f in files), files)

    # ---- the other mechanism
    Submission.mechanism = "OAUTHBEARER"
    promise("the second reprint")
    acknowledged("the second reprint")
    r.check("by OAUTHBEARER where the server has that alone", Submission.names[-1] == "OAUTHBEARER", Submission.names)
    Submission.mechanism = "XOAUTH2 OAUTHBEARER"

    # ---- a token that ends before its time
    provider.end_access()
    promise("the third reprint")
    acknowledged("the third reprint")
    r.check("a token that is refused is renewed at once, and the mail goes", Submission.refused == 1, Submission.refused)
    provider.end_access()
    r.stop_keptd()
    r.start_keptd()
    r.check("Dovecot refuses one: renewed within the same session", status()["mailbox capture"] == "ok", status())

    provider.life = 10  # each session begins with a token that is renewed from the fifth second on
    provider.end_access()
    r.stop_keptd()
    r.start_keptd()
    start, asked = len(r.logged()), provider.counts["token"]
    r.wait_until("the token is renewed though no mail comes", lambda: provider.counts["token"] > asked, seconds=30)
    provider.life = 3600
    time.sleep(1)
    r.check("before a token ends the session begins anew with another, and nobody is troubled",
            status()["mailbox capture"] == "ok" and b"error" not in r.logged(start), r.logged(start))

    # ---- a grant that its owner revokes
    provider.revoke_all()
    promise("the fourth reprint")
    r.wait_until("the courier tells", lambda: "has ended (invalid_grant" in status()["courier"])
    r.check("a revoked grant is told, with what to do", "do: kept login kept@example.org" in status()["courier"], status())
    r.check("and is in the log", b"do: kept login kept@example.org" in r.logged())
    asked = provider.counts["token"]
    r.stop_keptd()
    r.start_keptd()
    r.check("the mailbox tells it too", "has ended" in status()["mailbox capture"], status())
    r.check("its provider is not asked again and again", provider.counts["token"] == asked, (asked, provider.counts))
    code, out, err = log_in("capture", "--browser", paste=True)
    r.check("a login by a browser elsewhere: its address is pasted", code == 0 and "not where this login ends" in out, out + err)
    acknowledged("the fourth reprint", seconds=60)
    r.check("what waited goes, nothing is lost", True)

    # ---- logout, and a browser here
    out = r.kept("logout")
    r.check("kept logout has the tokens revoked", "are revoked" in out and not provider.grants, out)
    out = r.kept("logout")
    r.check("… and once more there is none", out == "kept@example.org was not logged in here.\n", out)
    r.check("… and nothing of them lies there", not glob.glob(r.dir + "/kept.db.oauth*"))
    code, out, err = log_in("--browser", paste=False)
    r.check("a browser on this machine comes back by itself", code == 0, out + err)
    promise("the fifth reprint")
    acknowledged("the fifth reprint", seconds=60)

    # ---- faults of the provider
    provider.answer = (503, {"error": "temporarily_unavailable"})
    provider.end_access()
    promise("the sixth reprint")
    r.wait_until("the courier tells", lambda: "503" in status()["courier"])
    provider.answer = None
    r.stop_keptd()
    r.start_keptd()
    acknowledged("the sixth reprint")
    r.check("while the provider is down mail waits, and goes afterwards", True)
    r.stop_keptd()
    configure(port=wrong)
    provider.end_access()
    out = r.kept("check", "--no-mail", ok=False)
    r.check("a provider with another's certificate is told nothing", "certificate" in out, out)

    # ---- the client's own credentials
    configure(more='grant = "client_credentials"; ')
    r.start_keptd()
    promise("the seventh reprint")
    acknowledged("the seventh reprint")
    r.check("client_credentials need no login", True)
    r.check("and kept login says so", "needs no login" in log_in("capture")[2])
    r.stop_keptd()

    # ---- one account of several: the owner hears of it by the others
    with open(r.dir + "/kept.conf") as f:
        section = "oauth:" + f.read().split("oauth:")[1].replace('grant = "client_credentials"; ', "")
    r.write_conf(personal=True)
    text = open(r.conf).read().replace('password = "file:ada.secret"', 'oauth = "work"').replace('folders = [ "Follow up" ];', '') + section
    r.write_conf(text=text)
    provider.user = "ada@example.org"
    r.check("an account by its user", log_in("ada@example.org", "--device")[0] == 0)
    r.start_keptd()
    r.wait_until("ada's mailbox is read", lambda: status().get("mailbox ada") == "ok")
    r.check("each account has a login of its own", status()["mailbox capture"] == "ok", status())
    provider.revoke_all()
    r.stop_keptd()
    provider.end_access()
    r.start_keptd()
    mail = r.wait_for_mail("ada", lambda m: "The login of ada@example.org has ended" in m["Subject"])
    r.check("whose grant has ended is told so by mail, with what to do", "kept login ada@example.org" in r.text(mail) and "invalid_grant" in r.text(mail), r.text(mail))
    r.stop_keptd()
    r.start_keptd()
    promise("the eighth reprint")
    acknowledged("the eighth reprint")
    r.check("the other mailbox is read meanwhile", "has ended" in status()["mailbox ada"], status())
    r.check("once", len([m for m in r.mails("ada") if "has ended" in m["Subject"]]) == 1)
    log_in("ada", "--device")
    r.wait_until("ada's mailbox is read again", lambda: status()["mailbox ada"] == "ok", seconds=20)
    r.stop_keptd()

    # ---- kept's own account has ended: the owner hears of it by theirs
    provider.user = KEPT
    r.write_conf(submission="""ada: {{ owner = "ada"; host = "localhost"; port = {submits}; ca = "{ca}"; user = "ada@example.org";
        password = "file:ada.secret"; from = "ada@example.org"; }};""")
    text = open(r.conf).read()
    at = text.index("submission: { main:")
    main = text[at:].replace('password = "file:kept.secret"', 'oauth = "work"', 1).replace(f"port = {r.base + 465}", f"port = {submits}", 1)
    r.write_conf(text=text[:at] + main + section)
    provider.end_access()
    r.start_keptd()
    promise("the ninth reprint")
    mail = r.wait_for_mail("ada", lambda m: "The login of kept@example.org has ended" in m["Subject"])
    r.check("by their own account, where kept's is closed", "<ada@example.org>" in mail["From"], mail["From"])
    log_in("main", "--device")
    acknowledged("the ninth reprint")
    r.check("and after a login by kept's again", True)
    r.stop_keptd()

    # ---- secrets
    r.start_keptd()
    limits = open(f"/proc/{r.keptd.pid}/limits").read()
    r.check("no core file is written of what is in memory", re.search(r"Max core file size +0 +0 ", limits), limits)
    r.stop_keptd()
    out = subprocess.run(f"KEPT_CONF={r.conf} {r.build}/kept list <&- 2>&-; echo $?", shell=True, capture_output=True, text=True).stdout
    r.check("a program whose standard streams are closed writes into no other file", out.endswith("0\n"), out)
    held = r.logged() + b"".join(open(f, "rb").read() for f in glob.glob(r.dir + "/kept.db*") if ".oauth" not in f)
    known = [t.encode() for t in [*provider.refresh, *provider.codes, SECRET]] + [b"at-"]
    r.check("no token, code or secret is in the log or the database", not [t for t in known if t in held])
