"""kept check: all is well; and for each thing that is not, the step that fails and what to do"""
import json, os, signal, subprocess
from rig import Rig


def check(r, *words):
    env = dict(os.environ, KEPT_CONF=r.conf)
    p = subprocess.run([r.build + "/kept", "check", *words], capture_output=True, text=True, env=env, timeout=120)
    return p.returncode, p.stdout, p.stderr


def steps(r, *words):
    code, out, err = check(r, "--json", "--wait", "15", *words)
    told = json.loads(out)
    assert told["ok"] == (code == 0), (code, out)
    return code, told["steps"]


def of(told, kind, end=None):
    return [s for s in told if s["kind"] == kind and end in (None, s["end"])]


with Rig() as r:
    r.write_conf(personal=True)
    r.box("ada").create('"Follow up"')
    code, told = steps(r)
    r.check("all is well: exit 0", code == 0, told)
    r.check("each mailbox was logged in to, with its folders", len(of(told, "mailbox", "ok")) == 2 and "Follow up" in of(told, "mailbox")[1]["detail"], told)
    r.check("both tracking addresses came back", len(of(told, "mail", "ok")) == 2, told)
    r.check("11: the traces that the plus-address leaves here are told", len(of(told, "traces", "ok")) == 2 and "Delivered-To" in of(told, "traces")[0]["detail"]
            and "Received for" in of(told, "traces")[0]["detail"], told)
    r.check("the trusted server's word is on top", len(of(told, "proof", "ok")) == 2, told)
    mails = [m for m in r.mails("kept") if "kept check" in str(m["Subject"])]
    r.check("the mail is one as a BCC: the address stands in no header of ours", len(mails) == 2 and "check-" not in str(mails[0]["To"]))
    r.check("the confined reader is started", len(of(told, "reader")) == 1 and of(told, "reader")[0]["end"] in ("ok", "warn"), told)
    r.check("nothing went to anyone else", not [m for w in ("ada", "bob", "carol") for m in r.mails(w) if "kept check" in str(m["Subject"])])
    code, out, err = check(r, "--no-mail")
    r.check("--no-mail sends nothing", code == 0 and ("All is well" in out or "no Landlock" in out) and len([m for m in r.mails("kept") if "kept check" in str(m["Subject"])]) == 2, out)
    r.check("that keptd does not run is said beside it", ("keptd does not run: kept status" in out) == ("All is well" in out), out)
    r.check("wrong use is 2", check(r, "--wait")[0] == 2 and check(r, "x")[0] == 2)
    r.check("--help teaches", "Examples" in check(r, "--help")[1])

    with open(r.dir + "/kept.secret", "w") as f:
        f.write("wrong\n")
    code, told = steps(r)
    r.check("a wrong password fails, and where to mend it is told", code == 1 and "refused the login" in of(told, "mailbox", "fail")[0]["detail"]
            and "kept.conf:" in of(told, "mailbox", "fail")[0]["do"] and "kept secret set kept" in of(told, "mailbox", "fail")[0]["do"], told)
    out = check(r, "--no-mail")[1]
    r.check("a remedy is told once", out.count("mend user or password") == 1, out)
    r.check("the submission says so too, after one try", len(of(told, "submission", "fail")) == 1 and "login as kept@example.org" in of(told, "submission")[0]["detail"], told)
    os.chmod(r.dir + "/kept.secret", 0o644)
    code, told = steps(r)
    r.check("a secret that others can read fails, with the chmod", code == 1 and "chmod 600" in of(told, "mailbox", "fail")[0]["detail"], told)
    with open(r.dir + "/kept.secret", "w") as f:
        f.write("kept-secret\n")
    os.chmod(r.dir + "/kept.secret", 0o600)

    conf = open(r.conf).read()
    def changed(*pairs):
        text = conf
        for a, b in pairs:
            assert a in text, a
            text = text.replace(a, b)
        r.write_conf(text=text)
    changed((f'port = {r.base + 465}', f'port = {r.base + 587}'))
    code, told = steps(r)
    r.check("TLS at once on the STARTTLS port: the hint says starttls", code == 1 and 'tls = "starttls"' in of(told, "submission", "fail")[0]["do"], told)
    changed((f' ca = "{r.ca}";', ""))
    code, told = steps(r)
    r.check("an unknown authority: the hint says ca", code == 1 and 'ca = "FILE"' in of(told, "mailbox", "fail")[0]["detail"]
            and "ca = " in of(told, "submission", "fail")[0]["do"], told)
    changed(('"Follow up"', '"Folow up"'))
    code, told = steps(r, "--no-mail")
    r.check("a folder that is not there: the nearest is named", code == 1 and "did you mean 'Follow up'" in of(told, "mailbox", "fail")[0]["detail"], told)
    drafts = 'keywords = [ "$Kept", '
    changed((drafts, 'drafts = "\\\\Drafts"; ' + drafts))
    code, told = steps(r, "--no-mail")
    r.check("the folder of drafts is opened too", code == 0 and "drafts in Drafts" in of(told, "mailbox", "ok")[1]["detail"], told)
    changed((drafts, 'drafts = "Nowhere"; ' + drafts))
    code, told = steps(r, "--no-mail")
    r.check("where it is not there: a warning, for the owner is asked by mail", code == 0 and "asked by mail" in of(told, "drafts", "warn")[0]["detail"], told)
    changed(('"mx.example.org"', '"mail.elsewhere.net"'))
    code, told = steps(r)
    r.check("another server's word on top: a warning that names it", code == 0 and "mx.example.org" in of(told, "proof", "warn")[0]["detail"]
            and "authserv" in of(told, "proof", "warn")[0]["do"], told)
    changed(('due = "3bd"', 'due = "3bananas"'))
    code, told = steps(r, "--no-mail")
    r.check("a date in a policy that cannot be read fails", code == 1 and "3bananas" in of(told, "policies", "fail")[0]["detail"], told)
    changed(('tracking = [ "kept@example.org", "*@kept.example.org" ]', 'tracking = [ "bounce@example.org" ]'))
    code, told = steps(r, "--wait", "2")
    r.check("a mail that does not come back fails, with what to look at", code == 1 and "did not come back" in of(told, "mail", "fail")[0]["detail"]
            and "recipient_delimiter" in of(told, "mail", "fail")[0]["do"], told)

    # a template of one's own
    changed(("database = ", 'templates = "words"; database = '))
    os.mkdir(r.dir + "/words")
    def template(text):
        with open(r.dir + "/words/reminder.en.md", "w") as f:
            f.write("Subject: Mind {{what}}\n" + text)
    template("{{first_name}}, that waits.\n{{due_shrt}}\n")
    code, told = steps(r, "--no-mail")
    wrong = 'reminder.en.md:3: there is no field "due_shrt"; the nearest is "due_short"'
    r.check("a wrong template fails, with file, line and the nearest field", code == 1 and wrong in of(told, "templates", "fail")[0]["detail"], told)
    told = r.kept("template", "check", ok=False)
    r.check("kept template check says the same", wrong in told, told)
    r.check("kept template names it as not used", "not used: " in r.kept("template") and wrong in r.kept("template"), r.kept("template"))
    with open(r.dir + "/words/delivery.en.md", "w") as f:
        f.write("Subject: {{topic}}\nDear {{called}},\n\n{{substance}}\n")
    told = r.kept("template", "check", r.dir + "/words/delivery.en.md", ok=False)
    r.check("one that reads oddly where no name is known is told", 'it reads "Dear ,"' in told, told)
    with open(r.dir + "/words/delay.en.md", "w") as f:
        f.write("Subject: {{topic}}\nIn my own words: {{pledge}} {{day}}\n")
    r.kept("add", "--to", "carol@example.com", "--due", "friday", "the roof")
    number = r.promises()[0]["id"]
    told = r.kept("template", "preview", "delay", "--commitment", str(number))
    r.check("words of one's own to others are not used before somebody approved them", "In my own words" not in told and "nobody has approved it" in
            r.kept("template"), told)
    r.kept("template", "approve", "delay.en", "--by", "Dr. Roth")
    r.check("… then they are", "In my own words" in r.kept("template", "preview", "delay", "--commitment", str(number)))
    with open(r.dir + "/words/delay.en.md", "a") as f:
        f.write("And more.\n")
    r.check("… and a change asks again", "In my own words" not in r.kept("template", "preview", "delay", "--commitment", str(number)))
    os.remove(r.dir + "/words/delay.en.md")
    os.remove(r.dir + "/words/delivery.en.md")
    told = r.kept("template", "preview", "delay", "--commitment", str(number), "--language", "de")
    r.check("a preview speaks of the promise, in the language asked for", "the roof" in told and "das tut mir leid" in told and "Freitag, " in told, told)
    r.check("each kind has a preview in each language", all(r.kept("template", "preview", k["kind"], "--commitment", str(number), "--language", k["language"])
            for k in json.loads(r.kept("template", "--json")) if not k["own"]))
    r.kept("cancel", str(number))
    r.start_keptd()
    r.check("keptd starts with the one that comes with it, and says the same", wrong.encode() in r.logged(), r.logged())
    r.check("kept status says it too", wrong in r.kept("status", ok=False), r.kept("status", ok=False))
    r.stop_keptd()
    template("{{first_name}}, that waits.\n{{due_short}}\n")
    code, told = steps(r, "--no-mail")
    r.check("mended, it is well", code == 0 and "1 of your own" in of(told, "templates", "ok")[0]["detail"], told)
    r.start_keptd()
    template("{{/what}}")
    start = len(r.logged())
    r.keptd.send_signal(signal.SIGHUP)
    r.wait_until("SIGHUP says what is wrong", lambda: b"nothing is open that this closes: what" in r.logged(start))
    r.kept("add", "--to", "carol@example.com", "--due", "1min", "the tile")
    r.clock(minutes=5)
    r.check("SIGHUP with a wrong one: the words that come with kept stand in",
            "You promised carol@example.com" in r.text(r.wait_for_mail("ada", lambda m: str(m["Subject"]).startswith("Due: ") and "the tile" in str(m["Subject"]))))
