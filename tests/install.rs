//! The script that installs a release, with a release in a folder.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::home;

const ARCHIVE: &str = "gen-0.0.1-x86_64-unknown-linux-musl";

/// What a program says on standard output, having ended well.
fn said(program: &mut Command) -> String {
    let done = program.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// A release: an archive with a script in the place of the binary, and its checksum.
fn release() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at(ARCHIVE)).unwrap();
    fs::write(at(ARCHIVE).join("gen"), "#!/bin/sh\necho gen 0.0.1\n").unwrap();
    let archive = format!("{ARCHIVE}.tar.gz");
    said(Command::new("tar").args(["-czf", &archive, ARCHIVE]).current_dir(folder.path()));
    let sums = said(Command::new("sha256sum").arg(&archive).current_dir(folder.path()));
    fs::write(at("checksums.txt"), format!("{}  gen-0.0.1-aarch64-apple-darwin.tar.gz\n{sums}", "0".repeat(64))).unwrap();
    folder
}

/// How the script ended, on a machine that says of itself that it is another.
fn installed(from: &Path, into: &Path, machine: &str) -> (Option<i32>, String, String) {
    let programs = tempfile::tempdir().unwrap();
    let uname = programs.path().join("uname");
    fs::write(&uname, format!("#!/bin/sh\ncase $1 in -s) echo Linux ;; *) echo {machine} ;; esac\n")).unwrap();
    said(Command::new("chmod").arg("+x").arg(&uname));
    let done = Command::new("sh")
        .arg(home().join("packaging/install.sh"))
        .args([from, into])
        .env("PATH", format!("{}:{}:{}", programs.path().display(), into.display(), std::env::var("PATH").unwrap()))
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (done.status.code(), text(done.stdout), text(done.stderr))
}

#[test]
fn the_archive_for_the_machine_is_installed() {
    let (release, place) = (release(), tempfile::tempdir().unwrap());
    let into = place.path().join("bin");
    let told = installed(release.path(), &into, "x86_64");
    assert_eq!(told, (Some(0), format!("gen 0.0.1 is in {}\n", into.display()), String::new()));
    let names: Vec<_> = fs::read_dir(&into).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["gen"]);
}

#[test]
fn what_is_not_what_its_checksum_says_is_not_installed() {
    let (release, place) = (release(), tempfile::tempdir().unwrap());
    let archive = release.path().join(format!("{ARCHIVE}.tar.gz"));
    fs::write(&archive, [fs::read(&archive).unwrap(), vec![0]].concat()).unwrap();
    let told = installed(release.path(), &place.path().join("bin"), "x86_64");
    let error = format!("install.sh: {ARCHIVE}.tar.gz is not what checksums.txt says: nothing was installed\n");
    assert_eq!(told, (Some(1), String::new(), error));
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
}

#[test]
fn what_the_release_does_not_have_is_said() {
    let (release, place) = (release(), tempfile::tempdir().unwrap());
    let told = |from: &Path, machine: &str| installed(from, &place.path().join("bin"), machine).2;
    assert_eq!(told(release.path(), "aarch64"), "install.sh: checksums.txt names no archive for aarch64-unknown-linux-musl\n");
    let error = "install.sh: there is no binary for Linux on riscv64; build it: cargo install --path . --locked\n";
    assert_eq!(told(release.path(), "riscv64"), error);
    assert_eq!(
        told(Path::new("http://example.com/gen"), "x86_64"),
        "install.sh: http://example.com/gen is not encrypted: give its address by https\n"
    );
    assert!(told(place.path(), "x86_64").ends_with(&format!("install.sh: {} has no checksums.txt\n", place.path().display())));
}
