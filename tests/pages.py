#!/usr/bin/env python3
"""pages: the rules of HTML in mail that a program can see, held over each golden mail (or the .eml files that are named).
Prints what breaks one, and how many mails hold all; ends with 1 if one does not."""
import email, email.policy, glob, html.parser, re, sys

VOID = {'meta', 'br', 'hr', 'img'}
TARGET = re.compile(r'\]\(mailto:[^()]*\)')


class Reader(html.parser.HTMLParser):
    """What stands in the page: its words, headings, links, and each text's colour on its ground."""

    def __init__(self):
        super().__init__()
        self.open, self.words, self.headings, self.links, self.faults = [], [], [], [], []
        self.lang, self.widths, self.h1, self.buttons = None, [], '', 0

    def style(self, a):
        return dict((k.strip(), v.strip()) for k, _, v in (d.partition(':') for d in a.get('style', '').split(';')) if v)

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        style = self.style(a)
        before = self.open[-1] if self.open else {'color': None, 'ground': None, 'hidden': False, 'tag': ''}
        now = {'tag': tag, 'color': style.get('color', before['color']),
               'ground': style.get('background-color', before['ground']),
               'hidden': before['hidden'] or tag in ('head', 'style', 'title') or style.get('display') == 'none'}
        if tag == 'html':
            self.lang = a.get('lang')
        if tag in ('script', 'link', 'iframe', 'object', 'form'):
            self.faults.append('<%s>' % tag)
        if re.search(r'url\(|@import', a.get('style', '')) or a.get('background') or a.get('src', '').startswith('http'):
            self.faults.append('<%s> loads something' % tag)
        if re.search(r'flex|grid|float|position', a.get('style', '')):
            self.faults.append('<%s> has a layout that Word does not know' % tag)
        if tag == 'img' and 'alt' not in a:
            self.faults.append('a picture without words')
        if tag == 'table' and a.get('role') != 'presentation' and 'cellpadding' in a:
            self.faults.append('a table of the layout that does not say so')
        if tag in ('p', 'li') and any(o['tag'] == 'blockquote' for o in self.open) and a.get('dir') != 'auto':
            self.faults.append("what people wrote does not have its own direction")
        if re.fullmatch('h[1-6]', tag):
            self.headings.append(int(tag[1]))
        if tag == 'a':
            self.links.append([a.get('href', ''), ''])
        if 'max-width' in style:
            self.widths.append(style['max-width'])
        if a.get('class') == 'do':
            self.buttons += 1
            border, padding, line = (int(re.search(r'(\d+)px', style[k]).group(1)) for k in ('border', 'padding', 'line-height'))
            if 2 * (border + padding) + line < 44:
                self.faults.append('a button lower than 44 px')
        if tag in VOID:
            if tag == 'br':
                self.words.append(' ')
        else:
            self.open.append(now)
            self.words.append(' ' if tag not in ('a', 'code', 'strong', 'em') else '')

    def handle_endtag(self, tag):
        if not self.open or self.open[-1]['tag'] != tag:
            self.faults.append('</%s> closes nothing' % tag)
        elif self.open:
            self.open.pop()
        self.words.append(' ' if tag not in ('a', 'code', 'strong', 'em') else '')

    def handle_data(self, data):
        if not self.open or self.open[-1]['hidden']:
            return
        o = self.open[-1]
        self.words.append(data)
        if any(x['tag'] == 'a' for x in self.open):
            self.links[-1][1] += data
        if any(x['tag'] == 'h1' for x in self.open):
            self.h1 += data
        if data.strip() and (o['color'] or o['ground']):
            if not (o['color'] and o['ground']) or contrast(o['color'], o['ground']) < 4.5:
                self.faults.append('%s on %s: "%s"' % (o['color'], o['ground'], data.strip()[:30]))


def light(colour):
    part = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    part = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in part]
    return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2]


def contrast(a, b):
    a, b = sorted((light(a), light(b)))
    return (b + 0.05) / (a + 0.05)


def dark(source):
    """The colours of the dark, each text's on the ground it stands on."""
    rules = dict(re.findall(r'(\.[\w .]+?) \{ (.*?) \}', source.partition('prefers-color-scheme: dark) {')[2]))
    colour = {(k, p): v for k, body in rules.items() for p, v in re.findall(r'([\w-]*color): (#\w{6})', body)}
    ground = colour.get(('.column', 'background-color'))
    return ['%s %s on %s in the dark' % (k, v, g) for (k, p), v in colour.items() if p == 'color'
            for g in [colour.get((k, 'background-color'), ground)] if contrast(v, g) < 4.5]


def words(s):
    return re.findall(r'\w+', s)


def plain_words(text, links):
    """The words of the text part that are no addresses of links."""
    for href, said in links:
        text = text.replace(' <%s>' % href, '') if said != href else text
    return words(TARGET.sub(']', text))


def faults(path):
    mail = email.message_from_binary_file(open(path, 'rb'), policy=email.policy.default)
    page, text = mail.get_body(('html',)), mail.get_body(('plain',))
    source, text = page.get_content(), text.get_content()
    r = Reader()
    r.feed(source)
    own = mail['X-Kept-Kind'] is not None
    found = r.faults + dark(source)
    name = re.search(r'[-.](de|fr|es)\b', path)
    if not r.lang or (name and mail['X-Kept-Kind'] not in (None, 'none') and r.lang != name.group(1)):
        found.append('lang is %s' % r.lang)
    found += ['a link without words' for href, said in r.links if not said.strip()]
    found += ['a link to %s' % href for href, said in r.links if not re.match('(?i)(https?|mailto):', href)]
    title = re.sub(r'^(Re: )+', '', mail['Subject'])
    seen, read = words(''.join(r.words)), plain_words(text, r.links)
    if own and words(r.h1) == words(title) and seen[:len(words(title))] == words(title) and read[:len(words(title))] != words(title):
        seen = seen[len(words(title)):]
    if seen != read:
        at = next((i for i, (a, b) in enumerate(zip(seen, read)) if a != b), min(len(seen), len(read)))
        found.append('the parts differ: HTML "%s", text "%s"' % (' '.join(seen[at:at + 8]), ' '.join(read[at:at + 8])))
    if not own:
        if r.buttons or '<table role' in source or 'class=' in source or r.headings[:1] == [1]:
            found.append('a mail in the owner\'s name that does not look like one')
        return found
    if r.headings.count(1) != 1 or r.headings[0] != 1 or any(b > a + 1 for a, b in zip(r.headings, r.headings[1:])):
        found.append('headings %s' % r.headings)
    if r.widths != ['600px']:
        found.append('widths %s' % r.widths)
    if 'name="color-scheme"' not in source or 'prefers-color-scheme: dark' not in source:
        found.append('no dark')
    preheader = re.search(r'aria-hidden="true">(.*?)</div>', source)
    if not preheader or len(preheader.group(1)) < 20:
        found.append('what an inbox shows is "%s"' % (preheader and preheader.group(1)))
    return found


def main():
    paths, broken = sys.argv[1:] or sorted(glob.glob('tests/golden/*.eml')), 0
    for path in paths:
        found = faults(path)
        broken += bool(found)
        for f in found:
            print('%s: %s' % (path, f))
    print('%d mails hold the rules, %d do not' % (len(paths) - broken, broken))
    return broken > 0


sys.exit(main())
