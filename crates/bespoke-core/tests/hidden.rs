//! Hidden text and stuffing add nothing: the match score and the parsed skills of a spoilt file are the clean file's.

use bespoke_core::audit::{Strictness, Subject, audit};
use bespoke_core::ingest;
use bespoke_core::job::{JobPosting, read_job};
use bespoke_core::matching::match_score;
use bespoke_core::parse;
use bespoke_core::tailor::Closeness;
use std::fmt::Write as _;
use std::io::Write as _;

struct Unmeasured;

impl Closeness for Unmeasured {
    fn closeness(&self, _: &str) -> f32 {
        0.0
    }
}

const STUFFING: &str = "Kubernetes, Terraform, Go, PostgreSQL, Kafka, Prometheus, Grafana, OpenAPI, Rust";

const LINES: [&str; 16] = [
    "Ana Example",
    "ana@example.org | +1 555 0100 | Lisbon, Portugal",
    "Experience",
    "Backend Engineer, North Mill, March 2020 - Present",
    "Built the order service in Python and cut costs by 30%",
    "Trained 12 colleagues in SQL over 3 months",
    "Ran the on-call rotation for 4 services",
    "Clerk, South Mill, January 2016 - February 2020",
    "Entered 400 invoices a week without error",
    "Rebuilt the filing plan in 3 months",
    "Education",
    "Bachelor of Science in Economics, University of Lisbon, 2012 - 2015",
    "Languages",
    "English, Portuguese",
    "Skills",
    "Python, SQL, Excel",
];

fn job() -> JobPosting {
    read_job(
        "Backend Engineer\n\nRequirements\n- 3+ years of experience\n- Rust or Go\n- PostgreSQL\n- Kubernetes and Terraform\n- Python\n- SQL\n\nNice to have\n- Kafka\n- Prometheus and Grafana\n",
    )
}

/// What is added to the clean PDF.
#[derive(Default)]
struct Spoil {
    /// Operators before and after the text.
    before: String,
    after: String,
    /// Entries of the page's resources, of the page, of the catalogue and of the trailer.
    resources: String,
    page: String,
    catalog: String,
    trailer: String,
    /// Further objects, from number 7 on.
    objects: Vec<String>,
}

/// A one-page PDF with Helvetica; `spoil` adds operators after the text.
fn pdf(before: &str, spoil: &str, resources: &str) -> Vec<u8> {
    spoilt(&Spoil {
        before: before.into(),
        after: spoil.into(),
        resources: resources.into(),
        ..Spoil::default()
    })
}

fn spoilt(spoil: &Spoil) -> Vec<u8> {
    let Spoil {
        before,
        after,
        resources,
        page,
        catalog,
        trailer,
        ..
    } = spoil;
    let mut content = String::from(before);
    for (n, line) in LINES.iter().enumerate() {
        let bold = matches!(n, 0 | 2 | 10 | 12 | 14);
        let (font, size) = if bold { ("/B", 13) } else { ("/F", 10) };
        let y = 760 - n as i32 * 24;
        let text = line.replace('(', "\\(").replace(')', "\\)");
        let _ = writeln!(content, "BT {font} {size} Tf 0 g 60 {y} Td ({text}) Tj ET");
    }
    content.push_str(after);
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>"),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F 5 0 R /B 6 0 R >> {resources} >> {page} >>"
        ),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len() + 1),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    objects.extend(spoil.objects.iter().cloned());
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(out.len());
        let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", n + 1);
    }
    let start = out.len();
    let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        let _ = writeln!(out, "{place:010} 00000 n ");
    }
    let _ = write!(
        out,
        "trailer << /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF",
        objects.len() + 1
    );
    out
}

/// A DOCX of the same lines with further paragraphs in WordprocessingML.
fn docx(spoil: &str) -> Vec<u8> {
    let mut body = String::new();
    for (n, line) in LINES.iter().enumerate() {
        let style = if matches!(n, 2 | 10 | 12 | 14) {
            "<w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>"
        } else {
            ""
        };
        let _ = write!(body, "<w:p>{style}<w:r><w:t>{line}</w:t></w:r></w:p>");
    }
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}{spoil}</w:body></w:document>"
    );
    let types = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let rels = "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, text) in [
        ("[Content_Types].xml", types),
        ("_rels/.rels", rels),
        ("word/document.xml", &document),
    ] {
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn run(properties: &str, text: &str) -> String {
    format!("<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r></w:p>")
}

fn judged(bytes: &[u8], name: &str) -> (f64, Vec<String>, bool) {
    let document = ingest::ingest(bytes, Some(name)).unwrap();
    let resume = parse::parse(&document).resume;
    let skills = resume
        .skills
        .iter()
        .flat_map(|g| &g.keywords)
        .map(|k| k.value.clone())
        .collect();
    let subject = Subject {
        document: Some(&document),
        resume: &resume,
        file_name: Some(name),
        today: None,
    };
    let named = audit(&subject, Strictness::Lenient)
        .findings
        .iter()
        .any(|f| f.check == "hidden-text");
    (match_score(&resume, &job(), &Unmeasured).total, skills, named)
}

#[test]
fn hidden_text_in_a_pdf_adds_nothing() {
    let s = STUFFING;
    let ways: [(&str, String, String, &str); 14] = [
        (
            "white",
            String::new(),
            format!("BT /F 10 Tf 1 g 60 376 Td ({s}) Tj ET"),
            "",
        ),
        (
            "white rgb",
            String::new(),
            format!("BT /F 10 Tf 1 1 1 rg 60 376 Td ({s}) Tj ET"),
            "",
        ),
        (
            "nearly white",
            String::new(),
            format!("BT /F 10 Tf 0.99 0.99 0.99 rg 60 376 Td ({s}) Tj ET"),
            "",
        ),
        (
            "white cmyk",
            String::new(),
            format!("BT /F 10 Tf 0 0 0 0 k 60 376 Td ({s}) Tj ET"),
            "",
        ),
        (
            "render mode 3",
            String::new(),
            format!("BT /F 10 Tf 0 g 3 Tr 60 376 Td ({s}) Tj 0 Tr ET"),
            "",
        ),
        (
            "one point",
            String::new(),
            format!("BT /F 1 Tf 0 g 60 376 Td ({s}) Tj ET"),
            "",
        ),
        (
            "scaled down",
            String::new(),
            format!("BT /F 10 Tf 0 g 0.05 0 0 0.05 60 376 Tm ({s}) Tj ET"),
            "",
        ),
        (
            "off the left",
            String::new(),
            format!("BT /F 10 Tf 0 g -900 376 Td ({s}) Tj ET"),
            "",
        ),
        (
            "below the page",
            String::new(),
            format!("BT /F 10 Tf 0 g 60 -200 Td ({s}) Tj ET"),
            "",
        ),
        (
            "above the page",
            String::new(),
            format!("BT /F 10 Tf 0 g 60 900 Td ({s}) Tj ET"),
            "",
        ),
        (
            "clipped away",
            String::new(),
            format!("q 0 0 1 1 re W n BT /F 10 Tf 0 g 60 376 Td ({s}) Tj ET Q"),
            "",
        ),
        (
            "black on a black box",
            String::new(),
            format!("0 g 50 368 520 24 re f BT /F 10 Tf 0 g 60 376 Td ({s}) Tj ET"),
            "",
        ),
        (
            "transparent",
            String::new(),
            format!("q /T gs BT /F 10 Tf 0 g 60 376 Td ({s}) Tj ET Q"),
            "/ExtGState << /T << /Type /ExtGState /ca 0 /CA 0 >> >>",
        ),
        (
            "under a white box",
            format!("BT /F 10 Tf 0 g 60 376 Td ({s}) Tj ET 1 g 50 368 520 24 re f\n"),
            String::new(),
            "",
        ),
    ];
    let clean = judged(&pdf("", "", ""), "resume.pdf");
    assert!(clean.0 > 0.0 && clean.1.iter().any(|s| s == "Python"), "{clean:?}");
    let shown = judged(
        &pdf("", &format!("BT /F 10 Tf 0 g 60 376 Td ({s}) Tj ET"), ""),
        "resume.pdf",
    );
    assert!(shown.0 > clean.0, "shown text counts: {} {}", shown.0, clean.0);
    let mut wrong = Vec::new();
    for (way, before, spoil, resources) in &ways {
        let found = judged(&pdf(before, spoil, resources), "resume.pdf");
        if (found.0, &found.1) != (clean.0, &clean.1) {
            wrong.push(format!("{way}: {} instead of {}", found.0, clean.0));
        } else if !found.2 {
            wrong.push(format!("{way}: the audit does not say so"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn stream(entries: &str, content: &str) -> String {
    format!(
        "<< {entries} /Length {} >>\nstream\n{content}\nendstream",
        content.len() + 1
    )
}

/// Ways that need more than operators: layers that are switched off, notes, forms, metadata, replacement texts, pictures.
#[test]
fn words_that_no_reader_sees_in_a_pdf_add_nothing() {
    let s = STUFFING;
    let shown = format!("BT /F 10 Tf 0 g 60 376 Td ({s}) Tj ET");
    let after = |after: String| Spoil {
        after,
        ..Spoil::default()
    };
    let ways = [
        (
            "a layer that is off",
            Spoil {
                resources: "/Properties << /L 7 0 R >>".into(),
                catalog: "/OCProperties << /OCGs [7 0 R] /D << /OFF [7 0 R] /Order [7 0 R] >> >>".into(),
                objects: vec!["<< /Type /OCG /Name (Layer) >>".into()],
                ..after(format!("/OC /L BDC {shown} EMC"))
            },
        ),
        (
            "a note that is hidden",
            Spoil {
                page: "/Annots [7 0 R]".into(),
                objects: vec![format!(
                    "<< /Type /Annot /Subtype /FreeText /F 2 /Rect [60 360 560 390] /DA (/F 10 Tf) /Contents ({s}) >>"
                )],
                ..Spoil::default()
            },
        ),
        (
            "a pop-up note",
            Spoil {
                page: "/Annots [7 0 R]".into(),
                objects: vec![format!(
                    "<< /Type /Annot /Subtype /Text /Rect [60 360 80 380] /Contents ({s}) >>"
                )],
                ..Spoil::default()
            },
        ),
        (
            "keywords of the document",
            Spoil {
                trailer: "/Info 7 0 R".into(),
                objects: vec![format!("<< /Title ({s}) /Subject ({s}) /Keywords ({s}) >>")],
                ..Spoil::default()
            },
        ),
        (
            "a form drawn at no size",
            Spoil {
                resources: "/XObject << /X 7 0 R >>".into(),
                objects: vec![stream(
                    "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F 5 0 R >> >>",
                    &shown,
                )],
                ..after("q 0.01 0 0 0.01 60 60 cm /X Do Q".into())
            },
        ),
        (
            "a form that shows nothing of itself",
            Spoil {
                resources: "/XObject << /X 7 0 R >>".into(),
                objects: vec![stream(
                    "/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /Font << /F 5 0 R >> >>",
                    &shown,
                )],
                ..after("/X Do".into())
            },
        ),
        (
            "under a picture",
            Spoil {
                before: format!("{shown} q 520 0 0 24 50 368 cm /I Do Q\n"),
                resources: "/XObject << /I 7 0 R >>".into(),
                objects: vec![stream(
                    "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
                    "x",
                )],
                ..Spoil::default()
            },
        ),
        (
            "text as a clip",
            after(format!("q BT /F 10 Tf 7 Tr 60 376 Td ({s}) Tj ET Q")),
        ),
        (
            "squeezed to nothing",
            after(format!("BT /F 10 Tf 0 g 0.5 Tz 60 376 Td ({s}) Tj 100 Tz ET")),
        ),
        ("faint", after(format!("BT /F 10 Tf 0.985 g 60 376 Td ({s}) Tj ET"))),
        (
            "white in a white outline",
            after(format!("BT /F 10 Tf 1 g 1 G 2 Tr 60 376 Td ({s}) Tj 0 Tr ET")),
        ),
        (
            "replacement text",
            after(format!(
                "/Span << /ActualText ({s}) >> BDC BT /F 10 Tf 0 g 60 376 Td ( ) Tj ET EMC"
            )),
        ),
        (
            "a word again and again",
            after(format!(
                "BT /F 10 Tf 0 g 60 376 Td ({}) Tj ET",
                ["Python"; 14].join(", ")
            )),
        ),
    ];
    let clean = judged(&spoilt(&Spoil::default()), "resume.pdf");
    let mut wrong = Vec::new();
    for (way, spoil) in &ways {
        let found = judged(&spoilt(spoil), "resume.pdf");
        if found.0 != clean.0 {
            wrong.push(format!(
                "{way}: {} instead of {}, skills {:?}",
                found.0, clean.0, found.1
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn hidden_text_in_a_docx_adds_nothing() {
    let ways = [
        ("vanish", run("<w:vanish/>", STUFFING)),
        ("white", run("<w:color w:val=\"FFFFFF\"/>", STUFFING)),
        ("nearly white", run("<w:color w:val=\"FDFDFD\"/>", STUFFING)),
        ("one point", run("<w:sz w:val=\"2\"/>", STUFFING)),
        (
            "deleted",
            format!("<w:p><w:del><w:r><w:delText>{STUFFING}</w:delText></w:r></w:del></w:p>"),
        ),
        ("web hidden", run("<w:specVanish/><w:vanish/>", STUFFING)),
    ];
    let clean = judged(&docx(""), "resume.docx");
    assert!(clean.0 > 0.0, "{clean:?}");
    let shown = judged(&docx(&run("", STUFFING)), "resume.docx");
    assert!(shown.0 > clean.0, "shown text counts");
    let mut wrong = Vec::new();
    for (way, spoil) in &ways {
        let found = judged(&docx(spoil), "resume.docx");
        if (found.0, &found.1) != (clean.0, &clean.1) {
            wrong.push(format!("{way}: {} instead of {}", found.0, clean.0));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn saying_a_skill_often_adds_nothing() {
    let once = judged(&docx(&run("", "Kubernetes")), "resume.docx").0;
    let often = judged(&docx(&run("", &"Kubernetes ".repeat(40))), "resume.docx").0;
    assert!(often <= once, "{often} {once}");
    let metadata = judged(&docx(""), "Kubernetes Terraform Go.docx").0;
    assert_eq!(metadata, judged(&docx(""), "resume.docx").0);
}
