#!/usr/bin/env python3
"""Whether the job reader keeps required and preferred skills apart, on advertisements whose two lists are known.

    python3 bench/eval_jobs.py --bin READ_JOBS --spans SKILL_SPANS --jobs google_jobs_half.jsonl [--worst 20]

READ_JOBS and SKILL_SPANS are examples of bespoke-core. The fields are joined under their usual headings ("Responsibilities",
"Minimum qualifications", "Preferred qualifications"). The truth of a skill is where its name stands: required when in the
minimum field, preferred when only in the preferred field. Every skill that the dictionary finds in one of the two fields alone
counts; one that the reader does not give counts as wrong.
"""
import argparse
import json
import subprocess
from collections import Counter


def run(binary, texts):
    return subprocess.run(binary, input="".join(json.dumps(t) + "\n" for t in texts), capture_output=True, text=True, check=True).stdout.splitlines()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin", required=True)
    parser.add_argument("--spans", required=True)
    parser.add_argument("--jobs", required=True)
    parser.add_argument("--worst", type=int, default=0)
    args = parser.parse_args()
    with open(args.jobs, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    rows = [r for r in rows if r["minimum"] and r["preferred"]]
    heads = "{title}\n{location}\n\nResponsibilities:\n{responsibilities}\n\nMinimum qualifications:\n{minimum}\n\nPreferred qualifications:\n{preferred}\n"
    jobs = [json.loads(line) for line in run([args.bin], [heads.format(**r) for r in rows])]

    def named(field):
        out = []
        for row, line in zip(rows, run([args.spans, "dictionary"], [r[field] for r in rows])):
            raw = row[field].encode()
            out.append({raw[a:b].decode().lower() for a, b in json.loads(line)})
        return out

    right = total = given = given_right = years = 0
    wrong, lost = Counter(), Counter()
    for row, job, minimum, preferred in zip(rows, jobs, named("minimum"), named("preferred")):
        text = job["text"].encode()
        split = job["text"].rindex("\nPreferred qualifications:\n")
        at = job["text"].index("\nMinimum qualifications:\n")
        low_minimum = job["text"][at:split].lower()
        by_name = {}
        for skill in job["skills"]:
            place = len(text[: skill["phrase"]["start"]].decode())
            by_name[skill["phrase"]["text"].lower()] = skill["required"]
            if place < at:
                continue
            # Where the reader says it stands first; named again in the minimum field, it is required.
            truth = place < split or skill["phrase"]["text"].lower() in low_minimum
            given += 1
            given_right += truth == skill["required"]
            if truth != skill["required"]:
                wrong[skill["phrase"]["text"].lower(), skill["required"]] += 1
        for name in minimum | preferred:
            total += 1
            # Another spelling of a skill may have been met first.
            found = by_name.get(name)
            if found is None:
                found = next((s["required"] for s in job["skills"] if name in s["name"].lower() or s["name"].lower() in name or name in s["phrase"]["text"].lower() or s["phrase"]["text"].lower() in name), None)
            ok = found == (name in minimum) or (found is not None and name in row["responsibilities"].lower())
            right += ok
            if not ok:
                (lost if found is None else wrong)[name, name in minimum] += 1
        years += job["years"] is not None
    print(f"{len(rows)} advertisements, {given / len(rows):.1f} skills each: of those given, {given_right / max(given, 1):.3f} in the right bucket")
    print(f"of {total} that the dictionary finds in one field alone, {right / max(total, 1):.3f} given in the right bucket; years read in {years / len(rows):.2f}")
    if args.worst:
        print("wrong:", wrong.most_common(args.worst))
        print("lost :", lost.most_common(args.worst))


if __name__ == "__main__":
    main()
