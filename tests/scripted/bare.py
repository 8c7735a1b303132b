"""bare - a bare Debian 12 with a systemd of its own. It is made once by debootstrap in build/bare.tar, and booted by systemd-nspawn
on this machine's network, so that the private server of the stories, on loopback, is there for it. For root alone."""
import os, shutil, signal, subprocess, tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BASE = TOP + "/build/bare.tar"
PACKAGES = "ca-certificates,systemd,systemd-sysv,dbus,libpam-systemd" # as the smallest that its installer makes: who logs in has a systemd
# how this machine gets its packages is how the bare one does
APT = ("sources.list", "sources.list.d", "trusted.gpg.d", "apt.conf.d")


def run(*words, **more):
    return subprocess.run(words, capture_output=True, text=True, **more)


def make_base():
    if os.path.exists(BASE):
        return
    print("  the bare Debian 12 is made (once)")
    where = run("apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages", "Codename: bookworm").stdout.split()
    root = tempfile.mkdtemp(prefix="kept-bare-")
    try:
        p = run("debootstrap", "--variant=minbase", f"--include={PACKAGES}", "bookworm", root, where[0] if where else "http://deb.debian.org/debian")
        if p.returncode:
            raise OSError(f"debootstrap: {p.stdout[-300:]} {p.stderr[-300:]}")
        shutil.rmtree(root + "/etc/apt", ignore_errors=True)
        os.makedirs(root + "/etc/apt/preferences.d")
        for part in APT:
            if os.path.isdir("/etc/apt/" + part):
                shutil.copytree("/etc/apt/" + part, f"{root}/etc/apt/{part}", ignore=shutil.ignore_patterns("*docker*", "*packagekit*", "*appstream*"))
            elif os.path.exists("/etc/apt/" + part):
                shutil.copy("/etc/apt/" + part, root + "/etc/apt/")
        shutil.copytree("/usr/share/keyrings", root + "/usr/share/keyrings", dirs_exist_ok=True)
        subprocess.run(["tar", "-C", root, "-cf", BASE + ".new", "."], check=True)
        os.rename(BASE + ".new", BASE)
    finally:
        shutil.rmtree(root, ignore_errors=True)


class Machine:
    """it, booted"""
    def __init__(self, folder, terminal=None):
        """terminal: a file descriptor that is its console; else what it says there goes to the file `console`"""
        make_base()
        self.root = folder + "/root"
        os.makedirs(self.root)
        subprocess.run(["tar", "-C", self.root, "-xf", BASE], check=True)
        os.chmod(self.root, 0o755) # made as a folder for one alone, it would be a / that the user kept cannot enter
        self.log = open(folder + "/console", "wb")
        self.nspawn = subprocess.Popen(["systemd-nspawn", "-q", "-D", self.root, "-M", f"kept-{os.getpid()}", "--register=no", "--keep-unit", "--boot",
            "--resolv-conf=copy-host", "--bind-ro=/etc/hosts"], stdin=terminal or subprocess.DEVNULL, stdout=terminal or self.log,
            stderr=terminal or self.log, start_new_session=True)

    def leader(self):
        return run("pgrep", "-P", str(self.nspawn.pid)).stdout.split()[0]

    def inside(self, command, **more):
        """a shell's command there, as root: its exit code, and what it said"""
        p = run("nsenter", "-t", self.leader(), "-m", "-u", "-i", "-p", "-r", "-w", "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8",
                "DEBIAN_FRONTEND=noninteractive", *(f"{k}={v}" for k, v in os.environ.items() if k.lower().endswith("_proxy")), "bash", "-c", command, **more)
        return p.returncode, p.stdout + p.stderr

    def write(self, path, text, mode=0o644):
        path = self.root + path
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as f:
            f.write(text)
        os.chmod(path, mode)

    def end(self):
        if self.nspawn.poll() is None:
            self.nspawn.send_signal(signal.SIGTERM)
            try:
                self.nspawn.wait(20)
            except subprocess.TimeoutExpired:
                self.nspawn.kill()
                self.nspawn.wait()
        self.log.close()
