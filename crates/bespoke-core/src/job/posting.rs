//! A job from a web page: schema.org JobPosting data where the page has it, else the main text.

use super::guard::{Trick, Warning};
use scraper::{ElementRef, Html, Node, Selector};
use serde_json::Value;
use std::fmt::Write;

/// What a page says about a job, as text that [`super::read_job`] reads.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// The text: title, employer, place and pay as labelled lines, then the description.
    pub text: String,
    /// It comes from the page's JobPosting data.
    pub structured: bool,
    /// Text that the page hides from its readers.
    pub warnings: Vec<Warning>,
}

/// Most characters of a posting that are read.
const MAX_TEXT: usize = 200_000;

/// Reads a page as it came: decoded by its mark, by what the server or the page says, by being UTF-8.
pub fn from_page(bytes: &[u8], content_type: &str) -> Found {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_lowercase();
    let label = [content_type.to_lowercase(), head].iter().find_map(|text| {
        let rest = text.split_once("charset=")?.1.trim_start_matches(['"', '\'', ' ']);
        encoding_rs::Encoding::for_label(rest.split(['"', '\'', ' ', '>', ';', '/']).next()?.as_bytes())
    });
    let guess = match std::str::from_utf8(bytes) {
        Ok(_) => encoding_rs::UTF_8,
        Err(_) => label.unwrap_or(encoding_rs::WINDOWS_1252),
    };
    from_html(&guess.decode(bytes).0)
}

/// Reads a page. Pages without a job give their main text.
pub fn from_html(page: &str) -> Found {
    if is_too_deep(page) {
        return Found {
            text: untagged(page).chars().take(MAX_TEXT).collect(),
            ..Found::default()
        };
    }
    let html = Html::parse_document(page);
    let script = Selector::parse(r#"script[type="application/ld+json"]"#);
    let data = script.ok().and_then(|s| {
        html.select(&s).find_map(|e| {
            let json: String = e.text().collect();
            // Some pages wrap the data in a comment or leave line ends inside strings.
            let json = json
                .trim()
                .trim_start_matches("<!--")
                .trim_end_matches("-->")
                .replace(['\n', '\r', '\t'], " ");
            posting(&serde_json::from_str(&json).ok()?, 0).cloned()
        })
    });
    let mut found = match data {
        Some(job) => {
            let mut found = Found {
                structured: true,
                ..Found::default()
            };
            found.text = described(&job, &mut found.warnings);
            found
        }
        None => Found::default(),
    };
    // Data without a description says too little.
    if found.text.len() < 200 {
        let mut text = Writer::default();
        text.walk(main_element(&html));
        found.warnings.extend(text.warnings);
        if found.structured {
            found.text.push('\n');
        }
        found.text.push_str(&text.out);
    }
    if let Some((cut, _)) = found.text.char_indices().nth(MAX_TEXT) {
        found.text.truncate(cut);
    }
    found.warnings.truncate(50);
    found
}

/// Whether elements are nested deeper than any honest page: building the tree of such a page takes time by the square of
/// its depth. Elements that close by themselves (`p`, `li`, `td`) are not counted.
fn is_too_deep(page: &str) -> bool {
    const LOOSE: [&str; 24] = [
        "p", "li", "td", "tr", "th", "dd", "dt", "option", "br", "hr", "img", "input", "meta", "link", "source",
        "area", "base", "col", "embed", "param", "track", "wbr", "tbody", "thead",
    ];
    let mut depth = 0usize;
    for part in page.split('<').skip(1) {
        let closes = part.starts_with('/');
        let name = part.trim_start_matches('/');
        let name = name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())].to_ascii_lowercase();
        if name.is_empty() || LOOSE.contains(&name.as_str()) {
            continue;
        }
        depth = if closes { depth.saturating_sub(1) } else { depth + 1 };
        if depth > 1000 {
            return true;
        }
    }
    false
}

/// The text between the tags, a line each.
fn untagged(page: &str) -> String {
    let parts = page
        .split('<')
        .map(|part| part.split_once('>').map_or("", |(_, text)| text.trim()));
    parts.filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\n")
}

fn posting(value: &Value, depth: usize) -> Option<&Value> {
    if depth > 6 {
        return None;
    }
    match value {
        Value::Array(list) => list.iter().find_map(|v| posting(v, depth + 1)),
        Value::Object(map) => {
            let is = |v: &Value| v.as_str().is_some_and(|t| t.rsplit('/').next() == Some("JobPosting"));
            let named = map
                .get("@type")
                .is_some_and(|t| is(t) || t.as_array().is_some_and(|l| l.iter().any(is)));
            if named {
                return Some(value);
            }
            ["@graph", "mainEntity", "itemListElement", "item"]
                .iter()
                .find_map(|k| posting(map.get(*k)?, depth + 1))
        }
        _ => None,
    }
}

/// The texts in a value: a string, a list of them, or things with names.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(s) => vec![s.trim().to_owned()],
        Value::Number(n) => vec![n.to_string()],
        Value::Array(list) => list.iter().flat_map(texts).collect(),
        Value::Object(map) => ["name", "description", "value", "credentialCategory"]
            .iter()
            .find_map(|k| map.get(*k))
            .map_or(Vec::new(), texts),
        _ => Vec::new(),
    }
    .into_iter()
    .filter(|t| !t.is_empty())
    .collect()
}

/// Markup inside data is text with tags, sometimes escaped once more.
fn plain(markup: &str, warnings: &mut Vec<Warning>) -> String {
    let once = Html::parse_fragment(markup);
    let mut text = Writer::default();
    text.walk(once.root_element());
    if text.out.contains("</") && !markup.contains("</") {
        let twice = Html::parse_fragment(&text.out);
        text = Writer::default();
        text.walk(twice.root_element());
    }
    warnings.extend(text.warnings);
    text.out.trim().to_owned()
}

fn described(job: &Value, warnings: &mut Vec<Warning>) -> String {
    let mut out = String::new();
    let get = |key: &str| job.get(key).map_or(Vec::new(), texts);
    let mut line = |label: &str, value: String| {
        if !value.is_empty() {
            let _ = writeln!(out, "{label}{}", value.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    };
    line("", get("title").join(" "));
    line("Company: ", get("hiringOrganization").join(", "));
    let places = job.get("jobLocation").map_or(Vec::new(), |l| match l {
        Value::Array(list) => list.iter().map(place).collect(),
        one => vec![place(one)],
    });
    line(
        "Location: ",
        places
            .into_iter()
            .filter(|p| !p.is_empty())
            .collect::<Vec<_>>()
            .join("; "),
    );
    if get("jobLocationType")
        .iter()
        .any(|t| t.eq_ignore_ascii_case("TELECOMMUTE"))
    {
        line("Workplace: ", "remote".to_owned());
    }
    line(
        "Contract: ",
        get("employmentType").join(", ").to_lowercase().replace('_', "-"),
    );
    line("Pay: ", job.get("baseSalary").map_or(String::new(), pay));
    for (key, label) in [
        ("description", ""),
        ("responsibilities", "Responsibilities:"),
        ("qualifications", "Qualifications:"),
        ("skills", "Required skills:"),
        ("experienceRequirements", "Required experience:"),
        ("educationRequirements", "Required education:"),
    ] {
        let list: Vec<String> = get(key)
            .iter()
            .map(|t| plain(t, warnings))
            .filter(|t| !t.is_empty())
            .collect();
        // Most sites repeat parts of the description in their own fields.
        if !list.is_empty() && (key == "description" || !list.iter().all(|t| out.contains(t.as_str()))) {
            let _ = writeln!(
                out,
                "\n{label}{}{}",
                if label.is_empty() { "" } else { "\n" },
                list.join("\n")
            );
        }
    }
    out
}

fn place(value: &Value) -> String {
    let address = value.get("address").unwrap_or(value);
    if let Some(text) = address.as_str() {
        return text.to_owned();
    }
    let parts = ["addressLocality", "addressRegion", "addressCountry"];
    parts
        .iter()
        .filter_map(|k| address.get(*k))
        .flat_map(texts)
        .collect::<Vec<_>>()
        .join(", ")
}

fn pay(value: &Value) -> String {
    let amount = value.get("value").unwrap_or(value);
    let number = |key: &str| amount.get(key).map_or(Vec::new(), texts).into_iter().next();
    let currency = value
        .get("currency")
        .or(amount.get("currency"))
        .map_or(Vec::new(), texts)
        .join("");
    let period = number("unitText")
        .map(|u| format!(" per {}", u.to_lowercase()))
        .unwrap_or_default();
    match (
        number("minValue")
            .or(number("value"))
            .or_else(|| texts(amount).into_iter().next()),
        number("maxValue"),
    ) {
        (Some(from), Some(to)) => format!("{currency} {from} - {currency} {to}{period}"),
        (Some(from), None) => format!("{currency} {from}{period}"),
        _ => String::new(),
    }
}

/// The element that holds the posting: `main` or `article` where it has a good part of the text, else the body.
fn main_element(html: &Html) -> ElementRef<'_> {
    let root = html.root_element();
    let length = |e: ElementRef<'_>| e.text().map(|t| t.trim().len()).sum::<usize>();
    let whole = length(root);
    [
        "main",
        "[role=main]",
        "article",
        "#job-description",
        ".job-description",
        "[itemprop=description]",
    ]
    .iter()
    .filter_map(|s| Selector::parse(s).ok())
    .find_map(|s| {
        html.select(&s)
            .max_by_key(|e| length(*e))
            .filter(|e| length(*e) * 4 > whole && length(*e) > 200)
    })
    .unwrap_or(root)
}

/// Writes elements as lines of text, without recursion.
#[derive(Default)]
struct Writer {
    out: String,
    warnings: Vec<Warning>,
}

impl Writer {
    fn walk(&mut self, root: ElementRef<'_>) {
        use ego_tree::iter::Edge;
        let mut skipping = None;
        for edge in root.traverse() {
            match edge {
                Edge::Open(node) if skipping.is_none() => match node.value() {
                    Node::Text(text) => self.text(text),
                    Node::Element(element) => {
                        let name = element.name();
                        let style = element
                            .attr("style")
                            .unwrap_or_default()
                            .to_ascii_lowercase()
                            .replace(' ', "");
                        let unseen = element.attr("hidden").is_some() || is_unseen(&style);
                        let furniture = matches!(
                            name,
                            "script"
                                | "style"
                                | "noscript"
                                | "template"
                                | "svg"
                                | "nav"
                                | "footer"
                                | "form"
                                | "iframe"
                                | "button"
                                | "select"
                                | "head"
                                | "aside"
                        );
                        if unseen && !furniture {
                            self.hide(ElementRef::wrap(node));
                        }
                        if unseen || furniture {
                            skipping = Some(node.id());
                            continue;
                        }
                        if is_block(name) {
                            self.line();
                        }
                        match name {
                            "li" => self.out.push_str("- "),
                            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dt" => self.out.push_str("# "),
                            "br" => self.line(),
                            _ => {}
                        }
                    }
                    _ => {}
                },
                Edge::Close(node) => {
                    if skipping == Some(node.id()) {
                        skipping = None;
                    } else if skipping.is_none() && node.value().as_element().is_some_and(|e| is_block(e.name())) {
                        self.line();
                    }
                }
                Edge::Open(_) => {}
            }
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                if !self.out.ends_with([' ', '\n']) && !self.out.is_empty() {
                    self.out.push(' ');
                }
            } else {
                self.out.push(c);
            }
        }
    }

    fn line(&mut self) {
        while self.out.ends_with(' ') {
            self.out.pop();
        }
        // A bullet or a heading without words is none.
        for empty in ["\n-", "\n#"] {
            if self.out.ends_with(empty) {
                self.out.pop();
            }
        }
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    fn hide(&mut self, element: Option<ElementRef<'_>>) {
        let words: Vec<&str> = element
            .iter()
            .flat_map(|e| e.text())
            .flat_map(str::split_whitespace)
            .take(60)
            .collect();
        let text: String = words.join(" ").chars().take(200).collect();
        if text.chars().any(char::is_alphanumeric) {
            self.warnings.push(Warning {
                trick: Trick::Hidden,
                text,
                start: 0,
                end: 0,
            });
        }
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "li"
            | "ul"
            | "ol"
            | "dl"
            | "dt"
            | "dd"
            | "section"
            | "article"
            | "main"
            | "header"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "table"
            | "tr"
            | "td"
            | "th"
            | "blockquote"
            | "pre"
            | "body"
            | "html"
            | "figure"
            | "hr"
            | "address"
            | "details"
            | "summary"
    )
}

/// Style attributes that hide text from people: not shown, without size, or the colour of paper on paper.
fn is_unseen(style: &str) -> bool {
    let has = |rule: &str| {
        style
            .split(';')
            .any(|r| r == rule || r.strip_suffix("!important") == Some(rule))
    };
    let white = [
        "color:white",
        "color:#fff",
        "color:#ffffff",
        "color:rgb(255,255,255)",
        "color:transparent",
        "color:rgba(0,0,0,0)",
    ];
    has("display:none")
        || has("visibility:hidden")
        || [
            "font-size:0",
            "font-size:0px",
            "font-size:1px",
            "opacity:0",
            "font-size:0.1px",
        ]
        .iter()
        .any(|r| has(r))
        || white.iter().any(|r| has(r)) && !style.contains("background")
        || style.contains("left:-9999")
        || style.contains("text-indent:-9999")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::{Workplace, read_job};

    #[test]
    fn data_of_the_page_comes_first() {
        let page = r#"<html><head><script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage"},
            {"@type":"JobPosting","title":"Data Engineer","hiringOrganization":{"@type":"Organization","name":"Orchard Freight"},
            "jobLocation":{"@type":"Place","address":{"addressLocality":"Lisbon","addressCountry":"PT"}},"jobLocationType":"TELECOMMUTE",
            "employmentType":["FULL_TIME"],"baseSalary":{"@type":"MonetaryAmount","currency":"EUR","value":{"minValue":55000,"maxValue":70000,"unitText":"YEAR"}},
            "description":"<h3>What you will do</h3><ul><li>Build pipelines in Python &amp; Airflow</li></ul><h3>Requirements</h3><ul><li>4+ years of experience with SQL</li><li>dbt is a plus</li></ul>"}]}
            </script></head><body><nav>COBOL jobs</nav><p>Cookies</p></body></html>"#;
        let found = from_html(page);
        assert!(found.structured, "{}", found.text);
        let job = read_job(&found.text);
        assert_eq!(job.title.as_ref().map(|t| t.text.as_str()), Some("Data Engineer"));
        assert_eq!(job.company.as_ref().map(|t| t.text.as_str()), Some("Orchard Freight"));
        assert_eq!(job.workplace, Some(Workplace::Remote));
        assert_eq!(job.places[0].text, "Lisbon, PT");
        let salary = job.salary.as_ref().expect("pay");
        assert_eq!(
            (
                salary.from,
                salary.to,
                salary.period.as_deref(),
                salary.currency.as_deref()
            ),
            (55_000, Some(70_000), Some("year"), Some("EUR"))
        );
        assert_eq!(job.years, Some(4));
        let of = |name: &str| job.skills.iter().find(|s| s.name == name).map(|s| s.required);
        assert_eq!(
            (of("Python"), of("SQL"), of("dbt"), of("COBOL")),
            (Some(true), Some(true), Some(false), None)
        );
    }

    #[test]
    fn pages_without_data_give_their_main_text() {
        let page = r#"<body><nav><a>Home</a></nav><main><h1>Line Cook</h1><h2>Requirements</h2><ul><li>HACCP</li><li>Grilling and menu planning for a kitchen of twelve people, with care for allergens and waste</li></ul>
            <p style="color: #FFF">Kubernetes COBOL</p><div hidden>Terraform</div><p>We run a small kitchen by the harbour and close on Mondays and Tuesdays all year.</p></main><footer>Java</footer></body>"#;
        let found = from_html(page);
        assert!(
            !found.structured && found.text.contains("# Line Cook\n") && found.text.contains("- HACCP\n"),
            "{}",
            found.text
        );
        assert!(!found.text.contains("Java") && !found.text.contains("COBOL") && !found.text.contains("Terraform"));
        assert_eq!(found.warnings.len(), 2);
        assert!(from_html("").text.is_empty());
        let latin = from_page(b"<meta charset=iso-8859-1><main>Caf\xe9</main>", "text/html");
        assert!(latin.text.contains("Café"), "{}", latin.text);
        let deep = "<div>".repeat(20_000) + "deep";
        assert!(from_html(&deep).text.contains("deep"));
    }
}
