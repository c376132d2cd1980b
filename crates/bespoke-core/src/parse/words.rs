//! The word lists of `data/parse/`, and how much a text looks like a title, an organisation, a school, a degree, a place.

use crate::resume::Section;
use crate::text::fold;
use regex::Regex;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

type Set = HashSet<&'static str>;

pub(super) fn lines(data: &'static str) -> impl Iterator<Item = &'static str> {
    data.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty())
}

fn all(data: &'static str) -> Set {
    lines(data)
        .flat_map(|l| l.split_once(": ").map_or(l, |(_, words)| words).split_whitespace())
        .collect()
}

fn named(data: &'static str, name: &str) -> Set {
    lines(data)
        .filter_map(|l| l.split_once(": "))
        .filter(|(key, _)| *key == name)
        .flat_map(|(_, words)| words.split_whitespace())
        .collect()
}

const TITLES: &str = include_str!("../../../../data/parse/title-words.txt");
const ORGANISATIONS: &str = include_str!("../../../../data/parse/organisation-words.txt");
const PLACES: &str = include_str!("../../../../data/parse/places.txt");
const LANGUAGES: &str = include_str!("../../../../data/parse/languages.txt");

static ENGLISH_TITLES: LazyLock<Set> = LazyLock::new(|| named(TITLES, "en"));
static ALL_TITLES: LazyLock<Set> = LazyLock::new(|| all(TITLES));
static STRONG: LazyLock<Set> = LazyLock::new(|| named(ORGANISATIONS, "strong"));
static WEAK: LazyLock<Set> = LazyLock::new(|| named(ORGANISATIONS, "weak"));
static SCHOOLS: LazyLock<Set> = LazyLock::new(|| all(include_str!("../../../../data/parse/schools.txt")));
static DEGREES: LazyLock<Set> = LazyLock::new(|| all(include_str!("../../../../data/parse/degrees.txt")));
static COUNTRIES: LazyLock<Set> = LazyLock::new(|| named(PLACES, "countries"));
static REGIONS: LazyLock<Set> = LazyLock::new(|| named(PLACES, "regions"));
static CODES: LazyLock<Set> = LazyLock::new(|| named(PLACES, "codes"));
static REMOTE: LazyLock<Set> = LazyLock::new(|| named(PLACES, "remote"));
/// Towns, sorted.
static CITIES: LazyLock<Vec<String>> = LazyLock::new(|| {
    // Each after the letter that says how many of its first letters are those of the town before, A for none.
    let coded = include_str!(concat!(env!("OUT_DIR"), "/towns.txt"));
    let mut towns: Vec<String> = Vec::new();
    for part in coded.split_inclusive(|c: char| c.is_ascii_uppercase()) {
        let (end, next) = part.split_at(part.len() - usize::from(part.ends_with(|c: char| c.is_ascii_uppercase())));
        if let Some(town) = towns.last_mut() {
            town.push_str(end);
        }
        if let Some(mark) = next.bytes().next() {
            let shared = towns.last().map_or("", |t| &t[..usize::from(mark - b'A')]);
            towns.push(shared.to_owned());
        }
    }
    towns
});
static TONGUES: LazyLock<Set> = LazyLock::new(|| all(LANGUAGES));
static SUBHEADINGS: LazyLock<Set> = LazyLock::new(|| {
    lines(include_str!("../../../../data/parse/subheadings.txt"))
        .map(str::trim)
        .collect()
});
static HEADINGS: LazyLock<HashMap<String, Section>> = LazyLock::new(|| {
    let mut map = HashMap::new();
    for line in lines(include_str!("../../../../data/parse/headings.txt")) {
        let Some((name, phrases)) = line.split_once(": ") else {
            continue;
        };
        let Some(section) = Section::ALL
            .into_iter()
            .find(|s| serde_json::to_value(s).is_ok_and(|v| v == name))
        else {
            continue;
        };
        for phrase in phrases.split('|') {
            map.entry(fold(phrase.trim())).or_insert(section);
        }
    }
    map
});

/// Signs of the kinds of names in scripts whose words have no edges, folded, by kind.
static SIGNS: LazyLock<HashMap<&'static str, Vec<String>>> = LazyLock::new(|| {
    lines(include_str!("../../../../data/parse/other-scripts.txt"))
        .filter_map(|l| l.split_once(": "))
        .map(|(kind, signs)| (kind, signs.split_whitespace().map(fold).collect()))
        .collect()
});

/// True where a text holds a sign of a kind of name; never for text of Latin letters.
fn signed(text: &str, kind: &str) -> bool {
    if !text.chars().any(|c| c >= '\u{400}' && c.is_alphabetic()) {
        return false;
    }
    let text = fold(text);
    SIGNS
        .get(kind)
        .is_some_and(|signs| signs.iter().any(|s| text.contains(s.as_str())))
}

/// Labels before a value, folded, with what they announce.
static LABELS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    lines(include_str!("../../../../data/parse/labels.txt"))
        .filter_map(|l| l.split_once(": "))
        .flat_map(|(kind, labels)| labels.split('|').map(move |l| (fold(l.trim()), kind)))
        .collect()
});

/// What the label at the start of a text announces, `grade`, `courses` or `technologies`, and where the value begins.
pub fn labelled(text: &str) -> Option<(&'static str, usize)> {
    let at = text.find([':', '：'])?;
    let label = fold(text[..at].trim().trim_start_matches(['•', '-', '–', '*']).trim());
    let kind = LABELS.get(label.as_str())?;
    let value = at + text[at..].chars().next().map_or(1, char::len_utf8);
    (!text[value..].trim().is_empty()).then_some((*kind, value))
}

/// Folded words; letters, digits and inner signs stay together.
pub fn tokens(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| {
            c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '|' | '•' | '·' | '"' | '“' | '”' | '[' | ']')
        })
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
        .filter(|w| !w.is_empty())
        .collect()
}

fn compact(token: &str) -> String {
    token.replace('.', "")
}

/// A folded heading without the number in front of it: "3. education", "iv) skills", "b. projects".
fn unnumbered(text: &str) -> &str {
    let Some((front, rest)) = text.split_once(' ') else {
        return text;
    };
    let Some(number) = front.strip_suffix(['.', ')', ':']) else {
        return text;
    };
    let digits = number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit());
    let roman = number.len() <= 4 && number.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    let letter = number.len() == 1 && number.bytes().all(|b| b.is_ascii_lowercase());
    if !number.is_empty() && (digits || roman || letter) {
        rest.trim_start()
    } else {
        text
    }
}

/// The headings without their spaces. Asked of every short word of a table: to go through all of them each time took seconds.
static JOINED_HEADINGS: LazyLock<HashMap<String, Section>> =
    LazyLock::new(|| HEADINGS.iter().map(|(h, s)| (h.replace(' ', ""), *s)).collect());

/// The section that a heading names, if it is a known one.
pub fn heading(text: &str) -> Option<Section> {
    let folded = fold(text);
    let cleaned: String = folded
        .trim_matches(|c: char| !c.is_alphanumeric() && c != '(' && c != ')')
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let cleaned = unnumbered(cleaned.split(" (").next().unwrap_or_default());
    let cleaned = cleaned.trim_end_matches(" with dates").to_owned();
    if cleaned.is_empty() || cleaned.len() > 60 {
        return None;
    }
    if let Some(section) = HEADINGS.get(cleaned.as_str()) {
        return Some(*section);
    }
    // Spaced letters: "E X P E R I E N C E".
    let joined: String = cleaned.split(' ').collect();
    if cleaned.split(' ').all(|w| w.chars().count() <= 2)
        && let Some(section) = JOINED_HEADINGS.get(&joined)
    {
        return Some(*section);
    }
    let plain = cleaned.replace('-', " ");
    if let Some(section) = HEADINGS.get(plain.as_str()) {
        return Some(*section);
    }
    let spelled = cleaned.replace(" & ", " and ").replace(" + ", " and ");
    if let Some(section) = HEADINGS.get(spelled.as_str()) {
        return Some(*section);
    }
    for separator in [
        " and ", " & ", "/", ", ", " et ", " und ", " y ", " e ", " en ", " + ", " | ", " - ",
    ] {
        if let Some((first, second)) = cleaned.split_once(separator) {
            let first = HEADINGS.get(first.trim());
            let second = HEADINGS.get(second.trim());
            if let (Some(section), Some(_)) = (first, second) {
                return Some(*section);
            }
        }
    }
    // "Education & Credentials": the first one counts, also where the second is not known.
    for separator in [" & ", " and ", " / ", " und ", " et ", " y ", " e ", " en "] {
        if let Some((first, second)) = cleaned.split_once(separator)
            && second.split(' ').count() <= 2
            && let Some(section) = HEADINGS.get(first.trim())
        {
            return Some(*section);
        }
    }
    // "Tickets and certificates": or the second one.
    for separator in [" & ", " and ", " und ", " et ", " y ", " e "] {
        if let Some((first, second)) = cleaned.split_once(separator)
            && first.split(' ').count() == 1
            && let Some(section) = HEADINGS.get(second.trim())
        {
            return Some(*section);
        }
    }
    for front in [
        "my ",
        "professional ",
        "selected ",
        "relevant ",
        "other ",
        "additional ",
        "key ",
        "core ",
        "recent ",
        "major ",
    ] {
        if let Some(section) = cleaned.strip_prefix(front).and_then(|rest| HEADINGS.get(rest)) {
            return Some(*section);
        }
    }
    None
}

/// True for a text that holds a word of section headings: "Technical Skills Set".
pub fn of_headings(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "skills",
        "skill",
        "experience",
        "education",
        "summary",
        "projects",
        "employment",
        "objective",
        "qualifications",
        "certifications",
        "references",
        "profile",
        "highlights",
        "competencies",
        "information",
        "languages",
    ];
    tokens(text).iter().any(|w| WORDS.contains(&w.as_str()))
}

/// The section that a heading of several words names by its noun: "Core IT Skills", "Unterrichtserfahrung".
pub fn heading_noun(text: &str) -> Option<Section> {
    const NOUNS: &[(&str, Section)] = &[
        ("experience", Section::Work),
        ("experiences", Section::Work),
        ("worked", Section::Work),
        ("jobs", Section::Work),
        ("roles", Section::Work),
        ("engagements", Section::Work),
        ("trayectoria", Section::Work),
        ("parcours", Section::Work),
        ("studied", Section::Education),
        ("estudios", Section::Education),
        ("etudes", Section::Education),
        ("diplomes", Section::Education),
        ("strengths", Section::Skills),
        ("expertise", Section::Skills),
        ("capabilities", Section::Skills),
        ("toolbox", Section::Skills),
        ("toolkit", Section::Skills),
        ("conocimientos", Section::Skills),
        ("atouts", Section::Skills),
        ("credentials", Section::Certificates),
        ("licences", Section::Certificates),
        ("cursos", Section::Certificates),
        ("achievements", Section::Awards),
        ("hobbies", Section::Interests),
        ("employment", Section::Work),
        ("career", Section::Work),
        ("internships", Section::Work),
        ("education", Section::Education),
        ("qualifications", Section::Education),
        ("studies", Section::Education),
        ("skills", Section::Skills),
        ("competencies", Section::Skills),
        ("proficiencies", Section::Skills),
        ("technologies", Section::Skills),
        ("projects", Section::Projects),
        ("certifications", Section::Certificates),
        ("certificates", Section::Certificates),
        ("licenses", Section::Certificates),
        ("training", Section::Certificates),
        ("awards", Section::Awards),
        ("honors", Section::Awards),
        ("publications", Section::Publications),
        ("talks", Section::Publications),
        ("presentations", Section::Publications),
        ("patents", Section::Publications),
        ("languages", Section::Languages),
        ("interests", Section::Interests),
        ("references", Section::References),
        ("summary", Section::Summary),
        ("profile", Section::Summary),
        ("experiencia", Section::Work),
        ("experiencias", Section::Work),
        ("esperienze", Section::Work),
        ("esperienza", Section::Work),
        ("formation", Section::Education),
        ("formacion", Section::Education),
        ("formacao", Section::Education),
        ("formazione", Section::Education),
        ("istruzione", Section::Education),
        ("educacion", Section::Education),
        ("educacao", Section::Education),
        ("competences", Section::Skills),
        ("competencias", Section::Skills),
        ("competenze", Section::Skills),
        ("habilidades", Section::Skills),
        ("langues", Section::Languages),
        ("idiomas", Section::Languages),
        ("lingue", Section::Languages),
        ("projets", Section::Projects),
        ("proyectos", Section::Projects),
        ("projetos", Section::Projects),
        ("progetti", Section::Projects),
    ];
    const TAILS: &[(&str, Section)] = &[
        ("sprachkenntnisse", Section::Languages),
        ("erfahrung", Section::Work),
        ("erfahrungen", Section::Work),
        ("werdegang", Section::Work),
        ("laufbahn", Section::Work),
        ("stationen", Section::Work),
        ("fahigkeiten", Section::Skills),
        ("qualifikationen", Section::Skills),
        ("weiterbildung", Section::Certificates),
        ("weiterbildungen", Section::Certificates),
        ("ervaring", Section::Work),
        ("kenntnisse", Section::Skills),
        ("kompetenzen", Section::Skills),
        ("vaardigheden", Section::Skills),
        ("ausbildung", Section::Education),
        ("bildung", Section::Education),
        ("studium", Section::Education),
        ("opleiding", Section::Education),
        ("opleidingen", Section::Education),
        ("projekte", Section::Projects),
        ("zertifikate", Section::Certificates),
    ];
    let words = tokens(text);
    if words.is_empty() || words.len() > 5 || text.contains([',', ':', '.']) {
        return None;
    }
    // "Riverside High School" is an employer.
    if matches!(words.as_slice(), [only] if only == "school" || only == "schools") {
        return Some(Section::Education);
    }
    let last = words.last()?;
    let first = words.first()?;
    NOUNS
        .iter()
        .find(|(noun, _)| last == noun)
        .or_else(|| TAILS.iter().find(|(tail, _)| last.ends_with(tail)))
        .or_else(|| NOUNS.iter().find(|(noun, _)| first == noun && !first.ends_with("ing")))
        .map(|(_, section)| *section)
}

/// "Responsibilities:", "Highlights" and the like inside an entry.
pub fn subheading(text: &str) -> bool {
    let folded = fold(text);
    let known = |part: &str| SUBHEADINGS.contains(part.trim_matches(|c: char| !c.is_alphanumeric()));
    // "Responsibilities / Achievements"
    known(&folded) || folded.split_once(" / ").is_some_and(|(a, b)| known(a) && known(b))
}

/// How much a text looks like a job title, about −1 to 1.5.
pub fn title(text: &str) -> f32 {
    let words = tokens(text);
    if words.is_empty() || words.len() > 12 {
        return -0.5;
    }
    if signed(text, "title") {
        return 1.0;
    }
    let is = |w: &String| ENGLISH_TITLES.contains(w.as_str()) || ENGLISH_TITLES.contains(compact(w).as_str());
    let any = |w: &String| {
        ALL_TITLES.contains(w.as_str())
            || w.split(['-', '/', ':']).any(|p| ALL_TITLES.contains(p))
            || w.strip_suffix("in").is_some_and(|s| ALL_TITLES.contains(s))
            || [
                "ingenieur",
                "leiter",
                "entwickler",
                "berater",
                "manager",
                "techniker",
                "assistent",
                "mitarbeiter",
                "medewerker",
                "kaufmann",
                "fachkraft",
                "arzt",
                "lehrer",
                "pfleger",
                "trainer",
                "fahrer",
                "bearbeiter",
                "assistentin",
            ]
            .iter()
            .any(|tail| w.len() > tail.len() + 2 && (w.ends_with(tail) || w.ends_with(&format!("{tail}in"))))
    };
    // The head of an English title stands last, or before "of", "for", "in", a comma, a dash.
    let stop = [
        "of", "for", "in", "to", "at", "-", "–", "/", "de", "des", "en", "und", "du", "ii", "iii", "iv", "i", "1", "2",
        "3",
    ];
    let head_at = words
        .iter()
        .position(|w| stop.contains(&w.as_str()))
        .unwrap_or(words.len());
    let mut score = 0.0;
    if head_at > 0 && is(&words[head_at - 1]) {
        score += 1.0;
    } else if any(&words[0]) {
        score += 0.9;
    } else if words.iter().any(any) {
        score += 0.6;
    }
    const RANK: &[&str] = &[
        "senior",
        "junior",
        "sr",
        "jr",
        "lead",
        "principal",
        "staff",
        "chief",
        "head",
        "vice",
        "deputy",
        "trainee",
    ];
    if RANK.contains(&words[0].as_str()) {
        score += 0.3;
    }
    if words.iter().any(|w| STRONG.contains(compact(w).as_str())) {
        score -= 0.6;
    }
    if text.ends_with('.') && words.len() > 4 {
        score -= 0.5;
    }
    score - 0.04 * (words.len() as f32 - 4.0).max(0.0)
}

/// The same for a title that may name its field behind a comma or dash: "Staff Nurse, Medical ICU".
pub fn position(text: &str) -> f32 {
    let head = [", ", " - ", " – ", " — ", ": ", " ("]
        .iter()
        .filter_map(|s| text.find(s))
        .min();
    match head {
        Some(at) if !text[..at].trim().is_empty() => title(text).max(title(&text[..at]) - 0.05),
        _ => title(text),
    }
}

/// How much a text looks like the name of an employer, about −1 to 1.5.
pub fn organisation(text: &str) -> f32 {
    let words = tokens(text);
    if words.is_empty() || words.len() > 12 {
        return -0.5;
    }
    // What public collections put in the place of every employer.
    if signed(text, "organisation") || words == ["company", "name"] {
        return 1.0;
    }
    if words.len() > 2
        && matches!(
            (words[0].as_str(), words[1].as_str()),
            ("city" | "county" | "state", "of")
        )
    {
        return 1.0;
    }
    const OWN_ACCOUNT: [&str; 16] = [
        "self-employed",
        "self employed",
        "freelance",
        "freiberuflich",
        "selbststandig",
        "independant",
        "independante",
        "autonomo",
        "autonoma",
        "zelfstandig",
        "libero professionista",
        "various",
        "various clients",
        "various employers",
        "diverse",
        "varios",
    ];
    if OWN_ACCOUNT.contains(&words.join(" ").as_str()) {
        return 0.8;
    }
    // "Grande Prairie, AB" is a place; "Volvo AB" has no comma.
    let province = |w: &String| w == "ab" && text.contains(", AB");
    let mut score: f32 = 0.0;
    if words
        .iter()
        .any(|w| STRONG.contains(compact(w).as_str()) && !province(w))
    {
        score += 1.0;
    } else if words.iter().any(|w| WEAK.contains(w.as_str())) {
        score += 0.6;
    }
    let capital = text
        .split_whitespace()
        .filter(|w| {
            w.chars()
                .next()
                .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || c == '&')
        })
        .count();
    score += 0.35 * capital as f32 / text.split_whitespace().count().max(1) as f32;
    if words.last().is_some_and(|w| ENGLISH_TITLES.contains(w.as_str())) {
        score -= 0.6;
    }
    if text.ends_with('.') && words.len() > 5 {
        score -= 0.5;
    }
    score
}

/// True for a word that names of organisations have: "Ltd", "Hospital", "Systems".
pub fn of_organisations(word: &str) -> bool {
    STRONG.contains(word) || WEAK.contains(word)
}

/// True for a part of an organisation that stands behind a title: "Cardiovascular ICU", "Sales Department".
pub fn department(text: &str) -> bool {
    const UNITS: &[&str] = &[
        "icu",
        "nicu",
        "picu",
        "ccu",
        "er",
        "ed",
        "unit",
        "ward",
        "department",
        "dept",
        "division",
        "team",
        "squad",
        "section",
        "branch",
        "desk",
        "abteilung",
        "bereich",
        "service",
        "departamento",
        "reparto",
        "afdeling",
    ];
    const FUNCTIONS: &[&str] = &[
        "legal",
        "sales",
        "marketing",
        "finance",
        "operations",
        "engineering",
        "hr",
        "human resources",
        "it",
        "product",
        "procurement",
        "logistics",
        "compliance",
        "accounting",
        "customer service",
        "customer support",
        "quality",
        "vertrieb",
        "einkauf",
        "buchhaltung",
        "ventas",
        "ventes",
        "achats",
        "comercial",
        "financeiro",
    ];
    let folded = fold(text);
    if FUNCTIONS.contains(&folded.trim()) {
        return true;
    }
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let (first, last) = (words.clone().next(), words.next_back());
    last.is_some_and(|w| UNITS.contains(&w)) || first.is_some_and(|w| matches!(w, "department" | "dept" | "division"))
}

/// How much a text looks like a school.
pub fn school(text: &str) -> f32 {
    let words = tokens(text);
    let hit = words.iter().any(|w| {
        SCHOOLS.contains(w.as_str())
            || [
                "universitat",
                "hochschule",
                "schule",
                "gymnasium",
                "universiteit",
                "school",
                "college",
                "akademie",
                "institut",
                "institute",
            ]
            .iter()
            .any(|t| w.len() > t.len() && w.ends_with(t))
    });
    if hit || signed(text, "school") {
        1.0
    } else {
        0.45 * organisation(text).max(0.0)
    }
}

/// How much a text looks like a degree or course of study.
pub fn degree(text: &str) -> f32 {
    let words: Vec<String> = tokens(text)
        .iter()
        .flat_map(|w| w.split('-').map(str::to_owned).collect::<Vec<_>>())
        .filter(|w| !w.is_empty())
        .collect();
    if signed(text, "degree") {
        return 1.0;
    }
    if whole_degree(text) {
        return 0.8;
    }
    const PHRASES: &[&str] = &[
        "high school",
        "secondary school",
        "chartered accountant",
        "a levels",
        "a level",
        "gce",
        "gcse",
        "higher secondary",
        "hsc",
        "ssc",
        "cbse",
        "10th",
        "12th",
        "class x",
        "class xii",
        "matriculation",
        "intermediate",
        "senior secondary",
    ];
    let folded = words.join(" ");
    if PHRASES.iter().any(|p| folded.starts_with(p)) {
        return 0.8;
    }
    let known = |w: &String| {
        let c = compact(w).replace(['\'', '’'], "");
        DEGREES.contains(c.as_str()) || DEGREES.contains(w.as_str())
    };
    if words.first().is_some_and(known) || is_degree_word(text.split_whitespace().next().unwrap_or_default()) {
        return 1.2;
    }
    // One or two letters inside a name are no degree: "A", "AS", "MA".
    if words.iter().any(|w| known(w) && compact(w).len() > 2) {
        return 1.0;
    }
    if words.iter().skip(1).any(|w| known(w) && w.len() == 2) && text.contains(['(', ',']) {
        return 0.7;
    }
    0.0
}

/// True for a qualification of two words that are not to be parted.
pub fn whole_degree(text: &str) -> bool {
    const WHOLE: &[&str] = &[
        "chartered accountant",
        "chartered accountancy",
        "high school diploma",
        "high school",
        "secondary school",
        "a levels",
        "higher secondary",
        "senior secondary",
        "cost accountant",
        "company secretary",
        "gce a level",
        "gce a levels",
        "gce o level",
        "gce o levels",
    ];
    WHOLE.contains(&fold(text).replace('-', " ").trim())
}

/// Where the words of the degree end and its subject begins: "Bachelor of Science in Computer Science".
pub fn is_degree_word(word: &str) -> bool {
    let folded = fold(word);
    let c = compact(folded.trim_matches(|c: char| !c.is_alphanumeric() && c != '.')).replace(['\'', '’'], "");
    DEGREES.contains(c.as_str())
}

/// How much a text looks like a place.
pub fn place(text: &str) -> f32 {
    let text = text.trim().trim_matches(['.', ',', ';']).trim();
    let words = text.split_whitespace().count();
    if words == 0 || words > 8 || text.len() > 60 {
        return 0.0;
    }
    let folded = fold(text);
    if matches!(folded.replace(' ', "").as_str(), "city,state" | "city") {
        return 1.2;
    }
    let dashed = |p: &str| p.trim().trim_matches(['(', ')', '.']).replace(' ', "-");
    if REMOTE.contains(dashed(&folded).as_str()) {
        return 1.1;
    }
    if before_state(text) == Some(0) {
        return 0.95;
    }
    let mut coded = false;
    let parts: Vec<String> = folded
        .split([',', '(', '/'])
        .map(|p| {
            let whole = p.trim_end_matches(')').trim();
            let bare = without_postal(whole);
            coded |= bare.len() < whole.len();
            dashed(bare)
        })
        .filter(|p| !p.is_empty())
        .collect();
    let Some(last) = parts.last() else { return 0.0 };
    let capital = text
        .chars()
        .find(|c| !(coded && (c.is_ascii_digit() || *c == ' ')))
        .is_some_and(char::is_uppercase);
    let known = |p: &str| COUNTRIES.contains(p) || REGIONS.contains(p);
    let town = |p: &str| CITIES.binary_search_by(|town| town.as_str().cmp(p)).is_ok();
    let postal = |p: &str| p.chars().filter(char::is_ascii_digit).count() >= 4;
    let code = |p: &str| {
        let front = p.split('-').next().unwrap_or(p);
        CODES.contains(front) && text.contains(&front.to_uppercase())
    };
    if parts.len() >= 2 && capital && parts.iter().skip(1).any(|p| known(p) || code(p)) {
        return 1.2;
    }
    if parts.len() == 1 && known(last) {
        return 0.9;
    }
    if parts.len() == 1 && capital && town(last) {
        return if words > 1 { 0.9 } else { 0.86 };
    }
    if parts.len() >= 2 && capital && parts.len() <= 3 && town(&parts[0]) && parts.iter().all(|p| p.len() < 24) {
        return 0.85;
    }
    if parts.len() == 1 && coded && capital && words <= 4 {
        return 0.8;
    }
    if parts.len() >= 2 && postal(last) && capital {
        return 0.7;
    }
    // "London UK", "Austin TX"
    if parts.len() == 1
        && words <= 5
        && capital
        && text.split_whitespace().next_back().is_some_and(|w| {
            let two = w.len() == 2 && w.chars().all(char::is_uppercase) && CODES.contains(fold(w).as_str());
            two || ["NSW", "VIC", "QLD", "TAS", "ACT"].contains(&w)
        })
        && words >= 2
    {
        return 0.9;
    }
    if parts.len() == 2
        && capital
        && words <= 4
        && !text.contains(|c: char| c.is_ascii_digit())
        && parts.iter().all(|p| p.len() > 1)
        && text
            .split(", ")
            .all(|p| p.chars().next().is_some_and(char::is_uppercase))
    {
        return 0.3;
    }
    0.0
}

/// A place without the postal code in front of it or behind: "80469 München", "Ohio 45402". A number alone stays, and so does
/// a year behind a name.
fn without_postal(text: &str) -> &str {
    match postal_code(text) {
        Some(code) if code.start == 0 => text[code.end..].trim(),
        Some(code) => text[..code.start].trim(),
        None => text,
    }
}

/// Postal codes of other forms than a number: British, Canadian, Dutch.
static LETTERED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\d{4} [a-z]{2}\b|\b(?:[a-z]{1,2}\d[a-z\d]? \d[a-z]{2}|[a-z]\d[a-z] \d[a-z]\d)$")
        .expect("a pattern")
});

/// Where the postal code stands that begins or ends the name of a place, if there is one. A year is none.
pub fn postal_code(text: &str) -> Option<std::ops::Range<usize>> {
    // Every form has a digit, and most names have none.
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let number = |w: &str| {
        let long = w.len() == 8 && w.as_bytes()[5] == b'-' || w.len() == 10 && w.as_bytes()[5] == b'-';
        ((4..=6).contains(&w.len()) || long) && w.chars().all(|c| c.is_ascii_digit() || c == '-')
    };
    let year = |w: &str| w.len() == 4 && (w.starts_with("19") || w.starts_with("20"));
    if let Some(found) = LETTERED.find(text)
        && found.len() < text.len()
    {
        return Some(found.range());
    }
    if let Some((first, rest)) = text.split_once(' ')
        && number(first)
        && !rest.contains(|c: char| c.is_ascii_digit())
        && (!year(first) || place(rest) >= 0.85)
    {
        return Some(0..first.len());
    }
    let spaced = |w: &str| w.len() == 3 && w.bytes().all(|b| b.is_ascii_digit());
    // "941 31 Piteå"
    let mut words = text.splitn(3, ' ');
    if let (Some(first), Some(second), Some(rest)) = (words.next(), words.next(), words.next())
        && spaced(first)
        && second.len() == 2
        && second.bytes().all(|b| b.is_ascii_digit())
        && !rest.contains(|c: char| c.is_ascii_digit())
    {
        return Some(0..first.len() + 1 + second.len());
    }
    // "Pune – 411 038"
    if let Some((front, last)) = text.rsplit_once(' ')
        && let Some((name, first)) = front.rsplit_once(' ')
        && spaced(first)
        && spaced(last)
        && !name.contains(|c: char| c.is_ascii_digit())
    {
        return Some(name.len() + 1..text.len());
    }
    let (rest, last) = text.rsplit_once(' ')?;
    (number(last) && !year(last) && !rest.contains(|c: char| c.is_ascii_digit())).then_some(rest.len() + 1..text.len())
}

/// A town with its state at the end, as Brazilians write it: "Salvador – BA", "Feira de Santana/BA".
static BRAZILIAN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[|,·•(–-]\s+)(?P<town>\p{Lu}[\p{L}'’]+(?: (?:d[aeo]s? )?\p{Lu}[\p{L}'’]+){0,3} ?[/–-] ?(?:AC|AL|AP|AM|BA|CE|DF|ES|GO|MA|MT|MS|MG|PA|PB|PR|PE|PI|RJ|RN|RS|RO|RR|SC|SP|SE|TO))$")
        .expect("a pattern")
});

/// Where the town begins of a text that ends with it and its Brazilian state.
fn before_state(text: &str) -> Option<usize> {
    // Two capitals end it: most texts are told apart without the pattern.
    let coded = text.bytes().rev().take(2).all(|b| b.is_ascii_uppercase());
    let found = coded.then(|| BRAZILIAN.captures(text)).flatten()?;
    found.name("town").map(|town| town.start())
}

/// A town with its region in the middle of a line, where nothing but a comma with a space before it marks it: the "Austin , TX"
/// of "Acme Foods Austin , TX Line Cook". "City , State" is what public collections put in its place.
pub fn place_within(text: &str) -> Option<std::ops::Range<usize>> {
    if let Some(start) = before_state(text) {
        return Some(start..text.len());
    }
    let comma = text.find(" , ")?;
    let region = text[comma + 3..].split_whitespace().next()?;
    let end = comma + 3 + text[comma + 3..].find(region)? + region.len();
    let folded = fold(region);
    let code = region.len() == 2 && CODES.contains(folded.as_str());
    if !(code || REGIONS.contains(folded.as_str()) || folded == "state") {
        return None;
    }
    let front = &text[..comma];
    let starts: Vec<usize> = front.match_indices(' ').map(|(i, _)| i + 1).chain([0]).collect();
    let town = |from: &&usize| {
        let name = fold(&front[**from..]).replace(' ', "-");
        name == "city" || CITIES.binary_search(&name).is_ok()
    };
    let longest = starts.iter().filter(|s| front.len() - **s < 30).filter(town).min();
    // A town that nobody listed: its last word.
    let start = longest.copied().or_else(|| front.rfind(' ').map(|i| i + 1))?;
    Some(start..end)
}

/// True for the name of a spoken language.
pub fn language(word: &str) -> bool {
    TONGUES.contains(fold(word).trim().replace(' ', "-").as_str()) || signed(word, "language")
}

/// How much a text looks like a degree with or without its subject, and not like a school.
pub fn study(text: &str) -> f32 {
    let degree = degree(text);
    if degree > 0.0 {
        return degree;
    }
    // A subject alone: some words, none of them a school's.
    let words = text.split_whitespace().count();
    if words <= 7 && !text.ends_with('.') && school(text) < 0.9 {
        0.25
    } else {
        0.0
    }
}

/// True for a country or region.
pub fn region(text: &str) -> bool {
    let folded = fold(text).trim().replace(' ', "-");
    COUNTRIES.contains(folded.as_str()) || REGIONS.contains(folded.as_str())
}
