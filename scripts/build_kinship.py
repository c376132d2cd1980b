#!/usr/bin/env python3
"""Writes data/occupations/kinship.f32: what tells one occupation from another in a sentence vector.

    pip install numpy onnxruntime tokenizers
    python3 scripts/build_kinship.py ONET.jsonl PEOPLE_DIR MODELS_DIR data/occupations/kinship.f32

ONET.jsonl has an O*NET occupation in each line (`code`, `title`, `description`, `core_tasks`, `reported_titles`,
`alt_titles`); PEOPLE_DIR has JSON Resumes of invented people. Tasks, titles and descriptions are embedded with
all-MiniLM-L6-v2 and grouped by the first five signs of their SOC code ("15-12"). Linear discriminant analysis (Fisher,
1936; Rao, 1948) with a ridge of 0.3 times the mean variance within groups gives the 60 directions that tell the groups
apart best. The file: 384 x 60 numbers of the projection, then 60 of the projected middle (half the mean of
the people, half that of the occupations), f32 little-endian.
"""
import functools
import glob
import json
import sys

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

DIMENSIONS, KEPT, RIDGE, SIGNS = 384, 60, 0.3, 5


def embedder(folder):
    tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
    tokenizer.no_truncation()
    tokenizer.no_padding()
    session = onnxruntime.InferenceSession(f"{folder}/minilm.onnx")

    def embed(text):
        ids = tokenizer.encode(text, add_special_tokens=False).ids[:254]
        row = np.array([[101, *ids, 102]], np.int64)
        states = session.run(None, {"input_ids": row, "attention_mask": np.ones_like(row)})[0][0]
        mean = states.mean(0)
        return mean / np.linalg.norm(mean)

    return functools.cache(embed)


def unit(rows):
    return rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9)


def story(resume):
    basics = resume.get("basics") or {}
    texts = [basics.get("label"), basics.get("summary")]
    for job in resume.get("work") or []:
        texts += [job.get("position"), job.get("summary"), *(job.get("highlights") or [])]
    return [t for t in texts if t][:25]


def main():
    onet, people, models, target = sys.argv[1:]
    embed = embedder(models)
    vectors, groups, occupations = [], [], []
    with open(onet, encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            texts = [f"{row['title']}. {row['description']}", *row["core_tasks"], *row["reported_titles"], *row["alt_titles"][:12]]
            own = [embed(t) for t in texts]
            vectors += own
            occupations.append(own[0])
            groups += [row["code"][:SIGNS]] * len(texts)
    vectors, names = np.array(vectors), sorted(set(groups))
    group = np.array([names.index(g) for g in groups])
    centres = np.stack([vectors[group == n].mean(0) for n in range(len(names))])
    inside = vectors - centres[group]
    within = inside.T @ inside / len(vectors)
    root = np.linalg.cholesky(np.linalg.inv(within + RIDGE * np.trace(within) / DIMENSIONS * np.eye(DIMENSIONS)))
    _, _, directions = np.linalg.svd((centres - centres.mean(0)) @ root, full_matrices=False)
    projection = root @ directions[:KEPT].T
    occupation = np.mean(occupations, 0)
    stories = [story(json.load(open(p, encoding="utf-8"))) for p in sorted(glob.glob(f"{people}/*.json"))]
    person = unit(np.stack([unit(np.mean([embed(t) for t in s], 0)) for s in stories if s])).mean(0)
    parts = [projection, (person + occupation) / 2 @ projection]
    np.concatenate([p.ravel() for p in parts]).astype("<f4").tofile(target)


if __name__ == "__main__":
    main()
