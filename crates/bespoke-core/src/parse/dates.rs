//! Finds dates and stretches of time in text, in the ways and languages in which résumés write them.

use crate::date::{End, PartialDate};
use crate::text::fold;
use regex::Regex;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Months by language; each name also stands for its shortened forms (three letters or more).
const MONTHS: [&str; 12] = [
    "january januar janvier enero janeiro gennaio januari styczen jänner jaenner thang-1 ene gen январь января ocak oca يناير ינואר בינואר",
    "february februar fevrier febrero fevereiro febbraio februari luty feb февраль февраля şubat şub فبراير פברואר בפברואר",
    "march marz maerz mars marts marzo marco maart marzec mar mrt март марта mart مارس מרץ במרץ",
    "april avril abril aprile kwiecien avr abr апрель апреля nisan nis أبريل אפריל באפריל",
    "may mai mayo maio maggio mei maj mag май мая mayıs مايو מאי במאי",
    "june juni juin junio junho giugno czerwiec giu июнь июня haziran haz يونيو יוני ביוני",
    "july juli juillet julio julho luglio lipiec lug juil июль июля temmuz tem يوليو יולי ביולי",
    "august augusti aout agosto augustus sierpien ago август августа ağustos ağu أغسطس אוגוסט באוגוסט",
    "september septembre septiembre setembro settembre wrzesien sept set sep сентябрь сентября eylül eyl سبتمبر ספטמבר בספטמבר",
    "october oktober octobre octubre outubro ottobre pazdziernik okt oct out ott октябрь октября ekim أكتوبر אוקטובר באוקטובר",
    "november novembre noviembre novembro listopad nov ноябрь ноября kasım نوفمبر נובמבר בנובמבר",
    "december dezember decembre diciembre dezembro dicembre grudzien dez dic декабрь декабря aralık ديسمبر דצמבר בדצמבר",
];

const PRESENT: &str = r"present(?:e|ly)?|présent(?:e)?|currently|current|now|today|till\s+date|to\s+date|till\s+now|until\s+now|ongoing|on-?going|heute|aktuell|laufend|jetzt|aujourd['’]?hui|actuel(?:lement|le)?|ce\s+jour|en\s+cours|actualidad|actualmente|actual|hoy|la\s+fecha|atualmente|atual|o\s+momento|oggi|attuale|in\s+corso|heden|nu|dags\s+dato|hiện\s+tại|hien\s+tai|nay|obecnie|teraz|nuvarande|nuvärande|pågående|nåværende|nåværende|d\.?d\.?|dags\s+dato|fortsat|vigente|à\s+data|ad\s+oggi|a\s+tutt['’]oggi|настоящее\s+время|наст\.?\s*время|по\s+сей\s+день|сейчас|günümüz|halen|devam\s+ediyor|حتى\s+الآن|الآن|الحاضر|היום|כיום|至今|现在|現在|현재";

static MONTH: LazyLock<HashMap<String, u8>> = LazyLock::new(|| {
    let mut map = HashMap::new();
    for (index, names) in MONTHS.iter().enumerate() {
        for name in names.split(' ') {
            let name = fold(name);
            map.insert(name.clone(), index as u8 + 1);
            for (cut, _) in name.char_indices().skip(3).filter(|_| name.chars().count() > 4) {
                map.entry(name[..cut].to_owned()).or_insert(index as u8 + 1);
            }
        }
    }
    // Cut names that two months share.
    for (name, month) in [("jun", 6), ("jul", 7), ("mar", 3), ("mai", 5), ("aug", 8), ("jan", 1)] {
        map.insert(name.into(), month);
    }
    map.remove("nov ");
    map
});

static POINT: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = format!(
        r"(?ix)
        (?P<iso>(?P<iy>(?:19|20)\d\d)\s?[-/.]\s?(?P<im>0[1-9]|1[0-2])(?:\s?[-/.]\s?(?P<id>0[1-9]|[12]\d|3[01]))?\b)
      | (?P<dmy>\b(?P<a>\d{{1,2}})\s?[-/.]\s?(?P<b>\d{{1,2}})\s?[-/.]\s?(?P<dy>(?:19|20)\d\d)\b)
      | (?P<my>\b(?P<mm>0?[1-9]|1[0-2])\s?[-/.]\s?(?P<myy>(?:19|20)\d\d|['’]?\d\d)\b)
      | (?P<season>\b(?:springs?|summers?|autumns?|falls?|winters?|q[1-4]|h[12]|ss|ws|mid|early|late|seasons?|printemps|étés?|automnes?|hivers?|saisons?|frühjahr|frühling|sommer|herbst|sommersemester|wintersemester|wise|sose|michaelmas|hilary|trinity|otoños?|veranos?|inviernos?|primaveras?|temporadas?|verões|verão|invernos?|outono|estati|autunno|inverno|stagion[ei]|zomers?|herfst|lente|seizoen(?:en)?)\b[\s,.'’-]*(?:of\s+|dell[ae’']\s*|del\s+|de\s+)?(?P<sy>(?:19|20)\d\d)(?:/\d\d(?:\d\d)?)?\b)
      | (?P<named>(?:\b(?P<nd>\d{{1,2}})(?:st|nd|rd|th|\.|º)?[\x20\x0a\u{{a0}}]+(?:de\s+|of\s+)?)?\b(?P<nm>\p{{L}}{{3,10}})\.?(?:\s+(?P<nd2>\d{{1,2}})(?:st|nd|rd|th)?,)?(?:\s*,\s*|\s+(?:de|del|of)\s+|\s*[-/]\s*|\s*)(?P<ny>(?:19|20)\d\d\b|['’]\s?\d\d\b))
      | (?P<tcvn>tháng\s+(?P<tm>\d{{1,2}})\s*[,/]?\s*(?:năm\s+)?(?P<ty>(?:19|20)\d\d)\b)
      | (?P<cjk>(?P<cy>(?:19|20)\d\d)\s?[年년]\s?(?:(?P<cm>\d{{1,2}})\s?[月월](?:\s?\d{{1,2}}\s?[日일])?)?)
      | (?P<ymon>\b(?P<vy>(?:19|20)\d\d)[-/.\x20](?P<vm>[A-Za-zÀ-ÿ]{{3,10}})\b\.?)
      | (?P<year>(?P<yy>(?:19[4-9]|20[0-4])\d)\b)
      | (?P<now>\b(?:{PRESENT}|date)\b)
      | (?P<mon>\b(?P<mo>\p{{L}}{{3,10}})\b\.?)
        "
    );
    Regex::new(&pattern).expect("a pattern")
});

static JOIN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:-{1,3}|–|—|―|−|~|〜|～|→|>|/|to|until|till|til|through|thru|bis|à|au|jusqu['’]à|a|al|até|ate|hasta|tot|t/m|đến|den|do|till|aan|ad|по|\t)\s*(?:(?:to|a|à|al|au|bis|até|hasta|ad|tot)\s+)?(?:the\s+)?$")
        .expect("a pattern")
});
static SINCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:\b(?:since|seit|ab|depuis|desde|dal|sinds|vanaf|od|sedan|siden|fra\s+og\s+med|från\s+och\s+med|từ|с)|^\s*da)\s+(?:dem\s+|el\s+|le\s+|the\s+)?$")
        .expect("a pattern")
});
static FROM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:\b(?:from|von|vom|de|du|da|dal|van|del|between|entre|od|från)\s+|[(\[]\s*)$")
        .expect("a pattern")
});
static UNTIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:until|till|bis|jusqu['’]en|hasta|até|fino\s+al|tot|expected|anticipated|graduating|graduated|graduation(?:\s+date)?:?|expected\s+graduation:?|class\s+of|completed:?|voraussichtlich|awarded(?:\s+on)?:?|issued:?|conferred)\s*$").expect("a pattern")
});
static OPEN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\s*(?:-|–|—|―|−|→)\s*(?:$|[\t)\]|·•,])").expect("a pattern"));
static SHORT_END: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\s?[-–—/]\s?['’]?(?P<y>\d\d)\b(?:[^\d/.\-]|$)").expect("a pattern"));
/// Further years of a season: "Summers 2019, 2020 and 2021".
static MORE_YEARS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:\s*(?:,\s*(?:and|und|et|y|e|en)?|&|/|\+|and|und|et|y|e|en)\s*(?:19|20)\d\d\b)+")
        .expect("a pattern")
});
static DURATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?ix)^[\s\t|·•,;:\u{fffd}(\[-]*(?:about\s+|ca\.?\s+)?\d+\+?\s*(?:years?|yrs?|jahre?|ans?|años?|anos?|anni|jaar|y)\b\.?(?:[\s,]*(?:and|und|et|y|e|en)?\s*\d+\s*(?:months?|mos?|monate?|mois|meses|mesi|maanden|m)\b\.?)?[)\]]?|^[\s\t|·•,;:\u{fffd}(\[-]*\d+\s*(?:months?|mos?|monate?|mois|meses|mesi|maanden)\b\.?[)\]]?")
        .expect("a pattern")
});

#[derive(Debug, Clone, Copy, PartialEq)]
enum Moment {
    Date(PartialDate),
    Month(u8),
    Now,
}

#[derive(Debug, Clone)]
struct Point {
    range: Range<usize>,
    moment: Moment,
    /// A bare number that could be something else than a year.
    bare: bool,
    /// A season of a year, "summer 2019"; more years of it may follow.
    season: bool,
    /// The second year of a winter, "2020/21": the last one where it ends a stretch.
    late: Option<u16>,
    /// No blank stands between it and the word before, "University of York2015 – 2018": a date only where it opens a stretch.
    glued: bool,
}

/// A date or a stretch of time in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// Byte range, connecting words and brackets included.
    pub range: Range<usize>,
    /// First date, with its byte range.
    pub start: Option<(PartialDate, Range<usize>)>,
    /// Last date or present, with its byte range.
    pub end: Option<(End, Range<usize>)>,
    /// False for a lone date, which is in `end`.
    pub stretch: bool,
    /// A lone bare year; it may be no date at all.
    pub bare: bool,
}

fn year(text: &str) -> Option<u16> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let number: u16 = digits.parse().ok()?;
    match digits.len() {
        4 => Some(number),
        2 => Some(if number <= 45 { 2000 + number } else { 1900 + number }),
        _ => None,
    }
}

/// The year behind the stroke of "Winter 2020/21".
fn late(text: &str) -> Option<u16> {
    let (front, back) = text.rsplit_once('/')?;
    let first = year(front.get(front.len().checked_sub(4)?..)?)?;
    let second = year(back)?;
    let second = if back.len() == 2 {
        first / 100 * 100 + second % 100
    } else {
        second
    };
    (second > first).then_some(second)
}

fn points(text: &str) -> Vec<Point> {
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(found) = POINT.captures_at(text, from) {
        let Some(whole) = found.get(0) else { break };
        from = whole.end().max(from + 1);
        while from < text.len() && !text.is_char_boundary(from) {
            from += 1;
        }
        let group = |name: &str| found.name(name).map(|m| m.as_str());
        let number = |name: &str| group(name).and_then(|t| t.parse::<u8>().ok());
        let (mut bare, mut glued) = (false, false);
        let before = text[..whole.start()].chars().next_back();
        let stands = |glued: bool| glued || !before.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let moment = if group("iso").is_some() {
            glued = before.is_some_and(char::is_alphabetic);
            group("iy").and_then(year).filter(|_| stands(glued)).map(|y| {
                Moment::Date(PartialDate {
                    year: y,
                    month: number("im"),
                    day: number("id"),
                })
            })
        } else if group("dmy").is_some() {
            let (a, b) = (number("a").unwrap_or(0), number("b").unwrap_or(0));
            // Day first unless only the other order can be.
            let (day, month) = if b > 12 { (b, a) } else { (a, b) };
            group("dy")
                .and_then(year)
                .filter(|_| (1..=12).contains(&month) && (1..=31).contains(&day))
                .map(|y| {
                    Moment::Date(PartialDate {
                        year: y,
                        month: Some(month),
                        day: Some(day),
                    })
                })
        } else if group("my").is_some() {
            let text = group("myy").unwrap_or_default();
            // "24/7" and "3-12" are no dates: two digits count only with a slash and a leading zero or apostrophe.
            let short = text.len() < 4;
            let sure = whole.as_str().contains('/')
                && (whole.as_str().starts_with(['0', '1']) && whole.as_str().find('/') == Some(2));
            if short && !sure && !text.starts_with(['\'', '’']) {
                None
            } else {
                year(text)
                    .zip(number("mm"))
                    .map(|(y, m)| Moment::Date(PartialDate::month(y, m)))
            }
        } else if group("named").is_some() {
            let month = MONTH.get(&fold(group("nm").unwrap_or_default())).copied();
            match (month, group("ny").and_then(year)) {
                (Some(m), Some(y)) => Some(Moment::Date(PartialDate {
                    year: y,
                    month: Some(m),
                    day: number("nd").or(number("nd2")).filter(|d| (1..=31).contains(d)),
                })),
                _ => {
                    // A word and a year that only look like a date: look again behind the word.
                    if let Some(word) = found.name("nm") {
                        from = word.end();
                    }
                    None
                }
            }
        } else if group("season").is_some() {
            group("sy").and_then(year).map(|y| Moment::Date(PartialDate::year(y)))
        } else if group("tcvn").is_some() {
            group("ty").and_then(year).map(|y| {
                Moment::Date(PartialDate {
                    year: y,
                    month: number("tm").filter(|m| (1..=12).contains(m)),
                    day: None,
                })
            })
        } else if group("cjk").is_some() {
            group("cy").and_then(year).map(|y| {
                Moment::Date(PartialDate {
                    year: y,
                    month: number("cm").filter(|m| (1..=12).contains(m)),
                    day: None,
                })
            })
        } else if group("ymon").is_some() {
            let month = MONTH.get(&fold(group("vm").unwrap_or_default())).copied();
            let year = group("vy").and_then(year);
            // "2019 May 2020": the month belongs to the year behind it.
            let next = text[whole.end()..].trim_start_matches([' ', ',', '\'', '’']);
            match month.filter(|_| !next.starts_with(|c: char| c.is_ascii_digit())) {
                Some(month) => year.map(|y| Moment::Date(PartialDate::month(y, month))),
                None => {
                    let end = found.name("vy").map_or(whole.end(), |y| y.end());
                    from = end;
                    if let Some(y) = year {
                        out.push(Point {
                            range: whole.start()..end,
                            moment: Moment::Date(PartialDate::year(y)),
                            bare: true,
                            season: false,
                            late: None,
                            glued: false,
                        });
                    }
                    None
                }
            }
        } else if group("year").is_some() {
            bare = true;
            glued = before.is_some_and(char::is_alphabetic);
            group("yy")
                .and_then(year)
                .filter(|_| stands(glued))
                .map(|y| Moment::Date(PartialDate::year(y)))
        } else if group("now").is_some() {
            Some(Moment::Now)
        } else {
            MONTH
                .get(&fold(group("mo").unwrap_or_default()))
                .copied()
                .map(Moment::Month)
        };
        if let Some(moment) = moment {
            out.push(Point {
                range: whole.range(),
                moment,
                bare,
                season: group("season").is_some(),
                late: late(whole.as_str()).filter(|_| group("season").is_some()),
                glued,
            });
        }
    }
    out
}

/// True where a year is part of a number or an amount: "2,019 units", "$2020", "2016%".
fn amount(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after: String = text[range.end..].chars().take(2).collect();
    matches!(before, Some('$' | '€' | '£' | '#' | '.' | ',' | '+')) && !text[..range.start].ends_with(", ")
        || after.starts_with(['%', '€', '+'])
        || (after.starts_with([',', '.']) && after.chars().nth(1).is_some_and(|c| c.is_ascii_digit()))
}

static NOW: LazyLock<Regex> = LazyLock::new(|| Regex::new(&format!(r"(?i)^\W*(?:{PRESENT})\W*$")).expect("a pattern"));

/// True for a text that is nothing but a word for the present: "Present", "heute".
pub fn present(text: &str) -> bool {
    text.len() < 24 && NOW.is_match(text)
}

/// True for a text that is nothing but a length of time: "2 years 9 months".
pub fn duration(text: &str) -> bool {
    // A sign of an icon font may stand in front.
    let text = text.trim().trim_start_matches(|c: char| !c.is_alphanumeric());
    DURATION.find(text).is_some_and(|m| m.end() == text.len())
}

/// Bytes before a date in which the words that belong to it stand: "expected graduation: ", "since the ".
const BEFORE: usize = 64;

/// Where the words of a pattern that ends at `at` stand. Only the last [`BEFORE`] bytes are looked at: the work for a line of
/// many dates must not grow with its square.
fn last_words(text: &str, at: usize, pattern: &Regex) -> Option<Range<usize>> {
    let from = text.floor_char_boundary(at.saturating_sub(BEFORE));
    // A word that is cut in two is none.
    let cut = |m: &regex::Match<'_>| {
        m.start() == 0 && text[..from].ends_with(char::is_alphanumeric) && m.as_str().starts_with(char::is_alphanumeric)
    };
    let found = pattern.find(&text[from..at]).filter(|m| !cut(m))?;
    Some(from + found.start()..from + found.end())
}

/// True where a text is nothing but the date.
pub fn alone(text: &str, date: &Span) -> bool {
    date.range.len() + 2 >= text.trim().len()
}

/// True for a text that is one stretch of time and nothing else.
pub fn whole(text: &str) -> bool {
    matches!(find(text).as_slice(), [only] if only.stretch && alone(text, only))
}

/// All dates and stretches in a text, left to right.
pub fn find(text: &str) -> Vec<Span> {
    let points = points(text);
    let mut out: Vec<Span> = Vec::new();
    let mut index = 0;
    while index < points.len() {
        let first = &points[index];
        index += 1;
        let opening = |at: usize| last_words(text, at, &FROM).map_or(at, |m| m.start);
        let closing = |at: usize| {
            let end = DURATION.find(&text[at..]).map_or(at, |m| at + m.end());
            at.max(end) + usize::from(text[at.max(end)..].starts_with([')', ']']))
        };
        let joined = points.get(index).filter(|next| {
            next.range.start >= first.range.end && {
                let between = &text[first.range.end..next.range.start];
                // "2020 to date": the word that joins them is part of the word for the present.
                let own = || {
                    let word = text[next.range.clone()].split_whitespace().next().unwrap_or_default();
                    ["to", "till", "until"].iter().any(|w| word.eq_ignore_ascii_case(w))
                };
                JOIN.find(between).is_some_and(|m| m.end() == between.len())
                    || matches!(next.moment, Moment::Now) && between.trim().is_empty() && own()
            }
        });
        match (first.moment, joined) {
            (Moment::Date(start), Some(next)) if !matches!(next.moment, Moment::Month(_)) => {
                let end = match next.moment {
                    Moment::Date(date) => End::Date(next.late.map_or(date, PartialDate::year)),
                    _ => End::Present,
                };
                let ordered = match end {
                    End::Date(end) => end.year >= start.year,
                    End::Present => true,
                };
                if ordered {
                    index += 1;
                    out.push(Span {
                        range: opening(first.range.start)..closing(next.range.end),
                        start: Some((start, first.range.clone())),
                        end: Some((end, next.range.clone())),
                        stretch: true,
                        bare: false,
                    });
                    continue;
                }
            }
            // "Mar – May 2019"
            (Moment::Month(month), Some(next)) => {
                if let Moment::Date(end) = next.moment
                    && end.month.is_some()
                {
                    index += 1;
                    out.push(Span {
                        range: opening(first.range.start)..closing(next.range.end),
                        start: Some((PartialDate::month(end.year, month), first.range.start..next.range.end)),
                        end: Some((End::Date(end), next.range.clone())),
                        stretch: true,
                        bare: false,
                    });
                }
                continue;
            }
            _ => {}
        }
        let Moment::Date(date) = first.moment else { continue };
        let after = &text[first.range.end..];
        if first.bare && amount(text, &first.range) {
            continue;
        }
        if let Some(more) = MORE_YEARS.find(after).filter(|_| first.season)
            && let Some(end) = year(&more.as_str()[more.as_str().len() - 4..]).filter(|y| *y > date.year)
        {
            let at = first.range.end + more.end();
            while points.get(index).is_some_and(|p| p.range.start < at) {
                index += 1;
            }
            out.push(Span {
                range: opening(first.range.start)..closing(at),
                start: Some((date, first.range.clone())),
                end: Some((End::Date(PartialDate::year(end)), at - 4..at)),
                stretch: true,
                bare: false,
            });
            continue;
        }
        if let Some(short) = SHORT_END.captures(after).filter(|_| first.bare)
            && let Some(digits) = short.name("y")
            && let Some(end) = year(digits.as_str())
                .map(|y| (date.year / 100) * 100 + y % 100)
                .filter(|y| *y >= date.year)
        {
            let at = first.range.end + digits.end();
            out.push(Span {
                range: opening(first.range.start)..closing(at),
                start: Some((date, first.range.clone())),
                end: Some((End::Date(PartialDate::year(end)), first.range.end + digits.start()..at)),
                stretch: true,
                bare: false,
            });
            continue;
        }
        if let Some(since) = last_words(text, first.range.start, &SINCE) {
            out.push(Span {
                range: since.start..closing(first.range.end),
                start: Some((date, first.range.clone())),
                end: Some((End::Present, since.start..first.range.end)),
                stretch: true,
                bare: false,
            });
            continue;
        }
        if let Some(open) = OPEN.find(after) {
            let dash = first.range.end
                + open
                    .as_str()
                    .trim_end_matches(['\t', ')', ']', '|', '·', '•', ','])
                    .len();
            out.push(Span {
                range: opening(first.range.start)..dash,
                start: Some((date, first.range.clone())),
                end: Some((End::Present, first.range.start..dash)),
                stretch: true,
                bare: false,
            });
            continue;
        }
        if first.glued {
            continue;
        }
        let start = last_words(text, first.range.start, &UNTIL)
            .map_or_else(|| opening(first.range.start), |m| opening(m.start));
        out.push(Span {
            range: start..closing(first.range.end),
            start: None,
            end: Some((End::Date(date), first.range.clone())),
            stretch: false,
            bare: first.bare && start == first.range.start,
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        find(text)
            .into_iter()
            .map(|s| {
                let start = s.start.map_or(String::new(), |(d, _)| d.to_string());
                let end = s.end.map_or(String::new(), |(d, _)| d.to_string());
                if s.stretch { format!("{start}..{end}") } else { end }
            })
            .collect()
    }

    #[test]
    fn a_year_may_stand_before_its_month_or_touch_the_name_before_it() {
        assert_eq!(shown("2020-Sep - Present"), ["2020-09..present"]);
        assert_eq!(shown("2017-Feb - 2020-Aug"), ["2017-02..2020-08"]);
        assert_eq!(shown("2019 - May 2020"), ["2019..2020-05"]);
        assert_eq!(shown("University of York2015 - 2018"), ["2015..2018"]);
        assert_eq!(shown("University of York2015-09 - 2018-06"), ["2015-09..2018-06"]);
        assert!(shown("Office2019, model12020").is_empty());
    }

    #[test]
    fn stretches_are_found() {
        for (text, want) in [
            ("Apr 2021 – present", "2021-04..present"),
            ("2020 to date: Veterinary surgeon", "2020..present"),
            ("May 2019 till now", "2019-05..present"),
            ("June 2015 to Aug 2018", "2015-06..2018-08"),
            ("2019-07 —", "2019-07..present"),
            ("02/2019 - Present", "2019-02..present"),
            ("2023-06 TO 2023-12", "2023-06..2023-12"),
            ("(2014 - 2016)", "2014..2016"),
            ("2014-16", "2014..2016"),
            ("Mar – May 2019", "2019-03..2019-05"),
            ("seit Oktober 2011", "2011-10..present"),
            ("Sept. 2018 bis heute", "2018-09..present"),
            ("janv. 2015 à août 2017", "2015-01..2017-08"),
            ("Abr de 2020 – atual", "2020-04..present"),
            ("Spring 2018 – Winter 2023", "2018..2023"),
            ("03.2011 – 09.2014", "2011-03..2014-09"),
            ("15 January 2019 - 3 March 2020", "2019-01-15..2020-03-03"),
            ("Apr, 2016 - Present", "2016-04..present"),
            ("May 2012", "2012-05"),
            ("Awarded on: Dec 2022", "2022-12"),
            ("Jul '14 – Aug '16", "2014-07..2016-08"),
            ("Oct, 2011 - Mar, 2016 • 4 years 5 months", "2011-10..2016-03"),
            ("Summers 2019, 2020, 2021", "2019..2021"),
            ("Sommer 2011, 2012 und 2013", "2011..2013"),
            ("zomers 2011 en 2012", "2011..2012"),
            ("Saisons 2009 à 2012", "2009..2012"),
            ("Ene 2019 - A la fecha", "2019-01..present"),
            ("Agosto 2019 – a la fecha", "2019-08..present"),
            ("Sept 2022 – date", "2022-09..present"),
            ("Dal 09/2013 al 02/2019", "2013-09..2019-02"),
            ("Da ottobre 2021", "2021-10..present"),
            ("De março de 2018 até à data", "2018-03..present"),
            ("augusti 2017 – februari 2020", "2017-08..2020-02"),
            ("Winter 2017/18 – Winter 2020/21", "2017..2021"),
            ("янв./2019 – дек./2020", "2019-01..2020-12"),
        ] {
            assert_eq!(shown(text), [want], "{text}");
        }
    }

    #[test]
    fn numbers_are_no_dates() {
        for text in [
            "grew 2,019 units",
            "24/7 support",
            "paid $2020",
            "3-12 people",
            "ISO 9001",
            "may help",
            "marketing",
        ] {
            assert!(shown(text).is_empty(), "{text}: {:?}", shown(text));
        }
    }
}
