//! Whatever a résumé says is shown as it says it: no text becomes code, mark-up or a link of its own.

use bespoke_core::resume::{Resume, Text};
use bespoke_render::{ExportFormat, Options, Renderer, Template, certify};
use proptest::prelude::*;

/// Words that mean something to Typst, Jinja, HTML, XML or Markdown, beside plain ones.
fn hostile() -> impl Strategy<Value = String> {
    let signs = prop::sample::select(vec![
        "#include \"x\"",
        "#import",
        "#panic()",
        "#let x = 1",
        "#",
        "[",
        "]",
        "*",
        "_",
        "`",
        "$",
        "@ref",
        "<label>",
        "~",
        "\\",
        "\\\\",
        "\\n",
        "\\u{41}",
        "//",
        "/*",
        "*/",
        "=",
        "==",
        "-",
        "--",
        "---",
        "+",
        "/ term: x",
        "1.",
        "{{",
        "}}",
        "{{ 7 * 7 }}",
        "{%",
        "%}",
        "{% raw %}",
        "{# c #}",
        "<script>",
        "</w:t>",
        "&amp;",
        "&",
        "\"",
        "'",
        "](http://x)",
        "http://example.com",
        "...",
        "word",
        "Ünïcödé",
        "日本語",
        "مرحبا",
    ]);
    prop::collection::vec(signs, 1..6).prop_map(|words| words.join(" "))
}

fn resume(text: &str) -> Resume {
    let mut resume = bespoke_render::sample::resume();
    resume.contact.name = Some(Text::typed(text.to_owned()));
    resume.contact.label = Some(Text::typed(text.to_owned()));
    resume.summary = Some(Text::typed(text.to_owned()));
    resume.work[0].position = Some(Text::typed(text.to_owned()));
    resume.work[0].highlights[0].text = Text::typed(text.to_owned());
    resume.skills[0].name = Some(Text::typed(text.to_owned()));
    resume.extras[0].heading = Text::typed(text.to_owned());
    resume
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hostile_text_is_shown_as_it_is(text in hostile(), which in 0..Template::all().len()) {
        let template = &Template::all()[which];
        let resume = resume(&text);
        for format in [ExportFormat::Pdf, ExportFormat::Docx, ExportFormat::Odt, ExportFormat::Html] {
            let (_, certificate) = certify(&resume, template, template.style(), format, &Options::default())
                .map_err(|e| TestCaseError::fail(e.to_string()))?;
            // Signs stand in the PDF in visual order, so right-to-left words are looked for elsewhere.
            if format == ExportFormat::Pdf && text.contains("مرحبا") {
                continue;
            }
            let lost: Vec<_> = certificate.fields.iter().filter(|f| !f.naive).map(|f| (&f.path, &f.value)).collect();
            prop_assert!(lost.is_empty(), "{format}: {lost:?}");
        }
    }

    #[test]
    fn markdown_stays_text(text in hostile()) {
        let template = &Template::all()[0];
        let resume = resume(&text);
        let bytes = Renderer::new().render(&resume, template, template.style(), ExportFormat::Markdown).unwrap();
        let read = bespoke_core::ingest::ingest(&bytes, Some("resume.md")).unwrap().text;
        // A bullet or a number at the beginning may be taken for one by the reader of text, not of Markdown.
        let squeezed = |t: &str| t.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        prop_assert!(squeezed(&read).contains(&squeezed(&text)), "{read}");
    }
}
