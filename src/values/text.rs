//! Strings of a certain form.

use std::borrow::Cow;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// Declares a string type: its form as a regular expression, its greatest length, its form in words, and what else it has to be
/// by a mark of the schema.
macro_rules! text {
    ( $( $(#[$doc:meta])* $name:ident = $pattern:literal, $most:literal, $expected:literal $(, $mark:literal)?; )* ) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Deserialize, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The form in words.
            pub const EXPECTED: &'static str = $expected;

            /// Whether a text has the form.
            #[must_use]
            pub fn takes(text: &str) -> bool {
                super::schema::has_form(stringify!($name), text)
            }

            /// The text, unless it is empty, which stands for nothing given, as in the chart.
            #[must_use]
            pub fn given(&self) -> Option<&str> {
                (!self.0.is_empty()).then_some(self.0.as_str())
            }
        }

        impl Deref for $name {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({"type": "string", "pattern": $pattern, "maxLength": $most, "x-expected": $expected $(, $mark: true)?})
            }
        }
    )* };
}

text! {
    /// A DNS label (RFC 1123): what Kubernetes takes as the name of a namespace.
    DnsLabel = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", 63,
        "a DNS label: lower case letters, digits and `-`, with a letter or digit at both ends, 63 characters at most";
    /// The prefix of names: a DNS label short enough for the rest of the name, or nothing.
    NamePrefix = r"^([a-z]([-a-z0-9]*[a-z0-9])?)?$", 40,
        "lower case letters, digits and `-`, beginning with a letter and not ending with `-`, 40 characters at most";
    /// A DNS subdomain (RFC 1123), or nothing: what Kubernetes takes as the name of most objects.
    DnsSubdomain = r"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)?$", 253,
        "a DNS name: lower case letters, digits, `-` and `.`, with a letter or digit at both ends of each part, 253 characters at most";
    /// The name of an object that has to be named: a DNS subdomain.
    ObjectName = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", 253,
        "a DNS name: lower case letters, digits, `-` and `.`, with a letter or digit at both ends of each part, 253 characters at most";
    /// The value of a label.
    LabelValue = r"^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$", 63,
        "a label's value: letters, digits, `-`, `_` and `.`, with a letter or digit at both ends, 63 characters at most";
    /// The key of a label or an annotation.
    LabelKey = r"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$", 317,
        "a label's key: at most 63 letters, digits, `-`, `_` and `.`, with an optional DNS name and `/` before it", "x-qualified";
    /// The key of an annotation.
    AnnotationKey = r"^([A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\.[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$", 317,
        "an annotation's key: at most 63 letters, digits, `-`, `_` and `.`, with an optional DNS name and `/` before it", "x-qualified";
    /// The name of a port of a Service: a DNS label, or nothing.
    ServicePortName = r"^([a-z0-9]([-a-z0-9]*[a-z0-9])?)?$", 63,
        "a DNS label: lower case letters, digits and `-`, with a letter or digit at both ends, 63 characters at most";
    /// The name of a port where others refer to it (Kubernetes: `IANA_SVC_NAME`), or nothing. A Service's may have a longer one.
    PortName = r"^(([0-9]+-)*[0-9]*[a-z][a-z0-9]*(-[a-z0-9]+)*)?$", 15,
        "a port's name: lower case letters, digits and single `-`, with a letter in it, 15 characters at most";
    /// An application protocol (Kubernetes: `appProtocol`), or nothing.
    AppProtocol = r"^(([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$", 317,
        "a protocol such as `http` or `kubernetes.io/h2c`", "x-qualified";
    /// The host of an Ingress, or nothing.
    IngressHostName = r"^((\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)?$", 253,
        "a host name in lower case, without scheme and port, such as `airflow.example.com` or `*.example.com`", "x-no-address";
    /// The path of an Ingress, or nothing.
    UrlPath = r"^(/[^\x00-\x1f\x7f-\x9f\x{2028}\x{2029}]*)?$", 4096, "a path that begins with `/`";
    /// How a path of an Ingress is matched.
    PathType = r"^(Exact|ImplementationSpecific|Prefix)$", 32, "`Exact`, `Prefix` or `ImplementationSpecific`";
    /// The address of a Service, or nothing.
    ClusterIp = r"^(None|[0-9A-Fa-f:.]+)?$", 64, "an IP address, or `None`", "x-cluster-ip";
    /// An NFS server.
    NfsServer = r"^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9.])?|\[?[0-9A-Fa-f:.]+\]?)$", 253, "a host: a DNS name, an IPv4 or an IPv6 address";
    /// An image repository: a host with an optional port, and a path.
    ImageRepository = r"^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?(:[0-9]+)?(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*)?$", 255,
        "an image repository, such as `apache/airflow` or `registry.example.com:5000/airflow`";
    /// An image tag.
    ImageTag = r"^([A-Za-z0-9_][-A-Za-z0-9_.]{0,127}(@sha256:[0-9a-f]{64})?)?$", 200,
        "an image tag: letters, digits, `_`, `-` and `.`, 128 characters at most, the first neither `-` nor `.`, and a digest behind `@` if need be";
    /// An image digest.
    ImageDigest = r"^([a-z0-9]+([+._-][a-z0-9]+)*:[0-9A-Fa-f]{32,}|.*)$", 256, "an image digest, such as `sha256:` and 64 digits";
    /// The name of an environment variable.
    VariableName = r"^[ -<>-~]+$", 253, "the name of an environment variable: printable ASCII without `=`";
    /// The key of a Secret or a config map.
    DataKey = r"^[-._a-zA-Z0-9]+$", 253, "the key of a Secret: letters, digits, `-`, `_` and `.`";
    /// An absolute path in a container.
    AbsolutePath = r"^(/|/[^:\x00-\x1f\x7f-\x9f]*[^: \x00-\x1f\x7f-\x9f])$", 4096,
        "an absolute path, without `:`, control characters and a blank at its end";
    /// Where a volume is mounted: any path, as long as there is one.
    MountPath = r"^[^\x00-\x1f\x7f-\x9f\x{2028}\x{2029}]+$", 4096, "a path, without control characters";
    /// A relative path below a volume.
    SubPath = r"^([^/: \x00-\x1f\x7f-\x9f]([^:\x00-\x1f\x7f-\x9f]*[^: \x00-\x1f\x7f-\x9f])?)?$", 4096,
        "a relative path, without `:`, control characters and blanks at its ends";
    /// A host name, an IPv4 address, or an IPv6 address with or without brackets.
    Host = r"^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9.])?|\[?[0-9A-Fa-f:.]+\]?)?$", 253,
        "a host: a DNS name, an IPv4 or an IPv6 address, without port, user or scheme";
    /// The name of a database, as every version of SQLAlchemy reads it back.
    DatabaseName = r"^[A-Za-z0-9_.-]+$", 63,
        "a database name of letters, digits, `_`, `.` and `-`: no other is read back alike by all versions of SQLAlchemy";
    /// The host of an address, or nothing.
    UrlHost = r"^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9.])?|\[[0-9A-Fa-f:.]+\])?$", 253,
        "a host: a DNS name, an IPv4 address, or an IPv6 address in brackets, without port, user or scheme";
    /// An address for http, or nothing.
    HttpUrl = r"^(https?://[^/ \x00-\x1f\x7f-\x9f$]+(/[^ \x00-\x1f\x7f-\x9f$]*)?)?$", 2048,
        "an address such as `https://keys.example.com/jwks.json`, without blanks and `$`";
    /// The scheme of an address, or nothing.
    UrlScheme = r"^(https?)?$", 8, "`http` or `https`";
    /// The name of a table of Airflow's database.
    TableName = r"^[A-Za-z_][A-Za-z0-9_]*$", 63, "the name of a table: letters, digits and `_`, such as `task_instance`";
    /// A single line of text.
    Line = r"^[^\x00-\x1f\x7f-\x9f\x{2028}\x{2029}]*$", 4096, "one line of text, without control characters";
    /// The name of a section of airflow.cfg.
    SectionName = r"^[A-Za-z0-9_.-]+$", 128, "the name of a section of airflow.cfg: letters, digits, `_`, `.` and `-`";
    /// The name of an option of airflow.cfg.
    OptionName = r"^[A-Za-z0-9_./-]+$", 317, "the name of an option of airflow.cfg: letters, digits, `_`, `.`, `/` and `-`";
    /// The name of an Azure storage account (or a stand-in for one, in capitals).
    StorageAccount = r"^([a-z0-9]{3,24}|[A-Z][A-Z_]+)$", 63,
        "the name of an Azure storage account: 3 to 24 lower case letters and digits";
    /// The name of an Azure file share (or a stand-in for one, in capitals).
    ShareName = r"^([a-z0-9](-?[a-z0-9]){2,}|[A-Z][A-Z_]+)$", 63,
        "the name of an Azure file share: 3 to 63 lower case letters, digits and single hyphens";
    /// An Amazon EFS file system (or a stand-in for one, in capitals).
    EfsFileSystem = r"^(fs-[0-9a-f]{8,40}|[A-Z][A-Z_]+)$", 128, "an EFS file system, such as `fs-0123456789abcdef0`";
    /// An access point of an Amazon EFS file system (or a stand-in for one, in capitals).
    AccessPoint = r"^(fsap-[0-9a-f]{8,40}|[A-Z][A-Z_]+)$", 128, "an access point of EFS, such as `fsap-0123456789abcdef0`";
    /// The name of a Filestore instance, of its share or its location.
    FilestoreName = r"^[A-Za-z][-_A-Za-z0-9]*$", 63, "a name as Filestore has it: letters, digits, `-` and `_`, beginning with a letter";
    /// The identifier of a volume on Filestore.
    FilestoreHandle = r"^modeInstance/[^/\x09-\x0d ]+/[^/\x09-\x0d ]+/[^/\x09-\x0d ]+$", 255, "an identifier such as `modeInstance/LOCATION/INSTANCE/SHARE`";
    /// A bucket of Amazon S3 or Google Cloud Storage.
    Bucket = r"^[a-z0-9][a-z0-9._-]+[a-z0-9]$", 222,
        "a bucket's name: three or more lower case letters, digits, `-`, `_` and `.`, with a letter or digit at both ends, without scheme and folder";
    /// A container of Azure Blob Storage.
    BlobContainer = r"^([a-z0-9](-?[a-z0-9]){2,}|\$root)$", 63,
        "the name of a container: 3 to 63 lower case letters, digits and single hyphens";
    /// A folder of a bucket, or nothing.
    LogFolder = r"^([A-Za-z0-9._=-]+(/[A-Za-z0-9._=-]+)*)?$", 512,
        "a folder: letters, digits, `.`, `_`, `=` and `-`, with single slashes between, none at its ends";
    /// A folder by which Airflow knows Azure Blob Storage, or nothing.
    WasbFolder = r"^(wasb[A-Za-z0-9._=-]*(/[A-Za-z0-9._=-]+)*)?$", 512,
        "a folder that begins with `wasb`: letters, digits, `.`, `_`, `=` and `-`, with single slashes between";
    /// The name of one of Airflow's connections, or nothing.
    ConnectionId = r"^([A-Za-z0-9_.-]+)?$", 200, "the name of a connection: letters, digits, `_`, `.` and `-`";
    /// The identifier of a key that signs tokens, or nothing.
    KeyId = r"^[A-Za-z0-9_.:=-]*$", 200, "the identifier of a key: letters, digits, `_`, `.`, `:`, `=` and `-`";
    /// The name of a queue of tasks.
    QueueName = r"^[^, \x00-\x1f\x7f-\x9f]+$", 256, "the name of a queue, without commas and blanks";
    /// How a connection to PostgreSQL is secured (libpq: `sslmode`), or nothing.
    SslMode = r"^(disable|allow|prefer|require|verify-ca|verify-full)?$", 16,
        "one of libpq's words: `disable`, `allow`, `prefer`, `require`, `verify-ca` or `verify-full`";
    /// A Cloud SQL instance.
    CloudSqlInstance = r"^[a-z0-9.:-]+:[a-z0-9-]+:[a-z0-9-]+$", 255, "a Cloud SQL instance as `project:region:instance`";
    /// The number of a GitHub App or of its installation.
    Digits = r"^[0-9]+$", 20, "a number in quotes, such as `\"123456\"`";
    /// The address of a git repository.
    GitUrl = r"^([^ \x00-\x1f\x7f-\x9f]+)?$", 2048, "the address of a git repository, without blanks";
    /// A git branch, tag or commit.
    GitRef = r"^([^- \x00-\x1f\x7f-\x9f~^:?*\[\\][^ \x00-\x1f\x7f-\x9f~^:?*\[\\]*)?$", 255, "the name of a git branch, tag or commit";
    /// A quantity of storage or memory, in Kubernetes' notation.
    Quantity = r"^(0*[1-9][0-9]*(\.[0-9]*)?|0*\.0*[1-9][0-9]*)(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?[0-9]{1,2})?$", 32,
        "a quantity above zero, such as `500Mi` or `10Gi`";
    /// A duration, in Go's notation.
    Duration = r"^(0|([0-9]+(\.[0-9]*)?(ns|us|ms|s|m|h))+)$", 64, "a length of time, such as `30s`, `5m` or `1h30m`";
    /// A length of time as Flux takes it.
    FluxDuration = r"^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$", 64, "a length of time, such as `30s`, `5m` or `1h30m`";
    /// A duration, in Prometheus' notation.
    ScrapeDuration = r"^(0|([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?)$", 64,
        "a length of time as Prometheus writes it, such as `30s` or `1m30s`";
    /// When a CronJob runs, as the library of Kubernetes reads it.
    Schedule = r"^[ \t]*(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|@every ([0-9]+(\.[0-9]*)?(ns|us|ms|s|m|h))+|([*?]|[0-5]?[0-9](-[0-5]?[0-9])?)(/0*[1-9][0-9]*)?(,([*?]|[0-5]?[0-9](-[0-5]?[0-9])?)(/0*[1-9][0-9]*)?)*[ \t]+([*?]|([01]?[0-9]|2[0-3])(-([01]?[0-9]|2[0-3]))?)(/0*[1-9][0-9]*)?(,([*?]|([01]?[0-9]|2[0-3])(-([01]?[0-9]|2[0-3]))?)(/0*[1-9][0-9]*)?)*[ \t]+([*?]|(0?[1-9]|[12][0-9]|3[01])(-(0?[1-9]|[12][0-9]|3[01]))?)(/0*[1-9][0-9]*)?(,([*?]|(0?[1-9]|[12][0-9]|3[01])(-(0?[1-9]|[12][0-9]|3[01]))?)(/0*[1-9][0-9]*)?)*[ \t]+([*?]|(0?[1-9]|1[0-2]|[A-Za-z]{3})(-(0?[1-9]|1[0-2]|[A-Za-z]{3}))?)(/0*[1-9][0-9]*)?(,([*?]|(0?[1-9]|1[0-2]|[A-Za-z]{3})(-(0?[1-9]|1[0-2]|[A-Za-z]{3}))?)(/0*[1-9][0-9]*)?)*[ \t]+([*?]|(0?[0-6]|[A-Za-z]{3})(-(0?[0-6]|[A-Za-z]{3}))?)(/0*[1-9][0-9]*)?(,([*?]|(0?[0-6]|[A-Za-z]{3})(-(0?[0-6]|[A-Za-z]{3}))?)(/0*[1-9][0-9]*)?)*)[ \t]*$", 253,
        "a schedule of cron: minute, hour, day, month and day of the week (0 to 6), such as `30 3 * * 0`, or `@daily` and its like", "x-schedule";
    /// Which entries of a cache are evicted first.
    Eviction = r"^(lru|random)$", 8, "`lru` or `random`";
    /// A range of addresses in CIDR notation.
    Cidr = r"^(0*(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\.0*(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}/0*(3[0-2]|[12]?[0-9])|[0-9A-Fa-f]*:[0-9A-Fa-f:]*/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))$",
        64, "a range of addresses, such as `203.0.113.0/24`";
}

impl Duration {
    /// The length in seconds.
    ///
    /// # Panics
    ///
    /// Never, where the text has the form.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        seconds(&self.0)
    }
}

impl ScrapeDuration {
    /// The length in seconds.
    ///
    /// # Panics
    ///
    /// Never, where the text has the form.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        seconds(&self.0)
    }
}

/// How many seconds numbers with units are.
fn seconds(mut rest: &str) -> f64 {
    let mut seconds = 0.0;
    // A bare 0 has no unit.
    while let Some(end) = rest.find(|c: char| c.is_ascii_alphabetic()) {
        let (number, after) = rest.split_at(end);
        let unit = after.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
        let length = match unit {
            "ns" => 1e-9,
            "us" => 1e-6,
            "ms" => 1e-3,
            "m" => 60.0,
            "h" => 3600.0,
            "d" => 86_400.0,
            "w" => 604_800.0,
            "y" => 31_536_000.0,
            _ => 1.0,
        };
        seconds += number.parse::<f64>().expect("the form has a number") * length;
        rest = &after[unit.len()..];
    }
    seconds
}

impl GitUrl {
    /// Whether the repository is reached by ssh.
    #[must_use]
    pub fn is_ssh(&self) -> bool {
        self.starts_with("ssh://") || !self.contains("://") && self.contains('@')
    }

    /// Whether the repository is reached by https, or by http.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.starts_with("https://") || self.starts_with("http://")
    }

    /// Whether a user or a token stands in an address for https.
    #[must_use]
    pub fn has_user(&self) -> bool {
        self.is_https() && self.split('/').nth(2).is_some_and(|host| host.contains('@'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_of_time_is_so_many_seconds() {
        for (text, seconds) in [("0", 0.0), ("5s", 5.0), ("1h30m", 5400.0), ("1.5s", 1.5), ("500ms", 0.5), ("1m1s500ms", 61.5)] {
            assert!((Duration::from(text).seconds() - seconds).abs() < 1e-9, "{text}");
        }
        for (text, seconds) in [("0", 0.0), ("1d", 86_400.0), ("1m30s", 90.0), ("2w1ms", 1_209_600.001)] {
            assert!((ScrapeDuration::from(text).seconds() - seconds).abs() < 1e-9, "{text}");
        }
    }
}
