//! Outline and style in, one HTML file out: real headings, lists and links, its style inside, no script, nothing
//! loaded from elsewhere. Prints as it looks.

use crate::error::Diagnostic;
use crate::fonts::web_stack;
use crate::markup::{self, jinja};
use crate::outline::Outline;
use crate::{Photo, RenderError, Style};
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, context};
use std::sync::LazyLock;

static ENVIRONMENT: LazyLock<Result<Environment<'static>, String>> = LazyLock::new(|| {
    let mut env = markup::bare(|_| AutoEscape::Html).map_err(|e| format!("{e:#}"))?;
    env.add_template("page.html.j2", include_str!("html/page.html.j2"))
        .map_err(|e| format!("{e:#}"))?;
    Ok(env)
});

/// What stands around a résumé that is shown as a page of a site. Only the caller's own markup: it is not escaped.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// The nonce under which the page's policy allows its one style.
    pub nonce: String,
    /// Style rules; the résumé itself stands in `.sheet`.
    pub css: String,
    /// Markup above the résumé.
    pub before: String,
    /// Markup below it.
    pub after: String,
}

/// Writes the HTML.
pub(crate) fn write(
    outline: &Outline,
    style: &Style,
    photo: Option<&Photo>,
    frame: Option<&Frame>,
) -> Result<String, RenderError> {
    let fault = |message: String| RenderError::template("page.html.j2", Diagnostic::new(message));
    let env = ENVIRONMENT.as_ref().map_err(|e| fault(e.clone()))?;
    let page = env.get_template("page.html.j2").map_err(|e| fault(format!("{e:#}")))?;
    let stack = |family: &str| Value::from_safe_string(web_stack(family));
    let portrait = photo.filter(|_| style.photo.show);
    let trusted = |markup: &str| Value::from_safe_string(markup.to_owned());
    let values = context! {
        frame => frame.map(|f| context! {
            nonce => f.nonce.as_str(),
            css => trusted(&f.css),
            before => trusted(&f.before),
            after => trusted(&f.after),
        }),
        title => outline.title(),
        resume => jinja(serde_json::to_value(outline).unwrap_or_default()),
        style => jinja(serde_json::to_value(style).unwrap_or_default()),
        body_font => stack(&style.font_family),
        heading_font => stack(&style.heading_font_family),
        name_color => style.color_of(style.name.color),
        heading_color => style.color_of(style.heading.color),
        bullet_color => style.color_of(style.bullet.color),
        paper => if style.paper == crate::style::Paper::A4 { "A4" } else { "letter" },
        page_width => style.paper.size().0,
        photo => portrait.map(|p| format!("data:{};base64,{}", p.media_type, base64(&p.bytes))),
    };
    markup::limited(|out| page.render_captured_to(&values, out).map(|_| ())).map_err(|e| fault(format!("{e:#}")))
}

/// Base64 with padding (RFC 4648).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0u32, |word, b| word << 8 | u32::from(*b)) << (8 * (3 - chunk.len()));
        for n in 0..4 {
            match n <= chunk.len() {
                true => out.push(DIGITS[(word >> (18 - 6 * n)) as usize & 63] as char),
                false => out.push('='),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Template;

    #[test]
    fn base64_is_that_of_the_standard() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn text_stays_text() {
        let mut resume = crate::sample::resume();
        resume.summary.as_mut().unwrap().value = "<script>alert(1)</script> & {{ 7 * 7 }} \"x\"".to_owned();
        let style = Template::all()[0].style();
        let html = write(&Outline::of(&resume, style), style, None, None).unwrap();
        assert!(!html.contains("<script") && html.contains("&lt;script&gt;") && html.contains("{{ 7 * 7 }}"));
        assert!(html.contains("<h1>Mara Lindqvist</h1>") && html.contains("lang=\"en\""));
    }
}
