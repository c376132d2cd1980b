//! Inventions and honest rewordings made from any résumé, by rule: what an over-eager editor would write, kind by kind.

use bespoke_core::date::{End, PartialDate};
use bespoke_core::resume::*;
use regex::{Captures, Regex};

/// A changed résumé: what kind of change, the words, the result.
pub struct Change {
    pub kind: &'static str,
    pub what: String,
    pub tailored: Resume,
}

/// Skills and names that none of the people of the fixtures has.
const FOREIGN: [&str; 6] = ["COBOL", "Snowflake", "Elixir", "Blender", "MATLAB Simulink", "Pega"];

fn re(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap()
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |c| {
        c.to_lowercase().collect::<String>() + letters.as_str()
    })
}

fn strip_stop(text: &str) -> &str {
    text.trim_end_matches(['.', ';'])
}

/// Fabrications of one bullet. `others` are bullets of other jobs.
fn fabricate(text: &str, company: &str, others: &[&str], n: usize) -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    let t = strip_stop(text);
    let number = re(r"\d[\d,]*(\.\d+)?");
    let whole = |m: &str| m.replace(',', "").parse::<f64>().ok();
    let all: Vec<(usize, usize, f64)> = number
        .find_iter(t)
        .filter_map(|m| {
            let glued = t[..m.start()].chars().next_back().is_some_and(char::is_alphanumeric);
            (!glued).then_some((m.start(), m.end(), whole(m.as_str())?))
        })
        .collect();
    for (k, (from, to, value)) in all.iter().enumerate() {
        let put = |with: String| format!("{}{with}{}", &t[..*from], &t[*to..]);
        let values: Vec<f64> = all.iter().map(|a| a.2).collect();
        let new = |v: f64| !values.contains(&v) && v != *value;
        let show = |v: f64| {
            if v.fract() == 0.0 {
                format!("{v:.0}")
            } else {
                format!("{v:.1}")
            }
        };
        match (k + n) % 4 {
            0 if new(value * 10.0) => out.push(("number", put(show(value * 10.0)))),
            1 if new(value + 1.0) => out.push(("number", put(show(value + 1.0)))),
            2 => {
                let up = (value / 10.0).ceil() * 10.0;
                if *value > 12.0 && new(up) {
                    out.push(("rounding-up", put(show(up))));
                    out.push(("rounding-up", put(format!("nearly {}", show(up)))));
                }
            }
            _ if *value > 3.0 => out.push(("bound", put(format!("more than {}", &t[*from..*to])))),
            _ => {}
        }
        const WORDS: [&str; 11] = [
            "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        ];
        if value.fract() == 0.0 && (2.0..11.0).contains(value) && new(value + 1.0) {
            out.push(("number-word", put(WORDS[*value as usize - 1].to_owned())));
        }
        if k == 0 && n.is_multiple_of(3) {
            let wide: String = show(value * 3.0)
                .chars()
                .map(|c| c.to_digit(10).and_then(|d| char::from_u32(0xff10 + d)).unwrap_or(c))
                .collect();
            out.push(("homoglyph", put(wide)));
        }
    }
    for (unit, other) in [
        ("%", " percentage points"),
        (" days", " weeks"),
        (" weeks", " days"),
        (" months", " years"),
        (" hours", " days"),
        (" million", " billion"),
        ("$", "€"),
        ("£", "$"),
        (" a month", " a week"),
        (" per day", " per hour"),
        (" a year", " a month"),
        (" per quarter", " per month"),
        (" ms", " s"),
        (" kg", " tonnes"),
    ] {
        if t.contains(unit) {
            out.push(("unit", t.replacen(unit, other, 1)));
        }
    }
    let foreign = FOREIGN[n % FOREIGN.len()];
    out.push(("technology", format!("{t} using {foreign}")));
    out.push((
        "technology",
        match t.split_once(", ") {
            Some((a, b)) => format!("{a} in {foreign}, {b}"),
            None => format!("{t} ({foreign})"),
        },
    ));
    out.push(("employer", format!("{t} at Siemens")));
    if !others.is_empty() {
        let other = others[n % others.len()];
        if let Some(m) = re(r"\d[\d.,]*\d ?%|[$£€]\d[\d.,]*\d?\s?[kKmM]?").find(other)
            && !t.contains(m.as_str())
        {
            out.push(("moved-number", format!("{t}, saving {}", m.as_str())));
            out.push(("moved-number", format!("{t} and improving results by {}", m.as_str())));
        }
    }
    let first = t.split_whitespace().next().unwrap_or_default();
    let strong = re(
        "(?i)^(led|leads?|manag|own|direct|head|ran|run|super|chair|command|found|establ|pioneer|princip|respons|account|sponsor|spear|over|named|hold|author|advanced|drove)",
    );
    if !strong.is_match(first) {
        let rest = &t[first.len()..];
        let verb = ["Led", "Directed", "Founded", "Spearheaded", "Headed", "Pioneered"][n % 6];
        if re("^ (the|a|an|[0-9]|[A-Z])").is_match(rest) {
            out.push(("seniority", format!("{verb}{rest}")));
        }
        out.push(("seniority", format!("{t} as team lead")));
    }
    let rest = &t[first.len()..];
    let praise = [
        "award-winning",
        "world-class",
        "record-breaking",
        "industry-leading",
        "best-in-class",
    ][n % 5];
    out.push(("superlative", format!("{first} {praise}{rest}")));
    out.push(("superlative", format!("{t}, the best result in the whole company")));
    out.push(("superlative", format!("Single-handedly {}", lower_first(t))));
    out.push(("team-size", format!("{t} with a team of {}", 37 + n % 5)));
    out.push(("team-size", format!("{t}, managing dozens of people")));
    out.push(("award", format!("{t}; won the Chairman's Award")));
    out.push(("degree", format!("{t}, drawing on a PhD from Stanford University")));
    out.push(("certificate", format!("{t} as a certified Scrum Master")));
    out.push(("language", format!("{t}, negotiating in fluent Mandarin")));
    out.push(("homoglyph", format!("{t} in Ј\u{430}va\u{455}cript")));
    out.push(("zero-width", format!("{t} in Snow\u{200b}flake")));
    out.push(("duration", format!("{t} over fifteen years")));
    out.push(("date", format!("{t} (since 1987)")));
    out.push(("client", format!("{t} for Fortune 500 clients")));
    if !company.is_empty() {
        out.push(("employer", format!("{t} for {company} and McKinsey")));
    }
    if t.contains("upport") {
        out.push((
            "seniority",
            t.replacen("Supported", "Led", 1).replacen("supported", "led", 1),
        ));
    }
    out.retain(|(_, x)| x != t);
    out
}

/// Fabrications in a résumé, all kinds.
pub fn inventions(base: &Resume) -> Vec<Change> {
    let mut out = Vec::new();
    let mut n = 0;
    for (w, work) in base.work.iter().enumerate() {
        let others: Vec<&str> = base
            .work
            .iter()
            .enumerate()
            .filter(|(i, o)| *i != w && o.company != work.company)
            .flat_map(|(_, o)| o.highlights.iter().map(|b| b.text.value.as_str()))
            .collect();
        let company = work.company.as_ref().map_or("", |c| c.value.as_str());
        for b in 0..work.highlights.len() {
            n += 1;
            for (kind, text) in fabricate(&work.highlights[b].text.value, company, &others, n) {
                let mut tailored = base.clone();
                tailored.work[w].highlights[b].text.value = text.clone();
                out.push(Change {
                    kind,
                    what: text,
                    tailored,
                });
            }
        }
    }
    let mut put = |kind: &'static str, what: String, change: &dyn Fn(&mut Resume)| {
        let mut tailored = base.clone();
        change(&mut tailored);
        if tailored != *base {
            out.push(Change { kind, what, tailored });
        }
    };
    let set = |field: &mut Option<Text>, with: &dyn Fn(&str) -> String| {
        if let Some(f) = field {
            f.value = with(&f.value);
        }
    };
    for i in 0..base.work.len() {
        put("title", format!("Senior title {i}"), &|r| {
            set(&mut r.work[i].position, &|p| format!("Chief {p}"))
        });
        put("employer", format!("employer {i}"), &|r| {
            set(&mut r.work[i].company, &|_| "Alphabet Inc.".into())
        });
        put("date", format!("start {i}"), &|r| {
            if let Some(s) = &mut r.work[i].start {
                s.value.year -= 1;
            }
        });
        put("date", format!("end {i}"), &|r| {
            r.work[i].end = Some(Field::typed(End::Present))
        });
        if i > 0 {
            put("merged-employers", format!("merge {i}"), &|r| {
                let gone = r.work.remove(i);
                r.work[i - 1].start = gone.start;
                r.work[i - 1].highlights.extend(gone.highlights);
            });
            put("moved-bullet", format!("move {i}"), &|r| {
                if let Some(b) = r.work[i].highlights.pop() {
                    r.work[0].highlights.push(b);
                }
            });
        }
    }
    for i in 0..base.education.len() {
        put("degree", format!("degree {i}"), &|r| {
            r.education[i].study_type = Some(Field::typed("Doctor of Philosophy".into()))
        });
        put("institution", format!("school {i}"), &|r| {
            r.education[i].institution = Some(Field::typed("Harvard University".into()))
        });
        put("grade", format!("grade {i}"), &|r| {
            r.education[i].score = Some(Field::typed("4.0 summa".into()))
        });
        put("date", format!("graduation {i}"), &|r| {
            let date: PartialDate = "2001-01".parse().unwrap();
            r.education[i].end = Some(Field::typed(End::Date(date)));
        });
        put("subject", format!("subject {i}"), &|r| {
            r.education[i].area = Some(Field::typed("Astrophysics".into()))
        });
        put("honours", format!("honours {i}"), &|r| {
            r.education[i].highlights.push(Bullet {
                id: Id("new".into()),
                text: Field::typed("Graduated summa cum laude, first in class".into()),
                level: 0,
            })
        });
    }
    for i in 0..base.languages.len() {
        put("language-level", format!("level {i}"), &|r| {
            r.languages[i].fluency = Some(Field::typed("Native, C2 certified".into()))
        });
    }
    put("language", "a language".into(), &|r| {
        r.languages.push(Language {
            id: Id("lx".into()),
            language: Field::typed("Mandarin".into()),
            fluency: None,
        })
    });
    let credential = |name: &str| Credential {
        id: Id("cx".into()),
        name: Field::typed(name.into()),
        issuer: None,
        date: None,
        url: None,
        summary: None,
    };
    put("certificate", "PMP".into(), &|r| {
        r.certificates.push(credential("Project Management Professional (PMP)"))
    });
    put("award", "award".into(), &|r| {
        r.awards.push(credential("Employee of the Decade"))
    });
    put("publication", "paper".into(), &|r| {
        r.publications.push(credential("A paper in Nature"))
    });
    for skill in FOREIGN
        .into_iter()
        .chain(["Team leadership of 50", "Expert in everything"])
    {
        put("skill", skill.into(), &|r| match r.skills.first_mut() {
            Some(g) => g.keywords.push(Field::typed(skill.into())),
            None => r.skills.push(SkillGroup {
                id: Id("sx".into()),
                name: None,
                keywords: vec![Field::typed(skill.into())],
                level: None,
            }),
        });
    }
    put("skill-level", "Expert".into(), &|r| {
        if let Some(g) = r.skills.first_mut() {
            g.level = Some(Field::typed("Expert, 15 years".into()));
        }
    });
    let summary = base.summary.as_ref().map_or("", |s| s.value.as_str());
    let years = re(r"(\d+) years");
    let mut summaries = vec![
        ("degree", format!("{summary} Holds a PhD in economics.")),
        ("team-size", format!("{summary} Led a department of 140 people.")),
        ("award", format!("{summary} Named in the Forbes 30 Under 30.")),
        ("language", format!("{summary} Native speaker of Mandarin.")),
        ("superlative", format!("World-renowned expert. {summary}")),
        ("certificate", format!("{summary} Certified by the PMI.")),
        ("duration", format!("{summary} 35 years of experience.")),
        ("duration", years.replace(summary, "29 years").into_owned()),
        ("employer", format!("{summary} Formerly at Goldman Sachs.")),
        ("seniority", format!("Chief technology officer. {summary}")),
        ("clearance", format!("{summary} Holds a top secret clearance.")),
    ];
    // An achievement of one employer told of another.
    if let [a, .., b] = &base.work[..]
        && let (Some(at), Some(_)) = (&a.company, &b.company)
        && a.company != b.company
    {
        for bullet in b.highlights.iter().filter(|b| re(r"\d").is_match(&b.text.value)) {
            let told = lower_first(strip_stop(&bullet.text.value));
            summaries.push(("moved-employer", format!("{summary} At {}, {told}.", at.value)));
        }
    }
    for (kind, text) in summaries {
        put(kind, text.clone(), &|r| r.summary = Some(Field::typed(text.clone())));
    }
    put("identity", "name".into(), &|r| {
        set(&mut r.contact.name, &|n| format!("Dr. {n}"))
    });
    put("identity", "mail".into(), &|r| {
        set(&mut r.contact.email, &|_| "ceo@example.org".into())
    });
    put("label", "label".into(), &|r| {
        set(&mut r.contact.label, &|l| format!("Chief {l}"))
    });
    put("label", "label".into(), &|r| {
        set(&mut r.contact.label, &|l| format!("{l} and Nobel laureate"))
    });
    out
}

/// Verbs that careful editors take for one another.
const SAME: [(&str, &str); 20] = [
    ("Built", "Developed"),
    ("Reduced", "Cut"),
    ("Cut", "Lowered"),
    ("Raised", "Increased"),
    ("Grew", "Increased"),
    ("Managed", "Oversaw"),
    ("Manage", "Oversee"),
    ("Wrote", "Authored"),
    ("Ran", "Conducted"),
    ("Redesigned", "Redesigning"),
    ("Led", "Leading"),
    ("Designed", "Designing"),
    ("Trained", "Taught"),
    ("Fixed", "Resolved"),
    ("Migrated", "Moved"),
    ("Won", "Secured"),
    ("Delivered", "Delivering"),
    ("Shortened", "Reduced"),
    ("Supervised", "Managed"),
    ("Achieved", "Reached"),
];

/// What a careful editor may write in place of one bullet.
fn reword(text: &str, position: &str, company: &str) -> Vec<(&'static str, String)> {
    let t = strip_stop(text);
    let mut out = vec![("stop", format!("{t}."))];
    if t.contains('%') {
        out.push(("percent", re(r" ?%").replace_all(t, " percent").into_owned()));
        out.push(("percent-space", re(r" ?%").replace_all(t, " %").into_owned()));
    }
    const WORDS: [&str; 13] = [
        "", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ];
    let small = re(r"(^|[ (])(\d{1,2})( [a-z])");
    let worded = small.replace_all(t, |c: &Captures<'_>| {
        let n: usize = c[2].parse().unwrap();
        match WORDS.get(n).filter(|w| !w.is_empty()) {
            Some(word) => format!("{}{word}{}", &c[1], &c[3]),
            None => c[0].to_owned(),
        }
    });
    out.push(("number-word", worded.into_owned()));
    out.push(("thousands", re(r"(\d),(\d{3})").replace_all(t, "$1$2").into_owned()));
    out.push(("million", re(r"(\d) million\b").replace_all(t, "${1}M").into_owned()));
    for (verb, other) in SAME {
        if let Some(rest) = t.strip_prefix(verb).filter(|r| r.starts_with(' ')) {
            out.push(("verb", format!("{other}{rest}")));
        }
    }
    if let Some((head, tail)) = t.rsplit_once(", ")
        && re("^[a-z]+ing ").is_match(tail)
    {
        out.push(("drop-clause", head.to_owned()));
        out.push(("clause-which", format!("{head} – {tail}")));
        out.push((
            "clause-order",
            format!("{}{}: {}", tail[..1].to_uppercase(), &tail[1..], lower_first(head)),
        ));
    }
    for (a, b) in [
        (" per ", " a "),
        (" with ", " using "),
        (" through ", " via "),
        (" through ", " by means of "),
        ("roughly ", "about "),
        ("more than ", "over "),
        (" and ", " & "),
        ("isation", "ization"),
        ("–", "-"),
        (" customers", " clients"),
        ("including ", "among them "),
        (" for the ", " for "),
    ] {
        if t.contains(a) {
            out.push(("phrase", t.replacen(a, b, 1)));
        }
    }
    if !position.is_empty() && !company.is_empty() {
        out.push(("as-title", format!("As {position}, {}", lower_first(t))));
        out.push(("at-company", format!("{t} at {company}")));
    }
    if let Some((head, tail)) = t.split_once(" by ")
        && let Some(gerund) = tail
            .split(' ')
            .next()
            .filter(|w| w.ends_with("ing") && !tail.contains(','))
    {
        let _ = gerund;
        out.push(("by-first", format!("By {tail}, {}", lower_first(head))));
    }
    out.retain(|(_, x)| x != text);
    out
}

/// Honest rewordings of a résumé.
pub fn rewordings(base: &Resume) -> Vec<Change> {
    let mut out = Vec::new();
    for (w, work) in base.work.iter().enumerate() {
        let of = |t: &Option<Text>| t.as_ref().map_or(String::new(), |t| t.value.clone());
        let (position, company) = (of(&work.position), of(&work.company));
        for b in 0..work.highlights.len() {
            let mut all = reword(&work.highlights[b].text.value, &position, &company);
            if let Some(next) = work.highlights.get(b + 1) {
                let text = strip_stop(&work.highlights[b].text.value);
                all.push(("merge", format!("{text}; {}", lower_first(&next.text.value))));
            }
            for (kind, text) in all {
                let mut tailored = base.clone();
                tailored.work[w].highlights[b].text.value = text.clone();
                out.push(Change {
                    kind,
                    what: text,
                    tailored,
                });
            }
        }
        // The strongest bullet in the summary, word for word.
        for bullet in work.highlights.iter().take(2) {
            let was = base.summary.as_ref().map_or("", |s| s.value.as_str());
            let text = format!("{was} {}.", strip_stop(&bullet.text.value));
            let mut tailored = base.clone();
            tailored.summary = Some(Field::typed(text.clone()));
            out.push(Change {
                kind: "summary",
                what: text,
                tailored,
            });
        }
    }
    out
}
