//! A file that says the digests of images, a line each: `IMAGE DIGEST` or `IMAGE@DIGEST`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use crate::error::{Diagnostic, Error, Severity, code};
use crate::source::{Place, Source, Text};

/// What the message about a line says to do.
const HELP: &str = "a line is an image and its digest, such as `apache/airflow:3.2.2 sha256:...` with 64 digits, as `crane digest IMAGE` \
                    prints it; `#` begins a comment";

/// The digests that a file says.
#[derive(Debug)]
pub struct Digests {
    source: Arc<Source>,
    lines: Vec<Line>,
}

/// What a line says.
#[derive(Debug)]
struct Line {
    /// The image as it is written.
    image: String,
    digest: String,
    /// Where the line stands.
    place: Place,
}

/// Images with their digests.
#[derive(Debug)]
pub struct Pinned {
    /// Each image, and the same by its digest.
    pub images: BTreeMap<String, String>,
    /// What deserves a look.
    pub told: Vec<Diagnostic>,
}

impl Digests {
    /// Reads a file, or standard input.
    ///
    /// # Errors
    ///
    /// What cannot be read, and every line that says no digest, or another one than a line above it.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let text = Text::read((path.as_os_str() != "-").then_some(path)).map_err(|error| Error::from(*error))?;
        Self::of(&text.name, text.decoded().map_err(|error| Error::from(*error))?)
    }

    fn of(name: &str, text: &str) -> Result<Self, Error> {
        let source = Arc::new(Source::new(name, text, Vec::new()));
        let mut errors = Vec::new();
        let mut lines: Vec<Line> = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let said = line.split('#').next().unwrap_or_default().trim();
            if said.is_empty() {
                continue;
            }
            let start = start + line.find(said).unwrap_or_default();
            let place = Place { source: Arc::clone(&source), span: start..start + said.len() };
            let wrong =
                |title: &str, label: &str| Diagnostic::new(title).coded(code::NOT_DIGESTS).at(Some(place.clone()), label).help(HELP);
            match parts(said) {
                Some((image, digest)) => match lines.iter().find(|line| canonical(&line.image) == canonical(image)) {
                    Some(above) if above.digest != digest => {
                        errors.push(wrong(&format!("`{image}` has two digests"), "another one stands above"));
                    }
                    Some(_) => {}
                    None => lines.push(Line { image: image.to_owned(), digest: digest.to_owned(), place }),
                },
                None => errors.push(wrong("a line says no digest", "no image and its digest")),
            }
        }
        if errors.is_empty() { Ok(Self { source, lines }) } else { Err(errors.into()) }
    }

    /// Each of these images with its digest.
    ///
    /// # Errors
    ///
    /// The images of which the file says none.
    pub fn pinned(&self, images: &BTreeSet<String>) -> Result<Pinned, Error> {
        let (mut found, mut used) = (BTreeMap::new(), BTreeSet::new());
        let mut missing = Vec::new();
        for image in images {
            let line = self.line(image, images);
            used.extend(line);
            match line.map(|number| &self.lines[number]) {
                Some(line) => drop(found.insert(image.clone(), format!("{}@{}", repository(image), line.digest))),
                None if image.contains('@') => drop(found.insert(image.clone(), image.clone())),
                None => missing.push(image),
            }
        }
        if !missing.is_empty() {
            return Err(self.without(&missing).into());
        }
        let others = self.lines.iter().enumerate().filter(|(number, _)| !used.contains(number));
        Ok(Pinned { images: found, told: others.map(|(_, line)| line.idle()).collect() })
    }

    /// The line about an image. One without a tag is about the only image of that repository.
    fn line(&self, image: &str, images: &BTreeSet<String>) -> Option<usize> {
        let is_of = |name: &str| self.lines.iter().position(|line| canonical(&line.image) == canonical(name));
        let of_repository = || {
            let alike = images.iter().filter(|other| canonical(repository(other)) == canonical(repository(image)));
            (alike.count() == 1).then(|| is_of(repository(image)))?
        };
        if image.contains('@') { None } else { is_of(image).or_else(of_repository) }
    }

    fn without(&self, images: &[&String]) -> Diagnostic {
        let title = match images {
            [image] => format!("`{}` has no digest of `{image}`", self.source.name),
            several => format!("`{}` has no digest of {} images", self.source.name, several.len()),
        };
        let error = Diagnostic::new(title).coded(code::NOT_DIGESTS);
        let error = if images.len() == 1 { error } else { images.iter().fold(error, |error, image| error.note(format!("`{image}`"))) };
        error.help("`gen images` lists the images; `crane digest IMAGE` prints the digest of each, which goes behind it on its line")
    }
}

impl Line {
    /// A note about a line that is about no image of the set.
    fn idle(&self) -> Diagnostic {
        let told = Diagnostic::new(format!("`{}` is no image of the manifests", self.image)).coded(code::NOT_DIGESTS);
        Diagnostic { severity: Severity::Note, ..told.at(Some(self.place.clone()), "not used") }
    }
}

/// The image and the digest of a line.
fn parts(line: &str) -> Option<(&str, &str)> {
    let (image, digest) = match line.split_once(char::is_whitespace) {
        Some((image, digest)) => (image, digest.trim()),
        None => line.rsplit_once('@')?,
    };
    // As `crane digest --full-ref` has it behind the image.
    let digest = digest.rsplit_once('@').map_or(digest, |(_, digest)| digest);
    let digits = digest.strip_prefix("sha256:")?;
    let is_digest = digits.len() == 64 && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    (is_digest && !image.is_empty() && !image.contains('@')).then_some((image, digest))
}

/// An image without its tag.
pub(super) fn repository(image: &str) -> &str {
    let name = image.split('@').next().unwrap_or(image);
    match name.rsplit_once(':') {
        Some((repository, tag)) if !tag.contains('/') => repository,
        _ => name,
    }
}

/// An image without what stands for Docker Hub, which says nothing.
fn canonical(image: &str) -> &str {
    let image = image.strip_prefix("index.").unwrap_or(image);
    let image = image.strip_prefix("docker.io/").unwrap_or(image);
    image.strip_prefix("library/").unwrap_or(image)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_an_image_and_its_digest() {
        let digest = format!("sha256:{}", "0a".repeat(32));
        let other = format!("index.docker.io/a/b@{digest}");
        for (line, image) in [
            (format!("a/b:1 {digest}"), Some("a/b:1")),
            (format!("a/b:1@{digest}"), Some("a/b:1")),
            (format!("host:5000/a/b\t{digest}"), Some("host:5000/a/b")),
            (format!("a/b:1 {other}"), Some("a/b:1")),
            (format!("a/b:1 {}", &digest[..70]), None),
            (format!("a/b:1 {}", digest.to_uppercase()), None),
            ("a/b:1".to_owned(), None),
            (digest.clone(), None),
        ] {
            assert_eq!(parts(&line), image.map(|image| (image, digest.as_str())), "{line}");
        }
    }

    #[test]
    fn a_port_is_no_tag() {
        assert_eq!(repository("host:5000/a/b"), "host:5000/a/b");
        assert_eq!(repository("host:5000/a/b:1"), "host:5000/a/b");
        assert_eq!(repository("a/b:1@sha256:0"), "a/b");
        assert_eq!(canonical("docker.io/library/redis:7"), canonical("redis:7"));
        assert_eq!(canonical("index.docker.io/apache/airflow"), "apache/airflow");
    }
}
