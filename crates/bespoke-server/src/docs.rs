//! The API as a page to read: made from its OpenAPI description, without any script.

use serde_json::Value;
use std::fmt::Write;
use utoipa::openapi::OpenApi;

const CSS: &str = include_str!("docs/docs.css");

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// Text with `code` in back ticks.
fn prose(text: &str) -> String {
    let mut out = String::new();
    for (n, part) in text.split('`').enumerate() {
        let part = escape(part);
        match n % 2 {
            0 => out.push_str(&part),
            _ => out.extend(["<code>", &part, "</code>"]),
        }
    }
    out
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// The type of a schema in a few words, with links to named ones.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|r| r.rsplit('/').next()) {
        let name = escape(name);
        return format!("<a href=\"#schema-{name}\">{name}</a>");
    }
    for key in ["oneOf", "anyOf", "allOf"] {
        if let Some(parts) = schema[key].as_array() {
            let joint = if key == "allOf" { " and " } else { " or " };
            return parts.iter().map(kind).collect::<Vec<_>>().join(joint);
        }
    }
    if let Some(values) = schema["enum"].as_array() {
        let shown = |v: &Value| format!("<code>{}</code>", escape(&v.to_string()));
        return values.iter().map(shown).collect::<Vec<_>>().join(" or ");
    }
    let names: Vec<&str> = match &schema["type"] {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => vec!["any"],
    };
    let named = |name: &&str| match *name {
        "array" => format!("list of {}", kind(&schema["items"])),
        other => match schema["format"].as_str() {
            Some(format) if other == "string" => format!("string ({})", escape(format)),
            _ => other.to_owned(),
        },
    };
    names.iter().map(named).collect::<Vec<_>>().join(" or ")
}

fn fields(out: &mut String, schema: &Value) {
    for part in schema["allOf"].as_array().into_iter().flatten() {
        fields(out, part);
    }
    let Some(properties) = schema["properties"].as_object() else {
        return;
    };
    let required: Vec<&str> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    out.push_str("<dl>");
    for (name, property) in properties {
        let optional = if required.contains(&name.as_str()) {
            ""
        } else {
            " <small>optional</small>"
        };
        let _ = write!(
            out,
            "<dt><code>{}</code> <span>{}</span>{optional}</dt><dd>{}</dd>",
            escape(name),
            kind(property),
            prose(text(property, "description"))
        );
    }
    out.push_str("</dl>");
}

fn operation(out: &mut String, path: &str, method: &str, operation: &Value) {
    let _ = write!(
        out,
        "<article id=\"{}\"><h3><b class=\"{method}\">{}</b> <code>{}</code></h3><p>{} {}</p>",
        escape(text(operation, "operationId")),
        method.to_uppercase(),
        escape(path),
        prose(text(operation, "summary")),
        prose(text(operation, "description"))
    );
    if let Some(parameters) = operation["parameters"].as_array().filter(|p| !p.is_empty()) {
        out.push_str("<h4>Parameters</h4><dl>");
        for parameter in parameters {
            let optional = if parameter["required"] == true {
                ""
            } else {
                ", optional"
            };
            let _ = write!(
                out,
                "<dt><code>{}</code> <span>{}</span> <small>{}{optional}</small></dt><dd>{}</dd>",
                escape(text(parameter, "name")),
                kind(&parameter["schema"]),
                escape(text(parameter, "in")),
                prose(text(parameter, "description"))
            );
        }
        out.push_str("</dl>");
    }
    if let Some(bodies) = operation["requestBody"]["content"].as_object() {
        for (media, body) in bodies {
            let _ = write!(
                out,
                "<h4>Body</h4><p>{} <small>{}</small></p>",
                kind(&body["schema"]),
                escape(media)
            );
        }
    }
    out.push_str("<h4>Answers</h4><dl class=\"answers\">");
    for (status, answer) in operation["responses"].as_object().into_iter().flatten() {
        let bodies: Vec<String> = answer["content"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(media, body)| match body.get("schema") {
                Some(schema) => kind(schema),
                None => escape(media),
            })
            .collect();
        let _ = write!(
            out,
            "<dt><code>{}</code></dt><dd>{} {}</dd>",
            escape(status),
            bodies.join(" or "),
            prose(text(answer, "description"))
        );
    }
    out.push_str("</dl></article>");
}

/// (path, method, operation)
type Entry<'a> = (&'a str, &'a str, &'a Value);

/// Renders the page.
pub fn page(description: &OpenApi) -> String {
    let api = serde_json::to_value(description).unwrap_or_default();
    let mut tags: Vec<(&str, Vec<Entry<'_>>)> = Vec::new();
    for (path, item) in api["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten().filter(|(_, o)| o.is_object()) {
            let tag = operation["tags"][0].as_str().unwrap_or("other");
            let entry = (path.as_str(), method.as_str(), operation);
            match tags.iter_mut().find(|(name, _)| *name == tag) {
                Some((_, list)) => list.push(entry),
                None => tags.push((tag, vec![entry])),
            }
        }
    }
    tags.sort_by_key(|(name, _)| *name);
    let (mut links, mut body) = (String::new(), String::new());
    for (tag, list) in &tags {
        let tag = escape(tag);
        let _ = write!(links, "<li><a href=\"#tag-{tag}\">{tag}</a></li>");
        let _ = write!(body, "<section><h2 id=\"tag-{tag}\">{tag}</h2>");
        for (path, method, entry) in list {
            operation(&mut body, path, method, entry);
        }
        body.push_str("</section>");
    }
    body.push_str("<section><h2 id=\"schemas\">Schemas</h2>");
    for (name, schema) in api["components"]["schemas"].as_object().into_iter().flatten() {
        let name = escape(name);
        let _ = write!(
            body,
            "<article id=\"schema-{name}\"><h3>{name}</h3><p>{}</p>",
            prose(text(schema, "description"))
        );
        match schema.get("properties").or(schema.get("allOf")) {
            Some(_) => fields(&mut body, schema),
            None => {
                let _ = write!(body, "<p>{}</p>", kind(schema));
            }
        }
        body.push_str("</article>");
    }
    body.push_str("</section>");
    let (title, version) = (
        escape(text(&api["info"], "title")),
        escape(text(&api["info"], "version")),
    );
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title} API</title><style>{CSS}</style></head><body><header><h1>{title} API <small>{version}</small></h1><p>{}</p><p>Failures are problems as RFC 9457 describes them. Lists come in pages: follow the header <code>Link</code>. Answers carry an <code>ETag</code>; send it as <code>If-None-Match</code>. For programs: <a href=\"/api/openapi.json\">openapi.json</a>.</p></header><nav aria-label=\"Areas\"><ul>{links}<li><a href=\"#schemas\">schemas</a></li></ul></nav><main>{body}</main></body></html>",
        prose(text(&api["info"], "description"))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_and_schema_has_its_place_and_every_link_an_end() {
        let api = crate::openapi();
        let html = page(&api);
        let json = serde_json::to_value(&api).unwrap();
        let mut operations = 0;
        for (path, item) in json["paths"].as_object().unwrap() {
            for operation in item.as_object().unwrap().values() {
                operations += 1;
                let id = operation["operationId"].as_str().unwrap();
                assert!(html.contains(&format!("id=\"{id}\"")), "{path} {id}");
            }
        }
        assert!(operations > 20);
        for link in html.split("href=\"#").skip(1) {
            let target = link.split('"').next().unwrap();
            assert!(html.contains(&format!("id=\"{target}\"")), "{target}");
        }
        assert!(!html.contains("<script"));
    }
}
