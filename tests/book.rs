//! The pages: links that lead somewhere, a place in the book for each, and commands that are run or marked.
//!
//! A block of commands is fenced as `sh` or `console`, or as `text` with a program's name at the beginning of a line. It is run, or a
//! comment of HTML before it says who runs it, or why nobody does:
//!
//! ```text
//! <!-- run by tests/real/pipes.py -->
//! <!-- not run: it needs a cluster -->
//! ```
//!
//! With `all` in front (`all run by`, `all not run`), the comment is about each later block of the page that has none of its own.
//! What `tests/stage.rs` runs, runs line by line in the folder that it makes, and ends with 0, or with 1 for differences and findings.
//! Without a comment, `.ci/run` runs what README fences as `sh`, and a test here what any page fences as `console`: line by line, and what is
//! printed has to be what the page shows.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::stage::{shell, stage};
use crate::support::{self, home, run};

/// Who runs blocks for the tests here.
const STAGE: &str = "tests/stage.rs";

/// What a page has that others rely on.
#[derive(Default)]
struct Page {
    /// What a link can lead to.
    places: BTreeSet<String>,
    /// The links, with their lines.
    links: Vec<(usize, String)>,
    blocks: Vec<Block>,
    /// The lines of marks that no block follows.
    strays: Vec<usize>,
}

/// A block that is fenced.
struct Block {
    line: usize,
    language: String,
    text: String,
    mark: Option<Mark>,
}

/// Who runs a block.
#[derive(Clone)]
enum Mark {
    /// A file of this project, which names the page.
    By(String),
    /// Nobody, and why.
    Nobody(String),
}

impl Mark {
    /// What a comment of HTML says, and whether it is about more than the next block.
    fn of(html: &str) -> Option<(bool, Self)> {
        let said = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?.trim();
        let (all, said) = said.strip_prefix("all ").map_or((false, said), |said| (true, said));
        let by = said.strip_prefix("run by ").map(|path| Self::By(path.to_owned()));
        Some((all, by.or_else(|| said.strip_prefix("not run: ").map(|why| Self::Nobody(why.to_owned())))?))
    }
}

impl Page {
    fn of(text: &str) -> Self {
        let mut page = Self::default();
        let (mut line, mut counted) = (1, 0);
        let (mut all, mut next): (Option<Mark>, Option<(usize, Mark)>) = (None, None);
        let (mut heading, mut html, mut block) = (None::<String>, None::<String>, None::<Block>);
        for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
            // A page may be long: only what is new of it is counted.
            line += text.get(counted..range.start).unwrap_or_default().matches('\n').count();
            counted = counted.max(range.start);
            match event {
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => page.place(&anchor(&heading.take().unwrap_or_default())),
                Event::Start(Tag::HtmlBlock) => html = Some(String::new()),
                Event::End(TagEnd::HtmlBlock) => {
                    let html = html.take().unwrap_or_default();
                    page.names(&html);
                    match Mark::of(&html) {
                        Some((true, mark)) => all = Some(mark),
                        Some((false, mark)) => page.strays.extend(next.replace((line, mark)).map(|(line, _)| line)),
                        None => {}
                    }
                }
                Event::Html(part) => html.get_or_insert_default().push_str(&part),
                Event::InlineHtml(part) => page.names(&part),
                Event::Start(Tag::CodeBlock(kind)) => {
                    let language = if let CodeBlockKind::Fenced(info) = kind { info.to_string() } else { String::new() };
                    let mark = next.take().map(|(_, mark)| mark).or_else(|| all.clone());
                    block = Some(Block { line, language, text: String::new(), mark });
                }
                Event::End(TagEnd::CodeBlock) => page.blocks.extend(block.take()),
                Event::Text(part) | Event::Code(part) => {
                    for into in [heading.as_mut(), block.as_mut().map(|block| &mut block.text)].into_iter().flatten() {
                        into.push_str(&part);
                    }
                }
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => page.links.push((line, dest_url.to_string())),
                Event::Start(Tag::Paragraph) => page.strays.extend(next.take().map(|(line, _)| line)),
                _ => {}
            }
        }
        page.strays.extend(next.map(|(line, _)| line));
        page
    }

    /// A second heading of the same words has a number.
    fn place(&mut self, anchor: &str) {
        let others = (1..).map(|number| format!("{anchor}-{number}"));
        let free = std::iter::once(anchor.to_owned()).chain(others).find(|name| !self.places.contains(name));
        self.places.extend(free);
    }

    /// The places that HTML names.
    fn names(&mut self, html: &str) {
        self.places.extend(html.split("<a id=\"").skip(1).filter_map(|part| Some(part.split_once('"')?.0.to_owned())));
    }
}

/// The place of a heading, as GitHub and mdbook make it of its text.
fn anchor(heading: &str) -> String {
    let kept = |c: char| c.is_alphanumeric() || c.is_whitespace() || ['-', '_'].contains(&c);
    heading.trim().chars().filter(|c| kept(*c)).map(|c| if c.is_whitespace() { '-' } else { c.to_ascii_lowercase() }).collect()
}

/// The pages by their paths in the project, read once.
static PAGES: LazyLock<BTreeMap<PathBuf, Page>> = LazyLock::new(pages);

/// Reads them.
fn pages() -> BTreeMap<PathBuf, Page> {
    let mut pages = BTreeMap::new();
    for folder in ["", "docs"] {
        for entry in fs::read_dir(home().join(folder)).unwrap() {
            let path = Path::new(folder).join(entry.unwrap().file_name());
            if path.extension().is_some_and(|ending| ending == "md") {
                let page = Page::of(&fs::read_to_string(home().join(&path)).unwrap());
                pages.insert(path, page);
            }
        }
    }
    pages
}

/// A path in the project without `..`; nothing, if it leads out.
fn settled(path: &Path) -> Option<PathBuf> {
    let mut settled = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir if !settled.pop() => return None,
            Component::ParentDir | Component::CurDir => {}
            part => settled.push(part),
        }
    }
    Some(settled)
}

/// Addresses of others are not asked: a test needs no network.
#[test]
fn every_link_leads_somewhere() {
    let mut faults = Vec::new();
    for (path, page) in &*PAGES {
        for (line, link) in page.links.iter().filter(|(_, link)| !link.contains("://")) {
            let (file, place) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { Some(path.clone()) } else { settled(&path.with_file_name(file)) };
            let is_there = target.is_some_and(|target| {
                home().join(&target).exists() && (place.is_empty() || PAGES.get(&target).is_some_and(|page| page.places.contains(place)))
            });
            if !is_there {
                faults.push(format!("{}:{line}: `{link}` leads nowhere", path.display()));
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn every_page_is_in_the_book_once() {
    let summary = Path::new("docs/SUMMARY.md");
    let mut listed: Vec<PathBuf> = PAGES[summary].links.iter().map(|(_, link)| summary.with_file_name(link)).collect();
    listed.sort();
    let there = PAGES.keys().filter(|path| path.starts_with("docs") && *path != summary);
    assert_eq!(listed.iter().collect::<Vec<_>>(), there.collect::<Vec<_>>());
}

/// The programs by which a line of `text` is known for a command.
const PROGRAMS: [&str; 14] =
    ["apt", "brew", "cargo", "curl", "docker", "gen", "git", "goreleaser", "helm", "kpt", "kubectl", "kustomize", "mdbook", "sh"];

impl Block {
    /// Whether it shows commands.
    fn is_commands(&self) -> bool {
        let is_command = |line: &str| PROGRAMS.contains(&line.split(' ').next().unwrap_or_default());
        ["sh", "console"].contains(&self.language.as_str()) || self.language == "text" && self.text.lines().any(is_command)
    }

    /// The lines of shell in it.
    fn lines(&self) -> Vec<String> {
        let text = self.text.split("\\\n").map(str::trim_start).collect::<Vec<_>>().join("");
        let typed = |line| if self.language == "console" { str::strip_prefix(line, "$ ") } else { Some(line) };
        text.lines().filter_map(typed).map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    }

    /// The commands behind `$`, each with what is shown below it.
    fn examples(&self) -> impl Iterator<Item = (&str, &str)> {
        let starts: Vec<usize> =
            self.text.match_indices("$ ").map(|(at, _)| at).filter(|at| self.text[..*at].ends_with('\n') || *at == 0).collect();
        let ends: Vec<usize> = starts.iter().copied().skip(1).chain([self.text.len()]).collect();
        starts.into_iter().zip(ends).filter_map(|(start, end)| self.text[start + 2..end].split_once('\n'))
    }
}

#[test]
fn every_command_is_run_or_marked() {
    let mut faults = Vec::new();
    for (path, page) in &*PAGES {
        let at = |line: usize| format!("{}:{line}", path.display());
        faults.extend(page.strays.iter().map(|line| format!("{}: no block follows", at(*line))));
        for block in page.blocks.iter().filter(|block| block.is_commands()) {
            let is_run = block.language == "console" || block.language == "sh" && path == Path::new("README.md");
            let name = path.file_name().unwrap().to_str().unwrap();
            let fault = match &block.mark {
                None if is_run => continue,
                Some(Mark::By(reader)) if reader == STAGE => continue,
                None => "nobody runs it, and no comment before it says why".to_owned(),
                Some(Mark::Nobody(why)) if !why.is_empty() => continue,
                Some(Mark::Nobody(_)) => "why is it not run?".to_owned(),
                Some(Mark::By(reader)) => match fs::read_to_string(home().join(reader)) {
                    Ok(text) if text.contains(name) => continue,
                    Ok(_) => format!("{reader} does not read {name}"),
                    Err(_) => format!("there is no {reader}"),
                },
            };
            faults.push(format!("{}: {fault}", at(block.line)));
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

/// README's run where it stands, those of another page one after the other in a folder that is empty at first.
#[test]
fn every_example_prints_what_its_page_shows() {
    // README writes there.
    let _ = fs::remove_dir_all("/tmp/gen-readme");
    let mut examples = 0;
    for (path, page) in &*PAGES {
        let empty = tempfile::tempdir().unwrap();
        let folder = if path == Path::new("README.md") { home() } else { empty.path() };
        let run_here = page.blocks.iter().filter(|block| block.language == "console" && block.mark.is_none());
        for (command, expected) in run_here.flat_map(Block::examples) {
            let done = shell(folder, command);
            let printed = done.stdout + &done.stderr;
            assert!(printed == expected, "{}: $ {command}\n{}", path.display(), support::difference(expected, &printed));
            examples += 1;
        }
    }
    assert_eq!(examples, 19);
    let _ = fs::remove_dir_all("/tmp/gen-readme");
}

#[test]
fn every_command_of_the_stage_ends_as_it_should() {
    let mut faults = Vec::new();
    for (path, page) in &*PAGES {
        let of_stage = |block: &&Block| block.is_commands() && matches!(&block.mark, Some(Mark::By(who)) if who == STAGE);
        let blocks: Vec<&Block> = page.blocks.iter().filter(of_stage).collect();
        if blocks.is_empty() {
            continue;
        }
        let folder = stage();
        for block in blocks {
            for line in block.lines() {
                let done = shell(folder.path(), &line);
                // Programs end with 0; of gen's own, 1 says that it found something.
                if !(done.status == 0 || done.status == 1 && line.contains("gen ")) {
                    faults.push(format!("{}:{}: {line}\n{}{}", path.display(), block.line, done.stdout, done.stderr));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The commands of a line of shell, split where one ends and the next begins.
fn commands(line: &str) -> Vec<String> {
    let (mut commands, mut quote) = (vec![String::new()], None);
    for c in line.chars() {
        match (c, quote) {
            ('\'' | '"', None) => quote = Some(c),
            (_, Some(open)) if c == open => quote = None,
            ('|' | ';' | '&' | '(' | ')' | '<' | '>' | '#', None) => {
                commands.push(String::new());
                continue;
            }
            _ => {}
        }
        commands.last_mut().unwrap().push(c);
    }
    commands.into_iter().map(|command| command.trim().to_owned()).collect()
}

/// What cannot be run here is at least a command line that gen takes: `--help` behind it is heard, and no word before it is refused.
#[test]
fn every_command_of_gen_is_one() {
    let mut faults = Vec::new();
    for (path, page) in &*PAGES {
        for block in &page.blocks {
            let lines = block.lines().into_iter().map(|line| line.trim_start_matches(['-', ' ']).to_owned());
            let lines = lines.map(|line| line.strip_prefix("run: ").or_else(|| line.strip_prefix("script: ")).unwrap_or(&line).to_owned());
            for command in lines.flat_map(|line| commands(&line)).filter(|command| command.starts_with("gen ")) {
                // Behind several blanks stands what it does.
                let command = command.split("  ").next().unwrap_or_default();
                // A usage (`gen [OPTIONS]`) stands for a command, and is none.
                let Some(mut words) = shlex::split(command).filter(|words| !words.iter().any(|word| word.starts_with('['))) else {
                    continue;
                };
                let end = words.iter().position(|word| word == "--").unwrap_or(words.len());
                words.insert(end, "--help".to_owned());
                let told = run(&words[1..].iter().map(String::as_str).collect::<Vec<_>>());
                if told.status != 0 {
                    faults.push(format!("{}:{}: {command}\n{}", path.display(), block.line, told.stderr));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
