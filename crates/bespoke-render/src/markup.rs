//! Outline and template in, Typst markup out. No text of a résumé can become Typst code.

use crate::error::Diagnostic;
use crate::fonts::FALLBACK;
use crate::outline::{Linked, Outline};
use crate::template::partials;
use crate::{Options, RenderError, Style, Template};
use bespoke_core::date::PartialDate;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, Output, State, context};
use std::io::{self, Write};
use std::sync::LazyLock;

/// Words longer than this may be broken where they stand.
const LONG_WORD: usize = 30;
/// A word without punctuation may be broken after so many characters.
const BREAK_EVERY: usize = 12;
/// A place where a line may break, and nothing else: too narrow to be seen or copied.
const BREAK: &str = "#h(0.001pt);";
/// Instructions that a template may run: a hundred times what the longest of ours takes for ten pages.
pub(crate) const FUEL: u64 = 10_000_000;
/// Most bytes that a template may write.
pub(crate) const MAX_OUTPUT: usize = 8 << 20;

static ENVIRONMENT: LazyLock<Result<Environment<'static>, String>> = LazyLock::new(|| {
    let mut env = bare(|_| AutoEscape::Custom("typst".into())).map_err(|e| format!("{e:#}"))?;
    env.set_formatter(format);
    env.add_filter("quote", |text: String| Value::from_safe_string(quoted(&text)));
    env.add_filter("content", content);
    env.add_function("linked", linked);
    for (name, source) in partials() {
        env.add_template(name, source).map_err(|e| format!("{e:#}"))?;
    }
    Ok(env)
});

/// An environment with our syntax and limits, that reads no file.
pub(crate) fn bare(escape: fn(&str) -> AutoEscape) -> Result<Environment<'static>, Error> {
    let mut env = Environment::new();
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build();
    env.set_syntax(syntax?);
    env.set_auto_escape_callback(escape);
    env.set_fuel(Some(FUEL));
    env.set_recursion_limit(100);
    Ok(env)
}

/// Expands a template.
pub(crate) fn expand(
    outline: &Outline,
    template: &Template,
    style: &Style,
    options: &Options,
) -> Result<String, RenderError> {
    let fault = |diagnostic| RenderError::template(template.name(), diagnostic);
    let env = ENVIRONMENT.as_ref().map_err(|e| fault(Diagnostic::new(e)))?;
    let values = values(outline, style, options);
    let source = env.template_from_named_str(template.name(), template.source());
    let expanded = source.and_then(|t| limited(|out| t.render_captured_to(&values, out).map(|_| ())));
    expanded.map_err(|e| fault(complaint(&e, template.name())))
}

/// What a template can use.
fn values(outline: &Outline, style: &Style, options: &Options) -> Value {
    let (width, height) = style.paper.size();
    context! {
        title => outline.title(),
        resume => jinja(serde_json::to_value(outline).unwrap_or_default()),
        style => jinja(serde_json::to_value(style).unwrap_or_default()),
        fallback => FALLBACK,
        colors => context! {
            name => style.color_of(style.name.color),
            heading => style.color_of(style.heading.color),
            bullet => style.color_of(style.bullet.color),
        },
        // Dates beside an entry stay in one line, up to a third of the page.
        dates_width => (outline.dates_width() * 0.96 * f64::from(style.font_size) * 0.3528).clamp(34.0, 60.0),
        text_width => style.text_width(),
        paper => context! { width, height },
        photo => options.photo.is_some() && style.photo.show,
        date => options.date.map_or("none".to_owned(), datetime),
    }
}

/// A day as Typst says it; a month or a year counts from its first day.
fn datetime(date: PartialDate) -> String {
    let (month, day) = (date.month.unwrap_or(1), date.day.unwrap_or(1));
    format!("datetime(year: {}, month: {month}, day: {day})", date.year)
}

/// Collects what a template writes, up to [`MAX_OUTPUT`].
pub(crate) fn limited(render: impl FnOnce(&mut dyn Write) -> Result<(), Error>) -> Result<String, Error> {
    struct Sink(Vec<u8>);
    impl Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.0.len() + bytes.len() > MAX_OUTPUT {
                return Err(io::Error::other(format!("it writes more than {} MB", MAX_OUTPUT >> 20)));
            }
            self.0.extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut sink = Sink(Vec::new());
    render(&mut sink)?;
    Ok(String::from_utf8_lossy(&sink.0).into_owned())
}

/// An error of the Jinja engine as its author wants to read it.
pub(crate) fn complaint(error: &Error, template: &str) -> Diagnostic {
    use minijinja::ErrorKind;
    let mut message = match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    };
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        message = format!("{message}: {inner}");
        cause = inner.source();
    }
    let own = error.name().is_none_or(|name| name == template);
    if !own {
        message = format!("{message} (in the shared part {})", error.name().unwrap_or_default());
    }
    let hint = match error.kind() {
        ErrorKind::SyntaxError => Some("every {% if %} and {% for %} needs its {% endif %} or {% endfor %}"),
        ErrorKind::UnknownFilter => Some("filters here: quote, content, and those of Jinja (join, length, upper …)"),
        ErrorKind::UnknownFunction => Some("functions here: linked, and those of Jinja (range, dict …)"),
        ErrorKind::UndefinedError => Some("the values are resume, style, title, colors and paper"),
        ErrorKind::OutOfFuel => Some("a loop runs too long"),
        ErrorKind::TemplateNotFound => Some("a template can extend base.typ.j2 and include block.typ.j2"),
        _ => None,
    };
    let column = error.range().zip(error.template_source()).map(|(range, source)| {
        let before = source.get(..range.start).unwrap_or_default();
        before.chars().rev().take_while(|c| *c != '\n').count() + 1
    });
    Diagnostic {
        line: error.line().filter(|_| own),
        column: column.filter(|_| own),
        message,
        hint: hint.map(str::to_owned),
    }
}

/// Line and column of a template that gave a byte of its markup; `None` where a shared part gave it.
pub(crate) fn place(
    outline: &Outline,
    template: &Template,
    style: &Style,
    options: &Options,
    at: usize,
) -> Option<(usize, usize)> {
    let env = ENVIRONMENT.as_ref().ok()?;
    let source = env.template_from_named_str(template.name(), template.source()).ok()?;
    let (markup, spans) = source.render_with_spans(values(outline, style, options)).ok()?;
    let span = spans.iter().find(|s| s.output_range().contains(&at))?;
    if span.name() != template.name() {
        return None;
    }
    // Literal text stands in the template as it does in the markup; a value has only one place.
    let given = span.source_range();
    let length = at - span.output_range().start;
    let same = template.source().get(given.clone()) == markup.get(span.output_range());
    let before = template.source().get(..given.start + if same { length } else { 0 })?;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    Some((before.matches('\n').count() + 1, column))
}

/// JSON as Jinja sees it. Jinja reads `style.font_size`; the JSON says `font-size`.
pub(crate) fn jinja(value: serde_json::Value) -> Value {
    use serde_json::Value as Json;
    match value {
        Json::Null => Value::from(()),
        Json::Bool(b) => Value::from(b),
        Json::Number(n) => match n.as_i64() {
            Some(n) => Value::from(n),
            None => Value::from(n.as_f64().unwrap_or_default()),
        },
        Json::String(s) => Value::from(s),
        Json::Array(list) => list.into_iter().map(jinja).collect::<Vec<_>>().into(),
        Json::Object(map) => Value::from_pairs(
            map.into_iter()
                .map(|(key, value)| (key.replace('-', "_"), jinja(value))),
        ),
    }
}

fn format(out: &mut Output<'_>, _: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_undefined() || value.is_none() {
        return Ok(());
    }
    let text = match value.kind() {
        // Jinja spells these with a capital, Typst does not.
        ValueKind::Bool => value.is_true().to_string(),
        ValueKind::Number => value.to_string(),
        _ if value.is_safe() => value.to_string(),
        _ => escaped(&value.to_string()),
    };
    out.write_str(&text).map_err(Error::from)
}

/// Typst markup that shows `text` and nothing else.
///
/// Every ASCII punctuation mark gets a backslash, and white space is one space, so neither mark-up, code,
/// smart quotes nor line syntax can arise. Long words get places where they may break: after punctuation, and inside
/// of what has none for long.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    for (n, word) in text.split_whitespace().enumerate() {
        if n > 0 {
            out.push(' ');
        }
        let mut parts = word
            .split_inclusive(['/', '.', '-', '_', '@', '?', '&', '=', ',', ';'])
            .peekable();
        let long = word.chars().count() > LONG_WORD;
        while let Some(part) = parts.next() {
            let every = match part.chars().count() > LONG_WORD {
                true => BREAK_EVERY,
                false => usize::MAX,
            };
            for (at, c) in part.chars().filter(|c| !c.is_control()).enumerate() {
                if at > 0 && at % every == 0 {
                    out.push_str(BREAK);
                }
                if c.is_ascii_punctuation() {
                    out.push('\\');
                }
                out.push(c);
            }
            if long && parts.peek().is_some() {
                out.push_str(BREAK);
            }
        }
    }
    out
}

/// A Typst string literal.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Text as a Typst content block, or Typst's `none` where there is none.
fn content(value: Value) -> Value {
    let text = match value.is_undefined() || value.is_none() {
        true => String::new(),
        false if value.is_safe() => value.to_string(),
        false => escaped(&value.to_string()),
    };
    Value::from_safe_string(match text.is_empty() {
        true => "none".to_owned(),
        false => format!("[{text}]"),
    })
}

/// A [`Linked`] as a Typst content block; `shown = false` keeps only its text.
fn linked(value: Value, kwargs: Kwargs) -> Result<Value, Error> {
    let link = kwargs.get::<Option<bool>>("link")?.unwrap_or(true);
    kwargs.assert_all_used()?;
    if value.is_undefined() || value.is_none() {
        return Ok(Value::from_safe_string("none".to_owned()));
    }
    let part = |name: &str| value.get_attr(name).map(|v| v.as_str().map(str::to_owned));
    let linked = Linked {
        text: part("text")?.unwrap_or_default(),
        url: part("url")?.filter(|_| link),
    };
    let text = escaped(&linked.text);
    Ok(Value::from_safe_string(match linked.url {
        Some(url) => format!("[#link({})[{text}]]", quoted(&url)),
        None => format!("[{text}]"),
    }))
}
