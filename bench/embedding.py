#!/usr/bin/env python3
"""One short and one long text (256 tokens) through our engine, onnxruntime and sentence-transformers, milliseconds.

    python3 bench/embedding.py --bin BESPOKE --resume FILE --job FILE --models DIR [--runs 30]

The other engines run where this Python has them (`pip install onnxruntime tokenizers numpy`, `pip install
sentence-transformers`); what is absent is said. All use two threads and the same weights; sentence-transformers takes its own
copy of them from its cache, or is left out.
"""
import argparse
import json
import statistics
import subprocess
import time

QUERY = "data analyst in a hospital"
LONG = " ".join(["data"] * 254)


def median(run, runs):
    run()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def onnxruntime_embed(models):
    import numpy as np
    import onnxruntime
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(f"{models}/tokenizer.json")
    tokenizer.no_truncation()
    tokenizer.no_padding()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(f"{models}/minilm.onnx", options)

    def embed(text):
        ids = np.array([[101, *tokenizer.encode(text, add_special_tokens=False).ids, 102]], np.int64)
        mean = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0].mean(0)
        return mean / np.linalg.norm(mean)

    return embed


def sentence_transformers_embed(_models):
    import os

    os.environ["HF_HUB_OFFLINE"] = "1"
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(2)
    model = SentenceTransformer("sentence-transformers/all-MiniLM-L6-v2", device="cpu")
    return lambda text: model.encode(text, show_progress_bar=False)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("--bin", "--resume", "--job", "--models"):
        arguments.add_argument(name, required=True)
    arguments.add_argument("--runs", type=int, default=30)
    args = arguments.parse_args()
    command = [args.bin, "--json", "bench", args.resume, "--job", args.job, "--runs", str(args.runs)]
    ms = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["ms"]
    print(f"{'engine':<24} {'query':>8} {'256 tokens':>11}  ms, median of {args.runs}")
    print(f"{'bespoke':<24} {ms['embed_query']['p50']:>8.2f} {ms['embed_256_tokens']['p50']:>11.2f}")
    for name, make in (("onnxruntime", onnxruntime_embed), ("sentence-transformers", sentence_transformers_embed)):
        try:
            embed = make(args.models)
        except Exception as error:  # whatever a missing engine or model throws
            print(f"{name:<24} left out: {type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"[:110])
            continue
        print(f"{name:<24} {median(lambda: embed(QUERY), args.runs):>8.2f} {median(lambda: embed(LONG), args.runs):>11.2f}")


if __name__ == "__main__":
    main()
