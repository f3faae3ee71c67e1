//! What each step on the way from values to manifests takes, of the default of the current edition.

use std::hint::black_box;

use airflow_gen::checks::{self, Cluster, Release, Subject};
use airflow_gen::kubernetes::{Manifest, Set};
use airflow_gen::layers::{self, Layer};
use airflow_gen::output::{self, Format};
use airflow_gen::yaml;
use criterion::{Criterion, criterion_group, criterion_main};

const VALUES: &str = "airflowVersion: 3.2.2\ncreateUserJob: {useHelmHooks: false}\n";

fn steps(criterion: &mut Criterion) {
    let layers = [Layer::Text("values.yaml".to_owned(), VALUES.to_owned())];
    let (values, given) = layers::values(&layers).unwrap();
    let (model, extra) = airflow_gen::known(&values, &given);
    let manifests = airflow_gen::objects(&model, extra, &given).unwrap();
    let listed: Vec<&Manifest> = manifests.iter().collect();
    let text = output::stream(&listed, Format::Yaml);

    let mut group = criterion.benchmark_group("default");
    group.bench_function("values, read, merged and typed", |bencher| bencher.iter(|| layers::values(black_box(&layers)).unwrap()));
    group.bench_function("checks of values", |bencher| {
        let subject = Subject { values: &values, given: given.said(), known: &model.known };
        bencher.iter(|| checks::of_values(black_box(&subject)));
    });
    group.bench_function("model and templates", |bencher| {
        bencher.iter(|| {
            let (model, extra) = airflow_gen::known(black_box(&values), &given);
            airflow_gen::objects(&model, extra, &given).unwrap()
        });
    });
    group.bench_function("checks of manifests", |bencher| {
        bencher.iter(|| {
            let set = Set::of(black_box(&manifests));
            checks::of_manifests(&Release { set, external: &[], missing: &[], cluster: Cluster::default(), open: false })
        });
    });
    group.bench_function("writing", |bencher| bencher.iter(|| output::stream(black_box(&listed), Format::Yaml)));
    group.bench_function("reading what was written", |bencher| bencher.iter(|| yaml::read(black_box(&text), 0).unwrap()));
    group.bench_function("the whole way", |bencher| bencher.iter(|| airflow_gen::manifests(black_box(&layers), Cluster::default()).unwrap()));
    group.finish();
}

criterion_group!(benches, steps);
criterion_main!(benches);
