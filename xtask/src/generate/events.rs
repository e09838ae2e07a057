//! The catalogue of events, as Rust, as TypeScript and as documentation.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    io::Write as _,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};

use super::DO_NOT_EDIT;
use crate::workspace;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Event {
    pub event_name: String,
    pub title: String,
    pub since: String,
    pub alias_of: Option<String>,
    pub superseded_by: Option<String>,
    pub company_id_paths: Vec<String>,
    pub project_id_paths: Vec<String>,
    pub fields: Vec<Field>,
    pub example: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    path: String,
    r#type: String,
    #[serde(default)]
    required: bool,
    /// Personal data.
    #[serde(default)]
    confidential: bool,
    #[serde(default)]
    values: Vec<String>,
    /// What it holds, where that is known and the path does not say it.
    about: Option<String>,
}

impl Field {
    /// What an editor shows.
    fn text(&self, example: &Value) -> String {
        let mut text = self.about.iter().map(|about| format!("{about} ")).collect::<String>();
        text += match self.r#type.as_str() {
            "string" => "Text",
            "boolean" => "`true` or `false`,",
            "array" => "A list",
            "object" => "An object",
            other => other,
        };
        text += &format!(
            " at `{}`, {}.",
            self.path,
            if self.required { "always present" } else { "which may be missing" }
        );
        if self.confidential {
            text += " Personal data.";
        }
        if !self.values.is_empty() {
            text += &format!(" Known values: `{}`; there may be others.", self.values.join("`, `"));
        }
        match value_at(example, &self.path) {
            Some(value @ (Value::String(_) | Value::Bool(_) | Value::Number(_))) => {
                text + &format!(" For example `{value}`.")
            }
            _ => text,
        }
    }
}

/// The value at a path such as `payload.project.environments[].envId`; of a list, the first.
fn value_at<'e>(example: &'e Value, path: &str) -> Option<&'e Value> {
    path.split('.').try_fold(example, |value, step| match step.strip_suffix("[]") {
        Some(name) => value.get(name)?.get(0),
        None => value.get(step),
    })
}

pub fn read() -> Result<Vec<Event>> {
    let text = fs::read_to_string(workspace().join("src/events/catalogue.json"))?;
    serde_json::from_str(&text).context("src/events/catalogue.json")
}

/// Every place of a company's id: the current place of each event first, then the
/// places of older Consoles.
pub fn company_id_paths(events: &[Event]) -> Vec<Vec<&str>> {
    places(events, |event| &event.company_id_paths)
}

/// Every place of a project's id.
pub fn project_id_paths(events: &[Event]) -> Vec<Vec<&str>> {
    places(events, |event| &event.project_id_paths)
}

fn places(events: &[Event], of: impl Fn(&Event) -> &Vec<String>) -> Vec<Vec<&str>> {
    let most = events.iter().map(|event| of(event).len()).max().unwrap_or_default();
    let mut places: Vec<Vec<&str>> = Vec::new();
    for rank in 0..most {
        for path in events.iter().filter_map(|event| of(event).get(rank)) {
            let steps: Vec<_> = path.split('.').collect();
            if !places.contains(&steps) {
                places.push(steps);
            }
        }
    }
    places
}

pub fn rust(events: &[Event]) -> Result<String> {
    let steps = |path: &Vec<&str>| format!("&{path:?}");
    let list =
        |paths: Vec<Vec<&str>>| format!("&[{}]", paths.iter().map(steps).collect::<Vec<_>>().join(", "));
    let paths = |paths: &[String]| list(paths.iter().map(|path| path.split('.').collect()).collect());
    let mut text = format!(
        "//! The catalogue as tables. {DO_NOT_EDIT}\n\n\
         use super::KnownEvent;\n\n\
         /// Every place where an event carries its company's id.\n\
         pub const COMPANY_ID_PATHS: &[&[&str]] = {};\n\n\
         /// Every place where an event carries its project's id: the database id, or the\n\
         /// readable id.\n\
         pub const PROJECT_ID_PATHS: &[&[&str]] = {};\n\n\
         pub(super) const EVENTS: &[KnownEvent] = &[\n",
        list(company_id_paths(events)),
        list(project_id_paths(events)),
    );
    for event in events {
        writeln!(
            text,
            "KnownEvent {{ name: {:?}, title: {:?}, since: {:?}, alias_of: {:?}, superseded_by: {:?}, \
             company_id_paths: {}, project_id_paths: {} }},",
            event.event_name,
            event.title,
            event.since,
            event.alias_of,
            event.superseded_by,
            paths(&event.company_id_paths),
            paths(&event.project_id_paths),
        )?;
    }
    text += "];\n\n// A separate table, so that a module that needs no example carries none.\n";
    text += "pub(super) const EXAMPLES: &[(&str, &str)] = &[\n";
    for event in events {
        writeln!(text, "({:?}, r#\"{}\"#),", event.event_name, event.example)?;
    }
    text += "];\n";
    formatted(&text)
}

fn formatted(source: &str) -> Result<String> {
    let mut rustfmt = Command::new("rustfmt")
        .current_dir(workspace())
        .args(["--edition", "2024", "--emit", "stdout"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("rustfmt could not be started; install it with: rustup component add rustfmt")?;
    rustfmt.stdin.take().context("it is piped")?.write_all(source.as_bytes())?;
    let output = rustfmt.wait_with_output()?;
    ensure!(output.status.success(), "rustfmt refused the generated code");
    Ok(String::from_utf8(output.stdout)?)
}

/// A field and the fields inside it.
#[derive(Default)]
struct Node<'f> {
    field: Option<&'f Field>,
    inner: BTreeMap<&'f str, Self>,
    order: Vec<&'f str>,
}

impl<'f> Node<'f> {
    fn at(&mut self, path: &'f str) -> &mut Self {
        let (first, rest) = path.split_once('.').unwrap_or((path, ""));
        let name = first.trim_end_matches("[]");
        if !self.inner.contains_key(name) {
            self.order.push(name);
        }
        let node = self.inner.entry(name).or_default();
        if rest.is_empty() { node } else { node.at(rest) }
    }

    fn typescript(&self, indent: usize, example: &Value) -> String {
        let Some(field) = self.field else { return self.object(indent, example) };
        match field.r#type.as_str() {
            _ if !field.values.is_empty() => {
                let values: Vec<_> = field.values.iter().map(|value| format!("{value:?}")).collect();
                format!("{} | (string & {{}})", values.join(" | "))
            }
            "object" if self.inner.is_empty() => "Readonly<Record<string, unknown>>".to_owned(),
            "object" => self.object(indent, example),
            "array" if self.inner.is_empty() => "readonly unknown[]".to_owned(),
            "array" => format!("readonly {}[]", self.object(indent, example)),
            other => other.to_owned(),
        }
    }

    fn object(&self, indent: usize, example: &Value) -> String {
        let margin = "  ".repeat(indent + 1);
        let mut text = "{\n".to_owned();
        for name in &self.order {
            let node = &self.inner[name];
            let (mark, about) = match node.field {
                Some(field) => (
                    if field.required { "" } else { "?" },
                    format!("{margin}/** {} */\n", field.text(example)),
                ),
                None => ("?", String::new()),
            };
            let or_undefined = if mark.is_empty() { "" } else { " | undefined" };
            let r#type = node.typescript(indent + 1, example);
            text += &format!("{about}{margin}readonly {name}{mark}: {type}{or_undefined};\n");
        }
        text + &format!("{margin}readonly [key: string]: unknown;\n{}}}", "  ".repeat(indent))
    }
}

pub fn types(events: &[Event]) -> Result<String> {
    let mut text = format!(
        "// {DO_NOT_EDIT}\n\nimport type {{ WebhookEvent }} from \"../verify/event.js\";\n\n\
         /**\n * The payload of each known event, by its name. Payloads have grown with every version of the\n \
         * Console: keys that are not listed may be present, and most listed keys may be missing.\n */\n\
         export interface PayloadByName {{\n"
    );
    for event in events {
        let mut tree = Node::default();
        for field in &event.fields {
            let path = field.path.strip_prefix("payload.").context("a field lies in the payload")?;
            tree.at(path).field = Some(field);
        }
        writeln!(
            text,
            "{}  readonly {}: {};",
            comment(event, events),
            event.event_name,
            tree.object(1, &event.example)
        )?;
    }
    text += "}\n\n\
        /** The names of the known events. Others are allowed everywhere. */\n\
        export type KnownEventName = keyof PayloadByName;\n\n\
        /** The known events, as a union with `eventName` as its discriminant. */\n\
        export type KnownEvent = { [Name in KnownEventName]: WebhookEvent<Name, PayloadByName[Name]> }[KnownEventName];\n";
    Ok(text)
}

/// The handlers of known events, as an interface: editors show the comment of a member, and
/// a mapped type would lose it.
pub fn handlers(events: &[Event]) -> Result<String> {
    let mut text = format!(
        "// {DO_NOT_EDIT}\n\nimport type {{ Handler }} from \"../receiver/create-receiver.js\";\n\
         import type {{ WebhookEvent }} from \"../verify/event.js\";\n\
         import type {{ PayloadByName }} from \"./events.js\";\n\n\
         /** The handlers of the known events. */\n\
         export interface KnownHandlers {{\n"
    );
    for event in events {
        let name = &event.event_name;
        writeln!(
            text,
            "{}  readonly {name}?: Handler<WebhookEvent<{name:?}, PayloadByName[{name:?}]>>;",
            comment(event, events)
        )?;
    }
    text += "}\n";
    Ok(text)
}

/// What an editor shows for an event: its title, its Console, its other names, and where
/// the ids are.
fn comment(event: &Event, events: &[Event]) -> String {
    let mut lines = vec![match (&event.alias_of, &event.superseded_by) {
        (Some(newer), _) => {
            format!("{}. Since Console {}. Another name of `{newer}`.", event.title, event.since)
        }
        (_, Some(newer)) => {
            format!("{}. Since Console {}; newer Consoles send `{newer}`.", event.title, event.since)
        }
        _ => format!("{}. Since Console {}.", event.title, event.since),
    }];
    let names = |of: fn(&Event) -> &Option<String>| {
        let named = events.iter().filter(|other| of(other).as_ref() == Some(&event.event_name));
        named.map(|other| format!("`{}`", other.event_name)).collect::<Vec<_>>().join(", ")
    };
    let aliases = names(|other| &other.alias_of);
    if !aliases.is_empty() {
        lines.push(format!("Another name of the same event is {aliases}."));
    }
    let older = names(|other| &other.superseded_by);
    if !older.is_empty() {
        lines.push(format!("Old Consoles sent {older}."));
    }
    for (whose, paths) in [("company", &event.company_id_paths), ("project", &event.project_id_paths)] {
        if let [rest @ .., last] = paths.as_slice() {
            let before = if rest.is_empty() { String::new() } else { format!("`{}` or ", rest.join("`, `")) };
            lines.push(format!("The {whose}'s id is at {before}`{last}`."));
        }
    }
    format!("  /**\n   * {}\n   */\n", lines.join("\n   *\n   * "))
}

pub fn catalogue(events: &[Event]) -> Result<String> {
    let mut text =
        format!("// {DO_NOT_EDIT}\n\n/** The catalogue of events, as data. */\nexport const EVENTS = [\n");
    for event in events {
        let fields: Vec<_> = event
            .fields
            .iter()
            .map(|field| {
                let mut value =
                    json!({ "path": field.path, "type": field.r#type, "isRequired": field.required });
                if field.confidential {
                    value["isConfidential"] = json!(true);
                }
                value
            })
            .collect();
        let mut value = json!({
            "eventName": event.event_name,
            "title": event.title,
            "since": event.since,
            "companyIdPaths": event.company_id_paths,
            "projectIdPaths": event.project_id_paths,
            "fields": fields,
            "example": event.example,
        });
        if let Some(newer) = &event.alias_of {
            value["aliasOf"] = json!(newer);
        }
        if let Some(newer) = &event.superseded_by {
            value["supersededBy"] = json!(newer);
        }
        writeln!(text, "  {value},")?;
    }
    text += "] as const;\n";
    Ok(text)
}

pub fn documentation(events: &[Event]) -> Result<String> {
    let mut text = format!(
        "# Events\n\n<!-- {DO_NOT_EDIT} -->\n\n\
         Every event is `{{\"eventName\": …, \"eventTimestamp\": …, \"payload\": {{…}}}}`. The timestamp says when the\n\
         event was emitted, in milliseconds since the Unix epoch. Events that are not listed are allowed everywhere.\n\n\
         | eventName | since | company's id at | project's id at | |\n|---|---|---|---|---|\n"
    );
    let paths =
        |paths: &[String]| paths.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ");
    for event in events {
        let note = match (&event.alias_of, &event.superseded_by) {
            (Some(newer), _) => format!("another name of `{newer}`"),
            (_, Some(newer)) => format!("newer Consoles send `{newer}`"),
            _ => String::new(),
        };
        writeln!(
            text,
            "| `{}` | {} | {} | {} | {note} |",
            event.event_name,
            event.since,
            paths(&event.company_id_paths),
            paths(&event.project_id_paths),
        )?;
    }
    Ok(text)
}
