#!/usr/bin/env python3
"""Scores the parser on RenderCV PDFs beside their YAML: the same facts must come out of every layout.

    python3 bench/rendercv.py --cmd 'bespoke parse {} --format json-resume' FOLDER

FOLDER holds NAME.pdf and NAME.yaml. Needs PyYAML. Dates count by year and month, texts by the F1 of their tokens (0.8).
"""
import argparse
import json
import re
import shlex
import subprocess
from collections import Counter
from pathlib import Path

import yaml


def tokens(text):
    return re.findall(r"[^\W_]+", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", str(text or "")).lower())


def same(a, b, least=0.8):
    a, b = Counter(tokens(a)), Counter(tokens(b))
    common = sum((a & b).values())
    return bool(common) and 2 * common / (a.total() + b.total()) >= least


def facts(entry, names):
    """Fields of a YAML entry under the names of JSON Resume."""
    out = {new: entry.get(old) for old, new in names.items() if entry.get(old)}
    for old, new in (("start_date", "startDate"), ("end_date", "endDate")):
        if entry.get(old):
            out[new] = str(entry[old])
    return out


def bullets(entry):
    """Highlights with their nested ones as lines of their own."""
    return [line.strip(" -") for item in entry.get("highlights") or [] for line in re.split(r"\s+- ", str(item))]


def compare(want, have, count, missed):
    for key, value in want.items():
        found = have.get(key)
        if key in ("startDate", "endDate"):
            good = (not found and bool(have.get("startDate"))) if value == "present" else str(found or "")[:7] == value[:7]
        else:
            good = same(value, found)
        count[0 if good else 1] += 1
        if not good:
            missed.append(f"{key}: {value!r}, found {found!r}")


def align(entries, found, name):
    for entry in entries:
        yield entry, next((f for f in found if same(entry.get(name) or "", f.get(name), 0.6) and f.get("startDate", "")[:7] == str(entry.get("startDate", ""))[:7]),
                          next((f for f in found if same(entry.get(name) or "", f.get(name), 0.6)), {}))


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--cmd", required=True)
    arguments.add_argument("folder", type=Path)
    args = arguments.parse_args()
    for truth in sorted(args.folder.glob("*.yaml")):
        pdf = truth.with_suffix(".pdf")
        if not pdf.exists():
            continue
        done = subprocess.run([p.replace("{}", str(pdf)) for p in shlex.split(args.cmd)], capture_output=True, timeout=60)
        found = json.loads(done.stdout) if done.returncode == 0 else {}
        cv = yaml.safe_load(truth.read_text(encoding="utf-8"))["cv"]
        sections, count, missed = cv["sections"], [0, 0], []
        compare({k: v for k, v in (("name", cv["name"]), ("email", cv["email"])) if v}, found.get("basics") or {}, count, missed)
        for section, key, names in (
            ("experience", "work", {"company": "name", "position": "position", "location": "location"}),
            ("education", "education", {"institution": "institution", "degree": "studyType", "area": "area"}),
            ("projects", "projects", {"name": "name"}),
        ):
            name = "institution" if key == "education" else "name"
            entries = [{**facts(e, names), "_": e} for e in sections.get(section) or []]
            for entry, match in align(entries, found.get(key) or [], name):
                compare({k: v for k, v in entry.items() if k != "_"}, match, count, missed)
                lines = (match.get("highlights") or []) + [match.get("score")] + (match.get("courses") or [])
                for text in bullets(entry["_"]):
                    good = any(same(text, line) for line in lines)
                    count[0 if good else 1] += 1
                    if not good:
                        missed.append(f"{key} highlight: {text!r}")
        wanted = [w.strip() for group in sections.get("skills") or [] for w in re.split(r",\s*(?![^(]*\))", str(group.get("details", "")))]
        known = [k for group in found.get("skills") or [] for k in group.get("keywords") or []]
        for word in wanted:
            good = any(same(word, k) for k in known)
            count[0 if good else 1] += 1
            if not good:
                missed.append(f"skill: {word!r}")
        print(f"{count[0] / max(sum(count), 1):.3f} of {sum(count)} facts  {pdf.name}")
        for line in missed:
            print("   ", line)


if __name__ == "__main__":
    main()
