//! What messages are about: codes that stay, for programs that read them.
//!
//! Rules have codes of their own (`src/checks/`). Here are those of all else.

/// What a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// Its code, which stays as it is.
    pub code: &'static str,
    /// Its name, which says the same in words.
    pub name: &'static str,
    /// What is found.
    pub what: &'static str,
    /// Why that matters.
    pub why: &'static str,
}

/// Declares codes, and lists them.
macro_rules! codes {
    ( $( $name:ident = $code:literal $words:literal, $what:literal $why:literal; )* ) => {
        $(
            #[doc = $what]
            pub const $name: Code = Code { code: $code, name: $words, what: $what, why: $why };
        )*

        /// All of them, in the order of their codes.
        pub const ALL: &[Code] = &[$($name),*];
    };
}

codes! {
    FAILURE = "F100" "failure",
        "The job could not be done." "The message says why.";
    USAGE = "F101" "usage",
        "The command line is not one that gen understands." "`gen --help` lists the options.";
    UNREADABLE = "F102" "unreadable",
        "A values file cannot be read." "It is not there, or no text in UTF-8.";
    NOT_YAML = "F103" "not-yaml",
        "A text is not YAML, or an argument no setting." "Nothing of it can be taken.";
    NO_VALUES = "F104" "no-values",
        "A file holds no values: it is empty, or several documents, or no map." "A values file is one map of keys and values.";
    ANOTHER_CHART = "F105" "another-chart",
        "A values file is for another chart of Airflow." "Its keys mean nothing here; each has a counterpart.";
    VALUES_WITHIN = "F106" "values-within",
        "The values do not stand at the top of the file, or not where they are said to stand." "`--values-from` says where they stand.";
    UNWRITABLE = "F107" "unwritable",
        "Output cannot be written." "The message says why.";
    NOT_OF_GEN = "F108" "not-of-gen",
        "Files in the output directory are not gen's to overwrite." "They were edited, or gen did not write them.";
    NOTHING_SELECTED = "F109" "nothing-selected",
        "A pattern selects no manifest." "The manifests have other paths.";
    LEFT_OUT = "F110" "left-out",
        "Secrets with real values are left out of a directory." "What is committed holds no secret.";
    WRITTEN = "F111" "written",
        "Files were written." "It says how many.";
    NO_OBJECT = "F112" "no-object",
        "A file that is to be checked holds what is no object of Kubernetes, or nothing." "Nothing of it can be judged.";
    PASSED_BY = "F113" "passed-by",
        "A file in a folder that is checked holds no object of Kubernetes." "It is for something else, such as a chart's values.";
    NOT_JUDGED = "F114" "not-judged",
        "Objects are of kinds that gen does not know." "Their metadata is checked, and nothing else.";
    NOT_CURRENT = "F115" "not-current",
        "A file of a directory is not what the values give." "`gen diff` shows how it differs; `gen -o` writes it.";
    UNKNOWN_KEY = "Y101" "unknown-key",
        "A key means nothing." "The chart refuses it too, or a real key is meant.";
    WRONG_TYPE = "Y102" "wrong-type",
        "A value is of another type than its key takes." "It would mean nothing, or something else.";
    NOT_A_VARIANT = "Y103" "not-a-variant",
        "A value is not one of the words that its key takes." "There are only those to choose from.";
    MISSING_KEY = "Y104" "missing-key",
        "A key that has to be there is not." "Without it the rest says nothing.";
    MALFORMED = "Y105" "malformed",
        "A value or a key of a map has not the form that it has to have." "Who reads it would refuse it, or take it for something else.";
    RESPELT = "Y106" "respelt",
        "A number would not be written as it stands." "`1.10` is the number 1.1.";
    OUT_OF_RANGE = "Y107" "out-of-range",
        "A number is out of its bounds." "Who reads it would refuse it.";
    OTHER_EDITION = "Y108" "other-edition",
        "A key is not one for this version of Airflow." "Its edition of the manifests has no use for it.";
    IGNORED_KEY = "Y109" "ignored-key",
        "A key has no effect, in the chart either." "The chart takes any key there and reads none.";
    DEAD_KEY = "Y110" "dead-key",
        "A key of an older chart has no effect." "Nobody reads it any more.";
    DEPRECATED_KEY = "Y111" "deprecated-key",
        "A key has an old name." "It works; the new name is the one to write.";
    POSTGRESQL_KEY = "Y112" "postgresql-key",
        "A key of Bitnami's PostgreSQL has no effect." "gen runs a small PostgreSQL of its own.";
    TRANSLATED_KEY = "Y113" "translated-key",
        "A key of Bitnami's PostgreSQL is taken for its counterpart." "gen runs a small PostgreSQL of its own, with keys of its own.";
    GO_TEMPLATE = "Y114" "go-template",
        "A Go template in the values cannot be resolved." "There is no template engine behind the values.";
    SECRET_SOURCE = "Y115" "secret-source",
        "A secret cannot be read from where the values say that it is." "The variable is not set, or the file is not there.";
    UNSUPPORTED_VERSION = "Y116" "unsupported-version",
        "A version of Airflow has no edition of the manifests." "Nobody compared what it would get.";
    CHOSEN_VERSION = "Y117" "chosen-version",
        "The values say no version of Airflow." "Another one may have run before.";
    PATCH = "Y118" "patch",
        "A patch cannot be done, or finds no object." "Something is to be changed that is not there.";
    BROKEN_RULE = "Y119" "keys-of-one-map",
        "The keys of a map, or the items of a list, do not go together." "The API server would refuse the object.";
}
