#!/usr/bin/env python3
"""examples - what the manuals and conf/kept.conf show is true: it is run, and must come out as it stands there

A comment of mdoc before a display or a list says how:
  .\\" file NAME   the display is that file; a configuration must load, a template be right
  .\\" part        the display is settings: with smallest.conf of kept.conf(5) they load
  .\\" run         "$ " and a command, and below it what it prints; a line "..." stands for some lines, "..." at a line's end for its rest
  .\\" when        a list: `.It Li ADDRESS`, below it the day and hour that come of it
  .\\" tags        likewise, of a whole mail with that address in BCC, that [tag] in its subject, or that line in its text
Besides, in kept(7): each Li of DATES AND TIMES is read as a date (but of what names no day), each Li below a word of ANSWERS as that
word, and those of EXAMPLES as some; each choice of a word (stage developing) is one; each kept+...@ of any manual holds a date or options.
It is Tuesday, 24 November 2026, 10:00 in Berlin.
"""
import json, os, re, shutil, subprocess, sys, tempfile

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
KEPT = os.path.abspath(os.path.join(os.environ.get('BUILD', 'build'), 'kept'))
MANUALS = ['conf/kept.conf.5', 'conf/kept-template.5', 'daemon/kept.1', 'daemon/kept.7', 'daemon/keptd.8', 'daemon/kept-house.7',
           'daemon/kept-coming.7']
ran = failed = 0


def wrong(where, what):
    global failed
    failed += 1
    print(f'examples: {where}: {what}')


def plain(s):
    for a, b in (('\\(dq', '"'), ('\\(oq', '`'), ('\\(cq', "'"), ('\\(sh', '#'), ('\\(ba', '|'), ('\\(lq', '“'), ('\\(rq', '”'), ('\\&', ''), ('\\ ', ' '), ('\\-', '-'),
                 ('\\e', '\\')):
        s = s.replace(a, b)
    return s


def kept(folder, args, text=None):
    env = {'PATH': os.path.dirname(KEPT) + ':' + os.environ['PATH'], 'HOME': folder, 'USER': 'ada', 'LC_ALL': 'C.UTF-8', 'COLUMNS': '80',
           'KEPT_NOW': '2026-11-24T10:00:00+01:00', 'KEPT_CONF': os.path.join(folder, 'kept.conf')}
    if isinstance(args, str):
        args = ['sh', '-c', args]
    else:
        args = [KEPT] + args
    r = subprocess.run(args, cwd=folder, env=env, input=text or '', stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                       timeout=60)
    return r.returncode, r.stdout


def said(iso):
    """2026-11-27T09:00:00+01:00, as the manuals say it: Friday 27 November, 09:00."""
    import datetime
    t = datetime.datetime.fromisoformat(iso)
    return f'{t:%A} {t.day} {t:%B}{"" if t.year == 2026 else f" {t.year}"}, {t:%H:%M}.'


def same(shown, came):
    """Line by line; "..." for any number of lines, at a line's end for the rest of it."""
    pattern = ''.join('(?:.*\n)*' if line == '...' else re.escape(line.rstrip().removesuffix('...')) +
                      ('.*\n' if line.endswith('...') else '[ ]*\n') for line in shown)
    return re.fullmatch(pattern, came)


def block(lines, i):
    """The lines of the display that begins at i, or of the list; and where it ends."""
    begin, end = lines[i].split()[0], {'.Bd': '.Ed', '.Bl': '.El'}[lines[i].split()[0]]
    depth, out = 0, []
    while True:
        word = lines[i].split(' ')[0]
        depth += (word == begin) - (word == end)
        if depth == 0:
            return out[1:], i
        out.append(lines[i])
        i += 1


def file_shown(folder, where, name, lines):
    with open(os.path.join(folder, name), 'w') as f:
        f.write('\n'.join(map(plain, lines)) + '\n')
    if name.endswith('.conf'):
        owners = re.findall(r'^ *(\w+): \{ ?\n? *name = ', '\n'.join(lines), re.M) or re.findall(r'owner: \{ (\w+): \{', '\n'.join(lines))
        rc, out = kept(folder, ['-c', name, 'list', '--owner', owners[0] if owners else 'ada'])
        # its policies are read by `kept check`, which finds no servers
        with open(os.path.join(folder, 'check.conf'), 'w') as f:
            f.write(re.sub(r'\b((imap|smtp|dav)\.example\.org|(outlook|smtp)\.office365\.com|apidata\.googleusercontent\.com)', '127.0.0.1', '\n'.join(map(plain, lines)) + '\n'))
        said_of = kept(folder, ['-c', 'check.conf', 'check', '--no-mail'])[1]
        if rc == 0 and not re.search(r'^ok +policies', said_of, re.M):
            rc, out = 1, said_of
    elif name.endswith('.md'):
        rc, out = kept(folder, ['template', 'check', name])
    else:
        return
    if rc:
        wrong(where, f'{name}: {out.strip()}')


def run_shown(folder, where, lines):
    at = 0
    lines = list(map(plain, lines))
    while at < len(lines):
        if not lines[at].startswith('$ '):
            return wrong(where, f'"{lines[at]}" is no command')
        command, at = lines[at][2:], at + 1
        while command.endswith('\\'):
            command, at = command[:-1] + lines[at].strip(), at + 1
        shown = []
        while at < len(lines) and not lines[at].startswith('$ '):
            shown.append(lines[at])
            at += 1
        if '| jq' in command and not shutil.which('jq'):
            continue
        rc, came = kept(folder, command)
        if not same(shown, came):
            wrong(where, f'$ {command} prints (exit {rc}):\n{came}and not:\n' + '\n'.join(shown))


def letter(tag):
    """A mail of Ada's to Carol, tagged so; and what comes of it."""
    to, subject, text = 'kept@example.org', 'Subgroup data', 'I will send you the subgroup data.'
    if tag.startswith('['):
        subject += ' ' + tag
    elif '@' in tag and ' ' not in tag:
        to = tag
    else:
        text = tag
    return f'''Return-Path: <ada@example.org>
X-Original-To: {to}
Authentication-Results: mx.example.org; dkim=pass header.d=example.org
From: Ada Lovelace <ada@example.org>
To: Carol Rossi <carol@example.com>
Subject: {subject}
Date: Tue, 24 Nov 2026 10:00:00 +0100
Message-ID: <1@example.org>
Content-Type: text/plain; charset=utf-8

Dear Carol,

{text}

Ada
'''


def list_shown(folder, where, lines, mails):
    global ran
    items = [i for i, line in enumerate(lines) if line.startswith('.It Li ')]
    if not items:
        wrong(where, 'no example')
    for i in items:
        tag, shown = plain(lines[i][7:]).strip('"'), plain(lines[i + 1])
        ran += 1
        if mails:
            rc, out = kept(folder, ['explain', '--json', '-'], letter(tag))
            came = said(json.loads(out)['due']) if rc == 0 and json.loads(out).get('due') else out
        else:
            rc, out = kept(folder, ['when', '--tz', 'Europe/Berlin', tag.split('@')[0].removeprefix('kept+')])
            came = said(out.split()[-1]) if rc == 0 else out
        if came != shown:
            wrong(where, f'{tag} is {came.strip()}, not {shown}')


def examples(folder, manual):
    global ran
    lines = open(manual).read().split('\n')
    for i, line in enumerate(lines):
        m = re.match(r'\.\\" (file|part|run|when|tags)( (\S+))?$', line)
        if not m:
            continue
        where, (inside, _) = f'{manual}:{i + 1}', block(lines, i + 1)
        ran += 1
        if m[1] == 'file':
            file_shown(folder, where, m[3], inside)
        elif m[1] == 'part':
            file_shown(folder, where, 'part.conf', open(os.path.join(folder, 'smallest.conf')).read().split('\n') + inside)
        elif m[1] == 'run':
            run_shown(folder, where, inside)
        else:
            list_shown(folder, where, inside, m[1] == 'tags')


def words(manual, section):
    """Each `.Li a , b` of a section: (line number, the .It it stands under, the words)."""
    item, inside = '', False
    for n, line in enumerate(open(manual).read().split('\n'), 1):
        if line.startswith('.Sh '):
            inside = line == '.Sh ' + section
        if inside and line.startswith('.It '):
            item = plain(line[4:])
        if inside and line.startswith('.Li '):
            text = re.sub(r'^"|"$', '', line[4:].strip())
            for one in re.sub(r' [,;.:)]+$', '', text).split(' , '):
                yield n, item, plain(re.sub(r' Ns .*$', '', one))


def dates(folder):
    global ran
    for n, item, one in words('daemon/kept.7', 'DATES AND TIMES'):
        if one.startswith('.'):
            continue
        ran += 1
        rc, out = kept(folder, ['when', '--tz', 'Europe/Berlin', one])
        asked = item == 'No day at all' or one == '3m'
        if item == 'Again and again' and one in ('until march', '5 times'):
            rc, out = kept(folder, ['when', '--tz', 'Europe/Berlin', 'monthly ' + one])
        if (rc == 0) == asked:
            wrong(f'daemon/kept.7:{n}', f'{one}: {out.strip()}')


def read_as(folder, line):
    rc, out = kept(folder, ['commands', '--json'], line + '\n')
    return {c.get('cmd') for c in json.loads(out)} if rc == 0 else {out}


def answers(folder):
    global ran
    for n, item, one in list(words('daemon/kept.7', 'ANSWERS')) + list(words('daemon/kept.7', 'EXAMPLES')):
        verb = item.split()[1] if item.startswith('Cm ') else ''
        ran += 1
        verbs = read_as(folder, one)
        if 'error' in verbs: # it lacks its date
            verbs = read_as(folder, one + ' friday')
        if not verbs or 'unknown' in verbs or 'error' in verbs or (verb and verb not in verbs):
            wrong(f'daemon/kept.7:{n}', f'"{one}" is read as {", ".join(sorted(verbs))}, not {verb}')


def addresses(folder, manual):
    """kept+…@ wherever it stands: the words for a date in it are a date."""
    global ran
    for one in sorted(set(re.findall(r'kept\+[\w+-]+@', open(manual).read()))):
        ran += 1
        rc, out = kept(folder, ['explain', '--json', '-'], letter(one + 'example.org'))
        due = json.loads(out)['tag']['options'].get('due') if rc == 0 else None
        if rc or (due and kept(folder, ['when', '--tz', 'Europe/Berlin', due])[0]):
            wrong(manual, f'{one} is read as {due}: {out.strip()}')


def choices(folder):
    """.It Cm stage establishing | developing: each is one."""
    global ran
    for verb, rest in re.findall(r'^\.It Cm (\w+) (.*\|.*)$', open('daemon/kept.7').read(), re.M):
        for choice in re.sub(r'\b(Op|Cm|Ar \S+)', '', rest).replace('|', ' ').split():
            ran += 1
            rc, out = kept(folder, ['commands', '--json'], f'{verb} {choice}\n')
            if f'"arg": "{choice}"' not in out or f'"cmd": "{verb}"' not in out:
                wrong('daemon/kept.7', f'{verb} {choice} is read as {out.strip()}')


def shipped(folder):
    """conf/kept.conf loads, and with the settings that stand in it as comments too."""
    global ran
    os.mkdir(os.path.join(folder, 'templates'))
    for name in ('my-ca.pem', 'safety-words.txt', 'refusal-words.txt'):
        open(os.path.join(folder, name), 'w').close()
    text = open('conf/kept.conf').read()
    for one in text, re.sub(r'^//(?=  |[a-z}])', '', text, flags=re.M):
        ran += 1
        with open(os.path.join(folder, 'shipped.conf'), 'w') as f:
            f.write(one)
        rc, out = kept(folder, ['-c', 'shipped.conf', 'when', 'friday'])
        if rc:
            wrong('conf/kept.conf', out.strip())


def width(manual):
    """It is read on a terminal of 80 columns."""
    page = subprocess.run(['mandoc', '-Tascii', manual], capture_output=True, text=True).stdout
    for line in re.sub('.\b', '', page).split('\n'):
        if len(line) > 80:
            wrong(manual, f'wider than 80 columns: {line.strip()}')


with tempfile.TemporaryDirectory() as top:
    for manual in MANUALS:
        folder = os.path.join(top, os.path.basename(manual))
        os.mkdir(folder)
        house = os.path.join(top, 'kept.conf.5', 'kept.conf')
        if os.path.exists(house):
            with open(os.path.join(folder, 'kept.conf'), 'w') as f:
                f.write(open(house).read())
        examples(folder, manual)
        addresses(folder, manual)
        if shutil.which('mandoc'):
            width(manual)
    shipped(os.path.join(top, 'kept.conf.5'))
    dates(os.path.join(top, 'kept.7'))
    choices(os.path.join(top, 'kept.7'))
    answers(os.path.join(top, 'kept.7'))
print(f'examples: {ran} of the manuals tried, {failed} wrong')
sys.exit(failed != 0)
