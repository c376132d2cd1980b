#!/usr/bin/env python3
"""Scores `bespoke parse` on files whose truth is known.

    python3 bench/eval.py --bin BESPOKE [--manifest fixtures/corpus/manifest.jsonl] [--format pdf] [--worst 10]

Each line of the manifest names a file, its format and layout, and two JSON Resumes: `truth`, what that file shows, and
`full`, all that the person has. What is right but not demanded (in `full`, not in `truth`) neither counts nor costs.

Eight groups, each an F1 over pooled counts; the headline is their mean:
contact, company, position, dates, highlights (token F1 of at least 0.8 within the matched job), education, skills, extras.
"""
import argparse
import json
import re
import subprocess
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

GROUPS = ["contact", "company", "position", "dates", "highlights", "education", "skills", "extras"]
DEGREE_WORDS = {"of", "in", "the", "and", "en", "de", "et", "und", "im", "der", "du", "a"}
DEGREE_FORMS = [
    (r"\bbachelors? of science\b|\bb ?s ?c?\b", "bsc"), (r"\bmasters? of science\b|\bm ?s ?c?\b", "msc"),
    (r"\bbachelors? of arts\b|\bb ?a\b", "ba"), (r"\bmasters? of business administration\b", "mba"),
    (r"\bbachelors? of engineering\b|\bb ?eng\b", "beng"), (r"\bdoctor of philosophy\b|\bph ?d\b", "phd"),
]


def fold(text):
    text = unicodedata.normalize("NFKD", str(text or "")).replace("ß", "ss")
    return "".join(c for c in text if not unicodedata.combining(c)).lower()


def tokens(text):
    return re.findall(r"[^\W_]+", fold(text))


def overlap(a, b):
    """F1 of two bags of tokens."""
    a, b = Counter(tokens(a)), Counter(tokens(b))
    common = sum((a & b).values())
    return 2 * common / (a.total() + b.total()) if common else 0.0


def same(a, b, least=0.8):
    return bool(a and b) and ("".join(tokens(a)) == "".join(tokens(b)) or overlap(a, b) >= least)


def same_phone(a, b):
    a, b = (re.sub(r"\D", "", x) for x in (a, b))
    return bool(a and b) and a[-9:] == b[-9:]


def link(text):
    return re.sub(r"^(https?://)?(www\.)?", "", fold(text).strip()).rstrip("/")


def same_date(truth, found):
    return bool(found) and found[: len(truth[:7])] == truth[:7]


def degree(entry):
    text = " ".join(tokens(f"{entry.get('studyType') or ''} {entry.get('area') or ''}"))
    for pattern, form in DEGREE_FORMS:
        text = re.sub(pattern, form, text)
    return {word for word in text.split() if word not in DEGREE_WORDS}


def same_degree(truth, found):
    common = len(truth & found)
    return bool(common) and common / len(truth) >= 0.6 and common / len(found) >= 0.4


def pairs(left, right, score, least):
    """Greedy one-to-one matching, best pairs first; the order of the lists does not matter for distinct scores."""
    ranked = sorted(((score(a, b), i, j) for i, a in enumerate(left) for j, b in enumerate(right)), key=lambda x: (-x[0], x[1], x[2]))
    used_left, used_right, out = set(), set(), []
    for value, i, j in ranked:
        if value < least:
            break
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            out.append((i, j))
    return out


class Tally:
    """True positives, false positives, false negatives by group."""

    def __init__(self):
        self.counts = {group: [0, 0, 0] for group in GROUPS}

    def add(self, other):
        for group, counts in other.counts.items():
            for i, n in enumerate(counts):
                self.counts[group][i] += n

    def field(self, group, truth, found, allowed, equal):
        """One value against one value; `allowed` are other values that the person really has."""
        count = self.counts[group]
        if truth:
            if found and equal(truth, found):
                count[0] += 1
            else:
                count[2] += 1
                count[1] += bool(found)
        elif found and not any(equal(a, found) for a in allowed if a):
            count[1] += 1

    def pool(self, group, truth, found, allowed, equal):
        """A list against a list, each found value used once."""
        matched = pairs(truth, found, lambda a, b: float(equal(a, b)), 0.5)
        used = {j for _, j in matched}
        count = self.counts[group]
        count[0] += len(matched)
        count[2] += len(truth) - len(matched)
        count[1] += sum(1 for j, x in enumerate(found) if j not in used and not any(equal(a, x) for a in allowed))

    def dates(self, group, truth, found):
        count = self.counts[group]
        for key in ("startDate", "endDate"):
            want, have = truth.get(key) or "", found.get(key) or ""
            if want == "present":
                good = not have and bool(found.get("startDate"))
                count[0 if good else 2] += 1
                count[1] += bool(have)
            elif want:
                good = same_date(want, have)
                count[0 if good else 2] += 1
                count[1] += bool(have) and not good

    def f1(self, group):
        tp, fp, fn = self.counts[group]
        return 2 * tp / (2 * tp + fp + fn) if tp + fp + fn else 1.0

    def macro(self):
        live = [g for g in GROUPS if sum(self.counts[g])]
        return sum(self.f1(g) for g in live) / len(live) if live else 1.0


def entries(resume, section):
    return [e for e in resume.get(section) or [] if isinstance(e, dict)]


def highlights(entry):
    return [h for h in entry.get("highlights") or [] if h]


def compare(found, truth, full):
    tally = Tally()
    fb, tb, ab = found.get("basics") or {}, truth.get("basics") or {}, full.get("basics") or {}
    for key, equal in (("name", same), ("email", lambda a, b: fold(a) == fold(b)), ("phone", same_phone)):
        tally.field("contact", tb.get(key), fb.get(key), [ab.get(key)], equal)
    city = lambda basics: (basics.get("location") or {}).get("city")
    tally.field("contact", city(tb), city(fb), [city(ab)], same)

    def links(basics):
        list_ = [link(basics["url"])] if basics.get("url") else []
        return list_ + [link(p.get("url") or p.get("username") or "") for p in basics.get("profiles") or []]

    same_link = lambda a, b: bool(a and b) and (a == b or a.split("/")[-1] == b.split("/")[-1])
    tally.pool("contact", links(tb), links(fb), links(ab), same_link)

    def job_score(t, p):
        score = 2 * overlap(t.get("name"), p.get("name")) + 2 * overlap(t.get("position"), p.get("position"))
        score += 1.5 * same_date(t.get("startDate") or "?", p.get("startDate") or "")
        hits = pairs(highlights(t), highlights(p), overlap, 0.8)
        return score + 3 * len(hits) / max(len(highlights(t)), 1)

    jobs, read, all_jobs = entries(truth, "work"), entries(found, "work"), entries(full, "work")
    matched = pairs(jobs, read, job_score, 0.8)
    left, right = {i for i, _ in matched}, {j for _, j in matched}
    rows = [(jobs[i], read[j]) for i, j in matched]
    rows += [(job, {}) for i, job in enumerate(jobs) if i not in left] + [({}, job) for j, job in enumerate(read) if j not in right]
    for t, p in rows:
        for group, key in (("company", "name"), ("position", "position")):
            tally.field(group, t.get(key), p.get(key), [j.get(key) for j in all_jobs] if t else [], same)
        tally.dates("dates", t, p) if t else tally.pool("dates", [], [p[k] for k in ("startDate", "endDate") if p.get(k)], [], same)
        tally.pool("highlights", highlights(t), highlights(p), [], lambda a, b: overlap(a, b) >= 0.8)

    schools, read, all_schools = entries(truth, "education"), entries(found, "education"), entries(full, "education")
    school_score = lambda t, p: 2 * overlap(t.get("institution"), p.get("institution")) + same_degree(degree(t), degree(p)) + 0.5 * same_date(t.get("endDate") or "?", p.get("endDate") or "")
    matched = pairs(schools, read, school_score, 0.5)
    left, right = {i for i, _ in matched}, {j for _, j in matched}
    rows = [(schools[i], read[j]) for i, j in matched]
    rows += [(s, {}) for i, s in enumerate(schools) if i not in left] + [({}, s) for j, s in enumerate(read) if j not in right]
    for t, p in rows:
        tally.field("education", t.get("institution"), p.get("institution"), [s.get("institution") for s in all_schools] if t else [], same)
        tally.field("education", degree(t), degree(p), [degree(s) for s in all_schools] if t else [], same_degree)
        tally.dates("education", t, p) if t else tally.pool("education", [], [p[k] for k in ("startDate", "endDate") if p.get(k)], [], same)

    def skills(resume, with_names):
        out = set()
        for group in entries(resume, "skills"):
            words = group.get("keywords") or []
            out |= {re.sub(r"[^\w+#./]+", "", fold(k)) for k in words}
            if with_names or not words:
                out.add(re.sub(r"[^\w+#./]+", "", fold(group.get("name"))))
        return out - {""}

    want, have = skills(truth, False), skills(found, True)
    count = tally.counts["skills"]
    count[0] += len(want & have)
    count[2] += len(want - have)
    count[1] += len(skills(found, False) - skills(truth, True) - skills(full, True))

    for section, key in (("certificates", "name"), ("languages", "language"), ("projects", "name")):
        values = lambda resume: [e[key] for e in entries(resume, section) if e.get(key)]
        tally.pool("extras", values(truth), values(found), values(full), lambda a, b: same(a, b, 0.7))
    return tally


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--bin", required=True)
    arguments.add_argument("--manifest", type=Path, default=Path("fixtures/corpus/manifest.jsonl"))
    arguments.add_argument("--format", help="only this format")
    arguments.add_argument("--worst", type=int, default=0, help="list the files with the lowest score")
    arguments.add_argument("--least", type=float, default=0.0, help="exit with 1 where the macro F1 is below this")
    args = arguments.parse_args()

    base, rows, times = args.manifest.parent, [], []
    load = lambda path: json.loads((base / path).read_text(encoding="utf-8"))
    for line in args.manifest.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if args.format and row["format"] != args.format:
            continue
        start = time.perf_counter()
        done = subprocess.run([args.bin, "parse", base / row["file"], "--format", "json-resume"], capture_output=True, timeout=60)
        times.append(1000 * (time.perf_counter() - start))
        if done.returncode:
            print(f"{row['file']}: {done.stderr.decode(errors='replace').strip()}", file=sys.stderr)
        found = json.loads(done.stdout) if done.returncode == 0 else {}
        rows.append((row, compare(found, load(row["truth"]), load(row["full"]))))

    if not rows:
        sys.exit("no file of the manifest fits")
    total, by = Tally(), {"format": defaultdict(Tally), "layout": defaultdict(Tally)}
    for row, tally in rows:
        total.add(tally)
        for key, groups in by.items():
            groups[row[key]].add(tally)
    times.sort()
    print(f"{len(rows)} files, macro F1 {total.macro():.3f}, parse p50 {times[len(times) // 2]:.0f} ms, p95 {times[int(0.95 * (len(times) - 1))]:.0f} ms\n")
    head = f"{'':<26} macro " + " ".join(f"{g[:10]:>10}" for g in GROUPS)
    print(head)
    table = [("all", total)] + [(f"{key} {name}", t) for key, groups in by.items() for name, t in sorted(groups.items())]
    for name, tally in table:
        print(f"{name:<26} {tally.macro():.3f} " + " ".join(f"{tally.f1(g):>10.3f}" for g in GROUPS))
    for row, tally in sorted(rows, key=lambda r: r[1].macro())[: args.worst]:
        print(f"{tally.macro():.3f} {row['file']}")
    sys.exit(total.macro() < args.least)


if __name__ == "__main__":
    main()
