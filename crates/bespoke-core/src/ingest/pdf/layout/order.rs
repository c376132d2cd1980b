//! Segments → regions in reading order: columns, rails and tables.

use super::DATE;
use super::Segment;

/// Regions in reading order, each a list of rows.
pub(super) struct Order {
    pub(super) regions: Vec<Vec<Vec<Segment>>>,
    pub(super) columns: u32,
}

/// A gutter: no segment of the band crosses it.
struct Gutter {
    x: f32,
    top: f32,
    bottom: f32,
    score: f32,
    /// The left side is a rail: labels and dates that each stand beside their content.
    rail: bool,
}

impl Order {
    /// Cuts a block at its best gutter: what is above, left, right, below; without one, it is a region.
    pub(super) fn cut(&mut self, segments: Vec<Segment>, depth: u32) {
        if segments.is_empty() {
            return;
        }
        if depth < 5
            && let Some((top, bottom)) = table(&segments)
        {
            let (above, rest): (Vec<Segment>, Vec<Segment>) = segments.into_iter().partition(|s| s.y < top);
            let (table, below) = rest.into_iter().partition(|s| s.y <= bottom);
            self.cut(above, depth + 1);
            self.region(table);
            self.cut(below, depth + 1);
            return;
        }
        let gutter = if depth < 5 { best_gutter(&segments) } else { None };
        let Some(gutter) = gutter else {
            self.region(segments);
            return;
        };
        let (mut above, mut left, mut right, mut below) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for segment in segments {
            if segment.y < gutter.top {
                above.push(segment);
            } else if segment.y > gutter.bottom {
                below.push(segment);
            } else if segment.x0 < gutter.x {
                left.push(segment);
            } else {
                right.push(segment);
            }
        }
        if gutter.rail {
            self.cut(above, depth + 1);
            self.rail(left, right);
            self.cut(below, depth + 1);
            return;
        }
        self.columns = self.columns.max(depth.min(1) + 2);
        self.cut(above, depth + 1);
        self.cut(left, depth + 1);
        self.cut(right, depth + 1);
        self.cut(below, depth + 1);
    }

    /// Every block of the rail goes before the first row that it stands beside.
    fn rail(&mut self, rail: Vec<Segment>, content: Vec<Segment>) {
        let mut rows = rows_of(content);
        close_dates(&mut rows);
        let labels = rows_of(rail);
        let edge = rows.iter().map(|r| r[0].x0).fold(f32::MAX, f32::min);
        // A label for every row: a table, however near its rows are.
        let each = labels.len() == rows.len()
            && labels
                .iter()
                .zip(&rows)
                .all(|(l, r)| (l[0].y - r[0].y).abs() < 0.3 * r[0].size);
        let labels = whole_labels(labels, &rows);
        let flush = flush_right(&labels.iter().map(|l| &l[0]).collect::<Vec<_>>());
        let mut blocks: Vec<Vec<Vec<Segment>>> = Vec::new();
        for row in labels {
            let near = blocks
                .last()
                .and_then(|b| b.last())
                .is_some_and(|last| row[0].y - last[0].y < 1.9 * last[0].size.max(row[0].size));
            // A label level with a row of its own, the next one in a table; a date may go over two lines.
            let beside = |label: &Segment| {
                let level = |r: &&Vec<Segment>| (r[0].y - label.y).abs() < 0.2 * label.size;
                rows.iter().find(level).and_then(|r| r[0].runs.first())
            };
            let level = beside(&row[0]).is_some();
            let last = blocks.last().and_then(|b| b.last()).map(|last| &last[0]);
            // Two labels beside two rows of one look: two entries.
            let alike = last.and_then(beside).zip(beside(&row[0]));
            let alike = alike.is_some_and(|(a, b)| *a.font == *b.font && (a.size - b.size).abs() < 0.2);
            let above = last
                .map(Segment::text)
                .filter(|text| !alike || text.trim_end().ends_with(['-', '–', '—']));
            // Flush right against the content, each label is one of its own.
            let next = flush && row[0].text().trim_start().starts_with(char::is_uppercase);
            let headed = blocks
                .last()
                .and_then(|b| b.last())
                .is_some_and(|last| last[0].names_section());
            let near = near
                && !each
                && !headed
                && (!level && !next || above.is_some_and(|above| goes_on(&above, &row[0].text())));
            match blocks.last_mut() {
                Some(block) if near => block.push(row),
                _ => blocks.push(vec![row]),
            }
        }
        let mut out: Vec<Vec<Segment>> = Vec::new();
        let mut blocks = blocks.into_iter().peekable();
        for mut row in rows {
            while let Some(block) = blocks.next_if(|b| b[0][0].top() < row[0].y - 0.2 * row[0].size) {
                let mut block = block;
                // A town level with the first item of a list: the item keeps its line, and its bullet.
                let item = crate::ingest::clean::strip_bullet(&row[0].text()).is_some() || row[0].x0 > edge + 5.0;
                let apart = item && !block[0][0].dated() && !out.is_empty();
                let level = block.len() == 1 && (block[0][0].y - row[0].y).abs() < 0.3 * row[0].size && !apart;
                if level {
                    let mut first = block.remove(0);
                    first.append(&mut row);
                    row = first;
                } else {
                    out.append(&mut block);
                }
            }
            out.push(row);
        }
        out.extend(blocks.flatten());
        join_wrapped(&mut out);
        self.regions.push(out);
    }

    fn region(&mut self, segments: Vec<Segment>) {
        let mut rows = rows_of(segments);
        close_dates(&mut rows);
        join_wrapped(&mut rows);
        self.regions.push(rows);
    }
}

/// Labels that go over several lines of a narrow column, as one: "Name and address of", "employer"; "Apr", "2018–Aug", "2021".
fn whole_labels(labels: Vec<Vec<Segment>>, content: &[Vec<Segment>]) -> Vec<Vec<Segment>> {
    let level = |label: &Segment| content.iter().any(|r| (r[0].y - label.y).abs() < 0.2 * label.size);
    let mut out: Vec<Vec<Segment>> = Vec::new();
    let mut labels = std::collections::VecDeque::from(labels);
    while let Some(mut label) = labels.pop_front() {
        let dates = (1..4).rev().find(|more| {
            let rows = labels.iter().take(*more).map(Vec::as_slice);
            let parts: Vec<&Segment> = std::iter::once(label.as_slice())
                .chain(rows)
                .filter_map(|row| <&[Segment; 1]>::try_from(row).ok())
                .map(|[only]| only)
                .collect();
            parts.len() == more + 1
                && parts.windows(2).all(|p| p[1].y - p[0].y < 1.5 * p[0].size)
                && is_cut_date(&parts)
        });
        for row in labels.drain(..dates.unwrap_or(0)) {
            row.into_iter().for_each(|part| label[0].go_on(part));
        }
        let small = label[0].text().trim_start().starts_with(char::is_lowercase) && !label[0].dated();
        let goes_on = |above: &Segment| {
            let edges = (above.x0 - label[0].x0).abs() < 3.0 || (above.x1 - label[0].x1).abs() < 3.0;
            edges && label[0].y - above.y < 1.5 * above.size && (above.size - label[0].size).abs() < 0.5
        };
        match out.last_mut().map(Vec::as_mut_slice) {
            Some([above]) if label.len() == 1 && small && !(level(above) && level(&label[0])) && goes_on(above) => {
                label.into_iter().for_each(|part| above.go_on(part));
            }
            _ => out.push(label),
        }
    }
    out
}

/// True for texts below one another that are one date together, and each but the last of them not a whole one.
fn is_cut_date(parts: &[&Segment]) -> bool {
    if !parts.last().is_some_and(|p| p.dated() || p.counts()) || parts.iter().any(|p| p.words() > 4) {
        return false;
    }
    let texts: Vec<String> = parts.iter().map(|p| p.text().trim().to_owned()).collect();
    let (Some(last), Some(before)) = (texts.last(), texts.len().checked_sub(2).map(|n| &texts[n])) else {
        return false;
    };
    let open = before.ends_with(['-', '–', '—']) || !before.contains(|c: char| c.is_ascii_digit());
    // "2018–Aug" above "2021".
    let cut = before.ends_with(char::is_alphabetic) && last.bytes().all(|b| b.is_ascii_digit());
    (open || cut) && crate::parse::is_one_date(&texts.join(" "))
}

/// Texts beside a date that go on in the row below it: cut by a hyphen, or after a small word that ends nothing.
fn join_wrapped(rows: &mut Vec<Vec<Segment>>) {
    const SMALL: [&str; 22] = [
        "of", "and", "&", "for", "in", "the", "de", "del", "la", "y", "e", "et", "du", "des", "di", "da", "do", "und",
        "für", "der", "van", "en",
    ];
    for at in 1..rows.len() {
        let (above, own) = rows.split_at_mut(at);
        let (Some(above), [next]) = (above.last_mut(), own[0].as_mut_slice()) else {
            continue;
        };
        if above.len() < 2 || next.dated() || crate::ingest::clean::strip_bullet(&next.text()).is_some() {
            continue;
        }
        let small = next.text().starts_with(char::is_lowercase);
        let dated = above.iter().any(Segment::is_one_date);
        let same = |s: &Segment| {
            (s.x0 - next.x0).abs() < 3.0 && next.y - s.y < 1.6 * s.size && (s.size - next.size).abs() < 0.5
        };
        let Some(first) = above.iter_mut().find(|s| same(s)) else {
            continue;
        };
        let text = first.text().trim_end().to_owned();
        let mut last = text.chars().rev();
        let hyphen = small && last.next() == Some('-') && last.next().is_some_and(char::is_lowercase);
        let open = dated && text.rsplit(' ').next().is_some_and(|w| SMALL.contains(&w));
        if hyphen && let Some(run) = first.runs.last_mut() {
            run.text.truncate(run.text.trim_end().len());
            run.text.pop();
        }
        if hyphen {
            own[0].pop().into_iter().for_each(|rest| first.join(rest));
        } else if open {
            own[0].pop().into_iter().for_each(|rest| first.go_on(rest));
        }
    }
    rows.retain(|row| !row.is_empty());
}

/// Ends that stand below the beginnings of their dates, in a column at the right: "June 2022 –" above "Present".
fn close_dates(rows: &mut Vec<Vec<Segment>>) {
    for at in 1..rows.len() {
        let (above, own) = rows.split_at_mut(at);
        let (Some(above), own) = (above.last_mut().filter(|r| r.len() > 1), &mut own[0]) else {
            continue;
        };
        let (Some(first), Some(second)) = (above.last_mut(), own.last()) else {
            continue;
        };
        let column = (first.x0 - second.x0).abs() < 3.0 || (first.x1 - second.x1).abs() < 3.0;
        let near = second.y - first.y < 1.8 * first.size;
        if column && near && is_cut_date(&[first, second]) {
            own.pop().into_iter().for_each(|end| first.go_on(end));
        }
    }
    rows.retain(|row| !row.is_empty());
}

/// True for a label that ends the date of the one above it, "2021" over "now", and is no date of the next row of a table.
fn goes_on(above: &str, label: &str) -> bool {
    let years = |text: &str| -> Vec<u16> {
        let digits = text.split(|c: char| !c.is_ascii_digit()).filter(|d| d.len() == 4);
        digits.filter_map(|d| d.parse().ok()).collect()
    };
    let (before, own) = (years(above), years(label));
    if !DATE.is_match(label) || before.len() > 1 {
        return false;
    }
    let open = above.trim_end().ends_with(['-', '–', '—']);
    open || own.is_empty() || before.first().zip(own.first()).is_none_or(|(a, b)| a <= b)
}

/// Segments → rows by baseline, top to bottom and left to right.
fn rows_of(mut segments: Vec<Segment>) -> Vec<Vec<Segment>> {
    {
        segments.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x0.total_cmp(&b.x0)));
        let mut rows: Vec<Vec<Segment>> = Vec::new();
        for segment in segments {
            match rows.last_mut() {
                Some(row) if (row[0].y - segment.y).abs() < 0.3 * row[0].size.min(segment.size).max(4.0) => {
                    row.push(segment)
                }
                _ => rows.push(vec![segment]),
            }
        }
        for row in &mut rows {
            row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        }
        rows
    }
}

/// From where to where a table goes whose first row names its columns ("Period | Client | Role"): it is read row by row,
/// however clear the gutters between its columns are. `None` where there is none, or something else stands beside it.
fn table(segments: &[Segment]) -> Option<(f32, f32)> {
    let mut rows: Vec<Vec<&Segment>> = Vec::new();
    let mut sorted: Vec<&Segment> = segments.iter().collect();
    sorted.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x0.total_cmp(&b.x0)));
    for segment in sorted {
        match rows.last_mut() {
            Some(row) if (row[0].y - segment.y).abs() < 2.0 => row.push(segment),
            _ => rows.push(vec![segment]),
        }
    }
    let head = rows.iter().position(|row| {
        let named = row.iter().filter(|s| crate::parse::names_column(&s.text())).count();
        row.len() >= 3 && named + 1 >= row.len()
    })?;
    let mut starts: Vec<f32> = rows[head].iter().map(|s| s.x0).collect();
    starts.sort_by(f32::total_cmp);
    let inside = |s: &&Segment| {
        let column = starts.iter().rposition(|x| *x <= s.x0 + 4.0);
        column.is_some_and(|c| starts.get(c + 1).is_none_or(|next| s.x1 < *next))
    };
    let below = rows[head + 1..].iter().take_while(|row| row.iter().all(inside));
    let last = below
        .take_while(|row| row.len() > 1 || !row[0].names_section())
        .last()?;
    let (top, bottom) = (rows[head][0].y - 2.0, last[0].y + 2.0);
    let beside = |s: &Segment| s.y > top && s.y < bottom && s.x0 < starts[0] - 4.0;
    (!segments.iter().any(beside)).then_some((top, bottom))
}

/// The gutter that separates most text: candidates are left edges that several segments share.
fn best_gutter(segments: &[Segment]) -> Option<Gutter> {
    if segments.len() < 6 {
        return None;
    }
    let left_edge = segments.iter().map(|s| s.x0).fold(f32::MAX, f32::min);
    let mut edges: Vec<(f32, usize)> = Vec::new();
    for segment in segments.iter().filter(|s| s.x0 > left_edge + 40.0) {
        match edges.iter_mut().find(|(x, _)| (x - segment.x0).abs() < 3.0) {
            Some((x, n)) => {
                *x = x.min(segment.x0);
                *n += 1;
            }
            None => edges.push((segment.x0, 1)),
        }
    }
    let right_edge = segments.iter().map(|s| s.x1).fold(0.0, f32::max);
    let centred = |s: &Segment| {
        let alone = !segments.iter().any(|o| (o.y - s.y).abs() < 2.0 && o.x0 != s.x0);
        // The left edge of a column that happens to stand so.
        let flush = segments.iter().filter(|o| (o.x0 - s.x0).abs() < 1.0).count() > 4;
        alone && !flush && ((s.x0 + s.x1) - (left_edge + right_edge)).abs() < 24.0 && s.names_section()
    };
    let wide: Vec<bool> = segments.iter().map(centred).collect();
    let mut best: Option<Gutter> = None;
    for (edge, _) in edges.into_iter().filter(|(_, n)| *n >= 3) {
        for gutter in bands(segments, &wide, edge - 1.0) {
            if best.as_ref().is_none_or(|b| gutter.score > b.score) {
                best = Some(gutter);
            }
        }
    }
    best
}

/// The stretches of the page in which nothing crosses `x`, with real text on both sides that reads by column.
fn bands(segments: &[Segment], wide: &[bool], x: f32) -> Vec<Gutter> {
    let mut rows: Vec<(&Segment, bool)> = segments.iter().zip(wide.iter().copied()).collect();
    rows.sort_by(|a, b| a.0.y.total_cmp(&b.0.y));
    // A heading in the middle of the page goes over all columns.
    let crosses = |s: &Segment, wide: bool| wide || s.x0 < x - 2.0 && s.x1 > x + 1.0 && !overhangs(s, segments, x);
    let mut out = Vec::new();
    let mut band: Vec<&Segment> = Vec::new();
    for segment in rows.iter().copied().map(Some).chain(std::iter::once(None)) {
        match segment {
            Some((s, wide)) if !crosses(s, wide) => band.push(s),
            _ => {
                for part in without_near_rows(&band, x) {
                    match grid(part, x) {
                        Some(parts) => out.extend(parts.into_iter().filter_map(|part| {
                            let least = if titled(part, x) { 2 } else { 3 };
                            judge(part, x, least)
                        })),
                        None => out.extend(judge(part, x, 3)),
                    }
                }
                band.clear();
            }
        }
    }
    out
}

/// True for a date too long for its column, "nov 2017 – feb 2021", in a row of its own: what it belongs to stands below.
fn overhangs<S: std::borrow::Borrow<Segment>>(segment: &Segment, all: &[S], x: f32) -> bool {
    segment.x1 < x + 24.0
        && segment.x0 < x - 36.0
        && segment.words() <= 6
        && segment.dated()
        && all
            .iter()
            .map(S::borrow)
            .all(|o| o.x0 == segment.x0 || (o.y - segment.y).abs() > 2.0)
}

/// Narrowest gutter, in points.
const GUTTER: f32 = 6.0;

/// The parts of a band between rows that end just before `x`, where those are one or two rows that have nothing to do with
/// columns: a line of telephone, mail and town over both of them.
fn without_near_rows<'b, 'a>(band: &'b [&'a Segment], x: f32) -> Vec<&'b [&'a Segment]> {
    let start = band.iter().filter(|s| s.x0 >= x).map(|s| s.x0).fold(f32::MAX, f32::min);
    let near = |s: &Segment| s.x0 < x && start - s.x1 < GUTTER;
    let mut rows: Vec<f32> = band.iter().filter(|s| near(s)).map(|s| s.y).collect();
    rows.dedup_by(|a, b| (*a - *b).abs() < 2.0);
    match rows.len() {
        1 | 2 => band.split(|s| rows.iter().any(|y| (y - s.y).abs() < 2.0)).collect(),
        _ => vec![band],
    }
}

/// The parts of a band below each heading, where its sections are set one below the other and the entries of each side by side:
/// two headings or more at the left, none at the right, and the rows at the right level with rows at the left.
fn grid<'b, 'a>(band: &'b [&'a Segment], x: f32) -> Option<Vec<&'b [&'a Segment]>> {
    let right = || band.iter().filter(|s| s.x0 >= x);
    let level = |a: &Segment, b: &Segment| (a.y - b.y).abs() < 1.5;
    let head = |s: &Segment| s.x0 < x && s.names_section() && !band.iter().any(|o| o.x0 != s.x0 && level(s, o));
    let heads = band.iter().filter(|s| head(s)).count();
    let beside = right().filter(|r| band.iter().any(|l| l.x0 < x && level(r, l))).count();
    let is_grid = heads >= 2 && !right().any(|s| s.names_section()) && beside * 10 >= right().count() * 8;
    is_grid.then(|| band.split(|s| head(s)).filter(|part| !part.is_empty()).collect())
}

/// True where the first row of each side stands in another look than the second: a title with a line about it.
fn titled(part: &[&Segment], x: f32) -> bool {
    let side = |right: bool| {
        let mut rows = part.iter().filter(|s| (s.x0 >= x) == right);
        let (first, second) = (rows.next(), rows.next());
        let look = |s: &Segment| s.runs.first().map(|r| (r.font.bold, (s.size * 5.0) as i32));
        first.zip(second).is_some_and(|(a, b)| look(a) != look(b))
    };
    side(false) && side(true)
}

/// True for segments that end at one place and begin at several.
fn flush_right(segments: &[&Segment]) -> bool {
    let end = segments.iter().map(|s| s.x1).fold(0.0, f32::max);
    let first = segments.first().map_or(0.0, |s| s.x0);
    let ends = segments.iter().filter(|s| end - s.x1 < 3.0).count();
    let begins = segments.iter().filter(|s| (s.x0 - first).abs() < 3.0).count();
    ends * 10 >= segments.len() * 8 && begins * 2 < segments.len()
}

/// True columns: both sides have lines of their own, and they are not a rail of labels or dates beside their rows.
fn judge(band: &[&Segment], x: f32, least: usize) -> Option<Gutter> {
    let (left, right): (Vec<&Segment>, Vec<&Segment>) = band.iter().copied().partition(|s| s.x0 < x);
    let rows = |side: &[&Segment]| {
        let mut ys: Vec<f32> = side.iter().map(|s| s.y).collect();
        ys.sort_by(f32::total_cmp);
        ys.dedup_by(|a, b| (*a - *b).abs() < 2.0);
        ys
    };
    let (left_rows, right_rows) = (rows(&left), rows(&right));
    // Prose on both sides is set in columns however few its lines are; short texts must show it by their number.
    let words_each = |side: &[&Segment]| {
        let words: usize = side.iter().map(|s| s.words()).sum();
        words as f32 / side.len().max(1) as f32
    };
    let wordy = |side: &[&Segment]| words_each(side) >= 4.5;
    let prose = wordy(&left) && wordy(&right) && left.len() + right.len() >= 3;
    if !prose && (left_rows.len() < least || right_rows.len() < least) {
        return None;
    }
    // The gutter must be empty: the left side ends well before the right one begins.
    let inside = left.iter().filter(|s| !overhangs(s, band, x));
    let reach = inside.map(|s| s.x1).fold(0.0, f32::max);
    let start = right.iter().map(|s| s.x0).fold(f32::MAX, f32::min);
    if start - reach < GUTTER {
        return None;
    }
    let (narrow, narrow_rows, wide_rows) = if left_rows.len() <= right_rows.len() {
        (&left, &left_rows, &right_rows)
    } else {
        (&right, &right_rows, &left_rows)
    };
    let aligned = narrow_rows
        .iter()
        .filter(|y| wide_rows.iter().any(|w| (**y - w).abs() < 1.5))
        .count();
    let aligned = aligned as f32 / narrow_rows.len() as f32;
    let sparse = narrow_rows.len() as f32 / wide_rows.len() as f32;
    let dates = narrow.iter().filter(|s| s.dated()).count() as f32 / narrow.len() as f32;
    let places = narrow
        .iter()
        .filter(|s| s.text().contains(',') && s.words() <= 5)
        .count() as f32;
    let dates = dates + 0.7 * places / narrow.len() as f32;
    // A town below its date.
    let below_date = |s: &Segment| {
        let above = |o: &&&Segment| {
            o.y < s.y && s.y - o.y < 1.6 * o.size && (o.x0 - s.x0).abs() < 3.0 && s.size <= o.size && o.dated()
        };
        s.words() <= 3 && narrow.iter().any(|o| above(&o))
    };
    let labels = narrow
        .iter()
        .filter(|s| s.dated() || s.names_section() || below_date(s))
        .count() as f32
        / narrow.len() as f32;
    let rail = (aligned >= 0.6 && dates >= 0.4) || (aligned >= 0.85 && sparse < 0.45 && !prose);
    let headed = |side: &[&Segment]| side.iter().any(|s| s.names_section());
    // "Deutsch | Muttersprache": beside a plain label it is a value,
    // and what goes on in small letters below one.
    let value = |s: &Segment| {
        s.text().starts_with(char::is_lowercase) || left.iter().any(|l| (l.y - s.y).abs() < 1.5 && !l.names_section())
    };
    let right_headed = right.iter().any(|s| s.names_section() && !value(s));
    // A place or a date at the right end of each row, flush with the others: fields of the row.
    let flush =
        right.iter().map(|s| s.x1).fold(f32::MAX, f32::min) > right.iter().map(|s| s.x1).fold(0.0, f32::max) - 2.0;
    // A smaller letter stands a little higher in its row.
    let near = |y: &f32| left_rows.iter().any(|l| (l - y).abs() < 3.5);
    let beside = right_rows.len() <= left_rows.len() && right_rows.iter().all(near);
    let dated = || right.iter().any(|s| s.dated());
    let ends = beside && flush && dated() && !wordy(&right) && !headed(&right);
    // "Courses | Languages": lists with headings beside each other.
    let heads = |side: &[&Segment]| -> Vec<f32> {
        let named = side.iter().filter(|s| s.names_section());
        named.map(|s| s.y).collect()
    };
    let (left_heads, right_heads) = (heads(&left), heads(&right));
    let paired = left_heads
        .iter()
        .any(|l| right_heads.iter().any(|r| (l - r).abs() < 2.0));
    let rail = (rail || ends) && !paired;
    // Short names at the left, most of them level with a row at the right, and no heading there: a table of labels.
    let beside = |y: &&f32| right_rows.iter().any(|r| (*r - **y).abs() < 1.5);
    let level_left = left_rows.iter().filter(beside).count() as f32 / left_rows.len() as f32;
    let table = level_left >= 0.5
        && !prose
        && left_rows.len() >= 4
        && right_rows.len() + 2 >= left_rows.len()
        && words_each(&left) <= 2.0
        && headed(&left)
        && !right_headed;
    // Names set flush right against their content, as in the forms of Europass.
    let against = flush_right(&left);
    let table = table || against && left_rows.len() >= 4 && level_left >= 0.5 && words_each(&left) <= 4.0;
    // "Client | Halvorsen Dairy, Norway": a narrow column of labels, each with more words of its own behind it.
    let coloned = right.iter().filter(|s| s.text().trim_start().starts_with(':')).count();
    let from_left = left.iter().map(|s| s.x0).fold(f32::MAX, f32::min);
    let to_right = right.iter().map(|s| s.x1).fold(0.0, f32::max);
    // A value goes on in the row below.
    let size = right.iter().map(|s| s.size).fold(0.0, f32::max);
    let level_right = (0..right_rows.len())
        .filter(|i| {
            let level = left_rows.iter().any(|l| (right_rows[*i] - l).abs() < 0.25 * size);
            level || *i > 0 && right_rows[*i] - right_rows[*i - 1] < 1.6 * size
        })
        .count();
    let table = table
        || level_left >= 0.8
            && level_right == right_rows.len()
            && left_rows.len() >= 4
            && !right_headed
            && words_each(&left) <= 2.0
            && (coloned * 10 >= right.len() * 8
                || words_each(&right) >= 1.8 * words_each(&left) && start - from_left <= 0.36 * (to_right - from_left));
    // "Sep 2010 –" over "Jun 2012" beside a single row: the dates take more rows than what they are of.
    let tall = level_right == right_rows.len() && left.iter().all(|s| s.dated()) && !right_headed;
    let labelled = aligned >= 0.25 && labels >= 0.6 && left_rows.len() < right_rows.len() || table || tall;
    // Bold names, each level with a list at its right that is not bold, are read with their lists.
    let bold = |side: &[&Segment]| side.iter().filter(|s| s.runs.iter().all(|r| r.font.bold)).count();
    let named = level_left >= 0.9
        && words_each(&left) <= 4.0
        && !right_headed
        && bold(&left) == left.len()
        && bold(&right) == 0;
    if !labelled && (rail || named) {
        return None;
    }
    let mut top = band.iter().map(|s| s.y).fold(f32::MAX, f32::min);
    let mut bottom = band.iter().map(|s| s.y).fold(0.0, f32::max);
    // A list set in two columns ends where its shorter column ends; what follows on the left is the next section.
    let short = |side: &[&Segment]| words_each(side) <= 4.5;
    let (from, to) = (right_rows[0], right_rows[right_rows.len() - 1]);
    let within: Vec<&Segment> = left
        .iter()
        .copied()
        .filter(|s| s.y > from - 2.0 && s.y < to + 2.0)
        .collect();
    let level = within
        .iter()
        .filter(|s| right_rows.iter().any(|y| (y - s.y).abs() < 1.5))
        .count();
    let list = level * 10 >= within.len() * 8
        && !headed(&right)
        && !within.is_empty()
        && short(&right)
        && short(&within)
        && dates == 0.0;
    if list {
        (top, bottom) = (top.max(from), bottom.min(to));
    }
    let score = (bottom - top).max(8.0) * (1.0 - 0.5 * aligned) * (narrow_rows.len() as f32).sqrt();
    Some(Gutter {
        x,
        top: top - 0.5,
        bottom: bottom + 0.5,
        score,
        rail: labelled,
    })
}
