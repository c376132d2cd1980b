#!/usr/bin/env python3
"""Writes a letter of every fixture person to every fixture job, in each language, and counts what the evidence gate refuses.

    python3 bench/letters.py --bin BESPOKE [--people DIR]... [--jobs DIR]

`bespoke letter` ends with exit code 5 where its own letter would say what the résumé does not: that must never happen.
"""
import argparse
import itertools
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TONES = ["plain", "warm", "confident"]
LENGTHS = ["short", "medium", "full"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--people", action="append")
    parser.add_argument("--jobs", default="fixtures/jobs")
    args = parser.parse_args()
    folders = args.people or ["fixtures/people", "fixtures/letters"]
    people = sorted(p for folder in folders for p in Path(folder).glob("*.json"))
    jobs = sorted(Path(args.jobs).glob("*.txt"))
    pairs = list(enumerate(itertools.product(people, jobs, ["en", "de"])))

    def write(pair):
        n, (person, job, language) = pair
        command = [args.bin, "letter", person, job, "--language", language, "--tone", TONES[n % 3], "--length", LENGTHS[n // 3 % 3], "--json"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        return done.returncode, f"{person.stem} -> {job.stem} ({language}): {done.stderr.strip()}"

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(write, pairs))
    bad = [text for code, text in results if code]
    print(f"letters: {len(results)} written, {len(bad)} refused or failed")
    print("\n".join(bad[:20]))
    return 1 if bad or not results else 0


if __name__ == "__main__":
    sys.exit(main())
