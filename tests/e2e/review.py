"""a weekly review is answered by twenty commands on different numbers, some of them wrong: one transaction, and one mail that
has the result of each"""
import calendar, re
from rig import Rig

# Monday 7 December 2026, 10:00 in Berlin
MONDAY = calendar.timegm((2026, 12, 7, 9, 0, 0))
ANSWER = """done 1
done 2 3
snooze 4 friday
due 5 18 dec
cancel 6: the meeting is off
note 7 she prefers the phone
done 99
snooze 8 frdiay
wait 9 1w
due 10 2 weeks
team 11 medinfo
done 12: sent by post
snooze 13 yesterday
what 14: the corrected table
cancel 15
done 1
note 98 nobody
due 16 29 feb 2027
team 17 nosuchteam
snooze 18 3d
"""

with Rig() as r:
    r.clock(to=MONDAY)
    r.start_keptd()
    for i in range(1, 21):
        r.kept("add", "--to", "Carol <carol@example.com>", "--due", "in 3 days", f"table number {i} of the annex")
    # it is asked for in any answer
    r.send_as("ada", "kept@example.org", "a word", "review\n")
    week = r.wait_for_mail("ada", lambda m: m["X-Kept-Kind"] == "review")
    text = r.text(week)
    r.check("each of the twenty stands in it once, with its number",
            all(len(re.findall(rf"^\W*{i}\. table number {i} of", text, re.M)) == 1 for i in range(1, 21)), text)
    r.reply_to(week, ANSWER)
    told = r.wait_for_mail("ada", lambda m: Rig.from_kept(m) and "#99" in r.text(m))
    text = r.text(told).split("To take one back")[0]
    results = re.findall(r"^- (.*)$", text, re.M)
    said = [(1, "done"), (2, "done"), (3, "done"), (4, "Friday 11 December"), (5, "due Friday 18 December"), (6, "called off"), (7, "noted"),
            (99, "no such promise"), (8, "did you mean friday"), (9, "their turn"), (10, "due Monday 21 December"), (11, "Medical information is asked"),
            (12, "done"), (13, "lies in the past"), (14, "so it reads now"), (15, "called off"), (1, "kept already"), (98, "no such promise"),
            (16, "no day 29"), (17, "no team 'nosuchteam'"), (18, "remind you again")]
    r.check("one mail has the result of each, in the order of the commands", len(results) == len(said) and
            all(re.search(rf"\b{n}\b", line) and words in line for (n, words), line in zip(said, results)), text)
    now = {p["id"]: p for p in r.promises("--all")}
    state = lambda *ids: [now[i]["state"] for i in ids]
    r.check("what was right is done", state(1, 2, 3, 12) == ["kept"] * 4 and state(6, 15) == ["cancelled"] * 2 and state(9, 11) == ["waiting"] * 2 and
            now[5]["due"][:10] == "2026-12-18" and now[10]["due"][:10] == "2026-12-21" and now[4]["snoozed"][:10] == "2026-12-11" and
            now[7]["note"] == "she prefers the phone" and now[14]["what"] == "the corrected table", now)
    r.check("what was wrong changed nothing", all(now[i]["state"] == "open" and "snoozed" not in now[i] and "team" not in now[i] and
                                                  now[i]["due"][:10] == "2026-12-10" for i in (8, 13, 16, 17, 19, 20)), now)
    r.check("no other mail answers it", len([m for m in r.mails("ada") if str(m["In-Reply-To"]) == str(told["In-Reply-To"])]) == 1)
