#!/usr/bin/env python3
"""Writes data/skills/lexicon.txt and data/skills/links.txt: names, kinds and links of skills, facts from public sources.

    python3 scripts/build_skills.py --data DIR [--words /usr/share/dict/words]   everything
    python3 scripts/build_skills.py                                              only data/skills/roles.txt, after roles changed

DIR holds taxonomy/onet_joined.jsonl, taxonomy/esco_skills.jsonl, taxonomy/esco_occupations_joined.jsonl (both CC BY 4.0) and
words/skill_extractor_pypi_0.2.0_skills.json (MIT); `--words` is a plain list of English words (Debian package wamerican). The
same input gives the same bytes. data/skills/roles.txt gets the skills that roles name and no other list has. data/skills/curated.txt is written by hand and wins wherever both know a name.
"""
import argparse
import json
import math
import re
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "data" / "skills"
STOP = set("a an and as at be by for from has have if in into is it its of on onto or our per so such than that the their them then there these "
           "they this to up upon us via was we were what when where which who will with within without you your other others various".split())

# A verb of a competence and the noun that a résumé uses for it.
NOUNS = {
    "manage": "management", "develop": "development", "maintain": "maintenance", "operate": "operation", "monitor": "monitoring",
    "analyse": "analysis", "design": "design", "install": "installation", "inspect": "inspection", "plan": "planning",
    "supervise": "supervision", "teach": "teaching", "coordinate": "coordination", "evaluate": "evaluation", "test": "testing",
    "repair": "repair", "clean": "cleaning", "implement": "implementation", "sell": "sales", "assemble": "assembly",
    "interpret": "interpretation", "control": "control", "calculate": "calculation", "measure": "measurement", "build": "building",
    "manufacture": "manufacturing", "forecast": "forecasting", "schedule": "scheduling", "translate": "translation",
    "administer": "administration", "research": "research", "train": "training", "process": "processing", "produce": "production",
    "prevent": "prevention", "organise": "organisation", "promote": "promotion", "diagnose": "diagnosis", "transport": "transport",
    "assess": "assessment", "estimate": "estimation", "investigate": "investigation", "prescribe": "prescription",
    "negotiate": "negotiation", "breed": "breeding", "edit": "editing", "optimise": "optimisation", "model": "modelling",
    "integrate": "integration", "configure": "configuration", "document": "documentation", "store": "storage", "write": "writing",
    "collect": "collection", "weld": "welding", "audit": "auditing", "recruit": "recruitment", "protect": "protection",
    "dispose": "disposal", "review": "review", "draft": "drafting", "prepare": "preparation", "conduct": None, "perform": None,
    "apply": None, "use": None, "provide": None, "handle": "handling", "select": "selection", "treat": "treatment",
    "examine": "examination", "verify": "verification", "validate": "validation", "simulate": "simulation", "replace": "replacement",
    "stock": "stocking", "load": "loading", "tend": "operation", "check": "checks", "create": "creation",
}
# Abbreviations that mean a degree wherever people write about work.
DEGREES = {"MS", "BS", "BA", "MA", "PhD", "MBA", "BSc", "MSc", "GED", "JD", "MD"}
# Verbs that say nothing by themselves: "use spreadsheets software" is the skill "spreadsheets software".
LIGHT = {"use", "apply", "perform", "conduct", "provide", "execute", "undertake", "practise"}
SOFT = re.compile(r"^(show|think|adapt to|work in teams|work independently|cope with|tolerate|manage time|lead others|motivate|"
                  r"accept (own|criticism)|demonstrate (curiosity|trust|enthus|willing)|exercise (self|patience)|persuade|listen|"
                  r"approach challenges|keep an open|meet commitments|respect|assume responsib|attend to detail|be )|"
                  r"\b(interpersonal|empath|teamwork|leadership|self-|communication skills|creativ|initiative|time management|"
                  r"problem[- ]solving|critical thinking|collaboration|adaptab|flexib|work ethic|attention to detail|"
                  r"emotional intelligence|reliab|resilien|mentoring|coaching)")
CERTIFICATE = re.compile(r"\b(certified|certification|certificate|licen[sc]e|accreditation|chartered)\b|^(pmp|cissp|cpa|cfa|ccna|ccnp|cisa|cism|acca|cima|shrm|phr|sphr|csm|itil|comptia \S+)$")
TOOLISH = re.compile(r"\b(software|platform|studio|server|suite|framework|library|sdk|api|tool|tools|app|database|crm|erp|cloud|js|ide|os|db|"
                     r"aws|azure|gcp|google|microsoft|ms|oracle|sap|adobe|ibm|apache|autodesk|salesforce|cisco|vmware|hp|esri|siemens|atlassian)\b|\.(js|net|io|ai)\b")
JUNK = re.compile(r"\b(ability|able|passion|willing|experience|years?|degree|minimum|strong|excellent|good|proven|knowledge|understanding|"
                  r"related|relevant|similar|candidate|role|job|salary|plus|must|etc|eg|ie|preferred|required|responsib\w*|duties|benefits?|"
                  r"bachelor\w*|master'?s|phd|level|fluent|native speaker|mindset|attitude|remote|hybrid|full[- ]time|part[- ]time|"
                  r"company|companies|team|teams|environments?|industry|industries|sector|market|markets|world|people|world-class|cutting-edge|"
                  r"solutions|initiatives|needs|goals|objectives|opportunities|stakeholders?|customers|clients|users|partners|team members|areas?)\b")
GERMAN = re.compile(r"[äöüß]|\b\w+(ung|ungen|keit|heit|schaft|ierung|tät|ieren|technik|prüfung|kenntnisse|wesen|ische[nrs]?)\b|\b(und|mit|der|die|das|für|von)\b")
# What is left of a product without its maker, where job descriptions mean something else by it.
COMMONPLACE = set("cloud mechanical clinical world video reports connect works money notes meet designer director contribute navigator etc".split())
VENDORS = ["Microsoft", "Adobe Systems", "Adobe", "Autodesk", "IBM", "Oracle", "Google", "Apache", "ESRI", "Intuit", "Cisco", "VMware",
           "Atlassian", "Amazon", "Sage", "Siemens", "Bentley", "Trimble", "Apple", "Corel", "Hewlett Packard", "Dassault Systemes"]


def plain(text):
    return re.sub(r"\s+", " ", text.replace("\u2019", "'").replace("\u2013", "-").replace("|", " ").replace(";", " ")).strip()


def key(text):
    """As coarse as the matcher's key (crates/bespoke-core/src/lexicon/key.rs): case, hyphens, plural."""
    words = re.sub(r"[\s\-_]+", " ", text.lower()).strip().split(" ")
    return " ".join(w[:-3] + "y" if re.search(r"[^aeiou]ies$", w) else w[:-1] if len(w) > 3 and re.search(r"[^siu]s$", w) else w for w in words)


def rows(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


class Lexicon:
    """Skills in order of trust; a key belongs to the first skill that has it."""

    def __init__(self, words):
        self.words = words
        self.skills = []  # {name, kind, aliases, mark, broader}
        self.keys = {}

    def curated(self, path):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.strip() or line.startswith("# "):
                continue
            cells = [c.strip() for c in line.split("|")] + ["", "", ""]
            names = [cells[0]] + [a.strip() for a in cells[2].split(";") if a.strip()]
            found = next((self.keys[key(n.lstrip("!~?"))] for n in names[:1] if key(n.lstrip("!~?")) in self.keys), None)
            if found is None:
                self.skills.append({"name": names[0].lstrip("!~?"), "kind": cells[1], "aliases": [], "curated": True, "broader": []})
                found = len(self.skills) - 1
            for name in names:
                self.keys.setdefault(key(name.lstrip("!~?")), found)

    def add(self, name, kind, aliases=(), mark="", broader=()):
        """Adds a skill, or gives its new names to the skill that already has this one; returns its index."""
        name = plain(name)
        if not name:
            return None
        index = self.keys.get(key(name))
        if index is None:
            index = len(self.skills)
            self.skills.append({"name": name, "kind": kind, "aliases": [], "mark": mark, "broader": []})
            self.keys[key(name)] = index
        skill = self.skills[index]
        for alias in aliases:
            alias = plain(alias)
            bare = alias.lstrip("!~?")
            if bare and key(bare) not in self.keys and bare not in DEGREES:
                self.keys[key(bare)] = index
                skill["aliases"].append(alias)
        skill["broader"] += [b for b in broader if b not in skill["broader"]]
        return index

    def common(self, word):
        return word.lower() in self.words


def singular(word):
    if word.endswith(("ss", "us", "is", "ics", "ness")) or len(word) < 4:
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


def competence(label):
    """(name, aliases) of a verb phrase: "manage budgets" -> "budget management"; "use spreadsheets" -> "spreadsheets"."""
    words = label.split(" ")
    verb, rest = words[0], words[1:]
    simple = 1 <= len(rest) <= 4 and not any(w in STOP or w == "out" for w in rest)
    if verb in LIGHT and simple and len(rest) >= 2:
        return " ".join(rest), ["~" + label]
    if not simple or not NOUNS.get(verb):
        return label, ["~" + label]
    noun = " ".join(rest[:-1] + [singular(rest[-1])]) + " " + NOUNS[verb]
    return noun, ["~" + label]


def onet(lexicon, occupations, casing):
    links = defaultdict(set)
    usage = Counter()
    for row in occupations:
        for tool in row["tech_skills"]:
            usage[(tool["name"], tool["category"])] += 1
    order = sorted(usage, key=lambda pair: (-usage[pair], pair))
    index = {}
    for name, category in order:
        if name in index:
            continue
        shown, aliases = plain(re.sub(r"\s*\(.*?\)\s*", " ", name)), []
        words = shown.split(" ")
        # "MadCap Software MadCap Flare" names its maker twice.
        again = [i for i, w in enumerate(words) if i and w == words[0]]
        if again and len(words) > again[-1] + 1:
            aliases.append(shown)
            shown = " ".join(words[again[-1]:])
        acronym = re.match(r"^(.{6,}?) ([A-Z][A-Z0-9/&-]{1,6})( software| systems?)?$", shown)
        if acronym:
            long, short = acronym.group(1), acronym.group(2)
            initials = "".join(w[0] for w in re.split(r"[\s/-]+", long) if w and w.lower() not in STOP).upper()
            if initials.startswith(short[:2]) or short[0] == initials[:1] and set(short) <= set(long.upper()):
                tail = acronym.group(3) or ""
                if short.lower() in COMMONPLACE:
                    short = shown
                aliases += [long + tail, short + tail if tail else ("!!" if lexicon.common(short) or len(short) < 3 else "!") + short]
        for vendor in VENDORS:
            rest = shown[len(vendor) + 1:]
            if shown.startswith(vendor + " ") and rest and not rest[0].islower() and not rest.endswith("software"):
                single = " " not in rest
                if rest.lower() in COMMONPLACE:
                    break
                if single and lexicon.common(rest) or len(rest) < 3:
                    aliases.append("!!" + rest)
                else:
                    aliases.append("!" + rest if single else rest)
                break
        if shown.endswith(" software") and shown[:-9].split(" ")[0] in VENDORS + ["SAP", "Oracle", "Git"]:
            aliases.append(shown[:-9])
        if len(shown.split(" ")) > 7 or len(shown) < 2 or shown in DEGREES:
            continue
        mark = ""
        if " " not in shown:
            mark = "!!" if lexicon.common(shown) or len(shown) <= 2 else "!" if len(shown) <= 4 else ""
        kind = "certificate" if CERTIFICATE.search(shown.lower()) else "tool"
        group = plain(category)
        lexicon.add(group, "tool")
        index[name] = lexicon.add(shown, kind, aliases, mark, [group] if key(group) != key(shown) else [])
    for row in occupations:
        for tool in row["tech_skills"]:
            if tool["name"] in index:
                links[row["code"]].add(index[tool["name"]])
        for name, weight in row["skills"]:
            if weight >= 2.0:
                links[row["code"]].add(lexicon.add(name, "soft" if SOFT.search(name.lower()) else "method"))
    return links


def esco(lexicon, skills, occupations):
    index = {}
    spoken = re.compile(r"^(understand (spoken|written)|write|interact verbally in) [A-Z]")
    languages = {m.split(" ")[-1] for s in skills if (m := s["label"]) and spoken.match(m)}
    for skill in sorted(skills, key=lambda s: (s["type"] != "knowledge", s["uri"])):
        label = plain(skill["label"])
        if spoken.match(label):
            continue
        aliases = [plain(a) for a in skill["alt"]]
        short = plain(re.sub(r"\s*\(.*?\)\s*", " ", label))
        if label in languages or (skill["reuse"] == "transversal" and label[:1].isupper() and " " not in label):
            index[label] = lexicon.add(label, "language", [a for a in aliases if " " not in a and a[:1].isupper()])
            continue
        stems = {w[:5] for w in re.findall(r"[a-z]{3,}", label.lower())}
        kept = []
        for alias in aliases:
            words = alias.lower().split(" ")
            related = any(w[:5] in stems for w in words)
            if "," in alias or len(words) > 5 or not related or len(words) == 1 and lexicon.common(words[0]) and words[0][:7] != label.lower()[:7]:
                continue
            if re.search(r" (providing|using|giving|performing|doing|applying|carrying|making|undertaking|conducting)$", alias.lower()):
                continue
            if re.match(r"(types?|kinds?|varieties|categories|groups?|brands?|range|set|list|principles|competent|ability|ab(le|ility)|the|an?) ", alias.lower()):
                continue
            kept.append("?" + alias if len(words) == 1 and lexicon.common(words[0]) else alias)
        if skill["type"] == "knowledge":
            if len(short.split(" ")) > 6:
                continue
            single = " " not in short
            mark = "?" if single and short.lower() in TOO_COMMON else ""
            index[label] = lexicon.add(short, "knowledge", kept[:6], mark)
        elif len(short.split(" ")) <= 6:
            name, own = competence(short)
            kind = "soft" if SOFT.search(short.lower()) and skill["reuse"] in {"transversal", "cross-sector"} else "method"
            # Verb phrases are found in every form of their verb; noun phrases as they are.
            verb = short.split(" ")[0]
            # Short paraphrases with another verb are loose: "provide key" for "allocate keys".
            kept = [a for a in kept if len(a.split(" ")) > 2 or a.split(" ")[0] == verb or a.split(" ")[-1] in NOUNS.values()]
            alts = ["~" + a if a.split(" ")[0] == verb else a for a in kept if not a.split(" ")[0].endswith("ing")][:4]
            mark = "?" if " " not in name and lexicon.common(name) else "~" if name == short else ""
            index[label] = lexicon.add(name, kind, own + alts, mark)
    links = {}
    for row in occupations:
        links[row["uri"]] = {index[n] for n in row["essential"] + row["optional"] if n in index}
    return links


# One word of knowledge that prose uses for other things.
TOO_COMMON = set("design history education communication law marketing security theory testing training research writing music quality "
                 "politics finance business culture electricity energy fashion nutrition logistics art arts sports philosophy religion "
                 "taxonomy topography medicine psychology sociology rhetoric texts games news media drawing sales service services "
                 "performance safety health support management technology engineering science reading speaking coordination monitoring".split())


def names(lexicon, listed, known_tools, casing):
    """Names that job advertisements use, from the word list; single words of everyday English are left out."""
    for raw in listed:
        low = plain(raw.lower())
        low = re.sub(r"\s*\([^)]*\)", "", low).strip(" .,-*")
        words = low.split(" ")
        if not re.fullmatch(r"[a-z0-9 .+#&'/-]+", low) or GERMAN.search(low) or not 1 <= len(words) <= 4 or len(low) < 3:
            continue
        if JUNK.search(low) or re.search(r"[/&,]| and | or |\d\+|\b(with|for|to|in|on|by|from|of|as|the|a|an|our|your)\b", low):
            continue
        if re.search(r"\d", low) and not re.search(r"[a-z]", low):
            continue
        single = len(words) == 1
        if single and (low.rstrip("s") in lexicon.words or low in lexicon.words or low.isdigit()):
            continue
        if single and len(low) <= 4 and low not in casing:
            continue
        if not single and all(w in STOP for w in words):
            continue
        # "advanced excel": a skill and an adjective in front of it is no skill of its own.
        if words[0] in {"advanced", "basic", "strong", "new", "multiple", "complex", "modern", "various", "effective", "key", "core", "high", "large", "best", "first", "daily", "end-to-end", "early", "deep", "real", "internal", "external", "overall", "full", "major", "leading", "innovative", "senior", "junior"}:
            continue
        kind = ("certificate" if CERTIFICATE.search(low) else "soft" if SOFT.search(low) else
                "tool" if TOOLISH.search(low) or single and low in known_tools else "knowledge")
        shown = " ".join(casing.get(w, w) for w in words)
        shown = shown[:1].upper() + shown[1:] if shown[:1].islower() and words[0] not in casing else shown
        mark = "!" if single and len(low) <= 4 else ""
        lexicon.add(shown, kind, (), mark)


def casing_of(texts):
    """The spelling that a word mostly has in names, where that is not lower case: "sql" -> "SQL"."""
    seen = defaultdict(Counter)
    for text in texts:
        for n, word in enumerate(re.findall(r"[A-Za-z0-9.+#'-]+", text)):
            if n or word[1:].lower() != word[1:] or not word[:1].isupper():
                seen[word.lower().strip(".")][word.strip(".")] += 1
    out = {}
    for low, forms in seen.items():
        form, count = min(forms.items(), key=lambda item: (-item[1], item[0]))
        if form != low and count >= 0.6 * sum(forms.values()):
            out[low] = form
    return out


def adjacency(lexicon, links, most=4):
    """For each skill those that the same occupations use, by cosine of the sets of occupations."""
    uses = Counter(skill for used in links for skill in used)
    pairs = Counter()
    for used in links:
        ordered = sorted(s for s in used if s is not None and 2 <= uses[s] <= 250)
        for i, a in enumerate(ordered):
            for b in ordered[i + 1:]:
                pairs[a, b] += 1
    near = defaultdict(list)
    for (a, b), both in pairs.items():
        closeness = both / math.sqrt(uses[a] * uses[b])
        if both >= 2 and closeness >= 0.2:
            near[a].append((-closeness, lexicon.skills[b]["name"]))
            near[b].append((-closeness, lexicon.skills[a]["name"]))
    return {a: [name for _, name in sorted(found)[:most]] for a, found in near.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--words", type=Path, default=Path("/usr/share/dict/words"))
    parser.add_argument("--roles", type=Path, nargs="+", default=[ROOT / "data" / "roles"], help="folders of roles")
    args = parser.parse_args()
    if args.data:
        everything(args)
    of_roles(args.roles)


def of_roles(folders):
    """Writes the skills of roles that no other list has, most of them fields of work."""
    lexicon = Lexicon(set())
    for name in ["curated.txt", "lexicon.txt"]:
        lexicon.curated(OUT / name)
    asked = Counter()
    for path in sorted(path for folder in folders for path in folder.glob("*.toml")):
        for role in tomllib.loads(path.read_text(encoding="utf-8")).get("role", []):
            asked.update([*role.get("required", []), *role.get("nice", [])])
    lines = []
    for name in sorted(asked, key=lambda n: (n.lower(), n)):
        if key(name) in lexicon.keys:
            continue
        low = name.lower()
        kind = ("certificate" if CERTIFICATE.search(low) else "soft" if SOFT.search(low) else "tool" if TOOLISH.search(low) or re.search(r"[a-z][A-Z]", name) else
                "method" if re.search(r"(ing|ment|tion|ysis|care|work|repair|control)$", low) else "knowledge")
        lexicon.add(name, kind)
        # One word in small letters is mostly no skill: "Filing", "Layout", "Discovery".
        mark = "?" if name[1:].islower() and name.isalpha() and len(name) < 11 else ""
        lines.append(f"{mark}{name} | {kind}\n")
    head = "# Written by scripts/build_skills.py: skills that roles name and no other list has. name | kind\n"
    (OUT / "roles.txt").write_text(head + "".join(lines), encoding="utf-8")
    print(len(lines), "skills that only roles name, of", len(asked))


def everything(args):
    words = {w for w in args.words.read_text(encoding="utf-8").splitlines() if w.isalpha() and w.islower()}
    occupations = rows(args.data / "taxonomy" / "onet_joined.jsonl")
    esco_skills = rows(args.data / "taxonomy" / "esco_skills.jsonl")
    esco_occupations = rows(args.data / "taxonomy" / "esco_occupations_joined.jsonl")
    listed = json.loads((args.data / "words" / "skill_extractor_pypi_0.2.0_skills.json").read_text(encoding="utf-8"))

    lexicon = Lexicon(words)
    lexicon.curated(OUT / "curated.txt")
    tool_names = sorted({t["name"] for row in occupations for t in row["tech_skills"]})
    casing = casing_of(tool_names + [s["label"] for s in esco_skills] + [a for s in esco_skills for a in s["alt"]])
    curated_text = [line.split("|")[0].lstrip("!~? ") for line in (OUT / "curated.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for low, form in casing_of(curated_text).items():
        casing[low] = form
    for stop in STOP:
        casing.pop(stop, None)
    links = list(onet(lexicon, occupations, casing).values())
    links += list(esco(lexicon, esco_skills, esco_occupations).values())
    names(lexicon, sorted(set(listed)), {w.lower() for t in tool_names for w in t.split(" ")}, casing)

    # "Agile project management" is a kind of "project management".
    for skill in lexicon.skills:
        parts = skill["name"].split(" ")
        for cut in range(1, len(parts) - 1):
            found = lexicon.keys.get(key(" ".join(parts[cut:])))
            if found is not None and lexicon.skills[found] is not skill:
                name = lexicon.skills[found]["name"]
                if name not in skill["broader"]:
                    skill["broader"].append(name)
                break
    near = adjacency(lexicon, links)

    lines = []
    for skill in lexicon.skills:
        name = skill["name"]
        if name[:1].islower() and not re.match(r"[a-z]+[A-Z.]", name) and name.split(" ")[0] not in casing:
            name = name[:1].upper() + name[1:]
        extra = {"aliases": "; ".join(skill["aliases"]), "broader": "; ".join(skill["broader"])}
        if skill.get("curated") and not skill["aliases"] and not skill["broader"]:
            continue
        lines.append(f"{skill.get('mark', '')}{name} | {skill['kind']} | {extra['aliases']} | {extra['broader']}".rstrip(" |") + "\n")
    lines.sort(key=lambda line: (line.lstrip("!?~").lower(), line))
    head = ("# Written by scripts/build_skills.py; do not edit: add to curated.txt instead. Facts from O*NET 29.2 and ESCO 1.1.1 (CC BY 4.0)\n"
            "# and skill-extractor (MIT). name | kind | other names; ... | broader; ...   Marks: see curated.txt\n")
    (OUT / "lexicon.txt").write_text(head + "".join(lines), encoding="utf-8")
    linked = sorted(f"{lexicon.skills[a]['name']} | {'; '.join(b)}\n" for a, b in near.items())
    (OUT / "links.txt").write_text("# Written by scripts/build_skills.py: skill | skills that the same occupations use, nearest first.\n" + "".join(linked), encoding="utf-8")
    kinds = Counter(s["kind"] for s in lexicon.skills)
    print(len(lexicon.skills), "skills,", len(lexicon.keys), "names,", len(near), "with adjacent skills;", dict(kinds))


if __name__ == "__main__":
    main()
