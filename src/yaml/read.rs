//! From a YAML text to a tree: the parser's events, within bounds.

use std::collections::HashMap;
use std::ops::Range;

use serde_yaml::granit_parser::{Event, Parser, ScalarStyle, Span, Tag};

use super::explained::{IN_QUOTES, explain};
use super::go::{self, Whole};
use super::merged::sources;
use super::scalar::{endless, key_of_number};
use super::twice::Twice;
use super::{Data, Entry, Map, Node, Origin, resolve, tagged};

/// The maximum depth of nested maps and lists. Kubernetes' own objects need less than half of it.
pub const MAX_DEPTH: usize = 64;
/// The maximum number of nodes in a text once its aliases are expanded, unless the text itself is longer: what is written out
/// is no bomb. The chart's own values file has some 3,000.
const MAX_NODES: usize = 100_000;

/// So many bytes of a text count as a node more.
const BYTES_OF_NODE: usize = 16;

/// Why a text is not a YAML document that `gen` reads.
#[derive(Debug)]
pub struct SyntaxError {
    /// What is wrong.
    pub title: String,
    /// The bytes at which it is wrong.
    pub span: Range<usize>,
    /// The text beside the caret.
    pub label: String,
    /// What to do, where that is known.
    pub help: Option<String>,
}

impl SyntaxError {
    pub(super) fn new(title: impl Into<String>, span: Range<usize>, label: impl Into<String>) -> Self {
        Self { title: title.into(), span, label: label.into(), help: None }
    }

    /// The same at other bytes.
    pub(super) fn at(self, span: Range<usize>) -> Self {
        Self { span, ..self }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Reads the documents of a YAML text; `layer` is the number that the nodes' origins bear.
///
/// Duplicate keys are refused, aliases are expanded within bounds. What a merge key (`<<`) brings takes the place of what stands
/// above it, and gives way to what stands below, as in the reader of Helm and kubectl.
///
/// # Errors
///
/// The first thing that is wrong with the text, and where.
pub fn read(text: &str, layer: usize) -> Result<Vec<Node>, SyntaxError> {
    Reader::of(text, layer, None).documents().map(|(documents, _)| documents)
}

/// The same of values: of a key that stands twice in its map the last counts, as in Helm's reader, and a tag is one that has a meaning.
///
/// # Errors
///
/// As of [`read`].
pub fn read_keeping_last(text: &str, layer: usize) -> Result<(Vec<Node>, Vec<Twice>), SyntaxError> {
    Reader::of(text, layer, Some(Vec::new())).documents()
}

struct Reader<'t> {
    text: &'t str,
    whole: Whole<'t>,
    layer: usize,
    events: Parser<'t, serde_yaml::granit_parser::StrInput<'t>>,
    /// The finished nodes that have an anchor, with the number of nodes in each.
    anchors: HashMap<usize, (Node, usize)>,
    nodes: usize,
    /// Whether the node is within braces or brackets.
    in_flow: bool,
    /// The keys that stand twice; none, if that is an error.
    twice: Option<Vec<Twice>>,
}

impl<'t> Reader<'t> {
    fn of(text: &'t str, layer: usize, twice: Option<Vec<Twice>>) -> Self {
        Self {
            text,
            whole: Whole::of(text),
            layer,
            events: Parser::new_from_str(text),
            anchors: HashMap::default(),
            nodes: 0,
            in_flow: false,
            twice,
        }
    }

    fn documents(mut self) -> Result<(Vec<Node>, Vec<Twice>), SyntaxError> {
        let mut documents = Vec::new();
        while let Some((event, span)) = self.next()? {
            match event {
                Event::DocumentStart(..) => self.anchors.clear(),
                Event::StreamStart | Event::DocumentEnd => {}
                Event::StreamEnd => break,
                event => documents.push(self.node(event, &span, 0)?),
            }
        }
        Ok((documents, self.twice.unwrap_or_default()))
    }

    fn next(&mut self) -> Result<Option<(Event<'t>, Span)>, SyntaxError> {
        self.events.next().transpose().map_err(|error| {
            let start = error.marker().byte_offset().unwrap_or_default().min(self.text.len());
            let length = self.text[start..].chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
            explain(self.text, &error.info(), start..start + length)
        })
    }

    fn origin(&self, span: Range<usize>) -> Origin {
        Origin::new(self.layer, span)
    }

    fn expect(&mut self) -> Result<(Event<'t>, Span), SyntaxError> {
        let end = self.text.len()..self.text.len();
        self.next()?.ok_or_else(|| SyntaxError::new("not valid YAML", end, "the text ends too early"))
    }

    fn node(&mut self, event: Event<'t>, span: &Span, depth: usize) -> Result<Node, SyntaxError> {
        let span = span.byte_range().unwrap_or_default();
        let before = self.nodes;
        // What has a length counts by it: an alias repeats it.
        let length = if let Event::Scalar(text, ..) = &event { text.len() / BYTES_OF_NODE } else { 0 };
        self.count(1 + length, &span)?;
        if depth > MAX_DEPTH {
            let title = format!("nested too deeply: more than {MAX_DEPTH} levels");
            return Err(SyntaxError::new(title, span, "this is one level too deep"));
        }
        let opens_flow =
            matches!(event, Event::SequenceStart(..) | Event::MappingStart(..)) && self.text[span.start..].starts_with(['{', '[']);
        let outside = self.in_flow;
        self.in_flow |= opens_flow;
        let (node, anchor) = match event {
            Event::Alias(id) => return self.alias(id, span),
            Event::Scalar(text, style, anchor, tag) => (self.scalar(&text, style, tag.as_deref(), span)?, anchor),
            Event::SequenceStart(_, anchor, tag) => {
                self.refuse_tag(tag.as_deref(), &["seq"], &span)?;
                (self.list(span, depth)?, anchor)
            }
            Event::MappingStart(_, anchor, tag) => {
                self.refuse_tag(tag.as_deref(), &["map"], &span)?;
                (self.map(span, depth)?, anchor)
            }
            _ => return Err(SyntaxError::new("not valid YAML", span, "a value is missing here")),
        };
        self.in_flow = outside;
        if anchor != 0 {
            self.anchors.insert(anchor, (node.clone(), self.nodes - before));
        }
        Ok(node)
    }

    fn count(&mut self, more: usize, span: &Range<usize>) -> Result<(), SyntaxError> {
        self.nodes += more;
        let most = MAX_NODES.max(self.text.len());
        if self.nodes > most {
            let title = format!("too many nodes: more than {most} once the aliases are expanded");
            return Err(SyntaxError::new(title, span.clone(), "the bound is reached here"));
        }
        Ok(())
    }

    fn alias(&mut self, id: usize, span: Range<usize>) -> Result<Node, SyntaxError> {
        let Some((node, size)) = self.anchors.get(&id).cloned() else {
            return Err(SyntaxError::new("an alias inside the node that it names", span, "this would never end"));
        };
        self.count(size, &span)?;
        Ok(Node { origin: Some(self.origin(span)), ..node })
    }

    fn scalar(&self, text: &str, style: ScalarStyle, tag: Option<&Tag>, span: Range<usize>) -> Result<Node, SyntaxError> {
        let written = self.text.get(span.clone()).unwrap_or_default();
        go::refuse(&self.whole, written, style, self.in_flow).map_err(|error| error.at(span.clone()))?;
        self.refuse_tag(tag, &tagged::OF_SCALARS, &span)?;
        let data = match tag {
            Some(tag) => tagged::scalar(tag, text).map_err(|needs| SyntaxError::new("not what its YAML tag says", span.clone(), needs))?,
            None if style != ScalarStyle::Plain => Data::String(text.to_owned()),
            None => resolve(text)
                .ok_or_else(|| SyntaxError::new("not a number that a manifest can hold", span.clone(), "infinity or not-a-number"))?,
        };
        Ok(Node { data, origin: Some(self.origin(span)) })
    }

    /// Refuses a tag that Helm passes over in values: whoever writes it means something by it.
    fn refuse_tag(&self, tag: Option<&Tag>, known: &[&str], span: &Range<usize>) -> Result<(), SyntaxError> {
        let is_of_values = self.twice.is_some();
        match tag.filter(|tag| is_of_values && !tagged::is_one_of(tag, known)) {
            Some(_) => Err(SyntaxError::new("a YAML tag that means nothing here", span.clone(), "a value with a tag")
                .help("remove the tag (`!...`); quotes make a string")),
            None => Ok(()),
        }
    }

    fn list(&mut self, start: Range<usize>, depth: usize) -> Result<Node, SyntaxError> {
        let mut items = Vec::new();
        loop {
            let (event, span) = self.expect()?;
            if matches!(event, Event::SequenceEnd) {
                return Ok(self.collection(Data::List(items), start, &span));
            }
            items.push(self.node(event, &span, depth + 1)?);
        }
    }

    fn map(&mut self, start: Range<usize>, depth: usize) -> Result<Node, SyntaxError> {
        let mut entries = Map::default();
        // What merge keys bring, as far as nothing above them has the name; it comes last.
        let mut merged = Map::default();
        loop {
            let (event, key_span) = self.expect()?;
            if matches!(event, Event::MappingEnd) {
                entries.extend(merged);
                return Ok(self.collection(Data::Map(entries), start, &key_span));
            }
            let plain = matches!(event, Event::Scalar(_, ScalarStyle::Plain, ..));
            let key = match &event {
                Event::Scalar(text, ScalarStyle::Plain, 0, None) if endless(text).is_some() => self.endless_key(text, &key_span),
                _ => self.node(event, &key_span, depth + 1)?,
            };
            let is_template = self.text[start.start..].starts_with("{{");
            let name = key_name(&key).map_err(|error| if is_template { error.help(IN_QUOTES) } else { error })?;
            let (event, span) = self.expect()?;
            let value = self.node(event, &span, depth + 1)?;
            if plain && name == "<<" {
                for (name, entry) in sources(value)? {
                    let Some(above) = entries.get_mut(&name) else {
                        merged.insert(name, entry);
                        continue;
                    };
                    let gone = std::mem::replace(above, entry);
                    match &mut self.twice {
                        Some(twice) if gone.is_within(&start) => twice.push(Twice::of(name, &gone, key.span())),
                        Some(_) => {}
                        // The key may stand there once more, which is refused.
                        None => above.key = gone.key,
                    }
                }
                continue;
            }
            if let Some(first) = entries.get(&name).filter(|first| first.is_within(&start)) {
                let first = Twice::of(name.clone(), first, key.span());
                match &mut self.twice {
                    Some(twice) => twice.push(first),
                    None => return Err(first.refused(self.text, plain)),
                }
            }
            merged.shift_remove(&name);
            entries.insert(name, Entry { key: key.origin, value });
        }
    }

    /// Infinity, or what is no number, as a key: a text.
    fn endless_key(&self, text: &str, span: &Span) -> Node {
        let origin = self.origin(span.byte_range().unwrap_or_default());
        Node { data: Data::String(endless(text).unwrap_or_default().to_owned()), origin: Some(origin) }
    }

    fn collection(&self, data: Data, start: Range<usize>, end: &Span) -> Node {
        let end = end.byte_range().unwrap_or_default();
        // A block collection ends where the next thing begins; the blank in between is not its own.
        let text = self.text[start.start..end.end.max(start.start)].trim_end();
        Node { data, origin: Some(self.origin(start.start..start.start + text.len())) }
    }
}

/// A key as JSON has it: kubectl makes the text of what a number or a boolean means.
fn key_name(node: &Node) -> Result<String, SyntaxError> {
    match &node.data {
        Data::String(text) => Ok(text.clone()),
        Data::Number(_, text) => Ok(key_of_number(text)),
        Data::Bool(value) => Ok(value.to_string()),
        Data::Null | Data::List(_) | Data::Map(_) => {
            let title = format!("a key must be a string, not {}", node.kind());
            Err(SyntaxError::new(title, node.span(), "not a string"))
        }
    }
}
