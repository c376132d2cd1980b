#!/usr/bin/env python3
"""Scores the skills that are found in job descriptions against those that people marked.

    python3 bench/eval_skills.py --bin SKILL_SPANS --data DIR [--split dev] [--worst 20]

SKILL_SPANS is the example `skill_spans` of bespoke-core; DIR holds skillspan_{train,dev}.jsonl and sayfullina_{train,dev}.jsonl.

Overlap F1: a found span is right when it shares at least one character with a marked one; a marked one is found when a found
one shares a character with it; both counts are pooled over the documents. Strict F1: the same tokens. SkillSpan: spans marked as
knowledge in postings of the source "tech" (and, apart, "house"). Sayfullina: one soft skill is marked per sentence, others of
the sentence are not, so that recall says more than precision.
"""
import argparse
import json
import subprocess
from collections import Counter
from pathlib import Path


def rows(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def text_of(sentences, field):
    """The text with its sentences as lines, the marked spans as code-point ranges, the places of the tokens."""
    text, spans, places = "", [], []
    for sentence in sentences:
        starts = []
        for token in sentence["tokens"]:
            # What the makers of the data removed ("<ORGANIZATION>") is shown as a name, for it was one.
            token = "Orchard" if token.startswith("<") else token
            text += " " if starts else ""
            starts.append((len(text), len(text) + len(token)))
            text += token
        spans += [(starts[a][0], starts[b - 1][1]) for a, b, *_ in sentence[field] if a < b <= len(starts)]
        places += starts
        text += "\n"
    return text, spans, places


def found(binary, mode, texts):
    out = subprocess.run([binary, *mode.split()], input="".join(json.dumps(t) + "\n" for t in texts), capture_output=True, text=True, check=True).stdout
    result = []
    for text, line in zip(texts, out.splitlines()):
        raw = text.encode()
        result.append([(len(raw[:a].decode()), len(raw[:b].decode())) for a, b in json.loads(line)])
    return result


def overlap(a, b):
    return a[0] < b[1] and b[0] < a[1]


def f1(p, r):
    return 2 * p * r / (p + r) if p + r else 0.0


def score(name, documents, results, worst=0):
    right = shown = hit = marked = same = 0
    wrong, missed = Counter(), Counter()
    for (text, spans, places), got in zip(documents, results):
        tokens = lambda span: frozenset(n for n, place in enumerate(places) if overlap(place, span))
        gold_tokens = {tokens(s) for s in spans}
        for span in got:
            ok = any(overlap(span, s) for s in spans)
            right += ok
            same += tokens(span) in gold_tokens
            if not ok:
                wrong[text[span[0]:span[1]].lower()] += 1
        for span in spans:
            ok = any(overlap(span, s) for s in got)
            hit += ok
            if not ok:
                missed[text[span[0]:span[1]].lower()] += 1
        shown += len(got)
        marked += len(spans)
    p, r = right / max(shown, 1), hit / max(marked, 1)
    sp, sr = same / max(shown, 1), same / max(marked, 1)
    print(f"{name:<44} overlap F1 {f1(p, r):.3f} (P {p:.3f} R {r:.3f})   strict F1 {f1(sp, sr):.3f}   {marked} marked, {shown} found")
    if worst:
        print("   wrong :", wrong.most_common(worst))
        print("   missed:", missed.most_common(worst))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin", required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--modes", default="dictionary,context,plain,in-context,all")
    parser.add_argument("--worst", type=int, default=0)
    args = parser.parse_args()
    documents = rows(args.data / f"skillspan_{args.split}.jsonl")
    for source in ["tech", "house"]:
        made = [text_of(d["sentences"], "knowledge") for d in documents if d["source"] == source]
        for mode in args.modes.split(","):
            score(f"SkillSpan {args.split} {source} knowledge: {mode}", made, found(args.bin, mode, [m[0] for m in made]), args.worst)
    made = [text_of([d], "skill") for d in rows(args.data / f"sayfullina_{args.split}.jsonl")]
    score(f"Sayfullina {args.split} soft skills", made, found(args.bin, "soft", [m[0] for m in made]), args.worst)


if __name__ == "__main__":
    main()
