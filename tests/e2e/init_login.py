"""kept init with tokens in place of a password (OAuth 2): a login by a code and by a browser, the client's own credentials; and each
thing that can go wrong, after which nothing of the login is left"""
import base64, glob, json, os, re, shutil, signal, socketserver, ssl, subprocess, sys, threading, time, urllib.error, urllib.request
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "scripted"))
from init import answers, files, init
from domain import AUTOCONFIG, Names, Pages
from provider import Provider, CLIENT, SECRET
from submission import Submission
from rig import Rig

KEPT, WHO = "kept@example.org", ["--mailbox", "kept@example.org", "ada@example.org"]


def begin(r, *words):
    env = {k: v for k, v in os.environ.items() if k not in ("KEPT_CONF", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    return subprocess.Popen([r.build + "/kept", "init", *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            text=True, start_new_session=True, env=env | {"HOME": r.dir + "/home", "TZ": "Europe/Berlin", "DISPLAY": ""})


def until(p, words):
    """what it says, to the line that holds these"""
    out = ""
    while words not in out:
        line = p.stdout.readline()
        if not line:
            break
        out += line
    return out


def sent_to(r, url):
    """where the provider sends a browser"""
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None
    tls = urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=r.ca))
    try:
        urllib.request.build_opener(Stay, tls).open(url)
    except urllib.error.HTTPError as e:
        return e.headers["Location"]


def by_browser(r, *words):
    p = begin(r, *words, "--browser", *WHO)
    out = until(p, "If the browser")
    urllib.request.urlopen(sent_to(r, re.search(r"https://\S+", out)[0])).read()
    out += p.communicate(timeout=60)[0]
    return p.returncode, out


def tokens(r):
    return glob.glob(r.dir + "/home/.local/state/kept/*")


class TokensAlone(socketserver.BaseRequestHandler):
    """an IMAP server that takes no passwords, and says so"""
    tls, issuer, asked = None, "", []

    def handle(self):
        sock = self.tls.wrap_socket(self.request, server_side=True)
        file = sock.makefile("rwb")
        file.write(b"* OK [CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=XOAUTH2 AUTH=OAUTHBEARER SASL-IR] ready\r\n")
        file.flush()
        for line in file:
            tag, word, *rest = line.decode().split()
            self.asked.append(word.upper())
            if word.upper() == "AUTHENTICATE":
                said = json.dumps({"status": "invalid_token", "openid-configuration": self.issuer + "/.well-known/openid-configuration"})
                file.write(b"+ " + base64.b64encode(said.encode()) + b"\r\n")
                file.flush()
                continue
            if word.upper() == "CAPABILITY":
                file.write(b"* CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=XOAUTH2 AUTH=OAUTHBEARER SASL-IR\r\n")
            file.write(f"{tag} OK done\r\n".encode())
            file.flush()


def well(r, provider, at):
    home, conf = r.dir + "/home", r.dir + "/home/.config/kept/kept.conf"
    code, out, err = init(r, *at, "--device", "--no-start", *WHO)
    text = open(conf).read() if os.path.exists(conf) else ""
    r.check("by a code, without a terminal: it is shown, and waited for", code == 0 and "BDFH-JLNP" in out, out + err)
    r.check("the configuration has a client and no password", text.count('oauth     = "login";') == 2 and "password  =" not in text.replace("//  password", "")
            and f'client_id = "{CLIENT}";' in text and 'scope     = [ "mail" ];' in text, text)
    held = tokens(r)
    r.check("the tokens alone lie where keptd looks for them", [os.path.basename(f)[:20] for f in held] == ["kept.db.oauth-login-"]
            and os.stat(held[0]).st_mode & 0o777 == 0o600, held)
    r.check("how to undo it is said", f"To undo it: kept logout; rm {conf};" in out, out)
    os.environ["HOME"] = home
    r.conf = conf
    r.start_keptd()
    r.wait_for_mail("ada", lambda m: "Welcome" in str(m["Subject"]))
    r.send_as("ada", to="carol@example.com", bcc="kept+friday@example.org", subject="Slides", text="Dear Carol,\n\nI will send you the slides.\n\nAda\n")
    r.wait_for_mail("ada", lambda m: Rig.from_kept(m) and "slides" in r.text(m))
    r.check("keptd, started from it, acknowledges a promise", len(r.promises()) == 1, r.promises())
    r.stop_keptd()

    p = begin(r, *at, "--again", "--device", "--tracking", "bounce@example.org", *WHO)
    until(p, "logged in")
    os.killpg(p.pid, signal.SIGKILL)
    p.communicate(timeout=20)
    left = [f for f in tokens(r) if "oauth-init-" in f]
    code, out, err = init(r, *at, "--again", "--device", "--no-mail", "--no-start", *WHO)
    r.check("what one that was killed left may be of one that works just now", code == 0 and left and set(left) <= set(tokens(r)), (left, tokens(r), out + err))
    for f in left:
        os.utime(f, (time.time() - 90000,) * 2)
    other = r.dir + "/home/.local/state/kept/kept.db.oauth-init-0123456789abcdef"
    with open(other, "w") as f:
        f.write("{}")
    os.utime(other, (1, 1))
    code, out, err = init(r, *at, "--again", "--device", "--no-mail", "--no-start", *WHO)
    r.check("… and on the next day is gone, but not what only looks like it", code == 0 and not [f for f in tokens(r) if f in left] and os.path.exists(other)
            and held[0] in tokens(r), tokens(r))
    os.remove(other)

    provider.deny = True
    was = (open(conf).read(), open(held[0]).read(), dict(provider.grants))
    code, out, err = init(r, *at, "--again", "--device", "--no-start", *WHO)
    r.check("another login that is denied leaves the one that was there", code == 1 and was == (open(conf).read(), open(held[0]).read(), provider.grants)
            and not [f for f in tokens(r) if "oauth-init" in f], out + err)
    provider.deny, provider.user = False, "ada@example.org"
    code, out, err = init(r, *at, "--again", "--device", "--no-start", *WHO)
    r.check("so does one of somebody else", code == 1 and was[:2] == (open(conf).read(), open(held[0]).read()) and set(was[2]) <= set(provider.grants), out + err)
    r.check("… and it is not revoked, for some end with one token all that its client has", "was taken back here" in out and "are revoked" not in out, out)
    provider.user = KEPT
    code, out = by_browser(r, *at, "--again", "--no-mail", "--no-start")
    r.check("by a browser, which comes back by itself; the login before is replaced", code == 0 and was[1] != open(held[0]).read(), out)
    r.check("… and kept check finds it well", f"{KEPT} logged in" in r.kept("check", "--no-mail"))
    r.check("what it said to undo it leaves no token", "are revoked" in r.kept("logout") and not [f for f in tokens(r) if "oauth" in f], tokens(r))
    again(r)


def again(r):
    shutil.rmtree(r.dir + "/home")
    os.mkdir(r.dir + "/home")


def ill(r, provider, at):
    conf = r.dir + "/home/.config/kept/kept.conf"

    def leaves_nothing():
        r.check("… and nothing is left, here or there", not files(r.dir + "/home") and not provider.grants, (files(r.dir + "/home"), provider.grants))
        again(r)

    provider.grants.clear()
    provider.deny = True
    code, out, err = init(r, *at, "--device", *WHO)
    r.check("a login that is denied", code == 1 and "the login of kept@example.org was refused there; nothing was written" in err, out + err)
    leaves_nothing()
    code, out = by_browser(r, *at)
    r.check("denied in the browser", code == 1 and "was refused there; nothing was written" in out, out)
    leaves_nothing()
    provider.deny, provider.user = False, "ada@example.org"
    code, out, err = init(r, *at, "--device", *WHO)
    r.check("somebody else logged in", code == 1 and "was it kept@example.org who logged in?" in err and "its tokens are revoked" in out, out + err)
    leaves_nothing()
    provider.user = KEPT
    code, out, err = init(r, *at, "--device", "--tracking", "bounce@example.org", "--wait", "2", *WHO)
    r.check("the login is well, and mail does not come back", code == 1 and "does not come to this mailbox" in err and "its tokens are revoked" in out, out + err)
    leaves_nothing()
    Submission.answers = True
    code, out, err = init(r, *at, "--device", "--wait", "3", *WHO)
    Submission.answers = False
    r.check("an answer to the mail is not the mail, and teaches nothing", code == 1 and "does not come to this mailbox" in err, out + err)
    leaves_nothing()
    Submission.closed = True
    code, out, err = init(r, *at, "--device", *WHO)
    Submission.closed = False
    r.check("the login is well, and opens no submission", code == 1 and "see that the account may submit mail" in out and "its tokens are revoked" in out, out + err)
    leaves_nothing()
    code, out, err = init(r, *at, "--device", "--client-id", "nobody", *WHO)
    r.check("a client that the provider does not know", code == 1 and "does not take this client" in err and "(" + r.dir not in err, err)
    leaves_nothing()

    for what, sign in (("Ctrl-C", signal.SIGINT), ("a closed terminal", signal.SIGHUP)):
        provider.pending = 1000
        p = begin(r, *at, "--device", *WHO)
        until(p, "BDFH-JLNP")
        os.killpg(p.pid, sign)
        p.communicate(timeout=20)
        r.check(f"{what} while the code is waited for ends it", p.returncode == -sign, p.returncode)
        leaves_nothing()
    provider.pending = 1
    p = begin(r, *at, "--device", "--tracking", "bounce@example.org", *WHO)
    out = until(p, "logged in")
    r.check("by then there is a grant", provider.grants, out)
    time.sleep(0.5)
    p.send_signal(signal.SIGTERM)
    p.communicate(timeout=20)
    r.check("a signal after the login ends it, too", p.returncode == -signal.SIGTERM, p.returncode)
    leaves_nothing()

    provider.pending = 1000
    p = begin(r, *at, "--device", "--no-mail", *WHO)
    until(p, "BDFH-JLNP")
    os.makedirs(os.path.dirname(conf))
    with open(conf, "w") as f:
        f.write("// another\n")
    provider.pending = 1
    out = p.communicate(timeout=60)[0]
    r.check("a configuration that came there meanwhile is left alone", p.returncode == 1 and open(conf).read() == "// another\n"
            and "came there meanwhile, and was not changed; nothing was written" in out, out)
    r.check("… and lies there alone", files(r.dir + "/home") == [conf], files(r.dir + "/home"))
    os.remove(conf)
    leaves_nothing()


def unanswered(r, at):
    def lacks(what, says, *words):
        code, out, err = init(r, *words, *WHO)
        r.check(what, code == 2 and says in err and not files(r.dir + "/home"), out + err)

    lacks("no client id, and nobody to ask: wrong use, with the option", "say it by --client-id", *without(at, "--client-id"))
    lacks("nobody known who gives tokens", "--token-endpoint", *without(at, "--token-endpoint"), "--login")
    lacks("no secret for the client's own credentials", "--client-secret", *without(at, "--client-secret"), "--client-credentials")
    lacks("a password besides", "leave --password away", *at, "--password", "command:true")
    state = r.dir + "/home/.local/state/kept"
    os.makedirs(state)
    os.chmod(state, 0o777)
    code, out, err = init(r, *at, "--device", *WHO)
    r.check("tokens are not laid where any user may put files, and that is said once, before anybody logs in", code == 1 and err.count("any user of this machine") == 1
            and "BDFH-JLNP" not in out and not files(r.dir + "/home"), out + err)
    again(r)
    lacks("no password", "say where it lies", *at[:6])
    lacks("both ways at once", "not both", *at, "--device", "--browser")
    code, out, err = init(r, *at, "--token-endpoint", "http://id.example.org/token", *WHO)
    r.check("an endpoint without TLS is none", code == 1 and "without TLS anyone on the way can read the token" in err and "/proc" not in err, err)


def without(at, option):
    k = at.index(option)
    return at[:k] + at[k + 2:]


def registered(r, provider, at):
    """an issuer that says of itself where tokens are had, and registers clients"""
    home = r.dir + "/home"
    conf = home + "/.config/kept/kept.conf"
    servers = at[:6]
    code, out, err = init(r, *servers, "--issuer", url, "--device", "--no-start", *WHO)
    text = open(conf).read() if code == 0 else ""
    r.check("from the issuer's name alone: a client is registered, and nothing asked", code == 0 and "has registered kept as a client" in out
            and f'client_id = "{CLIENT}";' in text and f'token_endpoint = "{url}/token";' in text and "client_secret" not in text, out + err + text)
    r.check("… for mail, and for as long as it is not revoked", '[ "mail", "openid", "offline_access" ]' in text, text)
    again(r)
    code, out, err = init(r, *servers, "--issuer", url + "/insists", "--device", "--no-start", *WHO)
    text = open(conf).read() if code == 0 else ""
    name = re.search(r'client_secret = "file:(client-\d+\.secret)";', text)
    r.check("the secret of one who insists on it lies in a file of its own", name and open(home + "/.config/kept/" + name[1]).read() == SECRET + "\n"
            and os.stat(home + "/.config/kept/" + name[1]).st_mode & 0o777 == 0o600, out + err + text)
    r.conf = conf
    r.check("… and kept check finds it well", f"{KEPT} logged in" in r.kept("check", "--no-mail"))
    again(r)
    code, out, err = init(r, *servers, "--issuer", url + "/closed", "--device", "--no-start", *WHO)
    r.check("who registers nobody is told of, and a client id is wanted", code == 2 and "without its leave (403)" in out and "--client-id" in err
            and not files(home), out + err)
    code, out, err = init(r, *servers, "--issuer", url + "/other", *WHO)
    r.check("one who calls itself by another name is not believed", code == 1 and "nothing was changed" in err and not files(home), out + err)


def from_the_address(r, submits):
    """alone: the domain's file names servers and issuer, the issuer the rest, and a client is registered"""
    names, pages = Names(), Pages(r.server + "/ca")
    names.mx("example.org", "mx.example.org")

    def file(oauth):
        pages.pages["/a.xml"] = AUTOCONFIG.format(imap=r.base + 993, smtp=submits, tls="SSL", how="OAuth2").replace(
            "</emailProvider>", f"<oAuth2>{oauth}</oAuth2></emailProvider>")
    found = ["--ca", r.ca, "--nameserver", names.address, "--autoconfig", pages.url + "/a.xml", "--device", "--no-start", *WHO]
    file(f"<issuer>{url}</issuer><scope>mail</scope>")
    code, out, err = init(r, *found)
    r.conf = r.dir + "/home/.config/kept/kept.conf"
    text = open(r.conf).read() if code == 0 else ""
    r.check("from an address alone to tokens: its file, its issuer, a client registered, a code", code == 0 and "has registered kept as a client" in out
            and "BDFH-JLNP" in out and '[ "mail", "offline_access" ]' in text and f'device_authorization_endpoint = "{url}/device"' in text, out + err + text)
    r.check("… and kept check finds it well", f"{KEPT} logged in" in r.kept("check", "--no-mail"))
    again(r)
    code, out, err = init(r, *found, "--client-id", CLIENT, "--scope", "imap offline_access")
    text = open(r.conf).read() if code == 0 else ""
    r.check("what was said of client and scope stays: none is registered", code == 0 and "has registered" not in out and f'client_id = "{CLIENT}";' in text
            and '[ "imap", "offline_access" ]' in text, out + err + text)
    again(r)
    file("<authURL>https://elsewhere.test/a</authURL><tokenURL>https://elsewhere.test/t</tokenURL>")
    code, out, err = init(r, *found)
    r.check("no login is opened, nor a client registered, where another domain gives the tokens and nobody agrees", code == 1
            and "no login is opened at elsewhere.test" in err and not files(r.dir + "/home"), out + err)
    file("<issuer>accounts.google.com</issuer>")
    code, out, err = init(r, *found, "--client-id", CLIENT)
    r.check("a token of Google's goes to servers of Google's alone, whoever agrees", code == 1
            and "a token of oauth2.googleapis.com opens the whole account there, and is not for" in err and not files(r.dir + "/home"), out + err)


def by_hand(r, at):
    home = r.dir + "/home"
    some = without(without(at, "--client-id"), "--client-secret")
    code, out, left = answers(r, [("The client id?", CLIENT), ("Client secret", SECRET), ("Send one mail", "no"), ("Start keptd", "no")],
                              "init", *some, "--device", "--name", "Ada", "--zone", "UTC", *WHO)
    text = open(home + "/.config/kept/kept.conf").read() if code == 0 else ""
    r.check("how a client is made is shown, and its id asked", code == 0 and not left and "redirect address is http://127.0.0.1/" in out, out + repr(left))
    r.check("its secret is not shown, and lies in a file of its own", SECRET not in out + text and 'client_secret = "file:client.secret";' in text
            and open(home + "/.config/kept/client.secret").read() == SECRET + "\n", out + text)
    r.conf = home + "/.config/kept/kept.conf"
    r.check("… and kept check finds it well", f"{KEPT} logged in" in r.kept("check", "--no-mail"))
    again(r)


def of_the_table(r):
    """the big two, to the point where they would be asked"""
    def shows(what, *words, whose):
        p = begin(r, *words)
        url = re.search(r"https://\S+", until(p, "If the browser"))
        os.killpg(p.pid, signal.SIGINT)
        p.communicate(timeout=20)
        r.check(what, url and url[0].startswith(whose) and "client_id=1b6f" in url[0], url)
        r.check("… and a signal ends it", p.returncode == -signal.SIGINT and not files(r.dir + "/home"), p.returncode)

    shows("Microsoft's address is shown, of the tenant", "--client-id", "1b6f", "--tenant", "example.org", "--browser", "ada@outlook.com",
          whose="https://login.microsoftonline.com/example.org/oauth2/v2.0/authorize?")
    shows("Google's, with a client's secret", "--client-id", "1b6f", "--client-secret", "file:" + r.dir + "/client.secret", "--browser", "ada@gmail.com",
          whose="https://accounts.google.com/o/oauth2/v2/auth?")
    code, out, err = init(r, "--client-id", "1b6f", "--login", "ada@gmail.com")
    r.check("Google's clients have a secret", code == 2 and "--client-secret" in err, err)
    asked = ["--name", "Ada", "--zone", "UTC", "--mailbox"]
    code, out, left = answers(r, [("Read what", ""), ("what you flag", ""), ("Drafts", ""), ("The client id?", "\4")],
                              "init", *asked, "ada@outlook.com", "ada@outlook.com")
    r.check("Microsoft's steps are shown without a word, and a password is not asked", "App registrations, New registration" in out and not left
            and "Password" not in out, out)
    code, out, left = answers(r, [("Read what", ""), ("what you flag", ""), ("Drafts", ""), ("in place of a password?", "y"), ("The client id?", "\4")],
                              "init", *asked, "ada@gmail.com", "ada@gmail.com")
    r.check("at Google they can be had in place of an app password", "Create client, Desktop app" in out and not left, out)
    code, out, left = answers(r, [("Read what", ""), ("what you flag", ""), ("Drafts", ""), ("in place of a password?", ""), ("not shown):", "\3")],
                              "init", *asked, "ada@gmail.com", "ada@gmail.com")
    r.check("… which stays what is asked for", "apppasswords" in out and not left, out)


def on_a_terminal(r, provider, at):
    code, out, left = answers(r, [("address here.", lambda out: sent_to(r, re.search(r"https://\S+", out)[0])), ("Start keptd", "no")],
                              "init", *at, "--browser", "--no-mail", "--name", "Ada", "--zone", "UTC", *WHO)
    r.check("where the browser runs elsewhere, its address is pasted", code == 0 and not left and f"{KEPT} logged in" in out, out)
    again(r)
    provider.grants.clear()
    provider.pending = 1000
    code, out, left = answers(r, [("code: BDFH-JLNP", "\3")], "init", *at, "--device", "--name", "Ada", "--zone", "UTC", *WHO)
    provider.pending = 1
    r.check("Ctrl-C ends it, and leaves nothing", code == -signal.SIGINT and not left and not files(r.dir + "/home"), (code, out))


def credentials(r, at):
    code, out, err = init(r, *at, "--client-credentials", "--no-start", *WHO)
    text = open(r.dir + "/home/.config/kept/kept.conf").read() if code == 0 else ""
    r.check("the client's own credentials: nobody logs in", code == 0 and 'grant     = "client_credentials";' in text and "BDFH" not in out, out + err)
    again(r)


def tokens_alone(r):
    TokensAlone.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    TokensAlone.tls.load_cert_chain(r.server + "/ca/good.crt", r.server + "/ca/good.key")
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), TokensAlone)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    code, out, err = init(r, "--ca", r.ca, "--imap", f"localhost:{server.server_address[1]}", "--smtp", f"localhost:{r.base + 465}",
                          "--password", f"file:{r.dir}/kept.secret", *WHO)
    r.check("a server that takes tokens alone says so, and init what to do", code == 1 and "takes tokens alone" in out and "--login" in err, out + err)
    names = Names()
    names.mx("example.org", "mx.example.org")
    names.srv("_imaps._tcp.example.org", server.server_address[1], "localhost")
    names.srv("_submissions._tcp.example.org", r.base + 465, "localhost")
    TokensAlone.issuer = url + "/openid"
    code, out, err = init(r, "--show", "--json", "--ca", r.ca, "--nameserver", names.address, "ada@example.org")
    d = json.loads(out)
    r.check("… and who gives them, where nobody else does", code == 0 and not d["password"] and d["oauth"]["sure"]
            and d["oauth"]["token_endpoint"] == url + "/token" and d["oauth"]["registration_endpoint"] == url + "/register"
            and "which localhost names" in d["oauth"]["whence"], d)
    r.check("… and asking is no login", TokensAlone.asked.count("AUTHENTICATE") == 1 and "LOGIN" not in TokensAlone.asked, TokensAlone.asked)
    TokensAlone.issuer = "https://elsewhere.test"
    d = json.loads(init(r, "--show", "--json", "--ca", r.ca, "--nameserver", names.address, "ada@example.org")[1])
    r.check("… one that does not answer is told of, and that no password is taken", not d["password"] and d["oauth"] is None
            and any("elsewhere.test" in t for t in d["told"]), d)


if __name__ == "__main__":
    with Rig() as r:
        os.mkdir(r.dir + "/home")
        provider = Provider(r.server + "/ca", r.dir + "/provider.log")
        provider.user = KEPT
        provider.listen(r.base + 80)
        url = f"https://127.0.0.1:{provider.port('good')}"
        submits = Submission.listen(provider, r.base + 25, r.server + "/ca")
        with open(r.dir + "/client.secret", "w") as f:
            f.write(SECRET + "\n")
        os.chmod(r.dir + "/client.secret", 0o600)
        at = ["--ca", r.ca, "--imap", f"localhost:{r.base + 993}", "--smtp", f"localhost:{submits}", "--client-id", CLIENT, "--client-secret",
              f"file:{r.dir}/client.secret", "--scope", "mail", "--token-endpoint", url + "/token", "--authorization-endpoint", url + "/authorize",
              "--device-endpoint", url + "/device", "--revocation-endpoint", url + "/revoke"]
        well(r, provider, at)
        ill(r, provider, at)
        unanswered(r, at)
        registered(r, provider, at)
        from_the_address(r, submits)
        by_hand(r, at)
        on_a_terminal(r, provider, at)
        of_the_table(r)
        credentials(r, at)
        tokens_alone(r)
