//! Which options airflow.cfg has, by version of Airflow: those that Airflow and its providers describe, or that Airflow's code
//! reads.
//!
//! The data is made of Airflow's own packages, by the part `options` of `tests/real/run`.

use super::fault::is_near;
use super::nearest;

include!(concat!(env!("OUT_DIR"), "/options.rs"));

/// A section of airflow.cfg, and an option of it.
pub type Name = (&'static str, &'static str);

/// A section, with a bit for each version that knows it.
#[derive(Debug)]
struct Section {
    name: &'static str,
    /// The versions in which it is Airflow's own; in all others a provider brings it.
    own: u32,
    /// Its options, the versions that know them, and whether they are secrets.
    options: &'static [(&'static str, u32, bool)],
}

/// Stands for every option of a section, which Airflow hands on to another program.
const EACH: &str = "*";

/// What Airflow takes behind the name of an option that is a secret.
const OF_SECRETS: [&str; 2] = ["_cmd", "_secret"];

/// A version of Airflow: what it knows of options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Airflow {
    place: usize,
    /// Whether it is newer than all whose options are known.
    is_newer: bool,
}

/// What a version of Airflow makes of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It knows the option, or what it is cannot be known.
    Known,
    /// It reads the name still, and this is its name now.
    Former(Name),
    /// It is gone since a version; this is in its place.
    Gone(&'static str, Option<Name>),
    /// It is there from a later version on; this is in its place before.
    Later(&'static str, Option<Name>),
    /// No version has it; this is most like it.
    Unknown(Option<Name>),
}

impl Section {
    fn bits(&self, option: &str) -> u32 {
        self.options.iter().filter(|(name, ..)| *name == option).fold(0, |bits, (_, found, _)| bits | found)
    }
}

impl Airflow {
    /// The version with these numbers.
    #[must_use]
    pub fn of((major, minor): (u32, u32)) -> Self {
        let numbers = |text: &str| text.split_once('.').and_then(|(major, minor)| Some((major.parse().ok()?, minor.parse().ok()?)));
        let is_not_newer = |text: &&&str| numbers(text).is_some_and(|numbers: (u32, u32)| numbers <= (major, minor));
        let place = VERSIONS.iter().take_while(is_not_newer).count().saturating_sub(1);
        Self { place, is_newer: place == VERSIONS.len() - 1 && numbers(VERSIONS[place]) != Some((major, minor)) }
    }

    /// The newest version whose options are known, if it is newer than that.
    #[must_use]
    pub fn beyond(self) -> Option<&'static str> {
        VERSIONS.last().copied().filter(|_| self.is_newer)
    }

    /// What it makes of an option.
    #[must_use]
    pub fn standing(self, section: &str, option: &str) -> Standing {
        if self.knows(section, option) {
            return Standing::Known;
        }
        if let Some((_, new, _)) = FORMER.iter().find(|(old, _, found)| *old == (section, option) && self.is_among(*found)) {
            return Standing::Former(*new);
        }
        let found = sections(section).map(|section| section.bits(option)).find(|bits| *bits > 0).unwrap_or_default();
        // Some are known by the name alone that another has in their place.
        let moved = FORMER.iter().filter(|(old, ..)| *old == (section, option)).fold(0, |bits, (_, _, found)| bits | found);
        let (before, after) = ((found | moved) & (self.bit() - 1), found & !(self.bit() - 1));
        let version = |place: u32| VERSIONS.get(place as usize).copied().unwrap_or_default();
        match (before, after) {
            _ if after > 0 => Standing::Later(version(after.trailing_zeros()), self.before(section, option)),
            _ if before > 0 => Standing::Gone(version(u32::BITS - before.leading_zeros()), self.now(section, option, 4)),
            _ if self.is_newer => Standing::Known,
            _ => self.slip(section, option),
        }
    }

    /// The names that it reads besides an option's own.
    pub fn former(self, section: &str, option: &str) -> impl Iterator<Item = Name> {
        FORMER.iter().filter(move |(_, new, found)| *new == (section, option) && self.is_among(*found)).map(|(old, ..)| *old)
    }

    /// The section that a variable means, which has no character for some that stand in names.
    #[must_use]
    pub fn section_of_variable(section: &str) -> Option<&'static str> {
        SECTIONS.iter().map(|section| section.name).find(|name| name.replace('.', "_") == section)
    }

    /// An option, and what stands behind it if Airflow is told there how to get at a secret.
    #[must_use]
    pub fn of_secret<'o>(section: &str, option: &'o str) -> (&'o str, &'static str) {
        let is_it = |name: &&str| Self::is_secret(section, name);
        let split = OF_SECRETS.into_iter().find_map(|end| Some((option.strip_suffix(end).filter(is_it)?, end)));
        split.unwrap_or((option, ""))
    }

    /// Whether an option is a secret, by its name in whatever version.
    #[must_use]
    pub fn is_secret(section: &str, option: &str) -> bool {
        let is_secret = |(section, option): (&str, &str)| {
            sections(section).any(|section| section.options.iter().any(|(name, _, is_secret)| *is_secret && *name == option))
        };
        is_secret((section, option)) || FORMER.iter().any(|(old, new, _)| *old == (section, option) && is_secret(*new))
    }

    /// Whether some version has options of that name, and none takes one of them for a secret.
    #[must_use]
    pub fn is_open(option: &str) -> bool {
        let mut found = SECTIONS.iter().flat_map(|section| section.options).filter(|(name, ..)| *name == option).peekable();
        found.peek().is_some() && found.all(|(.., is_secret)| !is_secret)
    }

    /// Whether a name that no option of any version has is meant as that of one that holds no secret.
    #[must_use]
    pub fn is_slip_of_open(option: &str) -> bool {
        let all = SECTIONS.iter().flat_map(|section| section.options).map(|(name, ..)| *name);
        nearest(option, all).is_some_and(|meant| Self::is_open(meant) && !Self::is_slip_of_secret(option))
    }

    /// The option that is meant where section and name are one word, such as `core_parallelism` or `_core__parallelism`.
    #[must_use]
    pub fn in_one_word(word: &str) -> Option<Name> {
        let name_in = |section: &str| {
            Some(word.trim_start_matches('_').strip_prefix(&section.replace('.', "_"))?.strip_prefix('_')?.trim_start_matches('_'))
        };
        SECTIONS.iter().find_map(|section| {
            let meant = name_in(section.name)?;
            section.options.iter().find(|(name, ..)| *name == meant).map(|(name, ..)| (section.name, *name))
        })
    }

    /// Whether a name that no option of any version has may be meant as that of a secret.
    #[must_use]
    pub fn is_slip_of_secret(option: &str) -> bool {
        let mut all = SECTIONS.iter().flat_map(|section| section.options);
        !all.clone().any(|(name, ..)| *name == option) && all.any(|(name, _, is_secret)| *is_secret && is_near(option, name))
    }

    fn bit(self) -> u32 {
        1 << self.place
    }

    fn is_among(self, bits: u32) -> bool {
        bits & self.bit() > 0
    }

    /// The options that it knows of a section.
    fn options(self, section: &Section) -> impl Iterator<Item = &'static str> {
        section.options.iter().filter(move |(_, bits, _)| self.is_among(*bits)).map(|(name, ..)| *name)
    }

    /// Whether it knows an option by this name.
    #[must_use]
    pub fn knows(self, section: &str, option: &str) -> bool {
        sections(section).any(|section| self.options(section).any(|name| name == option || name == EACH))
    }

    /// The option that has the place of one that is gone, over a few changes of its name.
    fn now(self, section: &str, option: &str, changes: usize) -> Option<Name> {
        let all = || FORMER.iter().filter(|(old, ..)| *old == (section, option)).map(|(_, new, _)| *new);
        let known = all().find(|(section, option)| self.knows(section, option));
        known.or_else(|| if changes == 0 { None } else { all().find_map(|(section, option)| self.now(section, option, changes - 1)) })
    }

    /// The option in whose place one comes later.
    fn before(self, section: &str, option: &str) -> Option<Name> {
        let all = || FORMER.iter().filter(|(_, new, _)| *new == (section, option)).map(|(old, ..)| *old);
        let known = |(section, option): &Name| self.knows(section, option);
        all().filter(|(_, name)| *name == option).chain(all()).find(known)
    }

    /// What was probably meant by an option that no version has.
    fn slip(self, section: &str, option: &str) -> Standing {
        let here = sections(section).find(|section| self.options(section).next().is_some());
        let Some(here) = here else {
            // It may be the section of a program that nobody here knows, if not all of a name is there.
            let all = SECTIONS.iter().filter(|other| self.knows(other.name, option)).map(|section| section.name);
            let found = nearest(section, all).and_then(|section| Some((section, known_name(section, option)?)));
            return found.map_or(Standing::Known, |name| Standing::Unknown(Some(name)));
        };
        let in_section = || Some((here.name, nearest(option, self.options(here).filter(|name| *name != EACH))?));
        let elsewhere = || {
            let mut all = SECTIONS.iter().filter_map(|other| Some((other.name, self.options(other).find(|name| *name == option)?)));
            all.next().filter(|_| all.next().is_none())
        };
        match in_section().or_else(elsewhere) {
            // A newer provider may have more.
            None if !self.is_among(here.own) => Standing::Known,
            found => Standing::Unknown(found),
        }
    }
}

fn sections(name: &str) -> impl Iterator<Item = &'static Section> {
    SECTIONS.iter().filter(move |section| section.name == name)
}

/// An option's name as the data has it.
fn known_name(section: &str, option: &str) -> Option<&'static str> {
    sections(section).flat_map(|section| section.options).map(|(name, ..)| *name).find(|name| *name == option || *name == EACH)
}

#[cfg(test)]
mod tests {
    use super::*;

    const V2: Airflow = Airflow { place: 12, is_newer: false };

    fn of_3(section: &str, option: &str) -> Standing {
        Airflow::of((3, 3)).standing(section, option)
    }

    #[test]
    fn a_version_is_the_newest_that_is_not_newer() {
        assert_eq!(VERSIONS[V2.place], "2.11");
        assert_eq!([(2, 11), (2, 12)].map(Airflow::of), [V2; 2]);
        assert_eq!((Airflow::of((1, 9)).place, Airflow::of((1, 10)).place), (0, 0));
        assert!(Airflow::of((3, 99)).is_newer && !Airflow::of((3, 3)).is_newer);
    }

    #[test]
    fn an_option_is_known_former_gone_or_of_a_later_version() {
        assert_eq!(of_3("core", "parallelism"), Standing::Known);
        assert_eq!(of_3("webserver", "base_url"), Standing::Former(("api", "base_url")));
        assert_eq!(Airflow::of((3, 0)).standing("webserver", "base_url"), Standing::Gone("3.0", Some(("api", "base_url"))));
        assert_eq!(of_3("core", "remote_logging"), Standing::Gone("3.0", Some(("logging", "remote_logging"))));
        assert_eq!(of_3("webserver", "page_size"), Standing::Gone("3.2", Some(("api", "fallback_page_limit"))));
        assert_eq!(of_3("core", "check_slas"), Standing::Gone("3.0", None));
        assert_eq!(V2.standing("core", "remote_logging"), Standing::Former(("logging", "remote_logging")));
        assert_eq!(V2.standing("kubernetes", "namespace"), Standing::Former(("kubernetes_executor", "namespace")));
        assert_eq!(V2.standing("api", "base_url"), Standing::Later("3.0", Some(("webserver", "base_url"))));
        assert_eq!(V2.standing("core", "multi_team"), Standing::Later("3.2", None));
    }

    #[test]
    fn a_slip_is_found_in_its_section_and_then_in_the_others() {
        assert_eq!(of_3("core", "paralelism"), Standing::Unknown(Some(("core", "parallelism"))));
        assert_eq!(of_3("core", "dag_bundle_config_list"), Standing::Unknown(Some(("dag_processor", "dag_bundle_config_list"))));
        assert_eq!(of_3("schedular", "job_heartbeat_sec"), Standing::Unknown(Some(("scheduler", "job_heartbeat_sec"))));
        assert_eq!(of_3("core", "something_else_entirely"), Standing::Unknown(None));
    }

    #[test]
    fn what_others_may_know_is_nobody_s_slip() {
        for (section, option) in [("my_plugin", "host"), ("schedular", "my_own"), ("openlineage", "something_newer"), ("sentry", "a_thing")]
        {
            assert_eq!(of_3(section, option), Standing::Known, "{section} {option}");
        }
        assert_eq!(Airflow::of((3, 99)).standing("core", "paralelism"), Standing::Known);
    }

    #[test]
    fn a_slip_of_a_secret_is_one() {
        for (option, is_slip) in [
            ("sql_alchemy_con", true),
            ("fernet_ky", true),
            ("jwt_secrt", true),
            ("sql_alchemy_conn", false),
            ("parallelism", false),
            ("paralelism", false),
        ] {
            assert_eq!(Airflow::is_slip_of_secret(option), is_slip, "{option}");
        }
    }

    #[test]
    fn a_secret_may_come_from_a_command() {
        assert_eq!(Airflow::of_secret("core", "fernet_key_cmd"), ("fernet_key", "_cmd"));
        assert_eq!(Airflow::of_secret("core", "sql_alchemy_conn_secret"), ("sql_alchemy_conn", "_secret"));
        assert_eq!(Airflow::of_secret("core", "parallelism_cmd"), ("parallelism_cmd", ""));
    }
}
