//! The tools: their names and arguments, and what each does.

use super::files::Folder;
use crate::commands::audit::today;
use crate::engines::{ModelArgs, cache_dir};
use crate::failure::Failure;
use crate::input::{self, Input};
use base64::Engine as _;
use bespoke_core::audit::{self, Strictness, Subject};
use bespoke_core::evidence;
use bespoke_core::job::{JobPosting, read_job};
use bespoke_core::json_resume::to_json_resume;
use bespoke_core::resume::Resume;
use bespoke_core::roles::Taxonomy;
use bespoke_core::tailor;
use bespoke_models::{Embedder, JobCloseness, Recommender};
use bespoke_render::{ExportFormat, Renderer, Template};
use serde::Deserialize;
use serde_json::{Value, json};
use std::borrow::Cow;

/// The résumé of a call: one of these.
#[derive(Debug, Deserialize)]
struct Given {
    file: Option<String>,
    text: Option<String>,
    resume: Option<Value>,
}

/// The job of a call: one of these.
#[derive(Debug, Deserialize)]
struct Wanted {
    job: Option<String>,
    job_file: Option<String>,
}

/// How a file is made.
#[derive(Debug, Deserialize)]
struct Output {
    format: Option<String>,
    template: Option<String>,
    out: Option<String>,
}

/// Descriptions of the tools, as `tools/list` gives them.
pub fn listed() -> Value {
    let tool = |name: &str, title: &str, description: &str, required: &[&str], own: Value, writes: bool| {
        let mut properties = json!({
            "file": { "type": "string", "description": "The résumé: a file in the served folder, in any format (PDF, DOCX, ODT, RTF, TXT, MD, HTML, images, JSON Resume)" },
            "text": { "type": "string", "description": "The résumé as text, in place of `file`" },
            "resume": { "type": "object", "description": "The résumé as JSON Resume, in place of `file`" },
        });
        if let (Some(all), Value::Object(own)) = (properties.as_object_mut(), own) {
            all.extend(own);
        }
        json!({
            "name": name,
            "title": title,
            "description": description,
            "inputSchema": { "type": "object", "properties": properties, "required": required, "additionalProperties": false },
            "annotations": { "readOnlyHint": !writes, "destructiveHint": false, "idempotentHint": !writes, "openWorldHint": false },
        })
    };
    let job = json!({
        "job": { "type": "string", "description": "The job description as text" },
        "job_file": { "type": "string", "description": "The job description: a file in the served folder, in place of `job`" },
    });
    let with = |more: Value| {
        let mut both = job.clone();
        if let (Some(all), Value::Object(more)) = (both.as_object_mut(), more) {
            all.extend(more);
        }
        both
    };
    let template = json!({ "type": "string", "enum": Template::all().iter().map(Template::name).collect::<Vec<_>>(), "description": "Look of the document" });
    let format =
        json!({ "type": "string", "enum": ExportFormat::ALL.map(|f| f.extension()), "description": "File format" });
    let out = json!({ "type": "string", "description": "Name of a new file in the served folder; without it the file is in the answer" });
    json!([
        tool(
            "parse",
            "Read a résumé",
            "What a résumé says, as JSON Resume, with what the reader was unsure of.",
            &[],
            json!({}),
            false
        ),
        tool(
            "audit",
            "Judge a résumé",
            "Findings about applicant-tracking safety, layout and content, each with place, reason and fix, and a score of shown parts.",
            &[],
            json!({
                "strict": { "type": "boolean", "description": "Judge matters of taste too" },
            }),
            false
        ),
        tool(
            "roles",
            "Find roles",
            "The roles that fit best, each with its score in parts, shared skills, matching sentences and what is missing.",
            &[],
            json!({
                "top": { "type": "integer", "minimum": 1, "maximum": 50, "description": "How many; 5 where it is left out" },
                "blend": { "type": "number", "minimum": 0, "maximum": 1, "description": "Share of closeness of meaning, 0.7 where it is left out; the rest is shared skills" },
            }),
            false
        ),
        tool(
            "match",
            "Compare with a job",
            "How well a résumé matches a job, part by part, and which keywords it has, has in other words, or lacks.",
            &[],
            job.clone(),
            false
        ),
        tool(
            "tailor",
            "Tailor to a job",
            "Tailors a résumé to a job from its own evidence: changes with reason, evidence and effect, questions for the person, and the tailored résumé as JSON Resume. Nothing is invented; with `out` the tailored document is written.",
            &[],
            with(json!({ "format": format, "template": template, "out": out })),
            true
        ),
        tool(
            "export",
            "Make a document",
            "Renders a résumé as a document.",
            &["format"],
            json!({ "format": format, "template": template, "out": out }),
            true
        ),
    ])
}

struct Engine {
    embedder: Embedder,
    roles: Recommender<'static>,
}

/// The tools over one folder; the model is opened when it is first needed.
pub struct Tools {
    folder: Folder,
    models: ModelArgs,
    engine: Option<Engine>,
}

fn arguments<T: for<'de> Deserialize<'de>>(value: &Value) -> Result<T, Failure> {
    T::deserialize(value).map_err(|e| Failure::Usage(e.to_string()))
}

fn data(value: Value) -> Value {
    json!({ "content": [{ "type": "text", "text": value.to_string() }], "structuredContent": value, "isError": false })
}

impl Tools {
    pub fn new(folder: Folder, models: ModelArgs) -> Tools {
        Tools {
            folder,
            models,
            engine: None,
        }
    }

    /// Calls a tool; none where there is no such tool.
    pub fn call(&mut self, name: &str, given: Value) -> Option<Result<Value, Failure>> {
        Some(match name {
            "parse" => self.parse(&given),
            "audit" => self.audit(&given),
            "roles" => self.roles(&given),
            "match" => self.compare(&given),
            "tailor" => self.tailor(&given),
            "export" => self.export(&given),
            _ => return None,
        })
    }

    fn engine(&mut self) -> Result<&Engine, Failure> {
        if self.engine.is_none() {
            let embedder = self.models.embedder()?;
            let roles = Recommender::open(&embedder, Cow::Borrowed(Taxonomy::builtin()), &cache_dir());
            self.engine = Some(Engine { embedder, roles });
        }
        self.engine
            .as_ref()
            .ok_or_else(|| Failure::Usage("the model did not open".into()))
    }

    fn input(&self, given: &Value) -> Result<(Input, Option<String>), Failure> {
        match arguments(given)? {
            Given {
                file: Some(path),
                text: None,
                resume: None,
            } => {
                let (bytes, name) = self.folder.read(&path)?;
                Ok((input::read_bytes(&bytes, &name)?, Some(name)))
            }
            Given {
                file: None,
                text: Some(text),
                resume: None,
            } => Ok((input::read_bytes(text.as_bytes(), "resume.txt")?, None)),
            Given {
                file: None,
                text: None,
                resume: Some(resume),
            } => Ok((input::read_bytes(resume.to_string().as_bytes(), "resume.json")?, None)),
            _ => Err(Failure::Usage(
                "give the résumé as one of `file`, `text`, `resume`".into(),
            )),
        }
    }

    fn job(&self, given: &Value) -> Result<JobPosting, Failure> {
        match arguments(given)? {
            Wanted {
                job: Some(text),
                job_file: None,
            } => Ok(read_job(&text)),
            Wanted {
                job: None,
                job_file: Some(path),
            } => {
                let (bytes, name) = self.folder.read(&path)?;
                Ok(read_job(&input::read_bytes(&bytes, &name)?.document.text))
            }
            _ => Err(Failure::Usage("give the job as one of `job`, `job_file`".into())),
        }
    }

    fn parse(&self, given: &Value) -> Result<Value, Failure> {
        let (Input { document, parsed }, _) = self.input(given)?;
        let unsure: Vec<&str> = parsed.issues.iter().map(|i| i.message.as_str()).collect();
        Ok(data(json!({
            "format": document.format,
            "resume": to_json_resume(&parsed.resume),
            "issues": unsure,
        })))
    }

    fn audit(&self, given: &Value) -> Result<Value, Failure> {
        let (input, name) = self.input(given)?;
        let subject = Subject {
            document: Some(&input.document),
            resume: &input.parsed.resume,
            file_name: name.as_deref(),
            today: today(),
        };
        let strictness = match given["strict"].as_bool() {
            Some(true) => Strictness::Strict,
            _ => Strictness::Lenient,
        };
        Ok(data(serde_json::to_value(audit::audit(&subject, strictness))?))
    }

    fn roles(&mut self, given: &Value) -> Result<Value, Failure> {
        let (input, _) = self.input(given)?;
        let top = given["top"].as_u64().unwrap_or(5).clamp(1, 50) as usize;
        let blend = given["blend"].as_f64().unwrap_or(0.7).clamp(0.0, 1.0);
        let engine = self.engine()?;
        let fits = engine.roles.rank(&engine.embedder, &input.parsed.resume, blend, top);
        Ok(data(json!({ "roles": fits })))
    }

    fn compare(&mut self, given: &Value) -> Result<Value, Failure> {
        let (input, _) = self.input(given)?;
        let job = self.job(given)?;
        let closeness = JobCloseness::new(&self.engine()?.embedder, &job);
        let found = tailor::assess(&input.parsed.resume, &job, &closeness);
        Ok(data(serde_json::to_value(found)?))
    }

    fn tailor(&mut self, given: &Value) -> Result<Value, Failure> {
        let base = self.input(given)?.0.parsed.resume;
        let job = self.job(given)?;
        let output: Output = arguments(given)?;
        let closeness = JobCloseness::new(&self.engine()?.embedder, &job);
        let tailoring = tailor::tailor(&base, &job, &closeness);
        let mut tailored = base.clone();
        let mut applied = Vec::new();
        for suggestion in &tailoring.suggestions {
            if let Some(edit) = &suggestion.edit
                && tailor::accept(&mut tailored, edit).is_ok()
            {
                applied.push(suggestion.id.as_str());
            }
        }
        let violations = evidence::check(&base, &[], &tailored);
        if !violations.is_empty() {
            return Err(Failure::Evidence(violations));
        }
        let mut report = json!({
            "before": tailoring.before,
            "after": tailoring.after,
            "keywords": tailoring.keywords,
            "suggestions": tailoring.suggestions,
            "applied": applied,
            "tailored": to_json_resume(&tailored),
        });
        if let Some(path) = &output.out {
            let (bytes, _) = self.render(&tailored, &output)?;
            report["file"] = json!(self.folder.write(path, &bytes)?);
        }
        Ok(data(report))
    }

    fn render(&self, resume: &Resume, output: &Output) -> Result<(Vec<u8>, ExportFormat), Failure> {
        let usage = |e: bespoke_render::RenderError| Failure::Usage(e.to_string());
        let of_name = output.out.as_deref().and_then(|o| Some(o.rsplit_once('.')?.1));
        let format = output.format.as_deref().or(of_name).unwrap_or("pdf");
        let format: ExportFormat = format.parse().map_err(usage)?;
        let template = Template::by_name(output.template.as_deref().unwrap_or(Template::DEFAULT)).map_err(usage)?;
        let bytes = Renderer::new()
            .render(resume, &template, template.style(), format)
            .map_err(|e| Failure::Other(e.into()))?;
        Ok((bytes, format))
    }

    fn export(&self, given: &Value) -> Result<Value, Failure> {
        let resume = self.input(given)?.0.parsed.resume;
        let output: Output = arguments(given)?;
        let (bytes, format) = self.render(&resume, &output)?;
        if let Some(path) = &output.out {
            let path = self.folder.write(path, &bytes)?;
            return Ok(data(
                json!({ "file": path, "format": format.extension(), "bytes": bytes.len() }),
            ));
        }
        let uri = format!("bespoke://export/resume.{}", format.extension());
        let media_type = format.media_type();
        let resource = match String::from_utf8(bytes) {
            Ok(text) => json!({ "uri": uri, "mimeType": media_type, "text": text }),
            Err(binary) => {
                let blob = base64::engine::general_purpose::STANDARD.encode(binary.as_bytes());
                json!({ "uri": uri, "mimeType": media_type, "blob": blob })
            }
        };
        Ok(json!({ "content": [{ "type": "resource", "resource": resource }], "isError": false }))
    }
}
