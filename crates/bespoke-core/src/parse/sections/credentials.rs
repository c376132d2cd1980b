//! Certificates, awards and publications: a name, who gave it, when.

use super::super::entries::{self};
use super::super::row::{Page, Row};
use super::super::{dates, words};
use super::rows;
use crate::date::End;
use crate::resume::{Credential, Id};
use std::ops::Range;

/// Certificates, awards, publications.
pub fn credentials(page: &Page<'_>, range: &Range<usize>) -> Vec<Credential> {
    let rows = rows(page, range);
    let mut out: Vec<Credential> = Vec::new();
    if rows.is_empty() {
        return out;
    }
    let listed = rows.iter().filter(|r| r.bullet()).count();
    let mut groups: Vec<Vec<&Row>> = Vec::new();
    let look = rows[0].look;
    let loud = look.bold && rows.iter().any(|r| !r.look.bold);
    let dates_of: Vec<_> = rows.iter().map(|r| dates::find(page.of(r))).collect();
    let dated: Vec<bool> = dates_of.iter().map(|d| !d.is_empty()).collect();
    let gaps = rows.iter().skip(1).filter(|r| r.gap).count();
    let spaced = gaps > 0 && gaps + 1 < rows.len();
    let one_each = dated.iter().filter(|d| **d).count() * 10 >= rows.len() * 7;
    let mut leading = dates_of.iter().filter_map(|d| d.first());
    let date_leads = dated[0] && leading.all(|s| s.range.start == 0);
    for (i, row) in rows.iter().enumerate() {
        let text = page.of(row);
        let lower = text.starts_with(char::is_lowercase);
        let only_date = dated[i] && dates_of[i].iter().map(|s| s.range.len()).sum::<usize>() + 4 >= text.len();
        let begins = match groups.last() {
            None => true,
            Some(_) if listed * 2 >= rows.len() => row.bullet(),
            Some(_) if loud => row.look.like(&look) && !only_date,
            Some(_) if only_date || lower => false,
            Some(_) if date_leads => dated[i],
            Some(_) if !dated[i - 1] && entries::wraps(page, rows[i - 1], row) => false,
            Some(group) if one_each => !group.is_empty() && group.iter().any(|r| !dates::find(page.of(r)).is_empty()),
            Some(group) => {
                let had = group.iter().any(|r| !dates::find(page.of(r)).is_empty());
                let any = dated.iter().any(|d| *d);
                row.gap || (!any && !spaced) || had
            }
        };
        if begins {
            groups.push(vec![row]);
        } else if let Some(group) = groups.last_mut() {
            group.push(row);
        }
    }
    // Where nearly every line holds a comma, it parts the name from who gave it.
    let with_comma = groups.iter().filter(|g| page.of(g[0]).contains(", ")).count();
    let commas = with_comma >= 2 && with_comma * 5 >= groups.len() * 3;
    for group in groups {
        let mut date = None;
        // What stands between two separators, over the rows on which it stands.
        let mut parts: Vec<Vec<Range<usize>>> = Vec::new();
        for (i, row) in group.iter().enumerate() {
            let mut wrapped = i > 0
                && entries::wraps(page, group[i - 1], row)
                && !page.of(group[i - 1]).trim_end().ends_with(['|', '·', '—', ',', '•']);
            let found = dates::find(page.of(row)).into_iter().next_back();
            for cell in &row.cells {
                let mut ranges = vec![cell.range.clone()];
                if let Some(span) = &found {
                    let whole = span.range.start + row.range.start..span.range.end + row.range.start;
                    let (s, e) = (whole.start.max(cell.range.start), whole.end.min(cell.range.end));
                    if s < e {
                        ranges = vec![cell.range.start..s, e..cell.range.end];
                    }
                }
                for range in ranges.iter().map(|r| page.trim(r)) {
                    if !page.text(&range).chars().any(char::is_alphanumeric) {
                        continue;
                    }
                    match parts.last_mut().filter(|_| std::mem::take(&mut wrapped)) {
                        Some(part) => part.push(range),
                        None => parts.push(vec![range]),
                    }
                }
            }
            if let Some(span) = found
                && date.is_none()
            {
                let point = span.start.or_else(|| {
                    span.end.and_then(|(e, r)| match e {
                        End::Date(d) => Some((d, r)),
                        End::Present => None,
                    })
                });
                date = point.map(|(d, r)| page.value(d, &(r.start + row.range.start..r.end + row.range.start), 0.85));
            }
        }
        let Some((head, rest)) = parts.split_first() else {
            continue;
        };
        let (first, more) = (head[0].clone(), &head[1..]);
        // "Name, Issuer", "Name – Issuer", "Name (Issuer)", or the issuer on the next line.
        let text = page.text(&first);
        let mut name = first.clone();
        let mut wrapped: &[Range<usize>] = &[];
        let mut issuer = None;
        let mut rest: Vec<Range<usize>> = rest.concat();
        let behind = |from: usize| {
            let mut ranges = vec![page.trim(&(from..first.end))];
            ranges.extend(more.iter().cloned());
            page.joined(&ranges, 0.7)
        };
        let comma = text.rfind(", ").filter(|_| rest.is_empty());
        let listed_issuer = |i: &usize| commas && text[i + 2..].split_whitespace().count() <= 6;
        let bracket = text.find(" (").filter(|i| rest.is_empty() && !text[*i..].contains(')'));
        let dash = [" | ", " — ", " · "]
            .iter()
            .find_map(|s| text.find(s).map(|i| (i, s.len())))
            .or(bracket.map(|i| (i, 2)));
        let at = [" at ", " by ", " from "]
            .iter()
            .find_map(|s| text.find(s).map(|i| (i, s.len())))
            .filter(|(i, _)| *i > 3);
        if let Some((i, len)) = dash.or(at) {
            name = first.start..first.start + i;
            issuer = behind(first.start + i + len);
        } else if let Some(i) = comma.filter(|i| {
            (words::organisation(&text[i + 2..]) > 0.3 || listed_issuer(i))
                && text[i + 2..].chars().next().is_some_and(char::is_uppercase)
        }) {
            name = first.start..first.start + i;
            issuer = behind(first.start + i + 2);
        } else {
            wrapped = more;
        }
        if issuer.is_none() && !rest.is_empty() && page.text(&rest[0]).split_whitespace().count() <= 7 {
            issuer = page.field(&rest.remove(0), 0.6);
        }
        let name: Vec<_> = std::iter::once(&name).chain(wrapped).map(|r| page.trim(r)).collect();
        let Some(name) = page.joined(&name, 0.8) else { continue };
        out.push(Credential {
            id: Id::default(),
            name,
            issuer,
            date,
            url: None,
            summary: page.joined(&rest, 0.6),
        });
    }
    out
}
