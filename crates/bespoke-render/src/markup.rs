//! Outline and template in, Typst markup out. No text of a résumé can become Typst code.

use crate::outline::{Linked, Outline};
use crate::template::partials;
use crate::{RenderError, Style, Template};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Value};
use minijinja::{AutoEscape, Environment, Error, Output, State, context};
use std::sync::LazyLock;

/// Words longer than this may be broken where they stand.
const LONG_WORD: usize = 24;
/// A word without punctuation may be broken after so many characters.
const BREAK_EVERY: usize = 12;

static ENVIRONMENT: LazyLock<Result<Environment<'static>, String>> = LazyLock::new(|| {
    let mut env = Environment::new();
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build();
    env.set_syntax(syntax.map_err(|e| format!("{e:#}"))?);
    env.set_auto_escape_callback(|_| AutoEscape::Custom("typst".into()));
    env.set_formatter(format);
    env.add_filter("quote", |text: String| Value::from_safe_string(quoted(&text)));
    env.add_filter("content", content);
    env.add_function("linked", linked);
    let templates = Template::all().iter().map(|t| (t.name(), t.source));
    for (name, source) in partials().iter().copied().chain(templates) {
        env.add_template(name, source).map_err(|e| format!("{e:#}"))?;
    }
    Ok(env)
});

/// Expands a template.
pub(crate) fn expand(outline: &Outline, template: &Template, style: &Style) -> Result<String, RenderError> {
    let fault = |detail: String| RenderError::Template {
        template: template.name().to_owned(),
        detail,
    };
    let env = ENVIRONMENT.as_ref().map_err(|e| fault(e.clone()))?;
    let (width, height) = style.paper.size();
    let source = env.get_template(template.name()).and_then(|t| {
        t.render(context! {
            title => outline.title(),
            resume => jinja(serde_json::to_value(outline).unwrap_or_default()),
            style => jinja(serde_json::to_value(style).unwrap_or_default()),
            colors => context! {
                name => style.color_of(style.name.color),
                heading => style.color_of(style.heading.color),
            },
            paper => context! { width, height },
        })
    });
    source.map_err(|e| fault(format!("{e:#}")))
}

/// JSON as Jinja sees it. Jinja reads `style.font_size`; the JSON says `font-size`.
fn jinja(value: serde_json::Value) -> Value {
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
    // Jinja spells these with a capital, Typst does not.
    let text = match value.is_true() && *value == Value::from(true) {
        true => "true".to_owned(),
        false if *value == Value::from(false) => "false".to_owned(),
        false => value.to_string(),
    };
    let number = value.is_number() || value.is_true() || *value == Value::from(false);
    match number || value.is_safe() {
        true => out.write_str(&text),
        false => out.write_str(&escaped(&text)),
    }
    .map_err(Error::from)
}

/// Typst markup that shows `text` and nothing else.
///
/// Every ASCII punctuation mark gets a backslash, and white space is one space, so neither mark-up, code,
/// smart quotes nor line syntax can arise. Long words get places where they may break.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    for (n, word) in text.split_whitespace().enumerate() {
        if n > 0 {
            out.push(' ');
        }
        let long = word.chars().count() > LONG_WORD;
        let mut run = 0;
        let mut chars = word.chars().filter(|c| !c.is_control()).peekable();
        while let Some(c) = chars.next() {
            if c.is_ascii_punctuation() {
                out.push('\\');
            }
            out.push(c);
            run += 1;
            let breakable =
                run >= BREAK_EVERY || matches!(c, '/' | '.' | '-' | '_' | '@' | '?' | '&' | '=' | ',' | ';');
            if long && breakable && chars.peek().is_some() {
                out.push_str("#h(0pt);");
                run = 0;
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
