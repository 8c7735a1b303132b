"""kept init: from an address to a configuration; servers found by each of the ways; and each thing that can go wrong"""
import http.server, json, os, pty, re, shutil, socket, ssl, subprocess, sys, threading, time
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "scripted"))
from domain import AUTOCONFIG, Names, Pages
from rig import Failed, Rig


def init(r, *words, env=None):
    env = dict(os.environ, HOME=r.dir + "/home", TZ="Europe/Berlin", **(env or {}))
    for name in ("KEPT_CONF", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        env.pop(name, None)
    p = subprocess.run([r.build + "/kept", "init", *words], capture_output=True, text=True, env=env, timeout=120, stdin=subprocess.DEVNULL,
                       start_new_session=True)
    if "Sanitizer" in p.stderr or "runtime error:" in p.stderr:
        raise Failed(p.stderr)
    return p.returncode, p.stdout, p.stderr


def discovery(r, names, pages):
    def show(address, *words):
        code, out, err = init(r, "--show", "--json", "--nameserver", names.address, "--ca", r.ca, "--autoconfig", pages.url + "/a.xml",
                              address, *words)
        return code, json.loads(out) if out else None, err

    code, d, _ = show("ada@gmail.com")
    r.check("a large provider is known without asking anybody", code == 0 and d["imap"]["host"] == "imap.gmail.com" and d["provider"] == "Gmail"
            and "addresses with a + work; its Authentication-Results is that of mx.google.com" in d["quirks"] and not names.asked, d)
    r.check("… and who gives tokens for it, beside an app password", d["oauth"]["token_endpoint"] == "https://oauth2.googleapis.com/token" and d["password"]
            and d["oauth"]["provider"] == "google" and d["oauth"]["scope"] == ["https://mail.google.com/"] and d["oauth"]["sure"], d["oauth"])
    code, d, _ = show("ada@example.org")
    r.check("SRV records name both servers", code == 0 and d["imap"] | d["smtp"] == d["smtp"] and d["imap"]["port"] == r.base + 993
            and d["smtp"]["port"] == r.base + 465 and d["imap"]["whence"] == "SRV _imaps._tcp.example.org" and d["imap"]["sure"], d)
    code, d, _ = show("ada@fabrikam.com")
    r.check("the MX says whose customer a domain is", code == 0 and d["provider"] == "Microsoft 365" and d["imap"]["host"] == "outlook.office365.com"
            and d["password"] is False, d)
    r.check("… and with it who gives tokens in place of passwords", d["oauth"]["provider"] == "microsoft" and d["oauth"]["sure"]
            and d["oauth"]["device_authorization_endpoint"] == "https://login.microsoftonline.com/common/oauth2/v2.0/devicecode", d["oauth"])
    code, d, _ = show("ada@sealed.example")
    r.check("a provider that lets no mail program in has no servers, and none is guessed", code == 1 and d["provider"] == "Tuta"
            and d["imap"] is None and d["password"] is False and not any(n.startswith("imap.") for n in names.asked), d)
    code, d, _ = show("ada@free.fr")
    r.check("where the name before the @ logs in, it is that", code == 0 and d["imap"]["user"] == d["smtp"]["user"] == "ada", d)
    code, d, _ = show("ada@foreign.example")
    r.check("a server of another house is not sure", not d["imap"]["sure"] and d["smtp"] is None and code == 1, d)
    code, d, _ = show("ada@mixed.example")
    r.check("who only takes a domain's mail in is not trusted where it is read", d["imap"]["host"] == "imap.mixed.example" and d["provider"] is None
            and d["smtp"]["host"] == "smtp.gmail.com", d)
    code, d, _ = show("ada@forged.example")
    r.check("one whose name begins as an address of this machine does is one of another house", d["imap"]["host"] == "127.0.0.1.elsewhere.test"
            and not d["imap"]["sure"], d)
    code, d, _ = show("ada@ville.gouv.example")
    r.check("so is a neighbour under an ending of many", d["imap"]["host"] == "imap.other.gouv.example" and not d["imap"]["sure"]
            and d["smtp"]["host"] == "smtp.ville.gouv.example" and d["smtp"]["sure"], d)
    pages.pages["/a.xml"] = AUTOCONFIG.format(imap=r.base + 993, smtp=r.base + 465, tls="SSL", how="password-cleartext")
    code, d, _ = show("ada@plain.example")
    r.check("the domain's autoconfig file names them, filled in for the address", code == 0 and d["imap"]["user"] == "ada@plain.example"
            and d["imap"]["port"] == r.base + 993 and "autoconfig" in d["smtp"]["whence"] and d["oauth"] is None, d)
    vouched(r, pages, show)
    tokens(r, pages, show)
    pages.pages["/a.xml"] = AUTOCONFIG.format(imap=r.base + 993, smtp=r.base + 465, tls="SSL", how="password-cleartext")
    names.broken.add("_imaps._tcp.plain.example")
    code, d, _ = show("ada@plain.example")
    r.check("a resolver that fails at SRV is passed over", code == 0 and d["imap"]["port"] == r.base + 993, d)
    pages.pages["/a.xml"] = "<html>hello</html>"
    code, d, _ = show("ada@plain.example")
    r.check("a page in its place is no such file, and that is told", code == 1 and d["imap"] is None and any("no clientConfig" in t for t in d["told"]), d)
    hostile(r, pages, show)
    code, d, err = show("ada@nowhere.example")
    r.check("no such domain is said", code == 1 and "no such domain" in err and d is None, err)
    code, d, err = show("ada@nomail.example")
    r.check("so is a domain that has no mail", code == 1 and "has no mail" in err, err)
    code, d, err = show("ada@example.org", "--nameserver", "127.0.0.1:1")
    r.check("no network is said", code == 1 and "is the network up" in err, err)
    code, d, err = show("ada")
    r.check("what is no address is said", code == 1 and "no mail address" in err, err)


def hostile(r, pages, show):
    """a file that attacks whoever reads it: told, within the time and room that there is, and nothing of it is taken"""
    asked = []
    good = AUTOCONFIG.format(imap=r.base + 993, smtp=r.base + 465, tls="SSL", how="password-cleartext")

    class Clear(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(good.encode())

        def log_message(self, *_):
            pass
    clear = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Clear)
    threading.Thread(target=clear.serve_forever, daemon=True).start()

    def redirect(to):
        def answer(h):
            h.send_response(302)
            h.send_header("Location", to)
            h.send_header("Content-Length", "0")
            h.end_headers()
        return answer

    def large(h):
        h.send_response(200)
        h.end_headers()
        for _ in range(160):
            h.wfile.write(b" " * 65536)

    def drip(h):
        h.send_response(200)
        h.end_headers()
        while True:
            h.wfile.write(b" ")
            time.sleep(0.2)

    def trails(h):
        h.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n \r\n0\r\n")
        while True:
            h.wfile.write((b"Location: " + 1900 * b"a" + b"\r\n") * 100)
    bomb = ('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaaaaaaaaaaaa">' + "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 20}">'
            for i in range(12)) + ']><clientConfig><emailProvider id="&m;"><incomingServer type="&m;"/></emailProvider></clientConfig>')
    leak = good.replace('<?xml version="1.0"?>', '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>').replace("localhost", "&f;")
    for what, page, says in (
            ("a redirect away from TLS is not followed", redirect(f"http://127.0.0.1:{clear.server_port}/a.xml"), "without TLS"),
            ("a redirect to a file is not followed", redirect("file:///etc/passwd"), "without TLS"),
            ("a redirect in a ring ends", redirect("/a.xml"), "again and again"),
            ("a file of 10 MB is not read to its end", large, "larger than"),
            ("XML that swells is refused", bomb, "no XML"),
            ("XML that reads a file of this machine is refused", leak, "document type"),
            ("headers without an end, behind the file, are not kept", trails, "larger than"),
            ("a file that comes byte by byte is waited for no longer than so", drip, "autoconfig"),
            ("a host that is none is not taken", good.replace("localhost", "imap.example.org\"; x = \""), "IMAP none, submission none")):
        pages.pages["/a.xml"] = page
        began = time.monotonic()
        code, d, err = show("ada@plain.example")
        r.check(what, code == 1 and d["imap"] is None and d["smtp"] is None and any(says in t for t in d["told"]) and not asked
                and time.monotonic() - began < 30, (d, err, asked))
    pages.pages["/b.xml"], pages.pages["/a.xml"] = good, redirect("/b.xml")
    code, d, _ = show("ada@plain.example")
    r.check("one redirect with TLS is followed", code == 0 and d["imap"]["port"] == r.base + 993, d)
    del pages.pages["/b.xml"]
    clear.shutdown()


def vouched(r, pages, show):
    """by the domain's file, for what DNS alone names"""
    def said(imap, smtp):
        text = AUTOCONFIG.format(imap=993, smtp=465, tls="SSL", how="OAuth2").replace("localhost", imap, 1).replace("localhost", smtp, 1)
        pages.pages["/a.xml"] = text.replace("%EMAILADDRESS%", "%EMAILLOCALPART%").replace(
            "</emailProvider>", "<oAuth2><authURL>https://a.hosted.example</authURL><tokenURL>https://t.hosted.example</tokenURL></oAuth2></emailProvider>")
        return show("ada@hosted.example")[1]

    d = said("IMAP.elsewhere.test", "smtp.elsewhere.test")
    r.check("servers of another house are sure where the domain's file names the same", d["imap"]["sure"] and d["smtp"]["sure"]
            and d["imap"]["whence"].startswith("SRV _imaps._tcp.hosted.example, and the autoconfig file"), d)
    r.check("… as whom one logs in is its word", d["imap"]["user"] == "ada", d["imap"])
    r.check("… and who gives tokens for them", not d["password"] and d["oauth"]["token_endpoint"] == "https://t.hosted.example" and d["oauth"]["sure"], d)
    d = said("imap.hosted.example", "smtp.elsewhere.test")
    r.check("another that it names makes nothing sure", d["imap"]["host"] == "imap.elsewhere.test" and not d["imap"]["sure"] and d["smtp"]["sure"]
            and d["imap"]["user"] == "ada@hosted.example", d)
    r.check("… and gives no tokens for it", d["password"] and d["oauth"] is None, d)
    del pages.pages["/a.xml"]
    d = show("ada@hosted.example")[1]
    r.check("without a file they are not sure", not d["imap"]["sure"] and not d["smtp"]["sure"], d)


def tokens(r, pages, show):
    """who gives them, by the file and by the issuer that it names"""
    def named(oauth, how="OAuth2"):
        pages.pages["/a.xml"] = AUTOCONFIG.format(imap=r.base + 993, smtp=r.base + 465, tls="SSL", how=how).replace(
            "</emailProvider>", f"<oAuth2>{oauth}</oAuth2></emailProvider>")
        return show("ada@plain.example")[1]

    issuer = pages.url + "/x"
    document = {"issuer": issuer, "authorization_endpoint": issuer + "/authorize", "token_endpoint": issuer + "/token",
                "device_authorization_endpoint": issuer + "/device", "registration_endpoint": issuer + "/register",
                "response_types_supported": ["code"], "scopes_supported": ["offline_access"]}
    pages.pages["/.well-known/oauth-authorization-server/x"] = json.dumps(document)
    d = named(f"<issuer>{issuer}</issuer><scope>mail</scope>")
    o = d["oauth"]
    r.check("the issuer of the autoconfig file says where tokens are had, and clients registered", not d["password"] and o["sure"] and o["provider"] == "other"
            and o["token_endpoint"] == issuer + "/token" and o["device_authorization_endpoint"] == issuer + "/device"
            and o["registration_endpoint"] == issuer + "/register" and o["revocation_endpoint"] is None and o["scope"] == ["mail", "offline_access"], d)
    code, out, _ = init(r, "--show", "--ca", r.ca, "--autoconfig", pages.url + "/a.xml", "--nameserver", "127.0.0.1:1", "ada@gmail.com")
    r.check("… and people are told", "tokens      of oauth2.googleapis.com, beside a password; a login in the browser at accounts.google.com\n" in out, out)
    d = named(f"<issuer>{issuer}</issuer>", "OAuth2</authentication><authentication>password-cleartext")
    r.check("a login beside a password is told as one", d["password"] and d["oauth"]["sure"] and any("a login in the browser also" in t for t in d["told"]), d)
    d = named(f"<issuer>{issuer}</issuer>", "password-cleartext")
    r.check("where the server takes no such login nobody is asked", d["oauth"] is None and not any("issuer" in t for t in d["told"]), d)
    d = named("<authURL>https://auth.plain.example/a</authURL><tokenURL>https://auth.plain.example/t</tokenURL><scope>a b</scope>")
    r.check("addresses under the domain are sure", d["oauth"]["sure"] and d["oauth"]["token_endpoint"] == "https://auth.plain.example/t"
            and d["oauth"]["scope"] == ["a", "b"], d["oauth"])
    d = named("<issuer>auth.elsewhere.test</issuer><authURL>https://auth.elsewhere.test/a</authURL><tokenURL>https://auth.elsewhere.test/t</tokenURL>")
    r.check("those of another domain are for a person to agree to", d["oauth"]["token_endpoint"] == "https://auth.elsewhere.test/t"
            and d["oauth"]["sure"] is False, d["oauth"])
    d = named("<authURL>https://auth.plain.example/a</authURL><tokenURL>https://elsewhere.test/t</tokenURL>")
    r.check("… and where people log in at another house than their token is brought from, nothing is taken", d["oauth"] is None, d["oauth"])
    d = named("<issuer>accounts.google.com</issuer><tokenURL>https://elsewhere.test/t</tokenURL>")
    r.check("Google's tokens are had at Google's alone, and are not sure for servers of others", d["oauth"]["provider"] == "google" and not d["oauth"]["sure"]
            and d["oauth"]["token_endpoint"] == "https://oauth2.googleapis.com/token", d["oauth"])
    d = named("<issuer>http://auth.plain.example</issuer><authURL>http://auth.plain.example/a</authURL><tokenURL>https://auth.plain.example/t</tokenURL>")
    r.check("nothing without TLS is one", d["oauth"] is None and any("no https" in t for t in d["told"]), d)
    pages.pages["/.well-known/oauth-authorization-server/x"] = json.dumps(dict(document, issuer="https://auth.elsewhere.test"))
    d = named(f"<issuer>{issuer}</issuer>")
    r.check("an issuer that calls itself another is not believed, and that is told", d["oauth"] is None and any("not believed" in t for t in d["told"]), d)


def zone(r, names):
    names.mx("example.org", "mx.example.org")
    for service, port in (("_imaps", 993), ("_submissions", 465)):
        names.srv(f"{service}._tcp.example.org", r.base + port, "localhost")
        names.srv(f"{service}._tcp.example.org", 1, "localhost", priority=9)
    names.mx("fabrikam.com", "fabrikam-com.mail.protection.outlook.com")
    names.mx("sealed.example", "mail.tutanota.de")
    names.srv("_imaps._tcp.foreign.example", 993, "imap.elsewhere.test")
    names.srv("_imaps._tcp.hosted.example", 993, "imap.elsewhere.test")
    names.srv("_submissions._tcp.hosted.example", 465, "smtp.elsewhere.test")
    names.mx("hosted.example", "mx.elsewhere.test")
    names.srv("_imaps._tcp.mixed.example", 993, "imap.mixed.example")
    names.mx("mixed.example", "aspmx.l.google.com")
    names.srv("_imaps._tcp.forged.example", 993, "127.0.0.1.elsewhere.test")
    names.srv("_imaps._tcp.ville.gouv.example", 993, "imap.other.gouv.example")
    names.srv("_submissions._tcp.ville.gouv.example", 465, "smtp.ville.gouv.example")
    names.mx("plain.example", "mx.plain.example")
    names.mx("nomail.example", "")



def fake_systemctl(r, *fails):
    """one that notes what it is asked, and fails where its words hold one of these"""
    os.makedirs(r.dir + "/bin", exist_ok=True)
    with open(r.dir + "/bin/systemctl", "w") as f:
        f.write(f"#!/bin/sh\necho \"$*\" >>{r.dir}/systemctl.log\ncase \"$*\" in {''.join(f'*{w}*) exit 1 ;; ' for w in fails)}esac\n")
    os.chmod(r.dir + "/bin/systemctl", 0o755)


def asked_systemctl(r):
    try:
        with open(r.dir + "/systemctl.log") as f:
            return f.read().split("\n")[:-1]
    except FileNotFoundError:
        return []


def files(folder):
    return sorted(os.path.join(at, f) for at, _, names in os.walk(folder) for f in names)


def logins(r):
    """that were tried: by IMAP, and those that the submission server refused"""
    text = "".join(open(f).read() for f in files(r.server + "/log"))
    return text.count("Password mismatch") + text.count("Info: Login:") + text.count("authenticator failed")


def answers(r, lines, *words):
    """with a terminal: each (what is waited for, what is typed, or who says so by the output until then); its output and its exit code"""
    pid, fd = pty.fork()
    if not pid:
        os.environ.update(HOME=r.dir + "/home", TZ="Europe/Berlin", LANG="C.UTF-8")
        os.execv(r.build + "/kept", ["kept", *words])
    out, lines, seen = b"", list(lines), 0
    os.set_blocking(fd, False)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            more = os.read(fd, 4096)
        except BlockingIOError:
            more = None
            time.sleep(0.02)
        except OSError:
            break
        if more == b"":
            break
        out += more or b""
        if lines and lines[0][0].encode() in out[seen:]:
            seen = len(out)
            typed = lines.pop(0)[1]
            typed = typed(out.decode(errors="replace")) if callable(typed) else typed
            os.write(fd, typed.encode() + (b"" if typed[-1:] == "\3" else b"\n"))
    else:
        os.kill(pid, 9)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), out.decode(errors="replace"), lines


def unattended(r, at):
    home, conf = r.dir + "/home", r.dir + "/home/.config/kept/kept.conf"
    path = {"PATH": r.dir + "/bin:" + os.environ["PATH"]}
    own = [*at, "--mailbox", "kept@example.org", "--password", f"file:{r.dir}/kept.secret", "ada@example.org"]
    fake_systemctl(r, "cat")
    code, out, err = init(r, *own, "--name", 'Ada "A" Lovelace', env=path)
    r.check("from an address alone, without a terminal, to a configuration", code == 0 and os.path.exists(conf), out + err)
    text = open(conf).read()
    r.check("a name in quotes is one", r'name      = "Ada \"A\" Lovelace";' in text, text)
    r.check("only its owner can read what was written", os.stat(conf).st_mode & 0o777 == 0o600 and os.stat(os.path.dirname(conf)).st_mode & 0o777 == 0o700)
    r.check("by the mail to itself it learnt whose Authentication-Results to trust", 'authserv  = [ "mx.example.org" ]' in text and "key" not in text.split("mailbox:")[0], text)
    r.check("… and that the address as written comes through", "a BCC is understood" in out, out)
    r.check("it captures, and reads nothing else", "//  watch" in text and text.count("kind ") == 2, text)
    unit = home + "/.config/systemd/user/keptd.service"
    r.check("the unit is put where none is, and started", asked_systemctl(r)[-2:] == ["--user enable keptd.service", "--user restart keptd.service"]
            and f"ExecStart={os.path.realpath(r.build)}/keptd\n" in open(unit).read(), asked_systemctl(r))
    r.check("how to undo it is said", f"To undo it: systemctl --user disable --now keptd; rm {conf} {unit}; what it will have noted stays in {home}/.local/state/kept/kept.db" in out, out)
    before = {f: open(f).read() for f in files(home)}
    code, out, err = init(r, *own, env=path)
    r.check("run again it changes nothing, and says so", code == 0 and "was not changed" in out and before == {f: open(f).read() for f in files(home)}, out + err)

    os.environ["HOME"] = home
    r.conf = conf
    r.start_keptd()
    r.check("the welcome mail comes, and names the address", "kept+friday@example.org" in r.text(r.wait_for_mail("ada", lambda m: "Welcome" in str(m["Subject"]))))
    r.send_as("ada", to="carol@example.com", bcc="kept+friday@example.org", subject="Slides", text="Dear Carol,\n\nI will send you the slides.\n\nAda\n")
    mail = r.wait_for_mail("ada", lambda m: Rig.from_kept(m) and "slides" in r.text(m))
    r.check("a promise by BCC is in the ledger, and acknowledged", len(r.promises()) == 1 and "slides" in r.promises()[0]["what"] and mail, r.promises())
    r.stop_keptd()
    code, out, err = init(r, *own, "--again", "--no-mail", env=path)
    text = open(conf).read()
    old = [f for f in os.listdir(home + "/.config/kept") if f.startswith("kept.conf.")]
    r.check("… and its undo brings that one back", f"To undo it: mv {conf}.{old[0].split('.')[-1]} {conf}" in out, out)
    r.check("--again writes another, and keeps the one that was there", code == 0 and len(old) == 1 and open(home + "/.config/kept/" + old[0]).read() == before[conf], out + err)
    key = re.search(r'key +=  *"([a-z2-7]{10})"', text)
    r.check("without a mail to learn by, a key proves the owner", key and f"kept+k-{key[1]}+friday@example.org" in out and "authserv" not in text and "proves that a mail is yours" in out, text + out)
    code, out, err = init(r, *own, "--again", env=path)
    r.check("… which stays with --again: it is in address books", code == 0 and f"kept+k-{key[1]}+friday@example.org" in out, out + err)
    code, out, err = init(r, *own, "--again", "--no-mail", "--tracking", "*@kept.example.org", "-c", r.dir + "/other.conf", env=path)
    r.check("a file of another name and a domain of its own; the unit would not find it", code == 0 and "keptd -c " + r.dir + "/other.conf" in out
            and 'tracking  = [ "*@kept.example.org" ]' in open(r.dir + "/other.conf").read(), out + err)
    out = r.kept("check", ok=False)
    r.check("… and kept check finds it well", "\nfail" not in out and "came back" in out, out)
    shutil.rmtree(home)
    os.mkdir(home)
    fake_systemctl(r, "daemon-reload")
    code, out, err = init(r, *own, "--no-mail", env=path)
    r.check("where no systemd of one's own answers, it is said how keptd starts", code == 0 and "no systemd of your own answers here" in out
            and "as your system starts things: " + os.path.realpath(r.build) + "/keptd\n" in out and "systemctl --user disable" not in out, out + err)
    shutil.rmtree(home)
    os.mkdir(home)


def bad_input(r, at, names, pages):
    home = r.dir + "/home"
    password = ["--password", f"file:{r.dir}/kept.secret"]

    def fails(what, says, *words, tries=0):
        before = logins(r)
        code, out, err = init(r, *words)
        r.check(what, code != 0 and says in err + out, out + err)
        r.check("… and nothing is written", not files(home), files(home))
        r.check(f"… after {tries} logins", logins(r) - before == tries, logins(r) - before)

    kept = ["--mailbox", "kept@example.org", "ada@example.org"]
    with open(r.dir + "/wrong.secret", "w") as f:
        f.write("wrong\n")
    os.chmod(r.dir + "/wrong.secret", 0o600)
    fails("a wrong password: one try", f"it is that of {r.dir}/wrong.secret; kept secret set takes another", *at, *kept, "--password", f"file:{r.dir}/wrong.secret", tries=1)
    fails("no password at all", "say where it lies", *at, *kept)
    fails("a secret that is not there", "No such file", *at, *kept, "--password", "file:/nowhere/kept.secret")
    fails("no network", "is the network up", *at, *kept, *password, "--nameserver", "127.0.0.1:1")
    fails("no such domain", "no such domain", *at, *password, "ada@nowhere.example")
    fails("a provider that takes no passwords", "Microsoft wants a login, not a password", *at, *password, "ada@fabrikam.com")
    fails("a provider that lets no mail program in", "give kept a mailbox elsewhere, and put its address into BCC", *at, *password,
          "ada@tuta.com")
    fails("a server of another house, which DNS alone names", "no password is sent to imap.elsewhere.test", *at, *password,
          "--smtp", "localhost:465", "ada@foreign.example")
    pages.pages["/a.xml"] = AUTOCONFIG.format(imap=r.base + 143, smtp=r.base + 465, tls="plain", how="password-cleartext")
    fails("a domain that offers no TLS", "without which kept sends no password", *at, *password, "--autoconfig", pages.url + "/a.xml", "ada@plain.example")
    pages.pages["/a.xml"] = AUTOCONFIG.format(imap=r.base + 993, smtp=r.base + 465, tls="SSL", how="OAuth2").replace(
        "</emailProvider>", "<oAuth2><issuer>accounts.google.com</issuer></oAuth2></emailProvider>")
    fails("a domain that wants Google's tokens for servers of its own", "opens the whole account there, and is not for localhost", *at,
          "--client-id", "x", "--client-secret", f"file:{r.dir}/kept.secret", "--autoconfig", pages.url + "/a.xml", "ada@plain.example")
    fails("a port that speaks no TLS", "TLS", *at, *kept, *password, "--imap", f"localhost:{r.base + 143}".replace(str(r.base + 143), str(r.base + 25)))
    fails("a certificate of nobody", "said by --ca FILE", *at[:2], *kept, *password)
    fails("a submission server that is not there", "nothing was written", *at, *kept, *password, "--smtp", "localhost:1", tries=1)
    fails("mail that does not come back", "mail to bounce@example.org does not come to this mailbox", *at, *kept, *password, "--tracking",
          "bounce@example.org", "--wait", "2", tries=3)
    fails("addresses with a + alone do not come back", "cannot do without addresses with a +", *at, *kept, *password, "--tracking",
          "noplus@example.org", "--wait", "2", tries=3)
    fails("what is no address", "no mail address", *at, "ada")
    fails("a tracking domain with a line end in it, which would end a comment", "no mail address", *at, *kept, *password, "--tracking",
          "*@kept.example.org\n};")
    fails("no such time zone", "no such time zone", *at, *kept, *password, "--zone", "Mars/Olympus")


class Between:
    """between kept and the IMAP server: what Authentication-Results says is said otherwise, in as many letters"""

    def __init__(self, r):
        self.r, self.says = r, b""
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(r.server + "/ca/good.crt", r.server + "/ca/good.key")
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            threading.Thread(target=self.talk, args=self.socket.accept()[:1], daemon=True).start()

    def talk(self, sock):
        near = self.tls.wrap_socket(sock, server_side=True)
        far = self.r.tls.wrap_socket(socket.create_connection(("127.0.0.1", self.r.base + 993)), server_hostname="localhost")
        threading.Thread(target=self.copy, args=(near, far, lambda m: m), daemon=True).start()
        self.copy(far, near, lambda m: re.sub(rb"(?<=Authentication-Results: )mx\.example\.org;[^\r]*(\r\n[ \t][^\r]*)*",
                                              lambda x: self.says.ljust(len(x[0])), m))

    @staticmethod
    def copy(a, b, turn):
        try:
            while m := a.recv(65536):
                b.sendall(turn(m))
        except OSError:
            pass
        b.close()


def whose_word(r, at):
    """the server's name in Authentication-Results, as it is believed from then on: read as it will be read, and one that names somebody"""
    home, conf = r.dir + "/home", r.dir + "/home/.config/kept/kept.conf"
    between = Between(r)
    for what, says, name in (("a server's name", b"mx.a; spf=pass", "mx.a"), ("one in quotes", b'"mx.a"; spf=pass', "mx.a"), ("one behind a comment", b"(c) mx.a; spf=pass", "mx.a"),
                             ("one behind an instance, as in ARC", b"i=1; mx.a; spf=pass", "mx.a"), ("no name at all is nobody's", b"spf=pass (ok) smtp.mailfrom=example.org", None),
                             ("an empty field is nobody's", b"", None), ("a name that is no plain word is none", b"\xe2\x80\xaemx.a; spf=pass", None),
                             ("nor is one with quotes in it", b'"mx\\"]; x"; spf=pass', None), ("nothing passed", b"mx.a; spf=none (x=pass)", "mx.a"),
                             ("it is the MX that took it in", b"mx.example.org; auth=pass smtp.auth=kept@example.org", "mx.example.org"),
                             ("who takes in what is handed in, and is no MX, is not", b"mail.example.org; auth=pass smtp.auth=kept@example.org", None)):
        between.says = says
        code, out, err = init(r, *at, "--imap", f"localhost:{between.port}", "--mailbox", "kept@example.org", "--password", f"file:{r.dir}/kept.secret",
                              "--no-start", "ada@example.org")
        text = open(conf).read() if code == 0 else ""
        found = re.search(r"authserv +=[^;]*;", text)
        r.check(f"whose Authentication-Results is believed: {what}", code == 0 and (found and found[0].endswith(f'[ "{name}" ];') if name else not found)
                and (" key " in text) == (not name or b"none" in says), (text, out, err))
        shutil.rmtree(home)
        os.mkdir(home)


def called(r, at):
    """addresses whose name means something else to a configuration"""
    for name in ("true", "False", "capture"):
        code, out, err = init(r, *at, "--no-mail", "--no-start", "--mailbox", "kept@example.org", "--password", f"file:{r.dir}/kept.secret", name + "@example.org")
        r.check(f"{name}@example.org has a configuration that can be read", code == 0 and "me: {" in open(r.dir + "/home/.config/kept/kept.conf").read(), out + err)
        shutil.rmtree(r.dir + "/home")
        os.mkdir(r.dir + "/home")


def laid(r, at):
    """beside the program, by another user: a unit that would run what they like"""
    if os.geteuid():
        return
    os.makedirs(r.dir + "/tmp/bin")
    os.makedirs(r.dir + "/tmp/lib/systemd/user")
    shutil.copy(r.build + "/kept", r.dir + "/tmp/bin/kept")
    unit = r.dir + "/tmp/lib/systemd/user/keptd.service"
    with open(unit, "w") as f:
        f.write("[Service]\nExecStartPre=/tmp/theirs\nExecStart=/x\n")
    own = r.dir + "/home/.config/systemd/user/keptd.service"
    fake_systemctl(r, "cat")
    words = [*at, "--no-mail", "--mailbox", "kept@example.org", "--password", f"file:{r.dir}/kept.secret", "ada@example.org"]
    for uid, taken in ((0, True), (65534, False)):
        os.chown(unit, uid, -1)
        env = dict(os.environ, HOME=r.dir + "/home", PATH=r.dir + "/bin:" + os.environ["PATH"])
        p = subprocess.run([r.dir + "/tmp/bin/kept", "init", *words], capture_output=True, text=True, env=env, stdin=subprocess.DEVNULL, start_new_session=True)
        r.check("a unit beside the program is put where none is" if taken else "… but none of another user's", p.returncode == 0 and os.path.exists(own) == taken
                and ("warn  the unit: " in p.stdout) != taken, p.stdout + p.stderr)
        shutil.rmtree(r.dir + "/home")
        os.mkdir(r.dir + "/home")


def linked(r, at):
    """a configuration that is a link to where nothing is just now"""
    home, conf = r.dir + "/home", r.dir + "/home/.config/kept/kept.conf"
    os.makedirs(os.path.dirname(conf))
    os.symlink("/nowhere/kept.conf", conf)
    code, out, err = init(r, *at, "--no-mail", "--no-start", "--mailbox", "kept@example.org", "--password", f"file:{r.dir}/kept.secret", "ada@example.org")
    r.check("a link that leads nowhere now is a configuration that is there", "was not changed" in out and os.readlink(conf) == "/nowhere/kept.conf", out + err)
    shutil.rmtree(home)
    os.mkdir(home)


def by_hand(r, at):
    home, conf = r.dir + "/home", r.dir + "/home/.config/kept/kept.conf"
    code, out, left = answers(r, [("mail address?", "ada@example.org"), ("name? [", "Ada Lovelace"), ("zone? [Europe/Berlin]", ""),
                                  ("kept's mailbox? [ada@example.org]", "kept@example.org"), ("it is not shown):", "kept-secret"),
                                  ("Send one mail from kept@example.org", "yes"), ("Start keptd now", "no")], "init", *at)
    text = open(conf).read() if os.path.exists(conf) else ""
    r.check("what no option says is asked, each with its default", code == 0 and not left and 'zone      = "Europe/Berlin"' in text, out + repr(left))
    r.check("the password is not shown, and lies in a file of its own", "kept-secret" not in out and 'password  = "file:kept.secret"' in text
            and open(home + "/.config/kept/kept.secret").read() == "kept-secret\n" and os.stat(home + "/.config/kept/kept.secret").st_mode & 0o777 == 0o600, out)
    r.conf = conf
    out = r.kept("check", "--no-mail", ok=False)
    r.check("kept check says the same of it", "\nfail" not in out and "logged in" in out, out)
    os.remove(conf)
    code, out, left = answers(r, [("Password (it is not shown):", "other-secret")], "secret", "set", "kept")
    r.check("kept secret set asks for one without showing it", code == 0 and "other-secret" not in out
            and open(home + "/.config/kept/kept.secret").read() == "other-secret\n", out)
    p = subprocess.run([r.build + "/kept", "secret", "set", "kept"], input="kept-secret\nmore\n", text=True, env=dict(os.environ, HOME=home), check=False)
    r.check("… or takes the first line of a pipe", p.returncode == 0 and open(home + "/.config/kept/kept.secret").read() == "kept-secret\n")
    for what, line, says in (("a NUL", b"kept\0secret\n", "control character"), ("a control character", b"kept\x01\n", "control character"),
                             ("an empty line", b"\nkept-secret\n", "first line is empty"), ("nothing", b"", "no password was given"),
                             ("too long a line", 5000 * b"x" + b"\n", "that is no password")):
        p = subprocess.run([r.build + "/kept", "secret", "set", "kept"], input=line, env=dict(os.environ, HOME=home), capture_output=True, check=False)
        r.check(f"… {what} is refused, and the one before stays", p.returncode == 1 and says in p.stderr.decode() and b"nothing was changed" in p.stderr
                and open(home + "/.config/kept/kept.secret").read() == "kept-secret\n", p.stderr)
    p = subprocess.run([r.build + "/kept", "secret", "set", "../x"], input="x\n", text=True, env=dict(os.environ, HOME=home), capture_output=True, check=False)
    r.check("… and no path for a name", p.returncode == 2 and len(files(home)) == 1, files(home))
    code, out, err = init(r, *at, "--no-mail", "--no-start", "--mailbox", "kept@example.org", "ada@example.org")
    r.check("a secret that was set before is used", code == 0 and os.path.exists(conf), out + err)
    shutil.rmtree(home)
    os.mkdir(home)
    code, out, left = answers(r, [("it is not shown):", "\3")], "init", *at, "--name", "Ada", "--zone", "UTC", "--mailbox", "kept@example.org",
                              "ada@example.org")
    r.check("Ctrl-C at the password ends it, and leaves nothing", code == -2 and not left and not files(home), (code, out))
    code, out, left = answers(r, [("mail address?", "\4")], "init", *at)
    r.check("the end of the answers is no answer", code == 1 and not files(home), out)
    mistyped(r, at, home)


def mistyped(r, at, home):
    empty = Names()
    empty.mx("example.org", "mx.example.org")
    conf, own = home + "/.config/kept/kept.conf", ["--mailbox", "kept@example.org", "ada@example.org"]
    code, out, left = answers(r, [("mail address?", "ada"), ("mail address?", "ada@example.org"), ("name? [", "Ada"), ("zone? [", "Mars"),
                                  ("zone? [", "new york"), ("did you mean America/New_York?", "europe/berlin"),
                                  ("did you mean Europe/Berlin?", ""),
                                  ("mailbox? [", "kept"), ("mailbox? [", "kept@example.org"), ("it is not shown):", "wrong"), ("not shown; Enter", "kept-secret"),
                                  ("Send one mail", "perhaps"), ("Yes or no? Send", "NON"), ("Start keptd", "nein")], "init", *at)
    r.check("what is mistyped is asked again", code == 0 and not left and open(conf).read().count("kept.secret") == 2
            and open(home + "/.config/kept/kept.secret").read() == "kept-secret\n", out)
    shutil.rmtree(home)
    os.mkdir(home)
    at = [*at, "--name", "Ada", "--zone", "UTC"]
    before = logins(r)
    wrong = [("it is not shown):", "wrong"), ("Enter alone", "other")]
    code, out, left = answers(r, wrong, "init", *at, *own)
    r.check("a password is asked for once more", code == 1 and not left and logins(r) - before == 2 and not files(home), out)
    before = logins(r)
    code, out, left = answers(r, wrong[:1] + [("Enter alone", "wrong")], "init", *at, *own)
    r.check("… the same is not sent twice", code == 1 and not left and logins(r) - before == 1 and not files(home) and "not sent twice" in out, out)
    code, out, left = answers(r, wrong[:1] + [("Enter alone", "")], "init", *at, *own)
    r.check("… or until none is given", code == 1 and not left and not files(home) and out.count("kept: ") == 1, out)
    code, out, left = answers(r, [("not shown", "kept-secret"), ("Send one mail", "\4")], "init", *at, *own)
    r.check("the end of the answers is no `no`", code == 1 and not left and not files(home) and "the answers ended" in out, out)
    code, out, left = answers(r, [("mailbox? [", ""), ("Read what", "\4")], "init", *at, "ada@example.org")
    r.check("… wherever it comes", code == 1 and not left and not files(home) and "the answers ended" in out, out)
    silent = ["--ca", r.ca, "--nameserver", empty.address, "--autoconfig", "https://localhost:1/a.xml", "--name", "Ada", "--zone", "UTC", "--no-mail"]
    code, out, left = answers(r, [("No IMAP server was found", f"localhost:{r.base + 993}"), ("No submission server was found", f"localhost:{r.base + 465}"),
                                  ("not shown", "kept-secret"), ("Start keptd", "no")], "init", *silent, *own)
    r.check("servers that nobody names are asked", code == 0 and not left and f"port      = {r.base + 993};" in open(conf).read(), out)
    shutil.rmtree(home)
    os.mkdir(home)
    code, out, left = answers(r, [("No IMAP server was found", ""), ("No submission server was found", "")], "init", *silent, *own)
    r.check("… and who does not know it hears how it is said", code == 1 and not left and "name it: --imap HOST[:PORT]" in out and not files(home), out)
    for what, *words in (("no address", *at, "ada"), ("no zone", *at, "--zone", "Mars", *own)):
        code, out, err = init(r, *words)
        r.check(f"{what} in an option is wrong use", code == 2 and not files(home), err)


def shared(r, at):
    """kept reads the owner's own mailbox"""
    home = r.dir + "/home"
    r.empty("ada")
    code, out, err = init(r, *at, "--password", f"file:{r.dir}/ada.secret", "--name", "Ada", "--no-start", "ada@example.org")
    r.conf = home + "/.config/kept/kept.conf"
    text = open(r.conf).read() if code == 0 else ""
    r.check("without another mailbox it shares the owner's", code == 0 and 'tracking  = [ "ada+kept@example.org" ]' in text and 'kind      = "personal"' in text, out + err)
    r.start_keptd()
    r.send_as("ada", to="carol@example.com", bcc="ada+kept+friday@example.org", subject="Slides", text="I will send you the slides.\n")
    r.wait_until("a promise by BCC to an address of one's own is taken", lambda: len(r.promises()) == 1)
    r.send_as("carol", to="ada@example.org", subject="Hello", text="I will send you my slides by Friday, and you send me yours?\n", auth="dmarc=pass header.from=example.com")
    time.sleep(1.5)
    mail = r.wait_for_mail("ada", lambda m: "slides" in r.text(m) and m["Reply-To"])
    r.check("… and other mail is left alone", len(r.promises("--all")) == 1, r.promises("--all"))
    r.reply_to(mail, "done")
    r.wait_until("an answer to kept's mail is taken", lambda: all(p["state"] != "open" for p in r.promises()))
    r.stop_keptd()
    r.check("Sent, flags and Drafts are offered, and left alone", text.count("\n//  ") == 3 and "//  drafts" in text, text)
    os.remove(r.conf)
    code, out, left = answers(r, [("name? [", "Ada"), ("zone? [", ""), ("mailbox? [", ""), ("Read what you send", "yes"), ("what you flag", "no"),
                                  ("into your Drafts", "y"), ("Send one mail", "no"), ("Start keptd", "no")],
                              "init", *at, "--password", f"file:{r.dir}/ada.secret", "ada@example.org")
    text = open(r.conf).read() if os.path.exists(r.conf) else ""
    r.check("… until they are wanted", code == 0 and not left and '    watch    = [ "INBOX", "\\\\Sent" ];' in text and "//  keywords" in text
            and "    drafts   =" in text, out + text)
    r.check("… and what was written is well", "mailbox ada: ada@example.org logged in" in r.kept("check", "--no-mail"), r.kept("check", "--no-mail"))
    code, out, err = init(r, *at, "--sent", "--again", "--mailbox", "kept@example.org", "ada@example.org")
    r.check("… which is of the owner's own mailbox alone", code == 1 and "of your own mailbox" in err, err)


if __name__ == "__main__":
    with Rig() as r:
        names, pages = Names(), Pages(r.server + "/ca")
        os.mkdir(r.dir + "/home")
        zone(r, names)
        discovery(r, names, pages)
        r.check("wrong use is 2", init(r, "--shwo")[0] == 2 and init(r, "--ca")[0] == 2 and init(r, "a@b.example", "c@d.example")[0] == 2)
        r.check("--help teaches", "kept init - " in init(r, "--help")[1])
        at = ["--nameserver", names.address, "--ca", r.ca]
        unattended(r, at)
        bad_input(r, at, names, pages)
        whose_word(r, at)
        called(r, at)
        laid(r, at)
        linked(r, at)
        by_hand(r, at)
        shared(r, at)
