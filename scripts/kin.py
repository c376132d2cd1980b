"""Writes data/words/kin.txt from the files of WordNet 3.0: words that may stand for one another, or for a narrower word.

    python3 scripts/kin.py <folder with index.noun, data.noun ...> > data/words/kin.txt

A line is a stem and the stems that back it, sorted by bytes: synonyms of frequent senses, wider nouns, forms of one word
(statute, statutory), those with a plus. Agents are no forms of what they do, spans of time and numbers have no kin.
"""

import collections
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
WORDS = os.path.join(HERE, "..", "data", "words")
SENSES = 3
LEFT_OUT = {5, 8, 20, 23, 28}  # animals, bodies, plants, quantities, time
PERSON = 18


def lines(name):
    with open(os.path.join(WORDS, name), encoding="utf-8") as file:
        return [l.strip() for l in file if l.strip() and not l.startswith("#")]


IRREGULAR = dict(l.split(" ", 1) for l in lines("irregular.txt"))
VOWEL = re.compile("[aeiouy]")


def stem(word):
    """As `wording::stem`."""
    return strip(IRREGULAR.get(word, word))


def strip(word):
    n = len(word)
    if n <= 3 or not re.fullmatch("[a-z]+", word):
        if word.endswith("s") and (n == 4 or n == 3 and word[1] not in "aeious"):
            return word[:-1]
        return word
    w = derived(derived(inflected(word)))
    if len(w) > 3 and w.endswith("e"):
        w = w[:-1]
    if len(w) > 4 and w.endswith("at"):
        w = w[:-2]
    if len(w) > 3 and w.endswith("iz"):
        w = w[:-2] + "is"
    if len(w) > 3 and w.endswith("ll"):
        w = w[:-1]
    return w


def inflected(w):
    if w.endswith("sses"):
        w = w[:-2]
    elif w.endswith("ies"):
        w = w[:-3] + "y"
    elif w.endswith("s") and not w.endswith(("ss", "us", "is")):
        w = w[:-1]
    if w in ("embed", "shed", "hundred") or w.endswith("eed") and not w.endswith(("reed", "teed")):
        return w
    for suffix, least in (("ingly", 3), ("ing", 3), ("ied", 2), ("ed", 3)):
        if not w.endswith(suffix):
            continue
        cut = w[: -len(suffix)]
        if len(cut) < least or not VOWEL.search(cut):
            continue
        if suffix == "ied":
            return cut + "y"
        doubled = len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "lszeo"
        return cut[:-1] if suffix in ("ing", "ed") and doubled else cut
    return w


def derived(w):
    for suffix, least in (("ization", 3), ("isation", 3), ("ation", 3), ("ment", 4), ("ion", 4)):
        if w.endswith(suffix):
            cut = w[: -len(suffix)]
            if len(cut) >= least and VOWEL.search(cut):
                return cut + "is" if suffix in ("ization", "isation") else cut
    return w


class Synset:
    def __init__(self, file, words, pointers):
        self.file, self.words, self.pointers = file, words, pointers


def read(folder):
    synsets, rank = {}, {}
    for part, tag in (("noun", "n"), ("verb", "v"), ("adj", "a"), ("adv", "r")):
        with open(os.path.join(folder, "data." + part), encoding="utf-8") as file:
            for line in file:
                if line.startswith("  "):
                    continue
                fields = line.split(" | ")[0].split()
                count = int(fields[3], 16)
                words = [re.sub(r"\(.*\)", "", w) for w in fields[4 : 4 + 2 * count : 2]]
                at = 4 + 2 * count
                pointers = []
                for n in range(int(fields[at])):
                    sign, offset, pos, ends = fields[at + 1 + 4 * n : at + 5 + 4 * n]
                    pointers.append((sign, (pos.replace("s", "a"), offset), int(ends[:2], 16), int(ends[2:], 16)))
                synsets[(tag, fields[0])] = Synset(int(fields[1]), words, pointers)
        with open(os.path.join(folder, "index." + part), encoding="utf-8") as file:
            for line in file:
                if line.startswith("  "):
                    continue
                fields = line.split()
                senses = int(fields[2])
                for n, offset in enumerate(fields[-senses:]):
                    rank[(fields[0], (tag, offset))] = n
    return synsets, rank


def counted(folder):
    """Senses that the texts tagged for WordNet use: (word, number of the sense)."""
    kinds = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
    out = set()
    with open(os.path.join(folder, "cntlist.rev"), encoding="utf-8") as file:
        for line in file:
            key, number, _ = line.split()
            word, rest = key.split("%")
            out.add((word, kinds[rest[0]], int(number) - 1))
    return out


def main(folder):
    synsets, rank = read(folder)
    seen = counted(folder)
    told = {word for word, _, _ in seen}
    english = set(lines("english.txt"))

    def usual(word, key, most=SENSES):
        plain = re.fullmatch("[a-z]{3,}", word) and word in english
        return bool(plain) and rank.get((word, key), 9) < most

    kin = collections.defaultdict(set)

    def common(word, key, most=SENSES):
        return usual(word, key, most) and (word, key[0], rank[(word, key)]) in seen

    def join(wide, narrow):
        a, b = stem(wide), stem(narrow)
        if a != b and len(a) > 2 and len(b) > 2:
            kin[a].add(b)

    persons = set()
    forms = set()
    for key, s in synsets.items():
        if s.file in LEFT_OUT and key[0] == "n":
            continue
        most = SENSES
        here = [w for w in s.words if usual(w, key, most) and w in told]
        if s.file == PERSON and key[0] == "n":
            persons.update(stem(w) for w in s.words if usual(w, key, 1) and w in told)
        for a in here:
            for b in here:
                if a != b and common(a, key, most):
                    join(a, b)
        for sign, other, source, target in s.pointers:
            o = synsets.get(other)
            if o is None or o.file in LEFT_OUT and other[0] == "n":
                continue
            # A wider place or body is a larger claim: a district is more than a department.
            widens = s.file == PERSON or {s.file, o.file} & {14, 15}
            if sign == "@" and key[0] in "nv" and not widens:
                for wide in (w for w in o.words if common(w, other, 2)):
                    for narrow in (w for w in here if usual(w, key, 2)):
                        join(wide, narrow)
            if sign in ("+", "\\") and source and target:
                a, b = s.words[source - 1], o.words[target - 1]
                person = PERSON in (s.file if key[0] == "n" else 0, o.file if other[0] == "n" else 0)
                first = usual(a, key, 1) and usual(b, other, 1) and a[:4] == b[:4]
                if not person and usual(a, key, 4) and usual(b, other, 4) and (a in told or b in told or first):
                    join(a, b)
                    join(b, a)
                    forms.add((stem(a), stem(b)))
                    forms.add((stem(b), stem(a)))
    kin["person"] |= persons - {"person"}
    # What a verb of rank or founding, a word of praise or a title may stand for is said elsewhere.
    closed = set()
    for line in lines("verbs.txt"):
        kind, verbs = line.split(":")
        if kind in ("lead", "found"):
            closed |= {stem(v) for v in verbs.split()}
    for name in ("claims.txt", "titles.txt"):
        for line in lines(name):
            closed |= {stem(w) for w in line.split(":")[-1].split()}
    for line in lines("limits.txt"):
        closed |= {stem(w) for w in re.split("[ ,]+", line.split(":")[1])}
    print("# Made by scripts/kin.py from WordNet 3.0; its licence is in WORDNET-LICENSE. A stem and the stems that back it.")
    for word in sorted(kin):
        if word not in closed:
            print(word, *sorted(kin[word] - {k for k in kin[word] if (word, k) in forms}), *sorted("+" + k for k in kin[word] if (word, k) in forms))


if __name__ == "__main__":
    main(sys.argv[1])
