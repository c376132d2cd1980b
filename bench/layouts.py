#!/usr/bin/env python3
"""Prints people through layouts of our own, as PDF files whose truth is known: a test on layouts nobody tuned for.

    python3 bench/layouts.py PEOPLE OUT        PEOPLE: a folder of JSON Resume files; OUT gets files/ and manifest.jsonl

Needs chromium. The truth is the person without what a layout does not show. Score with the corpus scorer.
"""
import html
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
FULL = "January February March April May June July August September October November December".split()
e = lambda text: html.escape(str(text or ""))


def date(value, style):
    if not value or value == "present":
        return {"num": "now", "long": "Present", "short": "present", "year": "today"}[style]
    year, month = value[:4], int(value[5:7]) if len(value) > 4 else 0
    if not month or style == "year":
        return year
    return {"num": f"{month:02}/{year}", "long": f"{FULL[month - 1]} {year}", "short": f"{MONTHS[month - 1]} {year}"}[style]


def span(entry, style, dash=" – "):
    if not entry.get("startDate") and not entry.get("endDate"):
        return ""
    return f"{date(entry.get('startDate'), style)}{dash}{date(entry.get('endDate'), style)}"


def ul(lines):
    return "<ul>" + "".join(f"<li>{e(line)}</li>" for line in lines or []) + "</ul>" if lines else ""


def links(b):
    return ([b["url"]] if b.get("url") else []) + [p["url"] for p in b.get("profiles") or [] if p.get("url")]


def city(b):
    return (b.get("location") or {}).get("city", "")


def skills(r, joiner=", "):
    return [(s.get("name"), joiner.join(s.get("keywords") or [])) for s in r.get("skills") or []]


def banner(r):
    """Centred head, small capitals, title | employer | dates on one line."""
    b, out = r["basics"], []
    out.append(f"<center><h1>{e(b['name'])}</h1><div>{e(b.get('label'))}</div><div>{e(city(b))} • {e(b.get('phone'))} • {e(b.get('email'))}</div><div>{' • '.join(map(e, links(b)))}</div></center>")
    out.append(f"<h2>Profile</h2><p>{e(b.get('summary'))}</p><h2>Professional Experience</h2>")
    for w in r.get("work") or []:
        out.append(f"<div class=h><b>{e(w.get('position'))}</b> | {e(w.get('name'))} | {span(w, 'short')}</div>{ul(w.get('highlights'))}")
    out.append("<h2>Education</h2>")
    for s in r.get("education") or []:
        out.append(f"<div class=h><b>{e(s.get('studyType'))} in {e(s.get('area'))}</b> | {e(s.get('institution'))} | {span(s, 'year')}</div>")
    out.append("<h2>Skills</h2>" + "".join(f"<div><b>{e(n)}:</b> {e(k)}</div>" for n, k in skills(r)))
    out.append("<h2>Certifications</h2>" + ul([f"{c['name']}, {c.get('issuer', '')}" for c in r.get("certificates") or []]) if r.get("certificates") else "")
    out.append("<h2>Languages</h2><div>" + ", ".join(f"{e(l['language'])} ({e(l.get('fluency'))})" for l in r.get("languages") or []) + "</div>")
    return "body{font:10.5pt Georgia,serif;margin:36px}h1{font-variant:small-caps;margin:0}h2{font-variant:small-caps;border-bottom:1px solid #444;font-size:13pt;margin:12px 0 4px}ul{margin:2px 0 6px}p{margin:2px 0}", out


def ledger(r):
    """A table with the dates in the left column, employer above title."""
    b, out = r["basics"], []
    row = lambda left, right: f"<tr><td class=d>{left}</td><td>{right}</td></tr>"
    out.append(f"<h1>{e(b['name'])}</h1><p>{e(b.get('label'))}</p><p>{e(b.get('email'))} &nbsp; {e(b.get('phone'))} &nbsp; {e(city(b))} &nbsp; {' &nbsp; '.join(map(e, links(b)))}</p>")
    out.append("<h3>Employment History</h3><table>")
    for w in r.get("work") or []:
        out.append(row(span(w, "num", " - "), f"<b>{e(w.get('name'))}</b><br>{e(w.get('position'))}{ul(w.get('highlights'))}"))
    out.append("</table><h3>Education and Training</h3><table>")
    for s in r.get("education") or []:
        out.append(row(span(s, "num", " - "), f"<b>{e(s.get('institution'))}</b><br>{e(s.get('studyType'))}, {e(s.get('area'))}"))
    out.append("</table><h3>Core Skills</h3><table>" + "".join(row(e(n), e(k)) for n, k in skills(r)) + "</table>")
    out.append("<h3>Languages</h3><table>" + "".join(row(e(l["language"]), e(l.get("fluency"))) for l in r.get("languages") or []) + "</table>")
    return "body{font:10pt Arial;margin:40px}h1{font-size:20pt;margin:0}h3{color:#06c;font-size:12pt;margin:14px 0 4px}td{vertical-align:top;padding:2px 8px 6px 0}.d{width:110px;color:#555}ul{margin:2px 0;padding-left:16px}p{margin:2px 0}", out


def aside(r):
    """A dark sidebar on the left with contact, skills and languages; jobs on the right, dates under the title."""
    b = r["basics"]
    side = [f"<h4>CONTACT</h4><div>{e(b.get('phone'))}</div><div>{e(b.get('email'))}</div><div>{e(city(b))}</div>"] + [f"<div>{e(u)}</div>" for u in links(b)]
    side += [f"<h4>SKILLS</h4>"] + [f"<div class=g>{e(s.get('name'))}</div>{ul(s.get('keywords'))}" for s in r.get("skills") or []]
    side += ["<h4>LANGUAGES</h4>"] + [f"<div>{e(l['language'])} – {e(l.get('fluency'))}</div>" for l in r.get("languages") or []]
    main = [f"<h1>{e(b['name'])}</h1><div class=l>{e(b.get('label'))}</div><h4>ABOUT ME</h4><p>{e(b.get('summary'))}</p><h4>WORK EXPERIENCE</h4>"]
    for w in r.get("work") or []:
        main.append(f"<div class=t>{e(w.get('position'))}</div><div class=c>{e(w.get('name'))}</div><div class=y>{span(w, 'long', ' to ')}</div>{ul(w.get('highlights'))}")
    main.append("<h4>EDUCATION</h4>")
    for s in r.get("education") or []:
        main.append(f"<div class=t>{e(s.get('studyType'))}: {e(s.get('area'))}</div><div class=c>{e(s.get('institution'))}</div><div class=y>{span(s, 'long', ' to ')}</div>")
    css = "body{font:9.5pt Helvetica,Arial;margin:0}.p{display:grid;grid-template-columns:200px 1fr}.s{background:#223;color:#fff;padding:24px 14px;overflow-wrap:anywhere}.m{padding:24px}h1{margin:0;font-size:24pt}h4{letter-spacing:2px;margin:14px 0 4px}.t{font-weight:bold;margin-top:6px}.c{font-style:italic}.y{color:#888;font-size:8.5pt}.g{font-weight:bold}ul{margin:2px 0;padding-left:15px}p{margin:2px 0}"
    return css, ["<div class=p><div class=s>", *side, "</div><div class=m>", *main, "</div></div>"]


def plain(r):
    """No rules, no bold: capitals for headings, employer and dates on one line, paragraphs for bullets."""
    b, out = r["basics"], []
    out.append(f"<div>{e(b['name'])}</div><div>{e(city(b))}</div><div>{e(b.get('phone'))}</div><div>{e(b.get('email'))}</div>" + "".join(f"<div>{e(u)}</div>" for u in links(b)))
    out.append(f"<br><div>SUMMARY</div><p>{e(b.get('summary'))}</p><div>WORK HISTORY</div><br>")
    for w in r.get("work") or []:
        out.append(f"<div>{e(w.get('name'))}, {span(w, 'short')}</div><div>{e(w.get('position'))}</div>" + "".join(f"<div>- {e(h)}</div>" for h in w.get("highlights") or []) + "<br>")
    out.append("<div>EDUCATION</div><br>")
    for s in r.get("education") or []:
        out.append(f"<div>{e(s.get('institution'))}, {span(s, 'short')}</div><div>{e(s.get('studyType'))}, {e(s.get('area'))}</div><br>")
    out.append("<div>SKILLS</div><div>" + ", ".join(e(k) for _, k in skills(r)) + "</div><br>")
    out.append("<div>LANGUAGES</div><div>" + ", ".join(e(l["language"]) for l in r.get("languages") or []) + "</div>")
    return "body{font:10.5pt 'Times New Roman',serif;margin:50px}p{margin:2px 0 10px}", out


def halves(r):
    """Two equal columns under a coloured head: jobs left, the rest right; dates before the title."""
    b = r["basics"]
    left, right = ["<h2>Career</h2>"], [f"<h2>About</h2><p>{e(b.get('summary'))}</p><h2>Academic Background</h2>"]
    for w in r.get("work") or []:
        left.append(f"<div class=y>{span(w, 'short')}</div><div class=t>{e(w.get('position'))} at {e(w.get('name'))}</div>{ul(w.get('highlights'))}")
    for s in r.get("education") or []:
        right.append(f"<div class=y>{span(s, 'year')}</div><div class=t>{e(s.get('institution'))}</div><div>{e(s.get('studyType'))} {e(s.get('area'))}</div>")
    right.append("<h2>Expertise</h2>" + "".join(f"<p><b>{e(n)}</b><br>{e(k)}</p>" for n, k in skills(r, " · ")))
    right.append("<h2>Languages</h2>" + ul([f"{l['language']}: {l.get('fluency', '')}" for l in r.get("languages") or []]))
    head = f"<header><h1>{e(b['name'])}</h1><div>{e(b.get('label'))}</div><div>{e(b.get('email'))} / {e(b.get('phone'))} / {e(city(b))}</div><div>{' / '.join(map(e, links(b)))}</div></header>"
    css = "body{font:9.5pt Verdana,sans-serif;margin:0}header{background:#146;color:#fff;padding:20px 30px}h1{margin:0}.p{display:flex;gap:26px;padding:14px 30px}.p>div{flex:1}h2{font-size:12pt;color:#146;margin:10px 0 4px}.t{font-weight:bold}.y{font-size:8pt;color:#777;margin-top:6px}ul{margin:2px 0;padding-left:15px}p{margin:2px 0}"
    return css, [head, "<div class=p><div>", *left, "</div><div>", *right, "</div></div>"]


LAYOUTS = {"banner": banner, "ledger": ledger, "aside": aside, "plain": plain, "halves": halves}
HIDES = {"banner": ["projects"], "ledger": ["projects", "certificates"], "aside": ["projects", "certificates"], "plain": ["projects", "certificates"], "halves": ["projects", "certificates"]}
YEARS = {"banner": ["education"], "halves": ["education"]}


def truth(person, layout):
    out = {k: v for k, v in person.items() if k not in HIDES[layout]}
    out = json.loads(json.dumps(out))
    for section in ("work", "education"):
        for entry in out.get(section) or []:
            if entry.get("startDate") and not entry.get("endDate"):
                entry["endDate"] = "present"
            for key in ("startDate", "endDate"):
                value = entry.get(key)
                if value and value != "present":
                    entry[key] = value[: 4 if section in YEARS.get(layout, []) else 7]
    return out


def main():
    people, out = Path(sys.argv[1]), Path(sys.argv[2])
    (out / "files").mkdir(parents=True, exist_ok=True)
    jobs, rows = [], []
    for path in sorted(people.glob("*.json")):
        person = json.loads(path.read_text(encoding="utf-8"))
        (out / "files" / f"{path.stem}.full.json").write_text(json.dumps(truth(person, "banner") | person, ensure_ascii=False))
        for name, layout in LAYOUTS.items():
            css, body = layout(person)
            stem = out / "files" / f"{path.stem}-{name}"
            page = f"<!doctype html><meta charset=utf-8><style>@page{{margin:12mm}}{css}</style>{''.join(body)}"
            stem.with_suffix(".html").write_text(page, encoding="utf-8")
            stem.with_suffix(".truth.json").write_text(json.dumps(truth(person, name), ensure_ascii=False))
            jobs.append(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={stem}.pdf", f"file://{stem.resolve()}.html"])
            rows.append({"file": f"files/{stem.name}.pdf", "format": "pdf", "layout": f"own:{name}", "persona": path.stem, "truth": f"files/{stem.name}.truth.json", "full": f"files/{path.stem}.full.json"})
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda job: subprocess.run(job, capture_output=True, timeout=120), jobs))
    (out / "manifest.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))


if __name__ == "__main__":
    main()
