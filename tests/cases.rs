//! Many tests of one kind, each with a name of its own: for every values file, every mistake, every key.

mod golden;
mod network;
mod strings;
mod support;

fn main() {
    let trials = golden::trials().chain(network::trials()).chain(strings::trials()).collect();
    libtest_mimic::run(&libtest_mimic::Arguments::from_args(), trials).exit();
}
