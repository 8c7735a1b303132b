"""what the units in systemd/ count on: readiness, the watchdog and a reload are told as sd_notify(3) has it, and a password comes
as a credential"""
import os, socket, threading, time
from rig import Rig

with Rig() as r:
    r.write_conf()
    r.write_conf(text=open(r.conf).read().replace("file:kept.secret", "credential:kept"))
    os.mkdir(r.dir + "/credentials")
    os.rename(r.dir + "/kept.secret", r.dir + "/credentials/kept")
    words, heard = [], socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    heard.bind(r.dir + "/notify")

    def listen():
        while True:
            words.append(heard.recv(4096).decode())
    threading.Thread(target=listen, daemon=True).start()
    env = {"NOTIFY_SOCKET": r.dir + "/notify", "WATCHDOG_USEC": "2000000", "CREDENTIALS_DIRECTORY": r.dir + "/credentials"}
    os.environ.update(env)
    r.start_keptd()
    for name in env:
        del os.environ[name]
    first = lambda word, since=0: next((i for i, w in enumerate(words) if i >= since and word in w.split("\n")), None)

    r.wait_until("it is ready", lambda: first("READY=1") is not None)
    r.check("Type=notify: READY=1, once every mailbox was read", "watching 1 mailbox" in words[first("READY=1")], words)
    r.kept("add", "--to", "carol@example.com", "--due", "friday", "the vial")
    r.wait_for_mail("ada", lambda m: "the vial" in r.text(m))
    r.check("LoadCredential: the password is the credential's", True)
    r.wait_until("the watchdog is fed", lambda: sum("WATCHDOG=1" in w for w in words) >= 2, 10)
    r.check("WatchdogSec: WATCHDOG=1 at half that time", True)
    since = len(words)
    r.reload()
    r.wait_until("it is ready again", lambda: first("RELOADING=1", since) is not None and first("READY=1", first("RELOADING=1", since)) is not None)
    r.check("ExecReload: RELOADING=1, then READY=1", True)
    start = time.monotonic()
    r.check("SIGTERM ends it well, and soon", r.stop_keptd() == 0 and time.monotonic() - start < 5)
    r.check("… after STOPPING=1", first("STOPPING=1") is not None, words)
