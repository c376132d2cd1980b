#!/usr/bin/env python3
"""Prints people through JSON Resume themes of npm, as PDF files whose truth is known: a test on layouts of others.

    python3 bench/themes.py PEOPLE OUT THEME...    PEOPLE: a folder of JSON Resume files; OUT gets files/ and manifest.jsonl

Needs node, npm, chromium and pdftotext. Each theme shows the next two people in turn. The truth is what the text of the PDF
shows of the person. Score with the corpus scorer. Themes that do not render are named and left out.
"""
import itertools
import json
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

HERE = Path(__file__).parent
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
NOW = re.compile(r"present|current|now|today|ongoing|heute|atual|aujourd", re.I)


def fold(text):
    """Letters and digits only, without accents and case."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", str(text)))
    return re.sub(r"[\W_]+", "", "".join(c for c in plain if not unicodedata.combining(c)).lower())


def shown_date(value, text):
    """The date as far as the text shows it: year and month, the year, or nothing."""
    if not value or value[:4] not in text:
        return None
    year = value[:4]
    if len(value) < 7:
        return year
    month = int(value[5:7])
    name = MONTHS[month - 1]
    ways = [rf"{name}[a-z]*\.?,?\s*{year}", rf"\b0?{month}\s*[/.\-]\s*{year}", rf"{year}\s*[/.\-]\s*(?:{month:02}|{name})"]
    return f"{year}-{month:02}" if any(re.search(way, text, re.I) for way in ways) else year


def shown(person, text):
    """The part of a person that a text shows."""
    folded = fold(text)
    stands = lambda value: bool(value and fold(value)) and fold(value) in folded
    bare = lambda url: re.sub(r"^https?://(www\.)?", "", url or "")
    basics = person["basics"]
    out = {"basics": {k: basics[k] for k in ("name", "email", "phone") if stands(basics.get(k))}}
    if stands(bare(basics.get("url"))):
        out["basics"]["url"] = basics["url"]
    if stands((basics.get("location") or {}).get("city")):
        out["basics"]["location"] = {"city": basics["location"]["city"]}
    profiles = basics.get("profiles") or []
    out["basics"]["profiles"] = [p for p in profiles if stands(bare(p.get("url"))) or stands(p.get("username"))]

    def entries(key, fields, lists=(), dated=False):
        for entry in person.get(key) or []:
            part = {f: entry[f] for f in fields if stands(entry.get(f))}
            part |= {f: kept for f in lists if (kept := [v for v in entry.get(f) or [] if stands(v)])}
            if part and dated:
                part |= {f: d for f in ("startDate", "endDate") if (d := shown_date(entry.get(f), text))}
                if "startDate" in part and not entry.get("endDate") and NOW.search(text):
                    part["endDate"] = "present"
            if part:
                yield part

    out["work"] = list(entries("work", ("name", "position"), ("highlights",), True))
    out["education"] = list(entries("education", ("institution", "studyType", "area"), (), True))
    out["skills"] = list(entries("skills", ("name",), ("keywords",)))
    for key, field in (("certificates", "name"), ("languages", "language"), ("projects", "name")):
        out[key] = list(entries(key, (field,)))
    return out


def text_of(pdf):
    ways = (["pdftotext", mode, str(pdf), "-"] for mode in ("-raw", "-layout"))
    return "\n".join(subprocess.run(way, capture_output=True, text=True, check=True).stdout for way in ways)


def printed(themes, theme, person, pdf):
    """Prints one person through one theme; False where that fails."""
    with tempfile.TemporaryDirectory() as profile:
        page = Path(profile) / "page.html"
        node = ["node", str(HERE / "theme.cjs"), str(themes), theme, str(person.resolve()), str(page)]
        done = subprocess.run(node, capture_output=True, text=True, timeout=60)
        if done.returncode:
            print(done.stderr.strip()[:200], file=sys.stderr)
            return False
        browser = shutil.which("chromium") or "chromium"
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--virtual-time-budget=4000"]
        command = [browser, *flags, f"--user-data-dir={profile}", f"--print-to-pdf={pdf.resolve()}", page.as_uri()]
        subprocess.run(command, capture_output=True, timeout=120)
    return pdf.exists()


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    people, out, names = sorted(Path(sys.argv[1]).glob("*.json")), Path(sys.argv[2]), sys.argv[3:]
    for folder in ("files", "truth", "personas", "themes"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    turn = itertools.cycle(people)
    rows = []
    for theme in names:
        home = out / "themes" / theme
        home.mkdir(exist_ok=True)
        (home / "package.json").write_text('{"private":true}')
        install = ["npm", "i", "--ignore-scripts", "--no-audit", "--no-fund", "--legacy-peer-deps", f"jsonresume-theme-{theme}"]
        if subprocess.run(install, cwd=home, capture_output=True).returncode:
            print(f"{theme}: npm does not have it", file=sys.stderr)
            continue
        for person in itertools.islice(turn, 2):
            name = f"{person.stem}-{theme}.pdf"
            pdf = out / "files" / name
            if not printed(home, theme, person, pdf):
                continue
            whole = json.loads(person.read_text())
            truth = shown(whole, text_of(pdf))
            if not truth["work"] or "name" not in truth["basics"]:
                print(f"{theme}: shows no name or no job", file=sys.stderr)
                continue
            (out / "truth" / f"{name}.json").write_text(json.dumps(truth, ensure_ascii=False))
            (out / "personas" / person.name).write_text(json.dumps(whole, ensure_ascii=False))
            row = {"file": f"files/{name}", "format": "pdf", "persona": person.stem, "layout": f"html:{theme}", "family": "html"}
            rows.append(row | {"split": "dev", "truth": f"truth/{name}.json", "full": f"personas/{person.name}"})
    (out / "manifest.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    print(f"{len(rows)} files")


if __name__ == "__main__":
    main()
