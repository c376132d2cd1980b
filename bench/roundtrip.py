#!/usr/bin/env python3
"""The round trip by other people's programs: every template with every person of fixtures/people.

    python3 bench/roundtrip.py --bin target/release/bespoke [--template NAME…] [--out DIR] [--office]

For each pair: F1 of the fields by our own parser (`bespoke certify`), every fact in the order in which pdftotext
gives the text, and with --office whether LibreOffice opens DOCX and ODT and its page count is within one of the PDF.
Exits with 1 where a fact is missing, F1 is below --least, or a page count is off.
"""
import argparse
import json
import re
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path


def squeezed(text):
    text = unicodedata.normalize("NFKC", str(text))
    return "".join(c for c in text.casefold() if c.isalnum() or c in "+#%@")


def facts(value, path=""):
    """Every text of a JSON Resume that a page shows, with its path."""
    skipped = {"$schema", "meta", "username", "network", "url", "countryCode", "postalCode", "address", "region"}
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in skipped and not key.lower().endswith("date"):
                yield from facts(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from facts(inner, f"{path}[{n}]")
    elif isinstance(value, str) and value.strip():
        yield path, value


def pages(pdf):
    info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True).stdout
    return int(re.search(r"^Pages:\s+(\d+)", info, re.M)[1])


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--bin", required=True)
    arguments.add_argument("--people", type=Path, default=Path("fixtures/people"))
    arguments.add_argument("--template", nargs="*")
    arguments.add_argument("--out", type=Path)
    arguments.add_argument("--office", action="store_true")
    arguments.add_argument("--least", type=float, default=0.0)
    args = arguments.parse_args()
    out = args.out or Path(tempfile.mkdtemp(prefix="roundtrip-"))
    out.mkdir(parents=True, exist_ok=True)
    folder = Path(__file__).resolve().parent.parent / "crates/bespoke-render/templates"
    templates = args.template or sorted(p.name for p in folder.iterdir() if p.is_dir())
    people = sorted(args.people.glob("*.json"))
    missing, low, scores, office = [], [], {}, []
    for template in templates:
        for person in people:
            stem = out / f"{template}-{person.stem}"
            for format in ("pdf", "docx", "odt"):
                subprocess.run([args.bin, "render", person, "--template", template, "--format", format,
                                "--out", f"{stem}.{format}"], check=True)
            office += [(stem, "docx"), (stem, "odt")]
            text = squeezed(subprocess.run(["pdftotext", f"{stem}.pdf", "-"], capture_output=True, text=True).stdout)
            person_facts = list(facts(json.loads(person.read_text(encoding="utf-8"))))
            missing += [(stem.name, path, value) for path, value in person_facts if squeezed(value) not in text]
            done = subprocess.run([args.bin, "certify", person, "--template", template, "--format", "pdf,docx", "--json"],
                                  capture_output=True, text=True, check=True)
            for certificate in json.loads(done.stdout):
                key = (template, certificate["format"])
                scores.setdefault(key, []).append(certificate["f1"])
                if certificate["f1"] < args.least or certificate["naive"] < certificate["facts"]:
                    low.append((stem.name, certificate["format"], round(certificate["f1"], 3)))
    print(f"{'template':<12} {'format':<6} {'mean F1':>8} {'lowest':>8}")
    for (template, format), list_ in scores.items():
        print(f"{template:<12} {format:<6} {sum(list_) / len(list_):>8.3f} {min(list_):>8.3f}")
    for name, path, value in missing:
        print(f"missing in pdftotext: {name} {path}: {value!r}")
    for row in low:
        print("low:", *row)
    off = []
    if args.office:
        for format in ("docx", "odt"):
            converted = out / format
            files = [f"{stem}.{format}" for stem, kind in office if kind == format]
            subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{out.resolve()}/profile",
                            "--convert-to", "pdf", "--outdir", converted, *files],
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=1800)
            for stem, kind in office:
                if kind != format:
                    continue
                pdf = converted / f"{stem.name}.pdf"
                ours, theirs = pages(f"{stem}.pdf"), pages(pdf) if pdf.exists() else 0
                if not theirs or abs(ours - theirs) > 1:
                    off.append(f"{stem.name}.{format}: {ours} pages, LibreOffice {theirs or 'does not open it'}")
        print(f"LibreOffice: {len(office)} files, {len(off)} off")
    print("\n".join(off))
    print(f"{len(templates)} templates, {len(people)} people, {len(missing)} facts missing, files in {out}")
    sys.exit(bool(missing or low or off))


if __name__ == "__main__":
    main()
