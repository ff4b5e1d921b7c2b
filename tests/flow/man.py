#!/usr/bin/python3
"""The manual pages say what the program and the schemas say.

man.py --write brings the made parts of docs/man up to date; without it the
pages are compared, and set by groff without a complaint.
"""
import json
import os
import re
import subprocess
import sys

TOP = os.environ.get('TOP') or os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
KPID = os.environ.get('KPID', os.path.join(TOP, 'build/kpid'))
# Pages of keys, with the schemas and what their sections are called.
SCHEMAS = {
    'kpid.json.5': (('kpid', 'THE SERVICE'), ('indicators', 'INDICATORS')),
    'kpid-feed.5': (('feed', 'KEYS'),),
}


def run(*args):
    return subprocess.run([KPID, *args], capture_output=True, text=True,
                          check=True).stdout


def roff(text):
    """Text as a line of roff: nothing in it is a request."""
    text = text.replace('\\', '\\e').replace('-', '\\-')
    return '\\&' + text if text[:1] in ".'" else text


def commands():
    """Usage, summary and the further words of every command."""
    names = re.findall(r'^  ([a-z]+) ', run('--help').split('commands:')[1]
                       .split('\n\n')[0], re.M)
    out = []
    for name in names:
        usage, summary, *more = run(name, '--help').split('\n\n', 2)
        words = " ".join(usage.split()).replace(
            "usage: kpid [-c FILE] ", "", 1)
        out += ['.SS ' + roff(words), roff(summary.strip() + '.')]
        if more:
            out += ['.nf', '.RS 4']
            out += [roff(line) or '.sp' for line in more[0].rstrip()
                    .split('\n')]
            out += ['.RE', '.fi']
    return out


def kind(node):
    """A type in a few words."""
    if 'enum' in node:
        return ' or '.join(json.dumps(v, ensure_ascii=False)
                           for v in node['enum'])
    if 'const' in node:
        return json.dumps(node['const'], ensure_ascii=False)
    of = node.get('type', '')
    if of == 'array':
        return 'list'
    if isinstance(of, list):
        of = ' or '.join(of)
    return of


def resolve(root, node):
    """What a reference within the file stands for; another file's keys have
    a section of their own."""
    while node.get('$ref', '').startswith('#'):
        path = node['$ref'].lstrip('#/').split('/')
        target = root
        for step in path:
            target = target[step]
        node = {**target, **{k: v for k, v in node.items() if k != '$ref'}}
    return node


def children(root, node):
    """Where the keys below a node stand, with what joins their names to its
    own; objects in lists and among alternatives too."""
    if 'items' in node and isinstance(node['items'], dict):
        yield '[]', resolve(root, node['items'])
    extra = node.get('additionalProperties')
    if isinstance(extra, dict):
        yield '.NAME', resolve(root, extra)
    for word in ('oneOf', 'anyOf', 'allOf'):
        for one in node.get(word, []):
            yield '', resolve(root, one)


def keys(root, node, name, out, seen):
    """A paragraph for every key below a node, once each."""
    required = node.get('required', [])
    for key, child in node.get('properties', {}).items():
        if key == '$schema':
            continue
        child = resolve(root, child)
        path = f'{name}.{key}' if name else key
        if path not in seen and child.get('description'):
            seen.add(path)
            facts = [kind(child)] if kind(child) else []
            if key in required:
                facts.append('needed')
            if 'default' in child:
                facts.append('default ' + json.dumps(
                    child['default'], ensure_ascii=False))
            out += ['.TP', f'.B {roff(path)}', roff(child['description'])]
            if facts:
                out.append(roff('(' + '; '.join(facts) + ')'))
        keys(root, child, path, out, seen)
    for joint, child in children(root, node):
        if child is not node:
            keys(root, child, name + joint, out, seen)


def schema_keys(page):
    out = []
    for name, title in SCHEMAS[page]:
        path = os.path.join(TOP, 'config/schema', name + '.schema.json')
        with open(path, encoding='utf-8') as f:
            root = json.load(f)
        out += ['.SH ' + title, roff(root.get('description', ''))]
        keys(root, root, '', out, set())
    return out


def rebuilt(path, word, lines):
    """The page with its made part made anew."""
    with open(path, encoding='utf-8') as f:
        page = f.read()
    begin = f'.\\" {word}: made by tests/flow/man.py --write\n'
    end = f'.\\" end of {word}\n'
    head, rest = page.split(begin)
    return page, head + begin + '\n'.join(lines) + '\n' + end \
        + rest.split(end)[1]


def main():
    pages = (('kpid.8', 'commands', commands()),
             *((page, 'keys', schema_keys(page)) for page in SCHEMAS))
    bad = 0
    for name, word, lines in pages:
        path = os.path.join(TOP, 'docs/man', name)
        there, right = rebuilt(path, word, lines)
        if '--write' in sys.argv:
            with open(path, 'w', encoding='utf-8') as f:
                f.write(right)
            continue
        ok = there == right
        print('ok' if ok else 'not ok', f'- {name} says what the {word} are'
              + ('' if ok else '; HINT: KPID=... tests/flow/man.py --write'))
        said = subprocess.run(
            ['groff', '-man', '-Tutf8', '-ww', '-K', 'utf8', path],
            capture_output=True, text=True, check=False)
        clean = said.returncode == 0 and not said.stderr
        print('ok' if clean else 'not ok', f'- {name} is set without complaint',
              said.stderr.strip())
        bad += (not ok) + (not clean)
    return 1 if bad else 0


sys.exit(main())
