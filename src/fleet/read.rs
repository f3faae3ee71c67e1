//! From the text of `gen.yaml` to environments.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::sync::Arc;

use super::file::{File, Item, Settings};
use super::{Environment, Fleet, directories, leftovers, schema, template};
use crate::checks::{Cluster, KubernetesVersion};
use crate::error::{Diagnostic, Error, code};
use crate::layers::{self, Layer};
use crate::output::Style;
use crate::schema::{Finding, Null, Path as Keys, Schema, Step};
use crate::source::{Files, Place, Source, Text, line_and_column};
use crate::yaml::{self, Data, Entry, Map, Node};

/// Where an environment's manifests are, unless the file says it.
const OUT: &str = "rendered/{{ environment }}";

impl Fleet {
    /// The environments of a `gen.yaml`.
    ///
    /// # Errors
    ///
    /// What cannot be read, and everything that is wrong with what is read.
    pub fn read(path: &Path) -> Result<Self, Error> {
        Self::read_in(&Files::Disk, path)
    }

    /// The same, of a `gen.yaml` as it is in a revision of git.
    ///
    /// # Errors
    ///
    /// As of [`Fleet::read`].
    pub fn read_in(files: &Files, path: &Path) -> Result<Self, Error> {
        let document = Document::read(files, path)?;
        let file = document.file()?;
        let mut told = Told { document: &document, errors: Vec::new() };
        let mut environments = Vec::new();
        let mut homes = BTreeSet::new();
        for (name, own) in &file.environments.0 {
            let settled = Settled { name, own, shared: &file.shared };
            environments.push(settled.environment(path, &mut told));
            homes.extend(settled.home(path));
        }
        if environments.is_empty() {
            let error = Diagnostic::new(format!("`{}` has no environments", path.display())).coded(code::NO_VALUES);
            told.errors.push(error.help("name one, such as `environments: {dev: {values: [dev.yaml]}}`"));
        }
        let real: Vec<PathBuf> = environments.iter().map(|environment| directories::real(&environment.out)).collect();
        for (number, other) in directories::shared(real.iter().map(PathBuf::as_path)) {
            let by_link = directories::shared([&environments[other], &environments[number]].map(|one| one.out.as_path())).is_empty();
            told.shared_directory(&environments[number], &environments[other], by_link);
        }
        if !told.errors.is_empty() {
            return Err(told.errors.into());
        }
        Ok(Self { environments, list: path.to_owned(), homes })
    }
}

/// The document of a `gen.yaml`.
struct Document {
    said: Node,
    source: Arc<Source>,
}

impl Document {
    fn read(files: &Files, path: &Path) -> Result<Self, Error> {
        let text = Text::read_of(files, path).map_err(|error| absent(path, *error))?;
        let (name, text) = (text.name.as_str(), text.decoded().map_err(|error| *error)?);
        let documents = yaml::read(text, 0).map_err(|error| {
            let (line, column) = line_and_column(text, error.span.start);
            // The line itself may hold a secret.
            let wrong = Diagnostic::new(format!("`{name}` is not YAML")).coded(code::NOT_YAML);
            wrong.note(format!("line {line}, column {column}: {}", error.label))
        })?;
        let documents: [Node; 1] = documents.try_into().map_err(|documents: Vec<Node>| {
            let what = if documents.is_empty() { "is empty" } else { "holds several documents" };
            let error = Diagnostic::new(format!("`{name}` {what}")).coded(code::NO_VALUES);
            error.help("it is one map with the key `environments`")
        })?;
        let [mut said] = documents;
        let of_values = values_within(&said).flat_map(layers::secrets_of).collect::<Vec<_>>();
        let secrets = Schema::of(schema::schema()).secrets(&said).into_iter().chain(of_values).collect();
        let source = Arc::new(Source::new(name, text, secrets));
        let named = said.at(&["environments"]).and_then(Node::as_map).into_iter().flatten();
        let respelt = named.filter_map(|(name, entry)| {
            let span = entry.key?.span();
            let written = text.get(span.clone())?;
            (written != name && !written.starts_with(['"', '\''])).then(|| {
                let error = Diagnostic::new(format!("the environment `{written}` would be called `{name}`")).coded(code::MALFORMED);
                let place = Place { source: Arc::clone(&source), span };
                error.at(Some(place), "a number, which has many notations").help(format!("put it in quotes: `\"{written}\":`"))
            })
        });
        let respelt: Vec<Diagnostic> = respelt.collect();
        if !respelt.is_empty() {
            return Err(respelt.into());
        }
        // `dev:` alone is an environment that says nothing of its own.
        if let Some(Data::Map(environments)) = said.at_mut(&["environments"]).map(|node| &mut node.data) {
            for entry in environments.values_mut().filter(|entry| entry.value.is_null()) {
                entry.value.data = Data::Map(Map::default());
            }
        }
        Ok(Self { said, source })
    }

    /// What it says, typed.
    fn file(&self) -> Result<File, Error> {
        let schema = Schema::of(schema::schema());
        let mut said = self.said.clone();
        schema.drop_nulls(&mut said, Null::IsDefault);
        let found: Vec<Diagnostic> = schema.check(&said).iter().map(|finding| self.explained(finding)).collect();
        if !found.is_empty() {
            return Err(found.into());
        }
        let tree = serde_json::to_value(&said).expect("a tree is JSON");
        serde_json::from_value(tree).map_err(|error| {
            let wrong = Diagnostic::new(format!("`{}` cannot be used", self.source.name)).coded(code::WRONG_TYPE);
            wrong.note(error.to_string()).into()
        })
    }

    fn explained(&self, Finding { path, fault }: &Finding) -> Diagnostic {
        let (node, entry) = path.find(&self.said);
        let origin = match entry {
            Some(entry) if fault.is_of_key() || node.as_map().is_some() => entry.key,
            _ => node.origin,
        };
        let place = origin.map(|origin| self.place(origin.span()));
        let told = Diagnostic::new(fault.title(&path.to_string())).coded(layers::code_of_form(fault)).at(place, fault.label());
        Diagnostic { help: fault.help(), ..told }
    }

    fn place(&self, span: std::ops::Range<usize>) -> Place {
        Place { source: Arc::clone(&self.source), span }
    }

    fn node(&self, keys: &Keys) -> Option<&Node> {
        keys.get(&self.said)
    }

    /// A key of the values, as what stands at other keys says it.
    fn layer(&self, key: &str, data: Data, said_at: &Keys) -> Layer {
        let (node, said_by) = said_at.find(&self.said);
        let value = Node { data, origin: node.origin };
        let entry = Entry { key: said_by.and_then(|entry| entry.key), value };
        Layer::Parsed(Arc::clone(&self.source), Node::new(Data::Map(Map::from_iter([(key.to_owned(), entry)]))))
    }
}

/// The values that stand in the file itself, or what somebody took for a place of them.
fn values_within(said: &Node) -> impl Iterator<Item = &Node> {
    let environments = said.entries(&["environments"]).map(|(_, environment)| environment);
    let all = std::iter::once(said).chain(environments).filter_map(|settings| settings.get("values"));
    // A text of one line without a colon is a path.
    let is_path = |values: &&Node| values.as_str().is_some_and(|text| !text.contains(['\n', ':']));
    all.flat_map(|values| values.as_list().unwrap_or(std::slice::from_ref(values))).filter(move |values| !is_path(values))
}

/// A file that is not there, with what it is.
fn absent(path: &Path, error: Diagnostic) -> Diagnostic {
    if path.exists() {
        return error;
    }
    error.help("it lists the environments: `environments: {dev: {values: [dev.yaml]}, prod: {values: [prod.yaml]}}`")
}

/// What is wrong with what the file says.
struct Told<'d> {
    document: &'d Document,
    errors: Vec<Diagnostic>,
}

impl Told<'_> {
    /// Tells what is wrong at a key, once: what is shared is wrong for every environment.
    fn wrong(&mut self, keys: &Keys, what: &str, label: &str, help: Option<&str>) {
        let title = format!("`{keys}` {what}");
        if self.errors.iter().all(|error| error.title != title) {
            let place = self.document.node(keys).map(|node| self.document.place(node.span()));
            let error = Diagnostic::new(title).coded(code::MALFORMED).at(place, label);
            self.errors.push(Diagnostic { help: help.map(str::to_owned), ..error });
        }
    }

    fn shared_directory(&mut self, own: &Environment, other: &Environment, by_link: bool) {
        let entry = [keys(&["environments", &own.name, "out"]), keys(&["environments", &own.name])];
        let entry = entry.iter().find_map(|keys| keys.find(&self.document.said).1);
        let place = entry.and_then(|entry| entry.key).map(|origin| self.document.place(origin.span()));
        let title = format!("the environment `{}` has no directory of its own", own.name);
        let error = Diagnostic::new(title).coded(code::BROKEN_RULE).at(place, format!("it is `{}`", own.out.display()));
        let link = if by_link { ", and a link leads from one to the other" } else { "" };
        let error = error.note(format!("the environment `{}` has `{}`{link}", other.name, other.out.display()));
        self.errors.push(error.help(format!("give each its own, which the name tells apart: `out: {OUT}`")));
    }
}

/// What an environment says, above what is shared.
struct Settled<'f> {
    name: &'f str,
    own: &'f Settings,
    shared: &'f Settings,
}

impl<'f> Settled<'f> {
    fn environment(&self, path: &Path, told: &mut Told<'_>) -> Environment {
        let folder = path.parent().unwrap_or(Path::new(""));
        let below = |settings: &'f Settings| settings.values_from.as_deref();
        let (shared_below, own_below) = (below(self.shared), below(self.own).or(below(self.shared)));
        let mut layers = self.values(&self.shared.values, &[], shared_below, folder, told);
        layers.extend(self.values(&self.own.values, &["environments", self.name], own_below, folder, told));
        let namespace = self.text("namespace", |settings| settings.namespace.as_deref(), told);
        layers.extend(namespace.map(|said| told.document.layer("namespace", Data::String(said.value), &said.keys)));
        let release = self.text("releaseName", |settings| settings.release_name.as_deref(), told);
        layers.extend(release.map(|said| told.document.layer("releaseName", Data::String(said.value), &said.keys)));
        let create = self.said("createNamespace", |settings| settings.create_namespace);
        layers.extend(create.map(|said| told.document.layer("createNamespace", Data::Bool(said.value), &said.keys)));
        let out = self.text("out", |settings| settings.out.as_deref(), told);
        let out = out.map_or_else(|| OUT.replace("{{ environment }}", self.name), |said| said.value);
        let version = self.said("kubeVersion", |settings| settings.kube_version.as_deref()).and_then(|said| {
            let version = KubernetesVersion::from_str(said.value);
            version.map_err(|expected| told.wrong(&said.keys, "is no version", expected, None)).ok()
        });
        let format = self.said("format", |settings| settings.format).map(|said| said.value).unwrap_or_default();
        let profile = self.said("profile", |settings| settings.profile).map(|said| said.value);
        let kustomization = self.said("kustomization", |settings| settings.kustomization).is_some_and(|said| said.value);
        let layout = self.said("layout", |settings| settings.layout).map(|said| said.value).unwrap_or_default();
        let hydrator_metadata = self.said("hydratorMetadata", |settings| settings.hydrator_metadata).is_some_and(|said| said.value);
        let cluster = Cluster { version, profile };
        let style = Style { format, layout, kustomization };
        let out = folder.join(out);
        let member = leftovers::member(path, &out, self.name);
        let values_from = own_below.filter(|below| !below.is_empty()).map(str::to_owned);
        Environment { name: self.name.to_owned(), layers, values_from, out, member, cluster, style, hydrator_metadata }
    }

    /// Where its directory would be if it had any name.
    fn home(&self, path: &Path) -> Option<PathBuf> {
        let text = self.said("out", |settings| settings.out.as_deref()).map_or(OUT, |said| said.value);
        let filled = template::filled(text, leftovers::ANY).ok()?;
        Some(leftovers::home(&path.parent().unwrap_or(Path::new("")).join(filled)))
    }

    /// What is said for the environment, or for all.
    fn said<T>(&self, key: &'static str, of: impl Fn(&'f Settings) -> Option<T>) -> Option<Said<T>> {
        let own = of(self.own).map(|value| Said { value, keys: keys(&["environments", self.name, key]) });
        own.or_else(|| of(self.shared).map(|value| Said { value, keys: keys(&[key]) }))
    }

    /// A text that is said for the environment, or for all.
    fn text(&self, key: &'static str, of: impl Fn(&'f Settings) -> Option<&'f str>, told: &mut Told<'_>) -> Option<Said<String>> {
        let Said { value, keys } = self.said(key, of)?;
        Some(Said { value: self.filled(value, &keys, told)?, keys })
    }

    fn filled(&self, text: &str, keys: &Keys, told: &mut Told<'_>) -> Option<String> {
        const HELP: &str = "`{{ environment }}` is all that is known: the name of the environment";
        let filled = template::filled(text, self.name);
        filled.map_err(|why| told.wrong(keys, "cannot be filled", &why, Some(HELP))).ok()
    }

    /// The layers of the values at a place of the file; in files they stand below a key, or at the top.
    fn values(&self, items: &[Item], at: &[&str], below: Option<&str>, folder: &Path, told: &mut Told<'_>) -> Vec<Layer> {
        let layer = |(index, item): (usize, &Item)| {
            let mut keys = keys(at);
            keys.0.extend([Step::Key("values".to_owned()), Step::Index(index)]);
            match item {
                Item::File(path) => {
                    let file = Layer::File(folder.join(self.filled(path, &keys, told)?));
                    let file = match below.filter(|below| !below.is_empty()) {
                        Some(below) => Layer::Within(Box::new(file), below.to_owned()),
                        None => file,
                    };
                    Some(Layer::Listed(Box::new(file)))
                }
                Item::Values {} => Some(Layer::Parsed(Arc::clone(&told.document.source), told.document.node(&keys)?.clone())),
            }
        };
        items.iter().enumerate().filter_map(layer).collect()
    }
}

/// Something that is said, and the keys at which it stands.
struct Said<T> {
    value: T,
    keys: Keys,
}

fn keys(keys: &[&str]) -> Keys {
    Keys(keys.iter().map(|key| Step::Key((*key).to_owned())).collect())
}
