//! What each format says about its lines: headings, list items and their nesting, cells, links, hidden text.
#![allow(clippy::expect_used)]

#[allow(dead_code)]
#[path = "hostile/generate.rs"]
mod generate;

use bespoke_core::document::{Document, Format, LineKind, Visibility};
use bespoke_core::ingest::ingest;
use bespoke_core::parse::parse;

fn read(bytes: &[u8], format: Format) -> Document {
    let document = ingest(bytes, None).expect("it is read");
    assert_eq!(document.format, format);
    document
}

/// Each line as kind and text: `h1 Jordan`, `* item`, `** nested`, `0:1 cell`, `plain`.
fn lines(document: &Document) -> Vec<String> {
    let line = |kind: LineKind, text: &str| match kind {
        LineKind::Paragraph => text.to_owned(),
        LineKind::Heading { level } => format!("h{level} {text}"),
        LineKind::ListItem { level } => format!("{} {text}", "*".repeat(usize::from(level) + 1)),
        LineKind::TableCell { row, column, .. } => format!("{row}:{column} {text}"),
    };
    document.lines().map(|(_, l)| line(l.kind, l.text(document))).collect()
}

fn hidden(document: &Document) -> Vec<(&str, Visibility)> {
    document.pages[0]
        .hidden
        .iter()
        .map(|s| (s.text.trim(), s.visibility))
        .collect()
}

#[test]
fn html() {
    let page = "<!doctype html><head><title>CV of Jordan</title><style>.x .no{display:none} .name{font-size:24px}</style>\
        <script>document.write('<h1>no</h1>')</script></head><body><h1 class=name>Jordan &amp; Lee</h1>\
        <ul><li>One<ul><li>Two</ul><li>Three <b>bold</b></ul><div style='display:flex'><span>Engineer</span><span>2019</span>\
        </div><table><tr><td>a<td>b<tr><td>c</table><div class=x><p class=no>secret</p></div>\
        <p style='color:#fff'>white</p><div style='background:#222'><p style='color:#fff'>on dark</p></div>\
        <a href='https://example.org/x'>site</a>";
    let document = read(page.as_bytes(), Format::Html);
    let want = [
        "h1 Jordan & Lee",
        "* One",
        "** Two",
        "* Three bold",
        "Engineer\t2019",
        "0:0 a",
        "0:1 b",
        "1:0 c",
        "on dark",
        "site",
    ];
    assert_eq!(lines(&document), want);
    assert_eq!(
        hidden(&document),
        [
            ("secret", Visibility::Invisible),
            ("white", Visibility::BackgroundColour)
        ]
    );
    assert_eq!(document.features.title.as_deref(), Some("CV of Jordan"));
    let spans: Vec<_> = document.lines().flat_map(|(_, l)| &l.spans).collect();
    assert_eq!((spans[0].size, spans[0].bold), (18.0, true));
    assert!(spans.iter().any(|s| s.text == "bold" && s.bold));
    assert!(spans.iter().any(|s| s.link.as_deref() == Some("https://example.org/x")));
}

#[test]
fn rtf() {
    let text = r#"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial;}}{\colortbl;\red255\green255\blue255;}
{\stylesheet{\s0 Normal;}{\s1\b\fs32 heading 1;}}{\info{\title CV}{\author Jordan}}{\header Page head\par}
\pard\s1\b\fs32 Exp\'e9rience\par\pard\plain\f0 Engineer \u8211- 2019 {\v secret}{\cf1 white}\par
\pard{\listtext\'b7\tab}\ls1\ilvl1 Built {\b it}\par\pard\trowd\intbl a\cell b\cell\row\intbl c\cell\row\pard
{\field{\*\fldinst{HYPERLINK "https://example.org"}}{\fldrslt site}}\par{\f1 \'cf\'f0\'e8}\par {\*\unknown gone}}"#;
    let document = read(text.as_bytes(), Format::Rtf);
    let want = [
        "Page head",
        "h1 Expérience",
        "Engineer – 2019",
        "** Built it",
        "0:0 a",
        "0:1 b",
        "1:0 c",
        "site",
        "При",
    ];
    assert_eq!(lines(&document), want);
    assert_eq!(
        hidden(&document),
        [
            ("secret", Visibility::Invisible),
            ("white", Visibility::BackgroundColour)
        ]
    );
    let features = &document.features;
    assert_eq!(
        (features.title.as_deref(), features.author.as_deref()),
        (Some("CV"), Some("Jordan"))
    );
    let line: Vec<_> = document.lines().map(|(_, l)| l).collect();
    assert!(line[0].furniture && !line[1].furniture);
    assert_eq!((line[1].size(), line[1].bold()), (16.0, true));
    assert_eq!(line[7].spans[0].link.as_deref(), Some("https://example.org"));
}

#[test]
fn odt() {
    let content = "<office:document-content><office:automatic-styles><style:style style:name='B' style:family='text'>\
        <style:text-properties fo:font-weight='bold' fo:font-size='150%'/></style:style><style:style style:name='H' \
        style:family='text'><style:text-properties text:display='none'/></style:style></office:automatic-styles><office:body>\
        <office:text><text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>\
        <text:h text:outline-level='2'>Work &amp; more</text:h><text:p>a  \n b<text:tab/>c<text:s text:c='2'/>d<text:line-break/>e\
        <office:annotation><text:p>note</text:p></office:annotation></text:p><text:list><text:list-item><text:p>One</text:p>\
        <text:list><text:list-item><text:p><text:span text:style-name='B'>Two</text:span></text:p></text:list-item></text:list>\
        </text:list-item></text:list><text:p><text:span text:style-name='H'>secret</text:span></text:p>\
        <table:table><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell><table:table-cell><text:p>\
        <text:a xlink:href='https://example.org'>y</text:a></text:p></table:table-cell></table:table-row></table:table>\
        </office:text></office:body></office:document-content>";
    let styles = "<office:document-styles><office:styles><style:default-style style:family='paragraph'><style:text-properties \
        fo:font-size='10pt'/></style:default-style></office:styles><office:master-styles><style:master-page><style:header>\
        <text:p>Head</text:p></style:header></style:master-page></office:master-styles></office:document-styles>";
    let file = generate::zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text-template".to_vec()),
        ("content.xml", content.into()),
        ("styles.xml", styles.into()),
    ]);
    let document = read(&file, Format::Odt);
    assert_eq!(
        lines(&document),
        [
            "Head",
            "h2 Work & more",
            "a b\tc d",
            "e",
            "* One",
            "** Two",
            "0:0 x",
            "0:1 y"
        ]
    );
    assert_eq!(hidden(&document), [("secret", Visibility::Invisible)]);
    let two = document.lines().map(|(_, l)| l).nth(5).expect("six lines");
    assert_eq!((two.size(), two.bold()), (15.0, true));
}

#[test]
fn linkedin() {
    let document = read(&generate::linkedin(), Format::LinkedIn);
    let resume = parse(&document).resume;
    assert_eq!(resume.contact.name.map(|n| n.value).as_deref(), Some("Jordan Lee"));
    let job = &resume.work[0];
    assert_eq!(job.company.as_ref().map(|c| c.value.as_str()), Some("Example Ltd"));
    assert_eq!(
        job.start.as_ref().map(|d| d.value.to_string()).as_deref(),
        Some("2019-03")
    );
    let bullets: Vec<&str> = job.highlights.iter().map(|b| b.text.value.as_str()).collect();
    assert_eq!(bullets, ["Built it", "Ran it"]);
    let source = job.company.as_ref().and_then(|c| c.source.as_ref()).expect("a source");
    assert_eq!(&document.text[source.start..source.end], "Example Ltd");
}

#[test]
fn content_decides_and_faults_have_codes() {
    let encrypted: Vec<u8> = [
        &b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..],
        b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
    ]
    .concat();
    for (bytes, name, code) in [
        (&b"Jordan Lee\nEngineer"[..], "cv.pdf", "corrupt"),
        (b"", "cv.txt", "empty"),
        (b"GIF89a", "cv.pdf", "unsupported-format"),
        (&encrypted, "cv.docx", "encrypted"),
        (b"%PDF-1.7 nothing", "cv.pdf", "corrupt"),
    ] {
        assert_eq!(
            ingest(bytes, Some(name)).map_err(|e| e.code()).err(),
            Some(code),
            "{name}"
        );
    }
    for (bytes, name, format) in [
        (&b"{\\rtf1 Jordan}"[..], "cv.doc", Format::Rtf),
        (b"<html><body>Jordan</body></html>", "cv.doc", Format::Html),
        (b"Jordan Lee", "cv", Format::Txt),
    ] {
        assert_eq!(ingest(bytes, Some(name)).map(|d| d.format), Ok(format), "{name}");
    }
}
