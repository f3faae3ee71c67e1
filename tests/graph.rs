//! The diagram, as a user gets it.

use std::fs;

use crate::support::{self, home, run, run_with_input};
use airflow_gen::graph::{Edge, Graph, Kind, Lane, Node, Shape, mermaid, svg};

/// The diagram of a values file, in both notations.
fn diagrams(arguments: &[&str], input: &str) -> [String; 2] {
    ["mermaid", "svg"].map(|format| {
        let run = run_with_input(&[&["graph", "--format", format], arguments].concat(), input);
        assert_eq!(run.status, 0, "{}", run.stderr);
        run.stdout
    })
}

#[test]
fn the_diagrams_are_what_they_were() {
    for case in
        ["airflow-azure", "celery-queues", "kubernetes-git-sync", "local", "locked-down", "azure", "database-cloud-sql-proxy", "vault"]
    {
        let drawn = run(&["graph", "-f", &format!("values/{case}.yaml")]);
        assert_eq!(drawn.status, 0, "{}", drawn.stderr);
        insta::assert_snapshot!(case, drawn.stdout);
    }
    insta::assert_snapshot!("airflow-azure.svg", diagrams(&["-f", "values/airflow-azure.yaml"], "")[1]);
}

#[test]
fn every_values_file_has_a_diagram_that_is_well_formed() {
    for entry in fs::read_dir(home().join("values")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let [_, svg] = diagrams(&["-f", path.to_str().unwrap()], "");
            assert_well_formed(&svg);
            assert_no_line_is_behind_a_box(&svg);
        }
    }
}

#[test]
fn it_warns_and_fails_as_rendering_does() {
    let file = "values/airflow-azure.yaml";
    let (drawn, rendered) = (run(&["graph", "-f", file]), run(&["-f", file]));
    assert!(!rendered.stderr.is_empty());
    assert_eq!((drawn.status, &drawn.stderr), (0, &rendered.stderr));
    assert_eq!(run(&["graph", "-f", file]), drawn);
    let set = ["--set", "webserver.replcas=2"];
    let drawn = run(&[&["graph", "-f", file], set.as_slice()].concat());
    assert_eq!(drawn, run(&[&["-f", file], set.as_slice()].concat()));
    assert_eq!((drawn.status, drawn.stdout.as_str()), (2, ""));
}

#[test]
fn no_secret_is_in_it() {
    let secret = "hunter2";
    let settings = [
        ("values/local.yaml", "data.metadataConnection.pass={},postgresql.auth.postgresPassword={}"),
        ("values/local.yaml", "data.metadataConnection.user={},postgresql.auth.username={},postgresql.auth.password=postgres"),
        ("values/local.yaml", "postgresql.auth.password={}"),
        ("values/local.yaml", "apiSecretKey={}"),
        ("values/local.yaml", "jwtSecret={}"),
        ("values/local.yaml", "createUserJob.defaultUser.password={}"),
        ("values/local.yaml", "executor=CeleryExecutor,redis.enabled=true,redis.password={}"),
        ("values/local.yaml", "executor=CeleryExecutor,redis.enabled=false,data.brokerUrl=redis://:{}@broker.example.com:6379/0"),
        ("values/local.yaml", "executor=CeleryExecutor,redis.enabled=false,data.brokerUrl=redis://:pa/ss@{}:6379/0@x"),
        ("values/local.yaml", "env[0].name=A__SQL_ALCHEMY_CONN,env[0].value=postgresql://{}:1/x@db.example.com/airflow"),
        ("values/local.yaml", "config.database.sql_alchemy_conn=postgresql://u:{}@db.example.com/airflow"),
        ("values/kubernetes-git-sync.yaml", "dags.gitSync.sshKeySecret=null,dags.gitSync.repo=https://u:{}@example.com/dags.git"),
        ("values/airflow-azure-load-balancer.yaml", "data.metadataConnection.pass={}"),
        ("values/airflow-azure-load-balancer.yaml", "data.metadataConnection.user={}"),
    ];
    for (file, setting) in settings {
        let setting = setting.replace("{}", secret);
        for text in diagrams(&["-f", file, "--set", &setting], "") {
            assert!(!text.contains(secret), "{setting}\n{text}");
            assert!(text.contains("scheduler"), "{text}");
        }
    }
}

#[test]
fn a_database_outside_is_shown_by_its_host() {
    let connection = "data.metadataConnection.host=db.example.com,data.metadataConnection.pass=p%@/x";
    let settings = format!("data.metadataSecretName=null,postgresql.enabled=false,{connection}");
    for text in diagrams(&["-f", "values/local-executor.yaml", "--set", &settings], "") {
        assert!(text.contains("metadata database") && text.contains("db.example.com"), "{text}");
    }
}

#[test]
fn a_set_in_which_nothing_runs_has_a_diagram() {
    let nothing = Graph::of(&[]);
    assert_eq!(mermaid(&nothing), "flowchart LR\n");
    assert_well_formed(&svg(&nothing));
    insta::assert_snapshot!("nothing.svg", svg(&nothing));
}

#[test]
fn names_of_any_kind_stay_names() {
    let label = vec!["a\"];<b>&amp;'|{x}--%%".to_owned(), "#quot; end\u{1}\u{7f}ü".to_owned()];
    let namespace = Some("]<&\"".to_owned());
    let node = |shape: Shape, outside| Node { shape, label: label.clone(), namespace: namespace.clone(), outside, lane: shape.lane() };
    let nodes = vec![node(Shape::Workload, false), node(Shape::Storage, true), node(Shape::Repository, false)];
    let edge = |to, kind| Edge { from: 0, to, kind, label: label.join("\n") };
    let graph = Graph { nodes, edges: vec![edge(1, Kind::TalksTo), edge(2, Kind::Makes)] };
    insta::assert_snapshot!("names", mermaid(&graph));
    assert_well_formed(&svg(&graph));
}

/// The image in the README is the one of its values file.
#[test]
fn the_readme_shows_the_diagram_that_there_is() {
    let image = home().join("docs/azure.svg");
    let [_, svg] = diagrams(&["-f", "values/azure.yaml"], "");
    if support::updates() {
        return fs::write(&image, svg).unwrap();
    }
    assert!(fs::read_to_string(home().join("README.md")).unwrap().contains("](docs/azure.svg)"));
    assert!(fs::read_to_string(&image).unwrap_or_default() == svg, "docs/azure.svg is out of date: UPDATE_GOLDEN=1 cargo test");
}

/// From any node to any other, in lanes that are full, empty or one.
#[test]
fn lines_of_any_kind_keep_clear_of_boxes() {
    let lanes = [Lane::Users, Lane::Web, Lane::Control, Lane::Workers, Lane::Data];
    for seed in 0..40_usize {
        let count = 2 + seed % 11;
        let node = |number: usize| {
            let label = vec![format!("node {number}"); 1 + number % 3];
            Node { shape: Shape::Workload, label, namespace: None, outside: false, lane: lanes[number * (seed + 3) % (1 + seed % 5)] }
        };
        let all = (0..count).flat_map(|from| (0..count).map(move |to| (from, to)));
        let chosen = all.filter(|(from, to)| from != to && (from * 7 + to * 5 + seed) % 3 == 0);
        let kinds = [Kind::TalksTo, Kind::Reads, Kind::Mounts, Kind::Makes];
        let edges = chosen.map(|(from, to)| Edge { from, to, kind: kinds[(from + to) % 4], label: String::new() }).collect();
        let drawn = svg(&Graph { nodes: (0..count).map(node).collect(), edges });
        assert_well_formed(&drawn);
        assert_no_line_is_behind_a_box(&drawn);
    }
}

/// That no line runs through the inside of a box. Boxes have a stroke; lines go straight, but for corners, which are small.
fn assert_no_line_is_behind_a_box(svg: &str) {
    let attribute = |tag: &str, name: &str| {
        tag.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split_once('"')).map(|(value, _)| value.to_owned())
    };
    let number = |text: String| text.parse::<f64>().unwrap();
    let mut boxes = Vec::new();
    let mut lines = Vec::new();
    // The legend comes last, and has samples of lines.
    for tag in svg.split('<').filter(|tag| tag.contains(" stroke=")) {
        if tag.starts_with("rect ") {
            let [x, y, width, height] = ["x", "y", "width", "height"].map(|name| number(attribute(tag, name).unwrap()));
            boxes.push((x, y, x + width, y + height));
        } else if let Some(way) = attribute(tag, "d").filter(|_| tag.contains("fill=\"none\"")) {
            let mut at = (0.0, 0.0);
            let mut command = ' ';
            let mut numbers: Vec<f64> = Vec::new();
            let spaced: String =
                way.chars().flat_map(|symbol| if symbol.is_ascii_alphabetic() { vec![' ', symbol, ' '] } else { vec![symbol] }).collect();
            for word in spaced.split_whitespace().chain(["end"]) {
                if let Ok(value) = word.parse::<f64>() {
                    numbers.push(value);
                    continue;
                }
                let to = match (command, numbers.as_slice()) {
                    ('M', [x, y]) | ('Q', [_, _, x, y]) => (*x, *y),
                    ('H', [x]) => (*x, at.1),
                    ('h', [width]) => (at.0 + width, at.1),
                    ('V', [y]) => (at.0, *y),
                    // The upper end of a cylinder.
                    (' ' | 'a', _) => at,
                    _ => panic!("{way}"),
                };
                if matches!(command, 'H' | 'h' | 'V') {
                    lines.push((at, to, way.clone()));
                }
                at = to;
                command = word.chars().next().unwrap();
                numbers.clear();
            }
        }
    }
    assert!(!boxes.is_empty(), "{svg}");
    for (from, to, way) in &lines {
        for (left, top, right, bottom) in &boxes {
            let is_beside =
                from.0.max(to.0) <= *left || from.0.min(to.0) >= *right || from.1.max(to.1) <= *top || from.1.min(to.1) >= *bottom;
            assert!(is_beside, "{way} runs through {left} {top} {right} {bottom}");
        }
    }
}

/// That a text is XML: every tag is closed in its turn, attributes are quoted, and nothing else has `<` or a bare `&`.
fn assert_well_formed(text: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text.trim_end();
    while let Some((before, after)) = rest.split_once('<') {
        assert!(open.is_empty() <= before.is_empty() && entities_are_known(before), "{before}");
        let (tag, after) = after.split_once('>').expect("a tag ends");
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
            assert!(!open.is_empty() || rest.is_empty(), "the root ends last: {rest}");
            continue;
        }
        let (tag, closed) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(!name.is_empty() && name.chars().all(char::is_alphanumeric), "{tag}");
        let mut names = Vec::new();
        while !attributes.is_empty() {
            let (name, value) = attributes.split_once("=\"").expect(tag);
            let (value, more) = value.split_once('"').expect(tag);
            assert!(!value.contains('<') && entities_are_known(value) && !names.contains(&name), "{tag}");
            names.push(name);
            attributes = more.strip_prefix(' ').unwrap_or(more);
        }
        if !closed {
            open.push(name);
        }
    }
    assert!(open.is_empty() && rest.is_empty(), "{open:?} {rest}");
}

fn entities_are_known(text: &str) -> bool {
    text.split('&').skip(1).all(|rest| ["amp;", "lt;", "gt;", "quot;"].iter().any(|known| rest.starts_with(known)))
}
