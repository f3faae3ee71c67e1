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
    ( $( $name:ident = $code:literal $words:literal, $what:literal $why:literal $instead:literal; )* ) => {
        $(
            #[doc = $what]
            pub const $name: Code = Code { code: $code, name: $words, what: $what, why: $why };
        )*

        /// All of them, in the order of their codes, each with what to do about it.
        pub const ALL: &[(Code, &str)] = &[$(($name, $instead)),*];
    };
}

codes! {
    FAILURE = "F100" "failure",
        "The job could not be done."
        "What gen was asked for depends on something that is not as it has to be; nothing was printed or written."
        "The message says what it was. If it speaks of gen itself, it is a fault of gen: report it with the values, secrets left out.";
    USAGE = "F101" "usage",
        "The command line is not one that gen understands."
        "An option, a command or an argument of it does not exist, stands in the wrong place or does not go with another; what it would \
         mean is not guessed."
        "The message names it, and what is meant by it most likely. `gen --help` and `gen help COMMAND` list what there is.";
    UNREADABLE = "F102" "unreadable",
        "A file of values or manifests cannot be read."
        "It is not there, may not be read, is longer than 16 MiB, or is no text in UTF-8."
        "Look at the path, which starts at the folder that gen runs in; save a file of another encoding as UTF-8.";
    NOT_YAML = "F103" "not-yaml",
        "A text is not YAML, or an argument no setting."
        "Where a text breaks the rules of YAML, nobody can tell what the rest of it means, so nothing of it is taken."
        "Look at the place, and at the line above it: most often a text with `: `, `#`, `%`, `*` or `@` lacks quotes, a quote is not \
         closed, a line is indented by a tab, or keys of one map are not indented alike. An argument of `--set` has the form `key=value`.";
    NO_VALUES = "F104" "no-values",
        "A file holds no values: it is empty, or several documents, or no map."
        "A values file is one map of keys and values; an empty one is far more often a mistake than a wish."
        "Write `{}` for no values at all, and give each document as a file of its own, with one `-f` each.";
    ANOTHER_CHART = "F105" "another-chart",
        "A values file is for another chart of Airflow."
        "The community's chart and Bitnami's have other keys than the official one, which gen takes; they would mean nothing here."
        "The message has the counterpart of each key, and `gen migrate` writes the file with those.";
    VALUES_WITHIN = "F106" "values-within",
        "The values do not stand at the top of the file, or not where they are said to stand."
        "The file is that of an umbrella chart, or an object with values in it (HelmRelease, Application); read from its top it would \
         give the defaults."
        "`--values-from KEY`, or `valuesFrom` in `gen.yaml`, says where they stand: `airflow`, `spec.values`, `spec.source.helm.values`.";
    UNWRITABLE = "F107" "unwritable",
        "Output cannot be written."
        "The disk is full, the folder may not be written, a link leads out of it, or standard output is closed. Nothing is left half \
         done."
        "The message has the reason that the system gave; mend that and run it again.";
    NOT_OF_GEN = "F108" "not-of-gen",
        "Files in the output directory are not gen's to overwrite."
        "They were edited since gen wrote them, or gen did not write them: someone's work would be lost."
        "Move what is to stay into the values, and the files out of the directory; `--force` overwrites and removes them.";
    NOTHING_SELECTED = "F109" "nothing-selected",
        "A pattern selects no manifest."
        "`--show-only` goes by the paths of manifests, and no path fits: nothing would be printed."
        "Choose among the paths that stand behind `# Source: ` in the output without the option; `*` stands for any name, in quotes.";
    LEFT_OUT = "F110" "left-out",
        "Secrets with real values are left out of a directory."
        "A directory is committed and copied; what is in it is no secret for long."
        "Apply them by themselves: `gen -f FILE -s 'secrets/*' | kubectl apply -f -`. `--with-secrets` writes them, readable for you \
         alone.";
    WRITTEN = "F111" "written",
        "Files were written."
        "It says how many changed, stayed and went; what is unchanged keeps its time."
        "Nothing.";
    NO_OBJECT = "F112" "no-object",
        "A file that is to be checked holds what is no object of Kubernetes, or nothing."
        "An object has `apiVersion`, `kind` and `metadata.name`. What was named to be checked, and cannot be, is not passed by."
        "Complete it, or do not name the file. Templates are rendered first: `helm template CHART | gen check -`.";
    PASSED_BY = "F113" "passed-by",
        "A file in a folder that is checked holds no object of Kubernetes."
        "It is for something else, such as a chart's values, and folders hold such files beside manifests."
        "Nothing; name the file itself if it is to be judged.";
    NOT_JUDGED = "F114" "not-judged",
        "Objects are of kinds that gen does not know."
        "Only their metadata is checked: what else they may hold, the definitions (CRDs) of their makers say, which gen does not have."
        "Nothing, if the kind is right; the API server judges them when they are applied.";
    NOT_CURRENT = "F115" "not-current",
        "A file of a directory is not what the values give."
        "The values changed since it was written, the file did, or it was another version of gen."
        "`gen diff` shows how it differs; `gen -o` writes it anew.";
    GIT = "F116" "git",
        "git cannot be asked, or has not what is asked for."
        "The program `git` is not there, the folder is in no repository, or the revision or the path is not in it."
        "The message has what git said; `git rev-parse REV` says whether a revision is there.";
    NOT_DIGESTS = "F117" "not-digests",
        "A file of digests does not say those of the images."
        "`gen images --digests` prints every image by its digest, or none: a list of which a part is pinned would pass for one that is."
        "Write a line for each image that `gen images` prints, the image and its digest (`crane digest IMAGE`), and no line twice.";
    NOT_A_FUNCTION_INPUT = "F118" "not-a-function-input",
        "What kustomize or kpt gives to a function is not what `gen krm` takes."
        "A function gets a `ResourceList`, and in its `functionConfig` what it has to do. What stands there and means nothing would be \
         left undone."
        "`kind: Airflow` of `apiVersion: gen/v1` has the values in `spec`; a ConfigMap has settings in `data`, as `--set` takes them.";
    LEFT_DIRECTORY = "F119" "left-directory",
        "A directory is of an environment that is not listed any more, or that has another directory now."
        "What stands in it is no longer kept up to date, and whoever applies it goes on with that."
        "`gen all --prune` removes what gen wrote there; what else is in it stays.";
    HANDOVER_LEFT_OUT = "F120" "handover-left-out",
        "An Application of Argo CD or a Kustomization of Flux is left out."
        "It tells who applies a directory of that, and is no part of what is applied: here the manifests go to Argo CD or into a list, and \
         there is no directory."
        "Nothing, or leave it out of these values: `gen -s 'argocd/*'` prints it by itself.";
    HANDOVER_SHARED = "F121" "handover-shared",
        "Several environments have an Application of Argo CD or a Kustomization of Flux of one name."
        "Where they come to one cluster, the one that is applied last takes the place of the others; and if they have one path, all but \
         one environment are applied by nobody."
        "Give each its own name, `argocd.application.name` or `flux.kustomization.name`, among the values of each environment.";
    HANDOVER_ELSEWHERE = "F122" "handover-elsewhere",
        "The path of an Application of Argo CD or of a Kustomization of Flux is not the directory of the environment."
        "Argo CD or Flux would apply what another environment has, or find nothing."
        "Say the path of `out` among the values of each environment, from the top of the repository.";
    NESTED_DIRECTORY = "F123" "nested-directory",
        "A directory that gen wrote lies within another one that gen wrote."
        "Each has a ledger, and no run keeps the other up to date: `kubectl apply -R`, or Argo CD with `recurse`, goes on applying both."
        "Remove the one that is not meant, or write it elsewhere; `gen all --prune` removes what `gen -o` wrote above the directories of \
         environments.";
    LIVE_OBJECT = "F124" "live-object",
        "Objects that are compared are of a live cluster, and do not say what was applied."
        "The API server and its controllers fill in what nobody said, and without what `kubectl apply` was given the last time nobody can \
         tell that from what is gone: it shows as a difference."
        "Compare by the API server itself: `KUBECTL_EXTERNAL_DIFF` with `kubectl diff`, as `docs/diff.md` has it.";
    REFUSED_CHANGE = "Z101" "refused-change",
        "An API server refuses a change."
        "Selectors, claim templates, the templates of Jobs and their like stay as they were made."
        "Delete the object first, as the message says, and apply then; pods and claims may stay (`--cascade=orphan`).";
    DOUBTFUL_CHANGE = "Z102" "doubtful-change",
        "Whether an API server takes a change depends on the cluster."
        "A claim grows where its class lets it, and changes as long as it is not bound: what manifests do not say."
        "Look at what the message names in the cluster before the apply.";
    KEPT_VALUE = "Z103" "kept-value",
        "An API server keeps a value that is not said any more."
        "It filled in a default when the object was made, and an apply takes out only what an apply brought."
        "Say the value that is meant, or make the object anew.";
    RUNS_BESIDE = "Z104" "runs-beside",
        "What is gone runs on beside what takes its place."
        "`kubectl apply` deletes nothing, and both have the same labels: a Service leads to the pods of both."
        "Delete what is gone with the command of the message, or apply with `--prune`.";
    LEFT_BEHIND = "Z105" "left-behind",
        "Objects that are gone stay in the cluster."
        "`kubectl apply` deletes nothing."
        "Delete them with the command of the message, or apply with `--prune`.";
    RESTARTS = "Z106" "restarts",
        "Pods restart."
        "The template of the pods is another, and their controller replaces them."
        "Nothing; apply when tasks may be interrupted, or workers drain.";
    UNKNOWN_KEY = "Y101" "unknown-key",
        "A key means nothing."
        "The chart refuses it too, or it is a slip of a real key beside it: what was meant by it would not happen."
        "Write the key that the message proposes, or look for it: `gen explain` lists the keys, and `gen explain KEY` those below one.";
    WRONG_TYPE = "Y102" "wrong-type",
        "A value is of another type than its key takes."
        "It would mean nothing, or something else: `1.10` without quotes is a number, and `yes` is `true`."
        "`gen explain KEY` says what it takes. A text that looks like a number or a boolean needs quotes.";
    NOT_A_VARIANT = "Y103" "not-a-variant",
        "A value is not one of the words that its key takes."
        "There are only those to choose from, and capitals matter."
        "Choose one of those in the message; `gen explain KEY` says what each means.";
    MISSING_KEY = "Y104" "missing-key",
        "A key that has to be there is not."
        "Without it the rest says nothing: a volume without a name cannot be mounted."
        "Add it; `gen explain KEY` says what it takes.";
    MALFORMED = "Y105" "malformed",
        "A value or a key of a map has not the form that it has to have."
        "Who reads it would refuse it, or take it for something else: the API server a name in capitals, Airflow an address without scheme."
        "The message says the form; `gen explain KEY` has it too.";
    RESPELT = "Y106" "respelt",
        "A number would not be written as it stands."
        "YAML takes `1.10` for the number 1.1, `0777` for 511 and `1_000` for 1000."
        "Put it in quotes to have it as it stands, or write the number that is meant.";
    OUT_OF_RANGE = "Y107" "out-of-range",
        "A number is out of its bounds."
        "Who reads it would refuse it: there are no more than 65535 ports, and no fewer than 0 replicas."
        "Choose one within the bounds that the message says.";
    OTHER_EDITION = "Y108" "other-edition",
        "A key is not one for this version of Airflow."
        "Airflow 1.10 has an edition of the manifests of its own, which has no use for the key; or the key is of that one."
        "Leave it out, or say another `airflowVersion`; `gen explain --edition 1.10` lists the keys of the one, `gen explain` of the other.";
    IGNORED_KEY = "Y109" "ignored-key",
        "A key has no effect, in the chart either."
        "The chart takes any key there and reads none: Helm renders as if it were not there, without a word. What was meant by it does \
         not happen."
        "Leave it out, or write the key that does what was meant. `gen migrate` makes comments of such keys.";
    DEAD_KEY = "Y110" "dead-key",
        "A key of an older chart has no effect."
        "The chart had it once, and nobody reads it any more."
        "Leave it out. `gen migrate` makes comments of such keys.";
    DEPRECATED_KEY = "Y111" "deprecated-key",
        "A key has an old name."
        "It works, and the chart may drop it with a later version."
        "Write the new name, or have `gen migrate` write it.";
    POSTGRESQL_KEY = "Y112" "postgresql-key",
        "A key of Bitnami's PostgreSQL has no effect."
        "gen runs a small PostgreSQL of its own, to try Airflow out with, and not Bitnami's chart."
        "Leave it out; `gen explain postgresql` lists the keys that it has. For production, name a database of your own: \
         `data.metadataConnection`.";
    TRANSLATED_KEY = "Y113" "translated-key",
        "A key of Bitnami's PostgreSQL is taken for its counterpart."
        "gen runs a small PostgreSQL of its own, with keys of its own, which mean the same."
        "Write the counterpart, or have `gen migrate` write it.";
    GO_TEMPLATE = "Y114" "go-template",
        "A Go template in the values cannot be resolved."
        "Go's engine resolves it as Helm does, with those functions that give the same for the same values. What asks the cluster, the \
         clock, files or chance is refused, what the chart's own templates give as whole containers or files is not known, and a \
         value in what is not there is an error there too."
        "Write the text that the template would give.";
    SECRET_SOURCE = "Y115" "secret-source",
        "A secret cannot be read from where the values say that it is."
        "The variable is not set, or the file is not there, or empty, or longer than 1 MiB. A secret that is not there is never made up."
        "Set the variable for gen, or look at the path, which starts at the folder of the values file.";
    UNSUPPORTED_VERSION = "Y116" "unsupported-version",
        "A version of Airflow has no edition of the manifests."
        "Nobody compared what it would get: supported are 1.10, 2.11 and 3."
        "Upgrade Airflow to 2.11 first, which is the step before 3 anyway, and say it in `airflowVersion`.";
    CHOSEN_VERSION = "Y117" "chosen-version",
        "The values say no version of Airflow."
        "The manifests are for gen's default, and another one may have run before; its database would be migrated."
        "Say in `airflowVersion` which one runs.";
    PATCH = "Y118" "patch",
        "A patch cannot be done, or finds no object."
        "Something is to be changed that is not there: the target names no object of the set, or an operation a path that is not in it."
        "Look at the object (`gen -f FILE -s 'PATH'`) and write the target and the paths as they are there.";
    NEWER_VERSION = "Y120" "newer-version",
        "Airflow is newer than every version that gen knows."
        "What a version has changed, an option or what a component needs, gen does not know before it is made for it."
        "Look for a newer gen, or try the manifests out before they count.";
    KEY_READ_OTHERWISE = "Y121" "key-read-otherwise",
        "A key is read as something else than what is written."
        "Without quotes YAML takes `y`, `on` and `no` for booleans, and `1.10` or `0x10` for numbers; Helm and kubectl then take the \
         text of what they mean for the key: `true`, `1.1`, `16`."
        "Put it in quotes to have it as it stands, or write what it is read as.";
    NOTHING_TO_GIVE = "Y122" "nothing-to-give",
        "A Go template in the values refers to a value that is not there."
        "It gives an empty text, as with Helm, which does not say so: an annotation, an argument or a name has a gap then."
        "Look at the name of the value: give the value, or leave the reference out.";
    KEY_TWICE = "Y123" "key-twice",
        "A key stands twice in its map."
        "Helm's reader takes the last and says nothing of the first, of which nothing is left; kubectl refuses a manifest with one."
        "Keep one of the two; `gen migrate` makes a comment of the first.";
    NEWER_KUBERNETES = "Y124" "newer-kubernetes",
        "Kubernetes is newer than every version that gen knows."
        "The manifests are judged as for the newest that gen knows: what the version has besides, or refuses, gen does not know before it is made \
         for it."
        "Look at the version, or for a newer gen.";
    BROKEN_RULE = "Y119" "keys-of-one-map",
        "The keys of a map, or the items of a list, do not go together."
        "One needs another, or excludes it; the API server would refuse the object."
        "Keep those that the message names together, or one of those that exclude each other.";
}
