#!/usr/bin/env python3
"""Shows how far the parser's confidence can be trusted: of the fields at 0.9, nine in ten should be right.

    python3 bench/reliability.py --cmd 'target/debug/examples/parse --fields {}' MANIFEST [MANIFEST …]

Names, addresses, employers, titles, schools, dates, bullets and skills are compared with all that the truth knows.
"""
import argparse
import json
import re
import shlex
import subprocess
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path


def tokens(text):
    text = unicodedata.normalize("NFKD", str(text or "")).lower()
    return re.findall(r"[^\W_]+", "".join(c for c in text if not unicodedata.combining(c)))


def same(a, b, least=0.8):
    a, b = Counter(tokens(a)), Counter(tokens(b))
    common = sum((a & b).values())
    return bool(common) and 2 * common / (a.total() + b.total()) >= least


def shown(value):
    """A date as JSON Resume writes it."""
    return value if isinstance(value, str) else json.dumps(value)


def known(person):
    basics = person.get("basics") or {}
    work = (person.get("work") or []) + (person.get("volunteer") or [])
    schools = person.get("education") or []
    return {
        "name": [basics.get("name")], "email": [basics.get("email")], "phone": [basics.get("phone")],
        "company": [w.get("name") or w.get("organization") for w in work], "position": [w.get("position") for w in work],
        "start": [w.get("startDate") for w in work], "highlight": [h for w in work for h in w.get("highlights") or []] + [w.get("summary") for w in work],
        "school": [s.get("institution") for s in schools],
        "degree": [s.get("studyType") for s in schools], "area": [s.get("area") for s in schools],
        "skill": [k for s in person.get("skills") or [] for k in (s.get("keywords") or []) + [s.get("name")]],
    }


def fields(resume):
    contact = resume.get("contact") or {}
    for key in ("name", "email", "phone"):
        yield key, contact.get(key)
    for job in resume.get("work") or []:
        yield "company", job.get("company")
        yield "position", job.get("position")
        yield "start", job.get("start")
        for bullet in job.get("highlights") or []:
            yield "highlight", bullet.get("text")
    for school in resume.get("education") or []:
        yield "school", school.get("institution")
        yield "degree", school.get("study_type") or school.get("studyType")
        yield "area", school.get("area")
    for group in resume.get("skills") or []:
        for keyword in group.get("keywords") or []:
            yield "skill", keyword


def right(kind, value, values):
    if kind in ("email", "phone"):
        strip = lambda text: re.sub(r"\W", "", str(text or "")).lower()
        return any(strip(value)[-9:] == strip(v)[-9:] for v in values if v)
    if kind == "start":
        return any(v and shown(value)[: len(v[:7])] == v[:7] or v and v.startswith(shown(value)[:4]) and len(shown(value)) == 4 for v in values)
    return any(same(value, v) for v in values if v)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--cmd", required=True)
    arguments.add_argument("manifests", nargs="+", type=Path)
    args = arguments.parse_args()
    table, kinds = defaultdict(lambda: [0, 0, 0.0]), defaultdict(lambda: [0, 0, 0.0])
    for manifest in args.manifests:
        for line in manifest.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["format"] not in ("pdf", "docx", "txt", "md"):
                continue
            command = [p.replace("{}", str(manifest.parent / row["file"])) for p in shlex.split(args.cmd)]
            done = subprocess.run(command, capture_output=True, timeout=60)
            if done.returncode:
                continue
            values = known(json.loads((manifest.parent / row["full"]).read_text(encoding="utf-8")))
            for kind, field in fields(json.loads(done.stdout)):
                if not field:
                    continue
                good = right(kind, field["value"], values[kind])
                for count in (table[min(int(field["confidence"] * 10), 9)], kinds[kind]):
                    count[0] += good
                    count[1] += 1
                    count[2] += field["confidence"]
    print("confidence  fields  said  right")
    for bucket, (good, count, said) in sorted(table.items()):
        print(f"{bucket / 10:.1f}–{(bucket + 1) / 10:.1f}    {count:>6}  {said / count:.2f}  {good / count:.2f}")
    for kind, (good, count, said) in sorted(kinds.items()):
        print(f"{kind:<10} {count:>6}  {said / count:.2f}  {good / count:.2f}")


if __name__ == "__main__":
    main()
