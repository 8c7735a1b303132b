"""the command as a new user meets it: no configuration, no ledger, wrong words, two owners, a secret that others can read, a
terminal that is narrow, a ledger that is damaged and put back; exit codes 0, 1, 2, and each error says what to do"""
import datetime, json, os, pty, re, resource, shutil, signal, subprocess, tempfile
from rig import Rig

BOB = 'bob: { name = "Bob"; addresses = "bob@example.org"; zone = "America/New_York"; quiet = "none"; agenda = "none"; };'
NOW = "2026-12-01T10:00:00+01:00"  # a Tuesday
HOUR_AND_OFFSET = r"\d\d:\d\d [+-]\d\d"


class Cli:
    def __init__(self, rig):
        self.rig, self.env = rig, {"HOME": rig.dir + "/home", "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "KEPT_NOW": NOW}

    def __call__(self, *words, conf=True, input="", **env):
        """exit code, standard output, standard error"""
        e = self.env | ({"KEPT_CONF": self.rig.conf} if conf else {}) | env
        e = {k: v for k, v in e.items() if v is not None}
        p = subprocess.run([self.rig.build + "/kept", *words], input=input, capture_output=True, text=True, env=e, timeout=60)
        return p.returncode, p.stdout, p.stderr

    def on_terminal(self, *words, **env):
        master, slave = pty.openpty()
        p = subprocess.Popen([self.rig.build + "/kept", *words], stdin=subprocess.DEVNULL, stdout=slave, stderr=slave,
                             env=self.env | {"KEPT_CONF": self.rig.conf, "TERM": "xterm", "COLUMNS": "60"} | env)
        os.close(slave)
        out = b""
        while True:
            try:
                block = os.read(master, 65536)
            except OSError:
                break
            if not block:
                break
            out += block
        os.close(master)
        p.wait(60)
        return out.decode().replace("\r\n", "\n")


with Rig() as r:
    kept, check = Cli(r), r.check

    # ---- nothing is there yet
    code, out, err = kept("list", conf=False)
    check("without a configuration the first steps are shown", code == 1 and "kept.conf" in err and "cp " in err and "kept check" in err, err)
    check("a date is understood without one", kept("when", "--tz", "Europe/Berlin", "friday", conf=False)[:2] == (0, "2026-12-04T09:00:00+01:00\n"))
    r.write_conf(owners=BOB, top="").strip()
    text = open(r.conf).read()
    ledger = r.dir + "/home/state/kept/kept.db"
    r.write_conf(text=text.replace('"kept.db"', f'"{ledger}"'))
    code, out, err = kept("backup", r.dir + "/none.db")
    check("a copy of no ledger is refused", code == 1 and "no database yet" in err and not os.path.exists(r.dir + "/none.db"), err)
    code, out, err = kept("list", "--owner", "ada")
    check("the first use makes the ledger and its folder, for this user alone",
          code == 0 and "Nothing stands open" in out and os.stat(ledger).st_mode & 0o777 == 0o600
          and os.stat(os.path.dirname(ledger)).st_mode & 0o777 == 0o700, err)
    code, out, err = kept("status", "--check")
    check("status --check without a daemon is critical", code == 2 and "critical" in out and "systemctl" in out, out)

    code, out, err = kept("backup", r.dir + "/nodir/x.db")
    check("a backup into a folder that is not there says so", code == 1 and "no such folder; make it first" in err, err)
    code, out, err = kept("add", "--owner", "ada", "--due", "frdiay", "x")
    check("a date that is not understood: the sentence, and no code before it", code == 2 and err.startswith("kept: --due: 'frdiay' is no word"), err)

    # ---- wrong use is 2, says what is meant, and changes nothing
    wrong = [
        (["lst"], "did you mean 'list'"), (["--bogus"], "kept --help"), (["-c"], "needs a file"), (["list", "-c"], "needs a file"),
        (["list", "x"], "one word too many"), (["list", "-a"], "unknown option"), (["list", "--al"], "unknown option"), (["list", "--to"], "needs a value"),
        (["list", "--to", "carol"], "no mail address"), (["list"], "--owner"), (["list", "--owner", "eve"], "ada, bob"),
        (["show"], "kept show 12"), (["show", "x"], "kept show 12"), (["done"], "kept done 12"), (["snooze", "x"], "kept snooze 12"),
        (["due", "1"], "due when?"), (["note", "1"], "note what?"), (["undo", "x"], "no number"), (["plan", "x"], "no number"),
        (["plan", "--owner", "ada", "--until", "2020-01-01"], "has passed"), (["simulate", "x"], "one word too many"), (["add", "--owner", "ada"], "what was promised"),
        (["add", "--owner", "ada", "--to", "carol", "x"], "no mail address"), (["add", "--owner", "ada", "--due", "frdiay", "x"], "friday"),
        (["add", "--owner", "ada", "--policy", "none", "x"], "no policy"), (["add", "--owner", "ada", "--every", "tomorrow", "x"], "how often"),
        (["outbox", "x"], "kept outbox show 7"), (["outbox", "show"], "kept outbox show 7"), (["held", "take"], "kept held accept h3"),
        (["held", "accept"], "kept held accept h3"), (["held", "drop", "x"], "as h3"), (["backup"], "kept backup"), (["backup", "a", "b"], "too many"),
        (["status", "x"], "too many"), (["import"], "--since"), (["import", "--since", "x"], "2026-11-01"), (["import", "--since", "2030-01-01"], "still to come"),
        (["import", "--since", "2026-11-01", "--mailbox", "z"], "capture"), (["check", "--wait"], "kept check --help"), (["when"], "empty"),
        (["when", "--now", "x", "friday"], "no time"), (["when", "--set", "x=y", "friday"], "no setting"), (["commands", "--for", "x"], "sweep"),
        (["commands", "a", "b"], "one file"),
        (["explain"], "kept explain FILE"), (["explain", "--place", "x", "y"], "sent"), (["explain", "a", "b"], "too many"),
        (["promises"], "kept promises FILE"), (["promises", "a", "b"], "one file"), (["promises", "--tz", "X", "-"], "Europe/Berlin"),
    ]
    bad = []
    for words, hint in wrong:
        code, out, err = kept(*words)
        if code != 2 or hint not in err or out or not err.startswith("kept: "):
            bad.append((words, code, out, err))
    check(f"wrong use is 2, with a hint ({len(wrong)} ways)", not bad, bad)
    code, out, err = kept("list", "--owner", "ada", KEPT_NOW="tomorrow")
    check("a KEPT_NOW that is no time is not passed over", code == 2 and "KEPT_NOW" in err, err)
    check("status --check keeps to the codes of monitoring programs", kept("status", "--check", "--bogus")[0] == 3)
    check("nothing was changed", kept("list", "--owner", "ada", "--json")[1].strip() == "[]")

    # ---- promises
    code, out, err = kept("add", "--owner", "ada", "--to", "Carol Rossi <carol@example.com>", "--due", "friday", "subgroup data")
    check("add says number, words and the due time with its offset", code == 0 and out == "#1  subgroup data: due 2026-12-04T09:00:00+01:00\n", out + err)
    code, out, err = kept("add", "--to", "ada@example.org", "--every", "2 weeks", "--json", "the figures for the team " + 8 * "and so on ", USER="bob")
    bobs = json.loads(out)
    check("the owner named like USER is meant; each has times of their own zone", bobs["owner"] == "bob" and bobs["due"].endswith("-05:00"), out)
    check("show has everything", all(x in kept("show", "1")[1] for x in ("ada", "Carol Rossi <carol@example.com>", "2026-12-04T09:00:00+01:00", "friday", "made")))
    check("a number says whose it is", kept("note", "2", "by phone")[0] == 0 and "by phone" in kept("show", "2", "--json")[1])
    code, out, err = kept("list", "--owner", "ada")
    check("list shows the time with its offset", code == 0 and re.search(HOUR_AND_OFFSET, out) and "subgroup data" in out, out)
    check("list --to takes only hers", "None." in kept("list", "--owner", "ada", "--to", "dan@example.com")[1])
    code, out, err = kept("done", "1", "sent the tables")
    check("done says how to take it back", code == 0 and "kept undo 1" in out and "answer" not in out, out)
    check("what is done cannot be done again: 1", kept("done", "1")[0] == 1)
    check("undo", kept("undo", "1")[0] == 0 and json.loads(kept("show", "1", "--json")[1])["state"] == "open")
    for words in (["show", "77"], ["done", "77", "--owner", "ada"], ["plan", "77", "--owner", "ada"], ["outbox", "show", "77"], ["held", "drop", "h77", "--owner", "ada"]):
        code, out, err = kept(*words)
        check(f"{words[0]} of what is not there: 1", code == 1 and err and not out, (out, err))
    code, out, err = kept("due", "1", "2020-01-01")
    check("a due time that has passed changes nothing", code == 1 and "passed" in err and "2026-12-04" in kept("show", "1", "--json")[1].split('"due"')[1][:30], err)
    code, out, err = kept("list", "--overdue", "--owner", "ada", KEPT_NOW="2026-12-24T10:00:00Z")
    check("overdue by the clock that is given", "overdue" in out, out)
    steps = json.loads(kept("plan", "1", "--json")[1])[0]["steps"]
    check("plan has each step with its reason and rule", steps and all(s["why"] and s["rule"] and s["at"].endswith("+01:00") for s in steps), steps)
    mails = json.loads(kept("simulate", "--until", "2026-12-10", "--json")[1])
    check("simulate shows the weekly review, of who has one", {m["to"] for m in mails if m["kind"] == "review"} == {"bob@example.org"}, mails)
    check("simulate has the mails of both owners", {m["to"] for m in mails} == {"ada@example.org", "bob@example.org"}, mails)

    code, out, err = kept("add", "--owner", "ada", "call the printer by friday")
    check("add takes the date in its words and says so", code == 0 and out.startswith("#3  call the printer: due ") and 'as "by friday" says' in out, out + err)
    code, out, err = kept("undo", "--owner", "ada")
    check("undo after add takes the add back", code == 0 and "#3" in out and json.loads(kept("show", "3", "--json")[1])["state"] == "cancelled", out + err)

    # ---- every --json is JSON
    for words in (["list", "--owner", "ada"], ["show", "1"], ["plan", "1"], ["simulate"], ["outbox"], ["outbox", "--all"], ["held", "--owner", "ada"], ["status"],
                  ["when", "friday"], ["snooze", "1", "fri 3pm"], ["undo", "1"], ["backup", r.dir + "/json.db"]):
        code, out, err = kept(*words, "--json")
        try:
            json.loads(out)
        except ValueError:
            check(f"{words[0]} --json is JSON", False, out + err)
    late = {"KEPT_NOW": "2026-12-24T10:00:00Z"}
    score = json.loads(kept("score", "--owner", "ada", "--json", **late)[1])
    check("score counts what passed its day", score["on_time"]["of"] == score["open"] > 0 and score["trust"] == 0.0, score)
    check("score without figures says so", "too few to say: 0 promises so far" in kept("score", "--owner", "ada", KEPT_NOW="2020-01-01T00:00:00Z")[1])
    groups = json.loads(kept("score", "--owner", "ada", "--by", "contact", "--json", **late)[1])["groups"]
    check("score --by contact adds up", sum(g["on_time"]["of"] for g in groups) == score["on_time"]["of"], groups)
    check("score --by week names them", "2026-W" in kept("score", "--owner", "ada", "--by", "week", **late)[1])
    out = kept("review", "--owner", "ada", **late)[1]
    check("review is read on the terminal", "Overdue" in out and "mailto:" not in out and "](" not in out, out[:800])
    week = json.loads(kept("review", "--owner", "ada", "--json", **late)[1])
    check("review --json has each open promise once", sum(len(week[k]) for k in ("overdue", "this_week", "with_teams", "with_others", "sent_ones", "later_ones"))
          == len(json.loads(kept("list", "--owner", "ada", "--json")[1])), {k: len(v) for k, v in week.items()})
    check("a check-in without a time is wrong use", kept("checkin", "add", "--with", "carol@example.com", "--purpose", "Data")[0] == 2)
    check("score --by nonsense is wrong use", kept("score", "--owner", "ada", "--by", "moon")[0] == 2)
    check("score --from nonsense is wrong use", kept("score", "--owner", "ada", "--from", "soonish")[0] == 2)
    out = kept("promises", "--now", "2026-11-25T10:00:00+01:00", "-", input="I'll send you the data by Friday and I will call you on Monday.")[1]
    check("a sentence that promises twice has two lines, each with its date", [l.count("2026-11-27") for l in out.splitlines()] == [1, 0] and "2026-11-30" in out.splitlines()[1], out)
    for command in ("score", "report"):
        code, out, err = kept(command, "--owner", "ada", "--from", "2026-10-02", "--to", "2026-10-01")
        check(f"{command} --from after --to is wrong use", code == 2 and "--from is after --to" in err and not out, err)
    report = json.loads(kept("report", "--owner", "ada", "--format", "json", **late)[1])
    check("report has twelve weeks that add up", len(report["weeks"]) == 12 and sum(w["on_time"]["of"] for w in report["weeks"]) == report["all"]["on_time"]["of"] > 0, report)
    check("report --format csv has the weeks", kept("report", "--owner", "ada", "--format", "csv", **late)[1].count('\n"week",') == 12)
    page = kept("report", "--owner", "ada", "--format", "html", **late)[1]
    check("report --format html is one page without scripts", page.startswith("<!doctype html>") and "<script" not in page and page.count("<svg") > 24)
    check("a report ends with the week, so that what was delivered before its day counts as for score",
          datetime.date.fromisoformat(report["to"]).weekday() == 6, report["to"])
    check("too few to say is said without a number", "T = R + F²: too few to say: 0 promises so far\n" in kept("score", "--owner", "ada", KEPT_NOW="2020-01-01T00:00:00Z")[1])
    check("report of nothing is a report", "too few to say" in kept("report", "--owner", "ada", KEPT_NOW="2020-01-01T00:00:00Z")[1])
    check("report --format nonsense is wrong use", kept("report", "--owner", "ada", "--format", "pdf")[0] == 2)
    check("promises --json is JSON", [p["score"] >= 0.5 for p in json.loads(kept("promises", "--json", "-", input="I'll send it by Friday. Nice day.")[1])] == [True, False])
    letter = "From: ada@example.org\nTo: carol@example.com\nSubject: a \033[31m b\nMessage-ID: <a@b>\n\nI will send you the \033]0;x\a data.\n"
    code, out, err = kept("explain", "-", input=letter)
    check("explain says what would be understood, without a ledger", code == 0 and "data" in out, out + err)
    check("and lets no control character through", "\033" not in out and "\a" not in out, repr(out))
    check("explain --json is JSON", json.loads(kept("explain", "--json", "-", input=letter)[1])["class"])
    check("commands --json is JSON", json.loads(kept("commands", "--json", input="done 1: sent")[1])[0]["cmd"] == "done")

    # ---- the terminal
    for words in (["list", "--owner", "bob"], ["plan", "2"], ["simulate", "--until", "2026-12-20"], ["outbox"], ["show", "1"], ["status"]):
        out = kept.on_terminal(*words)
        plain = re.sub(r"\033\[[0-9;]*m", "", out)
        lines = [l for l in plain.splitlines() if len(l) > 60 and not re.match(r"  (what|to|due) |critical", l)]
        check(f"{words[0]} fits 60 columns", not lines and plain.strip(), lines)
    late = {"KEPT_NOW": "2026-12-24T10:00:00Z"}
    check("what is late is red", "\033[31m" in kept.on_terminal("list", "--owner", "ada", **late))
    check("NO_COLOR, or no terminal: no colour", "\033" not in kept.on_terminal("list", "--owner", "ada", NO_COLOR="1", **late)
          and "\033" not in kept("list", "--owner", "ada", **late)[1])
    check("--color before or behind the command goes before both", "\033[31m" in kept("--color", "always", "list", "--owner", "ada", **late)[1]
          and "\033[31m" in kept("list", "--owner", "ada", "--color=always", NO_COLOR="1", **late)[1]
          and "\033" not in kept.on_terminal("list", "--owner", "ada", "--color=never", **late))
    code, out, err = kept("list", "--color", "pink")
    check("--color of no kind: 2, with those there are", code == 2 and "auto, always or never" in err, err)
    code, out, err = kept(USER="ada", **late)
    check("kept alone: what is for today, and that the daemon is not there", code == 1 and "Overdue" in out and "critical" in out, (code, out, err))
    code, out, err = kept(conf=False)
    check("kept alone before there is a configuration: how to come to one, and where the commands are", code == 1 and "kept check" in err
          and "--help" in err, err)
    kept("add", "--owner", "ada", "שלום עולם 漢字 and e\u0301")
    out = kept.on_terminal("list", "--owner", "ada")
    check("words from right to left do not turn the columns on a terminal", "\u2068" in out and "\u2069" in out, out)
    check("and come without marks into a pipe", "\u2068" not in kept("list", "--owner", "ada")[1])
    long = "a promise whose words are long " + 6 * "and longer "
    kept("add", "--owner", "ada", "--", "--" + long)
    check("into a pipe nothing is cut", long.strip() in kept("list", "--owner", "ada")[1])
    kept("add", "--owner", "ada", "red \033[31m\a and \u202e back")
    out = kept("list", "--owner", "ada")[1] + kept("show", "4")[1] + kept("outbox")[1]
    check("no control character reaches the terminal", "\033" not in out and "\a" not in out and "\u202e" not in out, repr(out))

    # ---- completion: what is in the ledger, and nothing that a shell would run
    kept("contact", "--owner", "ada", "eve@example.com", "--name", "Eve \033[31m")
    check("an address that a shell would run is one", kept("contact", "--owner", "ada", "`id`@example.com", "--name", "Mallory")[0] == 0)
    out = kept("complete", "--", "snooze", "")[1]
    check("completion: numbers, each with its promise", any(re.fullmatch(r"\d+\t.*the long.*|\d+\t.+", l) for l in out.splitlines()) and "\033" not in out, out)
    out = kept("complete", "--", "contact", "")[1]
    check("completion: people, but no address that a shell would read as more than a word",
          "eve@example.com\tEve" in out and "`" not in out and "\033" not in out, out)
    check("completion: of the configuration that the line names", kept("complete", "--", "-c", r.conf, "list", "--owner", "", conf=False)[1] == "ada\nbob\n")
    check("completion: without a configuration nothing, and no error ends it", kept("complete", "--", "done", "", conf=False)[:2] == (0, ""))

    # ---- secrets
    os.chmod(r.dir + "/kept.secret", 0o644)
    code, out, err = kept("import", "--since", "2026-11-01")
    check("a secret that others can read: 1, with the chmod", code == 1 and "chmod 600" in err and err.count("mailbox capture") == 1, err)
    os.chmod(r.dir + "/kept.secret", 0o600)
    code, out, err = kept("import", "--since", "2026-11-01")
    check("import reads what is there, and writes no lines for the journal", code == 0 and re.search("new messages? read|nothing new", out) and not err, out + err)
    code, out, err = kept("import", "--since", "2026-11-01")
    check("import again: nothing is new", code == 0 and out == "nothing new: all messages since 2026-11-01 were read before\n", out + err)
    code, out, err = kept("import", "--since", "2026-11-01", "--json")
    check("import --json: the object alone", code == 0 and "read" in json.loads(out) and not err, out + err)

    # ---- what is in memory: /proc/PID of a program that lets nobody look into it belongs to root (proc(5))
    uid = os.getuid() or 65534
    apart = tempfile.mkdtemp(prefix="kept-memory-")
    os.chmod(apart, 0o777)  # a core could be written there
    program = shutil.copy(r.build + "/kept", apart + "/kept")
    p = subprocess.Popen([program, "promises", "--tz", "Europe/Berlin", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, cwd=apart,
                         user=uid if os.getuid() == 0 else None, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (-1, -1)) if os.getuid() == 0 else None)
    owner = lambda: os.stat(f"/proc/{p.pid}/mem").st_uid
    r.wait_until("it has begun", lambda: os.readlink(f"/proc/{p.pid}/exe") == program and owner() == 0, 10)
    check("no other program of the same user reads what is in memory", os.stat(f"/proc/{p.pid}/environ").st_uid == 0 and uid != 0)
    p.send_signal(signal.SIGSEGV)
    check("a crash leaves no core", not os.WCOREDUMP(os.waitpid(p.pid, 0)[1]) and os.listdir(apart) == ["kept"], os.listdir(apart))
    shutil.rmtree(apart)

    # ---- the daemon runs, on the machine's clock
    kept.env.pop("KEPT_NOW")
    r.keptd = subprocess.Popen([r.build + "/keptd", "-c", r.conf], stdout=open(r.dir + "/log", "ab"), stderr=subprocess.STDOUT, start_new_session=True)
    r.wait_until("status is ok", lambda: kept("status", "--check")[0] == 0, 30)
    code, out, err = kept("status")
    check("status names each loop", code == 0 and all(x in out for x in ("mailbox capture", "schedule", "courier", "promises")), out)
    second = subprocess.run([r.build + "/keptd", "-c", r.conf], capture_output=True, text=True, timeout=30)
    check("a second daemon does not start", second.returncode == 1 and "another keptd" in second.stderr, second.stderr)
    r.send_as("ada", "kept+friday@example.org", "Promise", outside=True, auth="dmarc=fail header.from=example.org", text="I will send it.\n")
    r.wait_until("a forged promise is held", lambda: json.loads(kept("held", "--owner", "ada", "--json")[1]))
    check("held says who and why", "ada@example.org" in kept("held", "--owner", "ada")[1])
    check("of another owner it is not there", kept("held", "accept", "h1", "--owner", "bob")[0] == 1)
    code, out, err = kept("held", "accept", "h1", "--owner", "ada")
    check("accepted, it is read", code == 0 and "send it" in kept("list", "--owner", "ada")[1], out + err)

    # ---- backup, damage, restore, as keptd(8) has it
    copy = r.dir + "/copy.db"
    code, out, err = kept("backup", copy)
    check("backup while the daemon runs", code == 0 and os.stat(copy).st_mode & 0o777 == 0o600, err)
    code, out, err = kept("backup", copy)
    check("a copy never overwrites", code == 1 and "name another file" in err, err)
    before = kept("list", "--owner", "ada", "--all", "--json")[1]
    check("the record holds", any(s["kind"] == "record" and s["end"] == "ok" for s in json.loads(kept("check", "--no-mail", "--json")[1])["steps"]))
    r.stop_keptd()
    with open(ledger, "r+b") as f:
        f.write(os.urandom(5000))
    damaged = open(ledger, "rb").read()
    for words in (["list", "--owner", "ada"], ["status"], ["backup", r.dir + "/new.db"]):
        code, out, err = kept(*words)
        check(f"{words[0]} of a damaged ledger: 1, and where to read on", code == 1 and "damaged" in err and "keptd(8)" in err, err)
    check("status --check: unknown", kept("status", "--check")[0] == 3)
    check("check says what to do", "RESTORE" in kept("check", "--no-mail")[1])
    daemon = subprocess.run([r.build + "/keptd", "-c", r.conf], capture_output=True, text=True, timeout=30)
    check("the daemon does not start on it", daemon.returncode == 1 and "damaged" in daemon.stderr, daemon.stderr)
    check("nobody wrote to it", open(ledger, "rb").read() == damaged)
    os.remove(ledger)
    if os.path.exists(ledger + "-journal"):
        os.remove(ledger + "-journal")
    shutil.copy(copy, ledger)
    os.chmod(ledger, 0o600)
    code, out, err = kept("check", "--no-mail", "--json")
    check("restored, ledger and record hold", code == 0 and len([s for s in json.loads(out)["steps"] if s["kind"] in ("database", "record") and s["end"] == "ok"]) == 2, out)
    check("and the promises are as they were", kept("list", "--owner", "ada", "--all", "--json")[1] == before)
    with open(ledger + ".key", "r+") as f:
        f.write("00")
    code, out, err = kept("check", "--no-mail")
    check("another key shows in the record", code == 1 and "record" in out and "another key" in out, out)
