#!/usr/bin/env python3
"""Scores the parser on résumé texts whose names, employers, titles, schools and degrees were marked by people.

    python3 bench/entities.py --cmd 'bespoke parse {} --format json-resume' --data resumes.jsonl [--errors 20]
    python3 bench/entities.py --found read.jsonl --data resumes.jsonl

A value is found where at least half of its tokens and half of the found value's tokens are shared. Each text is written
to a file of its own and read as plain text, the way a paste is. `--found` takes what was read before: rows `{"id", "resume"}`, as
the example `train_mentions --folds` prints them.
"""
import argparse
import json
import re
import shlex
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

LABELS = {
    "Name": "name", "Companies worked at": "company", "Designation": "position", "College Name": "college", "Degree": "degree",
    "Job Specific Skills": "skills", "Tech Tools": "skills", "Skills": "skills",
}


def tokens(text):
    return re.findall(r"[^\W_]+", str(text or "").lower())


def overlap(a, b):
    a, b = Counter(tokens(a)), Counter(tokens(b))
    common = sum((a & b).values())
    return min(common / a.total(), common / b.total()) if common else 0.0


def unique(values):
    seen, out = set(), []
    for value in values:
        key = " ".join(tokens(value))
        if key and key not in seen:
            seen.add(key)
            out.append(value)
    return out


def truth(row):
    out = {kind: [] for kind in LABELS.values()}
    for _, _, label, text in row["spans"]:
        if label in LABELS:
            out[LABELS[label]].append(text)
    return {kind: unique(values) for kind, values in out.items()}


def found(resume):
    basics = resume.get("basics") or {}
    work = (resume.get("work") or []) + (resume.get("volunteer") or [])
    schools = resume.get("education") or []
    skills = [k for group in resume.get("skills") or [] for k in (group.get("keywords") or [group.get("name")])]
    return {
        "name": unique([basics.get("name")]),
        "company": unique([w.get("name") or w.get("organization") for w in work]),
        "position": unique([w.get("position") for w in work] + [basics.get("label")]),
        "college": unique([s.get("institution") for s in schools]),
        "degree": unique([" ".join(filter(None, [s.get("studyType"), s.get("area")])) for s in schools]),
        "skills": unique(skills),
    }


def match(want, have, kind):
    """Greedy one-to-one matching; a degree may be marked without its subject."""
    pairs = []
    for i, a in enumerate(want):
        for j, b in enumerate(have):
            score = overlap(a, b)
            if kind == "degree" and set(tokens(a)) <= set(tokens(b)) and tokens(a):
                score = max(score, 0.6)
            if score >= 0.5:
                pairs.append((score, i, j))
    pairs.sort(key=lambda p: (-p[0], p[1], p[2]))
    left, right = set(), set()
    for _, i, j in pairs:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
    return left, right


def read(row, folder, command):
    path = folder / f"{row['id']}.txt"
    path.write_text(row["text"], encoding="utf-8")
    done = subprocess.run([part.replace("{}", str(path)) for part in shlex.split(command)], capture_output=True, timeout=60)
    if done.returncode:
        print(row["id"], done.stderr.decode(errors="replace").strip(), file=sys.stderr)
        return {}
    return json.loads(done.stdout)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--found", type=Path, help="JSON Resumes read before, a row each")
    arguments.add_argument("--cmd", help="prints JSON Resume for the file that replaces {}")
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--errors", type=int, default=0, help="show that many files with their errors")
    arguments.add_argument("--limit", type=int, default=0)
    args = arguments.parse_args()
    rows = [json.loads(line) for line in args.data.read_text(encoding="utf-8").splitlines()]
    before = {}
    if args.found:
        before = {row["id"]: row["resume"] for row in map(json.loads, args.found.read_text(encoding="utf-8").splitlines())}
    elif not args.cmd:
        arguments.error("give --cmd or --found")
    counts = {kind: [0, 0, 0] for kind in dict.fromkeys(LABELS.values())}
    shown = 0
    with tempfile.TemporaryDirectory() as folder:
        for row in rows[: args.limit or None]:
            want, have = truth(row), found(before.get(row["id"], {}) if before else read(row, Path(folder), args.cmd))
            lines = []
            for kind, count in counts.items():
                if not want[kind] and kind != "name":
                    continue  # Nobody marked this kind here, so nothing is known about it.
                left, right = match(want[kind], have[kind], kind)
                count[0] += len(left)
                count[1] += len(have[kind]) - len(right)
                count[2] += len(want[kind]) - len(left)
                missed = [v for i, v in enumerate(want[kind]) if i not in left]
                extra = [v for j, v in enumerate(have[kind]) if j not in right]
                if kind != "skills" and (missed or extra):
                    lines.append(f"  {kind}: missed {missed} extra {extra}")
            if lines and shown < args.errors:
                shown += 1
                print(row["id"], *lines, sep="\n")
    print(f"{'':<10} {'P':>6} {'R':>6} {'F1':>6}")
    for kind, (tp, fp, fn) in counts.items():
        precision, recall = tp / max(tp + fp, 1), tp / max(tp + fn, 1)
        print(f"{kind:<10} {precision:>6.3f} {recall:>6.3f} {2 * tp / max(2 * tp + fp + fn, 1):>6.3f}")


if __name__ == "__main__":
    main()
