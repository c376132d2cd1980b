//! Hostile files, the same ones each time: mutations of good files of every format, and files built to do harm.

use std::io::{Cursor, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// A file and what it is, for messages.
pub struct Hostile {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Numbers that look random and are always the same (xorshift).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, most: usize) -> usize {
        (self.next() % most.max(1) as u64) as usize
    }
}

/// Good files of every format: one or two of each from the fixtures, and those that are written here.
pub fn seeds() -> Vec<Hostile> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    let read = |path: &str| Hostile {
        name: path.rsplit('/').next().unwrap_or(path).to_owned(),
        bytes: std::fs::read(fixtures.join(path)).unwrap_or_else(|e| panic!("{path}: {e}")),
    };
    let mut out: Vec<Hostile> = [
        "resumes/two-page.pdf",
        "corpus/files/d01-flat.pdf",
        "corpus/files/d01-docx_plain.docx",
        "corpus/files/d03-docx_sidebar.docx",
        "corpus/files/d01-docx_sidebar.odt",
        "corpus/files/d04-docx_plain.odt",
        "corpus/files/d02-docx_sidebar.rtf",
        "corpus/files/d03-docx_plain.rtf",
        "corpus/files/d01-md_atx.md",
        "corpus/files/d02-txt_rules.txt",
        "people/d01_software_us.json",
    ]
    .map(read)
    .into();
    let own = |name: &str, bytes: Vec<u8>| Hostile {
        name: name.into(),
        bytes,
    };
    out.push(own("page.html", HTML.into()));
    out.push(own("europass.xml", EUROPASS.into()));
    out.push(own("linkedin.zip", linkedin()));
    out
}

const HTML: &str = "<!doctype html><html><head><title>CV</title><style>.j{font-weight:bold} #h{display:none}</style></head>\
    <body><h1>Jordan Lee</h1><p>jordan@example.com</p><h2>Experience</h2><div class=j>Example Ltd</div><ul><li>Built it\
    <li>Ran <a href='https://example.org'>it</a></ul><table><tr><td>2019<td>2021</table><p id=h>hidden</p></body></html>";

const EUROPASS: &str = "<?xml version='1.0'?><SkillsPassport><LearnerInfo><Identification><PersonName><FirstName>Ada\
    </FirstName><Surname>Lind</Surname></PersonName></Identification><WorkExperienceList><WorkExperience><Period>\
    <From year='2001' month='--03'/></Period><Position><Label>Engineer</Label></Position></WorkExperience>\
    </WorkExperienceList></LearnerInfo></SkillsPassport>";

/// A small LinkedIn export.
pub fn linkedin() -> Vec<u8> {
    zip(&[
        ("Profile.csv", b"First Name,Last Name,Headline,Geo Location\nJordan,Lee,Engineer,\"Bristol, England\"\n".to_vec()),
        (
            "Positions.csv",
            b"Company Name,Title,Description,Location,Started On,Finished On\nExample Ltd,Engineer,\"- Built it\n- Ran it\",\
              Bristol,Mar 2019,\n"
                .to_vec(),
        ),
    ])
}

/// A container with these parts.
pub fn zip(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        writer.start_file(*name, options).expect("a part can be begun");
        writer.write_all(bytes).expect("a part can be written");
    }
    writer.finish().expect("a container can be ended").into_inner()
}

/// One mutation of a file.
pub fn mutated(seed: &Hostile, other: &Hostile, number: u64) -> Hostile {
    let mut dice = Dice::new(number + 1 + seed.bytes.len() as u64 * 7919);
    let kind = number % 8;
    let bytes = match kind {
        // Inside the parts of a container, where a change of the outer bytes would only break a checksum.
        6 | 7 if seed.bytes.starts_with(b"PK") => inside(&seed.bytes, &mut dice),
        _ => changed(&seed.bytes, &other.bytes, kind, &mut dice),
    };
    Hostile {
        name: format!("{} mutated {number}", seed.name),
        bytes,
    }
}

fn changed(bytes: &[u8], other: &[u8], kind: u64, dice: &mut Dice) -> Vec<u8> {
    let mut out = bytes.to_vec();
    let at = dice.below(out.len());
    match kind {
        0 => out.truncate(at),
        1 => {
            for _ in 0..1 + dice.below(40) {
                let at = dice.below(out.len());
                out[at] = dice.next() as u8;
            }
        }
        2 => {
            let end = (at + 1 + dice.below(2_000)).min(out.len());
            let piece = out[at..end].to_vec();
            for _ in 0..1 + dice.below(30) {
                out.splice(at..at, piece.iter().copied());
            }
        }
        3 => {
            let end = (at + 1 + dice.below(500)).min(out.len());
            out.drain(at..end);
        }
        4 => {
            let fill = [0u8, 0xFF, b'<', b'{', b'(', b'[', b'\\', b'9'][dice.below(8)];
            out.splice(at..at, std::iter::repeat_n(fill, 1 + dice.below(5_000)));
        }
        5 => {
            let from = dice.below(other.len());
            let end = (from + dice.below(4_000)).min(other.len());
            out.splice(at..at, other[from..end].iter().copied());
        }
        _ => {
            // Numbers in the text become extreme: sizes, counts, offsets.
            let digits: Vec<usize> = (0..out.len()).filter(|i| out[*i].is_ascii_digit()).collect();
            for _ in 0..1 + dice.below(30) {
                if let Some(at) = digits.get(dice.below(digits.len())) {
                    out[*at] = b"0919"[dice.below(4)];
                }
            }
        }
    }
    out
}

fn inside(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return bytes.to_vec();
    };
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for index in 0..archive.len() {
        let Ok(mut part) = archive.by_index(index) else {
            continue;
        };
        let mut content = Vec::new();
        if std::io::copy(&mut part, &mut content).is_ok() {
            let name = part.name().map(|n| n.to_string()).unwrap_or_default();
            parts.push((name, content));
        }
    }
    for _ in 0..2 {
        let chosen = dice.below(parts.len());
        if let Some((_, content)) = parts.get_mut(chosen)
            && !content.is_empty()
        {
            let kind = dice.next() % 7;
            *content = changed(content, bytes, kind, dice);
        }
    }
    let parts: Vec<(&str, Vec<u8>)> = parts.iter().map(|(n, c)| (n.as_str(), c.clone())).collect();
    zip(&parts)
}

/// Files that are built to do harm. The code that each must end with, where it must not be read.
pub fn built() -> Vec<(Hostile, Option<&'static str>)> {
    let mut out: Vec<(Hostile, Option<&'static str>)> = Vec::new();
    let mut add = |name: &str, bytes: Vec<u8>, code: Option<&'static str>| {
        out.push((
            Hostile {
                name: name.into(),
                bytes,
            },
            code,
        ));
    };
    let laughs = "<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>\
        <!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>";
    let word = |body: &str| format!("<w:document><w:body>{body}</w:body></w:document>").into_bytes();
    let office =
        |body: &str| format!("<office:document-content><office:body>{body}</office:body></office:document-content>");
    let odt_type = b"application/vnd.oasis.opendocument.text".to_vec();
    let odt = |content: Vec<u8>| zip(&[("mimetype", odt_type.clone()), ("content.xml", content)]);

    add("nothing", Vec::new(), Some("empty"));
    add(
        "bomb.docx",
        zip(&[("word/document.xml", vec![b' '; 60 << 20])]),
        Some("bomb"),
    );
    add("bomb.odt", odt(vec![b' '; 60 << 20]), Some("bomb"));
    add(
        "laughs.docx",
        zip(&[("word/document.xml", format!("{laughs}<w:document/>").into_bytes())]),
        Some("bomb"),
    );
    add(
        "laughs.odt",
        odt(format!("{laughs}<office:document-content/>").into_bytes()),
        Some("bomb"),
    );
    add(
        "laughs.xml",
        format!("{laughs}<SkillsPassport>&c;</SkillsPassport>").into_bytes(),
        Some("bomb"),
    );
    let names: Vec<String> = (0..3_000).map(|i| format!("part{i}")).collect();
    let many: Vec<(&str, Vec<u8>)> = names.iter().map(|n| (n.as_str(), b"x".to_vec())).collect();
    add("many-parts.zip", zip(&many), Some("bomb"));
    add(
        "zip-in-zip.zip",
        zip(&[("a.zip", zip(&[("word/document.xml", word("x"))]))]),
        Some("unsupported-format"),
    );
    add(
        "no-content.odt",
        zip(&[("mimetype", odt_type.clone())]),
        Some("corrupt"),
    );
    add(
        "deep.docx",
        zip(&[("word/document.xml", word(&"<w:tbl><w:tr><w:tc><w:p>".repeat(50_000)))]),
        None,
    );
    add(
        "boxes.docx",
        zip(&[("word/document.xml", word(&"<w:p><w:r><w:txbxContent>".repeat(50_000)))]),
        None,
    );
    add(
        "deep.odt",
        odt(office(&"<text:list><text:list-item>".repeat(50_000)).into_bytes()),
        Some("corrupt"),
    );
    add(
        "deep.xml",
        format!(
            "<?xml version='1.0'?><SkillsPassport>{}",
            "<LearnerInfo>".repeat(100_000)
        )
        .into_bytes(),
        Some("corrupt"),
    );
    add(
        "deep.rtf",
        [b"{\\rtf1".to_vec(), vec![b'{'; 200_000]].concat(),
        Some("corrupt"),
    );
    add(
        "open.rtf",
        b"{\\rtf1 Jordan \\bin999999999 \\u-1 \\u99999999999 \\fs-9 \\fs999999999 Lee".to_vec(),
        None,
    );
    add(
        "tables.rtf",
        format!("{{\\rtf1 {}", "\\intbl x\\nestcell\\itap9 y\\cell\\row".repeat(20_000)).into_bytes(),
        None,
    );
    add(
        "deep.html",
        format!("<!doctype html><body>{}x", "<div>".repeat(300_000)).into_bytes(),
        None,
    );
    add(
        "formatting.html",
        format!("<!doctype html><body>{}x", "<b><a><p>".repeat(60_000)).into_bytes(),
        None,
    );
    add(
        "selectors.html",
        format!(
            "<!doctype html><style>{}</style>{}",
            ".a .b .c{color:red}".repeat(20_000),
            "<div class='a b c'>x".repeat(2_000)
        )
        .into_bytes(),
        None,
    );
    add(
        "open-style.html",
        format!("<!doctype html><style>{}", "a{".repeat(100_000)).into_bytes(),
        None,
    );
    add(
        "huge-table.html",
        format!("<!doctype html><table>{}", "<tr><td>x".repeat(70_000)).into_bytes(),
        None,
    );
    add(
        "deep.json",
        format!("{{\"basics\":{}", "[".repeat(200_000)).into_bytes(),
        None,
    );
    add(
        "types.json",
        br#"{"basics":{"name":[1,{}],"location":7},"work":[{"highlights":{"a":1}},3],"skills":"x"}"#.to_vec(),
        None,
    );
    add("quotes.md", format!("# x\n{}", "> ".repeat(20_000)).into_bytes(), None);
    add(
        "brackets.md",
        format!("# x\n{}", "[a](".repeat(20_000)).into_bytes(),
        None,
    );
    add(
        "stars.md",
        format!("# x\n{}", "*a **b ".repeat(20_000)).into_bytes(),
        None,
    );
    add("one-line.txt", "word ".repeat(150_000).into_bytes(), None);
    add("one-word.txt", vec![b'a'; 500_000], None);
    add("dates.txt", "01/2019 - 02/2020 ".repeat(28_000).into_bytes(), None);
    add("mails.txt", "a@b.c.d-e_f@g.h ".repeat(20_000).into_bytes(), None);
    add(
        "most-lines.txt",
        "Built 3 things, 2019 - 2021\n".repeat(9_900).into_bytes(),
        None,
    );
    add("lines.txt", "x\n".repeat(150_000).into_bytes(), Some("too-large"));
    add(
        "too-much.txt",
        "Built a thing\n".repeat(600_000).into_bytes(),
        Some("too-large"),
    );
    add("tabs.txt", "a\tb   c\t".repeat(50_000).into_bytes(), None);
    add("bullets.txt", "• ".repeat(100_000).into_bytes(), None);
    add("zeros", vec![0; 100_000], Some("unsupported-format"));
    add(
        "utf16-half.txt",
        [vec![0xFF, 0xFE], b"J\0o\0r\0d\0\xD8".to_vec()].concat(),
        None,
    );
    add("marks.txt", "e\u{301}\u{302}\u{303}".repeat(50_000).into_bytes(), None);
    add(
        "wide.txt",
        "\u{202e}\u{fdfa}\u{1f468}\u{200d}".repeat(20_000).into_bytes(),
        None,
    );
    add("gif.gif", b"GIF89a............".to_vec(), Some("unsupported-format"));
    add(
        "program",
        b"\x7fELF\x02\x01\x01\0\0\0".to_vec(),
        Some("unsupported-format"),
    );
    for (name, body) in pdfs() {
        add(name, body, None);
    }
    out
}

/// PDFs whose structure turns against the reader.
fn pdfs() -> Vec<(&'static str, Vec<u8>)> {
    let head = "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n";
    let tail = "\ntrailer<</Root 1 0 R/Size 9>>\n%%EOF";
    let with = |objects: &str| format!("{head}{objects}{tail}").into_bytes();
    let page = |media: &str, content: &str| {
        let length = content.len();
        with(&format!(
            "2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[{media}]\
             /Contents 4 0 R>>endobj\n4 0 obj<</Length {length}>>stream\n{content}\nendstream endobj"
        ))
    };
    vec![
        ("head-only.pdf", b"%PDF-1.7".to_vec()),
        (
            "loop.pdf",
            with("2 0 obj<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>endobj"),
        ),
        (
            "count.pdf",
            with("2 0 obj<</Type/Pages/Count 2000000000/Kids[]>>endobj"),
        ),
        ("huge-page.pdf", page("0 0 99999999 99999999", "BT ET")),
        ("negative-page.pdf", page("0 0 -5 0", "BT ET")),
        ("states.pdf", page("0 0 600 800", &"q ".repeat(200_000))),
        ("paths.pdf", page("0 0 600 800", &"0 0 m 9 9 l S ".repeat(50_000))),
        ("open-array.pdf", page("0 0 600 800", &"[".repeat(100_000))),
        (
            "lone-stream.pdf",
            with("2 0 obj<</Length 99999999/Filter/FlateDecode>>stream\nxx"),
        ),
    ]
}
