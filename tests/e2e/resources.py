"""the library of approved material: taken from a folder's table, matched to a promise, and what is not approved, past its last
day, retired, gone or changed is never matched"""
import json, os, subprocess
from rig import Rig

with Rig() as r:
    check, folder = r.check, r.dir + "/material"
    r.write_conf()
    os.mkdir(folder)

    def write(name, text):
        with open(f"{folder}/{name}", "w", encoding="utf-8") as f:
            f.write(text)

    def say(*words):
        p = subprocess.run([r.build + "/kept", "resources", *words], capture_output=True, text=True, timeout=60,
                           env=dict(os.environ, KEPT_CONF=r.conf, KEPT_NOW=r.iso()))
        return p.returncode, p.stdout, p.stderr

    def matched(*words):
        code, out, err = say("match", *words, "--json")
        return [m["id"] for m in json.loads(out)] if code == 0 else [err]

    write("dosing.pdf", "%PDF-1.4 dosing")
    write("poster.pdf", "%PDF-1.4 poster")
    head = "Title;File;Link;Tags;About;Approved by;Until\n"
    rows = ['"Dosing in children; all tables";dosing.pdf;;dosing, paediatrics;"Weight bands,\nrenal function";Dr Hart;2036-06-30\n',
            "Pharmacokinetics poster;poster.pdf;;PK;;;\n", "Subgroup analysis of ATLAS-3;;https://example.org/atlas3;ATLAS-3;By age;Dr Hart;\n"]
    write("manifest.csv", "\ufeff" + head + "".join(rows))
    code, out, err = say("import", folder)
    check("a folder's table is taken", code == 0 and "3 new" in out, out + err)
    code, out, err = say("import", folder)
    check("taken again, nothing is doubled", code == 0 and "0 new, 0 changed, 3 as they were" in out, out + err)

    n = json.loads(r.kept("add", "--to", "carol@example.com", "--due", "friday", "--json", "the dosing table for children under 12"))["id"]
    check("what fits a promise is found", matched(str(n)) == [1], matched(str(n)))
    check("in other words and another language", matched("ich", "schicke", "die", "Daten", "aus", "Atlas-3") == [3])
    check("what says nothing finds nothing", matched("I", "will", "send", "it") == [])
    check("no words are read as a search language", matched('dosing" OR "x', "NEAR(", "*") == [1], matched('dosing" OR "x', "NEAR(", "*"))
    check("what nobody approved is not matched", matched("PK", "poster") == [])
    code, out, err = say("approve", "2", "--approved-by", "Dr Hart", "--until", "in 30 days")
    check("an approver's word makes it usable", code == 0 and matched("PK", "poster") == [2], out + err)
    r.clock(days=29)
    check("on its last days it is", matched("PK", "poster") == [2])
    r.clock(days=3)
    check("past its last day it is not", matched("PK", "poster") == [])

    write("dosing.pdf", "%PDF-1.4 dosing, another version")
    check("a file that changed after its approval is not used", matched(str(n)) == [])
    code, out, err = say("import", folder)
    check("nor does its old approval cover it, imported again", "kept resources approve 1" in err and matched(str(n)) == [], out + err)
    code, out, err = say()
    check("the list says so", "changed since its approval" in out, out)
    say("approve", "1", "--approved-by", "Dr Hart")
    check("approved anew it is", matched(str(n)) == [1])
    os.unlink(folder + "/dosing.pdf")
    check("a file that has vanished is not used", matched(str(n)) == [] and "No such file" in say()[1])
    code, out, err = say("retire", "3", "99")
    check("a wrong number retires nothing", code == 1 and "r99" in err and matched("ATLAS-3", "age") == [3], err)
    say("retire", "3")
    check("what is retired is not matched", matched("ATLAS-3", "age") == [])

    write("manifest.csv", "Title,File,Owner\nA,none.pdf,x\n")
    code, out, err = say("import", folder)
    check("an unknown column is named", code == 1 and "'Owner'" in err, err)
    write("manifest.csv", "Title,File\nA,none.pdf\nB,\nC,poster.pdf\n")
    code, out, err = say("import", folder)
    check("all faults are said with their lines, and nothing is taken", code == 1 and "line 2: none.pdf" in err and "line 3" in err
          and "nothing was imported" in err and "'C'" not in say("--all")[1], err)
    os.symlink(r.dir + "/ada.secret", folder + "/flyer.pdf")
    write("manifest.csv", "Title,File,Approved by\nA,../kept.secret,H\nB,/etc/passwd,H\nC,flyer.pdf,H\nD,poster.pdf,H\n")
    code, out, err = say("import", folder)
    check("a table names no file outside of its folder", code == 1 and all(f"line {n}: " in err for n in (2, 3, 4)) and "line 5" not in err
          and "secret" not in say("--all")[1], err)
    os.unlink(folder + "/flyer.pdf")
    code, out, err = say("add", "--title", "x", "--link", "https://example.org/a b")
    check("what is no link is refused", code == 2 and "no link" in err, err)
    os.symlink("/etc/passwd", folder + "/link.pdf")
    say("add", "--title", "x", "--file", folder + "/link.pdf")
    check("a link's target is what is shown", "/etc/passwd" in say()[1])
    code, out, err = say("add", "--title", "again", "--link", "https://example.org/new")
    code, out, err = say("add", "--title", "again", "--link", "https://example.org/new")
    check("one place stands in the library once", code == 1 and "already" in err, err)
