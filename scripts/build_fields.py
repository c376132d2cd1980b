#!/usr/bin/env python3
"""Writes data/occupations/fields.f32: how stories of work read in each field of data/occupations/fields.json.

    pip install numpy onnxruntime tokenizers scikit-learn
    STORIES=stories.jsonl cargo run --release -p bespoke-models --example eval_roles -- FOLDER
    python3 scripts/build_fields.py stories.jsonl ONET.jsonl MODELS_DIR data/occupations/fields.json data/occupations/fields.f32 [FOLDS]

stories.jsonl has a résumé in each line: `label`, one of those in fields.json, and the unit vectors `story` and
`titles` as `bespoke_core::fields::Narrative` gives them. ONET.jsonl has an O*NET occupation in each line (`code`, `title`,
`description`, `core_tasks`, `reported_titles`). Out of some of its tasks and titles, drawn with a seed, two people are made
up for each occupation; their field is the one whose code fits longest, or none. They weigh a tenth of a résumé each:
without them, everybody would be pressed into one of the fields. A multinomial logistic regression (L2, C = 1) reads
the narrative and, at 0.7 of its length, the titles. The file: a row for each field and one for none of them, 384 numbers for
the narrative, 384 for the titles, one of bias, f32 little-endian. Prints what five folds of résumés and occupations
that were held out give: fold n is every fifth line from line n on. FOLDS is a folder for what was learned without each fold,
for `eval_roles` to measure with.
"""
import json
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression

from build_kinship import embedder, unit

SEED, DRAWS, WORTH, C, TITLES, SHARPER = 3, 2, 0.1, 1.0, 0.7, 2.2


def field_of(code, fields):
    fits = [(len(soc), -n) for n, field in enumerate(fields) for soc in field["soc"] if code.startswith(soc)]
    return -max(fits)[1] if fits else len(fields)


def occupations(path, models, fields):
    """Rows of made-up people, their fields and the place of their occupation."""
    embed, rng = embedder(models), np.random.default_rng(SEED)
    rows, labels, places = [], [], []
    with open(path, encoding="utf-8") as file:
        for place, line in enumerate(file):
            row = json.loads(line)
            said = [f"{row['title']}. {row['description']}", *row["core_tasks"]]
            named = row["reported_titles"][:8] or [row["title"]]
            for _ in range(DRAWS):
                tasks = np.sum([embed(t) for t in rng.choice(said, min(len(said), 8), replace=False)], 0)
                titles = np.sum([embed(t) for t in rng.choice(named, min(len(named), 3), replace=False)], 0)
                rows.append(np.concatenate([unit(0.5 * tasks + 0.35 * titles), TITLES * unit(titles)]))
                labels.append(field_of(row["code"], fields))
                places.append(place)
    return np.array(rows), np.array(labels), np.array(places)


def fit(people, labels, made_up, theirs):
    weights = np.concatenate([np.ones(len(people)), np.full(len(made_up), WORTH)])
    model = LogisticRegression(C=C, max_iter=3000)
    return model.fit(np.vstack([people, made_up]), np.concatenate([labels, theirs]), sample_weight=weights)


def write(model, known, path):
    assert list(model.classes_) == list(range(known + 1))
    np.hstack([model.coef_, model.intercept_[:, None]]).astype("<f4").tofile(path)


def held_out(people, labels, lines, made_up, theirs, places, known, folder):
    right = np.zeros(len(people))
    among = np.zeros(len(people))
    sure = np.zeros(len(people))
    alone = np.zeros(len(made_up), bool)
    for n in range(5):
        test, away = lines % 5 == n, places % 5 == n
        train = ~test
        model = fit(people[train], labels[train], made_up[~away], theirs[~away])
        odds = SHARPER * model.decision_function(people[test])
        shares = np.exp(odds - odds.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        order = np.argsort(-shares, 1)
        right[test] = order[:, 0] == labels[test]
        among[test] = (order[:, :5] == labels[test][:, None]).any(1)
        sure[test] = shares.max(1)
        alone[away] = model.predict(made_up[away]) == theirs[away]
        if folder:
            write(model, known, f"{folder}/fold-{n}.f32")
    print(f"résumés held out: first {right.mean():.3f}, among five {among.mean():.3f}")
    print(f"occupations held out: in their field {alone[theirs < known].mean():.3f}, in none {alone[theirs == known].mean():.3f}")
    for low in np.arange(0.2, 1.0, 0.2):
        band = (sure >= low) & (sure < low + 0.2)
        print(f"sure {low:.1f} to {low + 0.2:.1f}: {band.sum()} résumés, right {right[band].mean():.2f}, said {sure[band].mean():.2f}")


def main():
    stories, onet, models, fields_path, target = sys.argv[1:6]
    folder = sys.argv[6] if len(sys.argv) > 6 else None
    with open(fields_path, encoding="utf-8") as file:
        fields = json.load(file)
    names = [field["label"] for field in fields]
    with open(stories, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    lines = np.array([n for n, row in enumerate(rows) if any(row["story"])])
    rows = [rows[n] for n in lines]
    people = np.array([row["story"] + [TITLES * v for v in row["titles"]] for row in rows])
    labels = np.array([names.index(row["label"]) for row in rows])
    made_up, theirs, places = occupations(onet, models, fields)
    held_out(people, labels, lines, made_up, theirs, places, len(fields), folder)
    write(fit(people, labels, made_up, theirs), len(fields), target)


if __name__ == "__main__":
    main()
