#!/usr/bin/env python3
"""Fits the curves from the parser's raw confidence to the share of fields that are right: data/parse/calibration.txt.

    python3 bench/calibrate.py --cmd 'target/debug/examples/parse --raw {}' MANIFEST [MANIFEST …] > data/parse/calibration.txt

Isotonic regression (pool adjacent violators) per kind of field, with two imagined fields, one of them right, in every
step, so that few fields are never taken for certainty. Prints to stderr how reliable the curves are on layouts that they were not fitted on.
"""
import argparse
import json
import shlex
import subprocess
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from reliability import fields, known, right

KINDS = {"start": "date", "highlight": "text"}


def observations(manifest, command):
    def read(line):
        row = json.loads(line)
        if row["format"] == "scan":
            return []
        done = subprocess.run([p.replace("{}", str(manifest.parent / row["file"])) for p in shlex.split(command)], capture_output=True, timeout=60)
        if done.returncode:
            return []
        values = known(json.loads((manifest.parent / row["full"]).read_text(encoding="utf-8")))
        return [
            (row["layout"], KINDS.get(kind, kind), field["confidence"], right(kind, field["value"], values[kind]))
            for kind, field in fields(json.loads(done.stdout)) if field
        ]

    with ThreadPoolExecutor(2) as pool:
        return [o for found in pool.map(read, manifest.read_text(encoding="utf-8").splitlines()) for o in found]


def isotonic(points):
    """Steps (lowest raw, highest raw, share right) that rise, from (raw, right) pairs."""
    steps = []
    for raw in sorted({raw for raw, _ in points}):
        here = [good for r, good in points if r == raw]
        steps.append([raw, raw, sum(here), len(here)])
        while len(steps) > 1 and (steps[-2][2] + 1) * (steps[-1][3] + 2) >= (steps[-1][2] + 1) * (steps[-2][3] + 2):
            _, high, good, count = steps.pop()
            steps[-1] = [steps[-1][0], high, steps[-1][2] + good, steps[-1][3] + count]
    return [(low, high, (good + 1) / (count + 2)) for low, high, good, count in steps]


def fit(found):
    by_kind = defaultdict(list)
    for _, kind, raw, good in found:
        by_kind[kind].append((round(raw, 2), good))
    curves = {}
    for kind, points in sorted(by_kind.items()):
        knots = []
        for low, high, share in isotonic(points):
            for raw in sorted({low, high}):
                knots.append((raw, share))
        curves[kind] = knots
    return curves


def drawn(curve, raw):
    before = [(x, y) for x, y in curve if x <= raw]
    after = [(x, y) for x, y in curve if x >= raw]
    if not before or not after:
        return (before or after)[-1 if before else 0][1]
    (x0, y0), (x1, y1) = before[-1], after[0]
    return y0 if x0 == x1 else y0 + (y1 - y0) * (raw - x0) / (x1 - x0)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--cmd", required=True)
    arguments.add_argument("manifests", nargs="+", type=Path)
    args = arguments.parse_args()
    found = [o for m in args.manifests for o in observations(m, args.cmd)]
    table = defaultdict(lambda: [0, 0, 0.0])
    for layout in sorted({o[0] for o in found}):
        curves = fit([o for o in found if o[0] != layout])
        for _, kind, raw, good in (o for o in found if o[0] == layout):
            said = drawn(curves[kind], raw) if kind in curves else raw
            for key in (f"{min(int(said * 10), 9) / 10:.1f}", kind):
                count = table[key]
                count[0], count[1], count[2] = count[0] + good, count[1] + 1, count[2] + said
    print("each layout by curves fitted on the others: fields, said, right", file=sys.stderr)
    for key, (good, count, said) in sorted(table.items()):
        print(f"{key:<10} {count:>6}  {said / count:.2f}  {good / count:.2f}", file=sys.stderr)
    for kind, knots in fit(found).items():
        print(f"{kind}: " + ", ".join(f"{raw:.2f} {share:.3f}" for raw, share in knots))


if __name__ == "__main__":
    main()
