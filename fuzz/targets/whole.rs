//! Any values file: the run ends, with errors or with manifests, in which libyaml reads what the checks saw.

#![no_main]

use std::fs;

use airflow_gen::checks::Cluster;
use airflow_gen::kubernetes::Manifest;
use airflow_gen::layers::Layer;
use airflow_gen::output::{Format, in_install_order, stream};
use gen_fuzz::{are_same, data, documents};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("values.yaml");
    fs::write(&file, text).unwrap();
    match airflow_gen::manifests(&[Layer::File(file)], Cluster::default()) {
        Err(error) => assert!(!error.render(false).is_empty()),
        Ok(rendering) => {
            let manifests: Vec<&Manifest> = rendering.manifests.iter().collect();
            let written = documents(&stream(&manifests, Format::Yaml));
            let meant = in_install_order(&manifests);
            assert_eq!(written.len(), meant.len());
            for (found, manifest) in written.iter().zip(meant) {
                assert!(data(&manifest.object).is_none_or(|meant| are_same(found, &meant)), "{} is read otherwise", manifest.path);
            }
        }
    }
});
