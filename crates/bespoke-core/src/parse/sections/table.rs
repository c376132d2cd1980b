//! Studies and jobs in a table with a head: "Course | Institute | Year | %", "Period | Employer | Position | Duties".

use super::super::row::{Page, Row, hull};
use super::super::{dates, words};
use super::line;
use crate::date::{End, PartialDate};
use crate::resume::{Credential, Education, Field, Id, Work};
use std::ops::Range;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Column {
    Degree,
    Area,
    School,
    Board,
    Year,
    Grade,
    Employer,
    Position,
    Place,
    Duties,
}

/// The words of a cell of a head, folded; a sign of percent is a word.
fn split_head(text: &str) -> Vec<String> {
    let folded = crate::text::fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric() && c != '%');
    words.filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// The column that the first word names, where each of them names one: "Board/University".
fn first_named(words: &[String], names: &[(Column, &[&str])]) -> Option<Column> {
    let named = |word: &String| names.iter().find(|(_, n)| n.contains(&word.as_str())).map(|(c, _)| *c);
    let found: Option<Vec<Column>> = words.iter().map(named).collect();
    found?.first().copied()
}

/// The column that a cell of the head names: "Year of Passing", "School/College", "% of marks".
fn column(text: &str) -> Option<Column> {
    const NAMES: &[(Column, &[&str])] = &[
        (
            Column::Degree,
            &[
                "course",
                "degree",
                "qualification",
                "examination",
                "exam",
                "class",
                "standard",
                "program",
                "programme",
                "certificate",
                "abschluss",
                "diplome",
                "titulo",
                "titolo",
                "curso",
                "diploma",
            ],
        ),
        (
            Column::Area,
            &[
                "stream",
                "specialization",
                "specialisation",
                "discipline",
                "branch",
                "subject",
                "subjects",
                "major",
                "field",
                "fachrichtung",
                "specialite",
                "especialidad",
            ],
        ),
        (
            Column::School,
            &[
                "institute",
                "institution",
                "college",
                "school",
                "establishment",
                "schule",
                "hochschule",
                "ecole",
                "etablissement",
                "institucion",
                "instituicao",
                "istituto",
                "organisation",
                "organization",
            ],
        ),
        (Column::Board, &["university", "board", "council", "affiliation"]),
        (
            Column::Year,
            &[
                "year", "duration", "session", "period", "date", "dates", "passing", "jahr", "zeitraum", "annee",
                "ano", "anno",
            ],
        ),
        (
            Column::Grade,
            &[
                "%",
                "percentage",
                "cgpa",
                "gpa",
                "sgpa",
                "marks",
                "grade",
                "score",
                "result",
                "aggregate",
                "division",
                "note",
                "nota",
                "voto",
                "cpi",
            ],
        ),
    ];
    let dull = |w: &str| matches!(w, "of" | "the" | "name" | "and" | "in" | "s");
    let mut words = split_head(text);
    words.retain(|w| !dull(w));
    if words.len() > 4 {
        return None;
    }
    words.retain(|w| !matches!(w.as_str(), "passed" | "obtained" | "studied" | "completion"));
    first_named(&words, NAMES)
}

/// The column of a table of jobs that a cell of the head names: "Name of Company", "Job Title".
fn job_column(text: &str) -> Option<Column> {
    const NAMES: &[(Column, &[&str])] = &[
        (
            Column::Employer,
            &[
                "employer",
                "company",
                "organisation",
                "organization",
                "firm",
                "client",
                "firma",
                "arbeitgeber",
                "entreprise",
                "employeur",
                "empresa",
                "azienda",
                "werkgever",
                "bedrijf",
            ],
        ),
        (
            Column::Position,
            &[
                "position",
                "designation",
                "role",
                "title",
                "post",
                "job",
                "funktion",
                "stelle",
                "poste",
                "fonction",
                "puesto",
                "cargo",
                "ruolo",
                "mansione",
                "functie",
            ],
        ),
        (
            Column::Year,
            &[
                "period", "duration", "date", "dates", "from", "year", "years", "tenure", "zeitraum", "periode",
                "periodo", "fechas", "datum",
            ],
        ),
        (
            Column::Place,
            &[
                "location", "place", "city", "country", "ort", "lieu", "lugar", "luogo", "plaats",
            ],
        ),
        (
            Column::Duties,
            &[
                "duties",
                "responsibilities",
                "tasks",
                "description",
                "activities",
                "achievements",
                "aufgaben",
                "missions",
                "funciones",
                "taken",
            ],
        ),
    ];
    let dull = |w: &str| {
        matches!(
            w,
            "of" | "the" | "name" | "and" | "main" | "key" | "to" | "held" | "s" | "%"
        )
    };
    let mut words = split_head(text);
    words.retain(|w| !dull(w));
    (words.len() <= 3).then(|| first_named(&words, NAMES)).flatten()
}

/// True for what names a column of a table of jobs or studies.
pub fn names_column(text: &str) -> bool {
    column(text).is_some() || job_column(text).is_some() || certificate_column(text).is_some()
}

/// The columns of jobs: three cells or more, all but one of them names of columns, an employer and a position among them.
fn job_head(page: &Page<'_>, row: &Row) -> Option<Vec<Option<Column>>> {
    let columns: Vec<Option<Column>> = row.cells.iter().map(|c| job_column(page.text(&c.range))).collect();
    let known = columns.iter().flatten().count();
    let has = |wanted: Column| columns.contains(&Some(wanted));
    (columns.len() >= 3 && known + 1 >= columns.len() && has(Column::Employer) && has(Column::Position))
        .then_some(columns)
}

/// The columns that a row is the head of: three cells or more, most of them names of columns, a degree or a school among them.
fn head(page: &Page<'_>, row: &Row) -> Option<Vec<Option<Column>>> {
    let columns: Vec<Option<Column>> = row.cells.iter().map(|c| column(page.text(&c.range))).collect();
    let known = columns.iter().flatten().count();
    let names = columns
        .iter()
        .flatten()
        .any(|c| matches!(c, Column::Degree | Column::School | Column::Board));
    (columns.len() >= 3 && known * 5 >= columns.len() * 3 && names).then_some(columns)
}

/// What a line of the table says, by column: the ranges of its cells, over all rows on which they stand.
type Record = Vec<Vec<Range<usize>>>;

/// Reads the table of studies and takes its rows away, where there is one.
pub fn studies(page: &Page<'_>, rows: &mut Vec<Row>) -> Vec<Education> {
    read(page, rows, head, study)
}

/// Reads the table of jobs and takes its rows away, where there is one.
pub fn jobs(page: &Page<'_>, rows: &mut Vec<Row>) -> Vec<Work> {
    read(page, rows, job_head, job)
}

/// Reads the table of certificates and takes its rows away, where there is one.
pub fn certificates(page: &Page<'_>, rows: &mut Vec<Row>) -> Vec<Credential> {
    read(page, rows, certificate_head, certificate)
}

/// The column of a table of certificates that a cell of the head names: "Credential", "Issued by", "Expiry".
fn certificate_column(text: &str) -> Option<Column> {
    const ISSUERS: &[&str] = &[
        "provider",
        "issuer",
        "issued by",
        "issuing body",
        "issuing organisation",
        "issuing organization",
        "awarding body",
        "authority",
        "institution",
        "institute",
        "organisation",
        "organization",
        "anbieter",
        "aussteller",
        "organisme",
        "entidad",
        "entidade",
        "ente",
        "aanbieder",
        "utbildare",
        "udbyder",
    ];
    const NAMES: &[&str] = &[
        "certificate",
        "credential",
        "credentials",
        "certificate name",
        "licence name",
        "license name",
        "certificates",
        "certification",
        "course",
        "courses",
        "training",
        "licence",
        "license",
        "title",
        "name",
        "qualification",
        "zertifikat",
        "kurs",
        "certificat",
        "formation",
        "certificado",
        "curso",
        "certificato",
        "corso",
        "certificaat",
        "cursus",
        "kursus",
        "certifikat",
    ];
    let folded = crate::text::fold(text);
    let plain = folded.trim_matches(|c: char| !c.is_alphanumeric());
    match plain {
        p if NAMES.contains(&p) => Some(Column::Degree),
        p if ISSUERS.contains(&p) => Some(Column::School),
        "year" | "date" | "issued" | "valid" | "obtained" | "expiry" | "jahr" | "datum" | "annee" | "ano" | "anno"
        | "jaar" | "fecha" | "data" => Some(Column::Year),
        _ => None,
    }
}

/// The columns of certificates: two cells or more, each the name of a column, that of the certificate among them.
fn certificate_head(page: &Page<'_>, row: &Row) -> Option<Columns> {
    let columns: Columns = row
        .cells
        .iter()
        .map(|c| certificate_column(page.text(&c.range)))
        .collect();
    let unknown = columns.iter().filter(|c| c.is_none()).count();
    let most = usize::from(columns.len() > 2);
    (columns.len() >= 2 && unknown <= most && columns.contains(&Some(Column::Degree))).then_some(columns)
}

/// One line of a table of certificates.
fn certificate(page: &Page<'_>, columns: &[Option<Column>], record: &Record) -> Option<Credential> {
    let of = |column: Column| page.joined(cell(columns, record, column), 0.85);
    let (_, end) = stretch(page, columns, record);
    let date = end.and_then(|e| match e.value {
        End::Date(date) => Some(Field {
            value: date,
            source: e.source,
            confidence: e.confidence,
        }),
        End::Present => None,
    });
    Some(Credential {
        id: Id::default(),
        name: of(Column::Degree)?,
        issuer: of(Column::School),
        date,
        url: None,
        summary: None,
    })
}

type Columns = Vec<Option<Column>>;

/// Finds the head of a table and reads what stands below it.
fn read<T>(
    page: &Page<'_>,
    rows: &mut Vec<Row>,
    head: fn(&Page<'_>, &Row) -> Option<Columns>,
    one: fn(&Page<'_>, &[Option<Column>], &Record) -> Option<T>,
) -> Vec<T> {
    let Some((at, columns)) = rows.iter().enumerate().find_map(|(i, row)| Some((i, head(page, row)?))) else {
        return Vec::new();
    };
    let (records, end) = if rows[at].x0 > 0.0 {
        drawn(page, &rows[at..], &columns)
    } else {
        listed(&rows[at..])
    };
    let out: Vec<T> = records.iter().filter_map(|r| one(page, &columns, r)).collect();
    if !out.is_empty() {
        rows.drain(at..at + end);
    }
    out
}

/// The records below a head without geometry, whose cells are counted, and the row where they end.
fn listed(rows: &[Row]) -> (Vec<Record>, usize) {
    let count = rows[0].cells.len();
    let records: Vec<Record> = rows[1..]
        .iter()
        .take_while(|row| row.cells.len() == count && !row.bullet())
        .map(|row| row.cells.iter().map(|c| vec![c.range.clone()]).collect())
        .collect();
    let end = records.len() + 1;
    (records, end)
}

/// The records below a head on a page, whose cells may go over several lines: each record has one year or one grade, and
/// every line of a cell belongs to the nearest of them, or to the one above it where cells begin at the top.
fn drawn(page: &Page<'_>, rows: &[Row], columns: &[Option<Column>]) -> (Vec<Record>, usize) {
    let head = &rows[0];
    let starts: Vec<f32> = head.cells.iter().map(|c| c.x0).collect();
    let column_of = |x: f32| {
        let near = |i: &usize, j: &usize| (starts[*i] - x).abs().total_cmp(&(starts[*j] - x).abs());
        (0..starts.len()).min_by(near).unwrap_or(0)
    };
    // A line over several columns stands below the table.
    let inside = |row: &&Row| {
        let wide = row
            .cells
            .first()
            .is_some_and(|c| starts.get(column_of(c.x0) + 1).is_some_and(|next| c.x1 > next + 12.0));
        !row.bullet() && row.page == head.page && row.x0 > head.x0 - 6.0 && !(wide && row.cells.len() == 1)
    };
    let lines: Vec<&Row> = rows[1..].iter().take_while(inside).collect();
    let end = lines.len() + 1;
    let column = |wanted: Column| columns.iter().position(|c| *c == Some(wanted));
    let number = |row: &Row, at: Option<usize>| {
        let has = |c: &&super::super::row::Cell| page.text(&c.range).contains(|c: char| c.is_ascii_digit());
        row.cells.iter().filter(has).any(|c| Some(column_of(c.x0)) == at)
    };
    let of = |wanted: Column| {
        let at = column(wanted);
        let found: Vec<f32> = lines
            .iter()
            .filter(|r| number(r, at))
            .map(|r| (r.y0 + r.y1) / 2.0)
            .collect();
        if at.is_some() { found } else { Vec::new() }
    };
    let anchors = Some(of(Column::Year))
        .filter(|a| !a.is_empty())
        .unwrap_or_else(|| of(Column::Grade));
    let (Some(first), false) = (anchors.first(), lines.is_empty()) else {
        return (Vec::new(), end);
    };
    // Cells begin above the first year: they are centred on it.
    let centred = lines.iter().any(|r| (r.y0 + r.y1) / 2.0 < first - 3.0);
    let mut records: Vec<Record> = vec![vec![Vec::new(); starts.len()]; anchors.len()];
    for row in &lines {
        let y = (row.y0 + row.y1) / 2.0;
        let near = |i: &usize, j: &usize| (anchors[*i] - y).abs().total_cmp(&(anchors[*j] - y).abs());
        let at = if centred {
            (0..anchors.len()).min_by(near)
        } else {
            anchors.iter().rposition(|a| *a <= y + 3.0)
        };
        for cell in &row.cells {
            records[at.unwrap_or(0)][column_of(cell.x0)].push(cell.range.clone());
        }
    }
    (records, end)
}

/// One line of the table.
fn study(page: &Page<'_>, columns: &[Option<Column>], record: &Record) -> Option<Education> {
    let of = |column: Column| page.joined(cell(columns, record, column), 0.85);
    let mut study = Education {
        id: Id::default(),
        institution: of(Column::School),
        study_type: None,
        area: of(Column::Area),
        location: None,
        start: None,
        end: None,
        score: of(Column::Grade),
        courses: Vec::new(),
        highlights: Vec::new(),
    };
    let mut notes: Vec<crate::resume::Text> = Vec::new();
    match (study.institution.is_some(), of(Column::Board)) {
        (false, board) => study.institution = board,
        (true, board) => notes.extend(board),
    }
    if let Some(range) = unbroken(page, cell(columns, record, Column::Degree)) {
        let (kind, area) = match page.text(&range).split_once('(') {
            // "B.E. (Computer Science)"
            Some((kind, area))
                if area.trim_end().ends_with(')') && study.area.is_none() && words::degree(kind) > 0.5 =>
            {
                let cut = range.start + kind.len();
                (
                    page.field(&(range.start..cut), 0.85),
                    page.field(&(cut + 1..range.end), 0.8),
                )
            }
            _ => super::degree(page, &range, 0.85),
        };
        study.study_type = kind;
        study.area = study.area.or(area);
    }
    // "XII": a class has no subject. A cell over lines between which others stand is taken as it is.
    if study.study_type.is_none() {
        study.study_type = of(Column::Degree).or(study.area.take());
    }
    (study.start, study.end) = stretch(page, columns, record);
    for (at, column) in columns.iter().enumerate() {
        if column.is_none() {
            notes.extend(page.joined(&record[at], 0.6));
        }
    }
    study.highlights = notes.into_iter().map(line).collect();
    (study.institution.is_some() || study.study_type.is_some()).then_some(study)
}

/// The lines of the cell under a column; none where the table has no such column.
fn cell<'r>(columns: &[Option<Column>], record: &'r Record, wanted: Column) -> &'r [Range<usize>] {
    let at = columns.iter().position(|c| *c == Some(wanted));
    at.map_or(&[], |at| record[at].as_slice())
}

/// The stretch of text that the lines of a cell make, where no other words stand between them.
fn unbroken(page: &Page<'_>, lines: &[Range<usize>]) -> Option<Range<usize>> {
    let apart = |pair: &[Range<usize>]| {
        pair[0].end > pair[1].start || page.text(&(pair[0].end..pair[1].start)).contains(char::is_alphanumeric)
    };
    hull(lines).filter(|_| !lines.windows(2).any(apart))
}

/// The first and last date of the column of years.
fn stretch(
    page: &Page<'_>,
    columns: &[Option<Column>],
    record: &Record,
) -> (Option<Field<PartialDate>>, Option<Field<End>>) {
    let ranges = cell(columns, record, Column::Year);
    let Some(whole) = unbroken(page, ranges).or(ranges.first().cloned()) else {
        return (None, None);
    };
    let Some(span) = dates::find(page.text(&whole)).into_iter().next_back() else {
        return (None, None);
    };
    let place = |r: Range<usize>| r.start + whole.start..r.end + whole.start;
    (
        span.start.map(|(date, r)| page.value(date, &place(r), 0.9)),
        span.end.map(|(date, r)| page.value(date, &place(r), 0.9)),
    )
}

/// One line of a table of jobs.
fn job(page: &Page<'_>, columns: &[Option<Column>], record: &Record) -> Option<Work> {
    let of = |column: Column| page.joined(cell(columns, record, column), 0.85);
    let (start, end) = stretch(page, columns, record);
    let duties = of(Column::Duties);
    let rest = columns.iter().enumerate().filter(|(_, c)| c.is_none());
    let notes = rest.filter_map(|(at, _)| page.joined(&record[at], 0.6));
    let job = Work {
        id: Id::default(),
        company: of(Column::Employer),
        position: of(Column::Position),
        location: of(Column::Place),
        url: None,
        start,
        end,
        summary: None,
        highlights: duties.into_iter().chain(notes).map(line).collect(),
    };
    (job.company.is_some() && job.position.is_some()).then_some(job)
}
