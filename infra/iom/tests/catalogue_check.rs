//! The command as an operator runs it.

use std::fs;
use std::process::{Command, Output};

fn check(paths: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_iom")).args(["catalogue", "check"]).args(paths).output().expect("the command runs")
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn the_repository_s_catalogue_has_no_problems() {
    let output = check(&[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output.stderr));
    let line = said(&output.stdout);
    assert!(line.contains("no problems") && line.lines().count() == 1, "{line}");
    assert_eq!(said(&output.stderr), "");
}

#[test]
fn each_problem_is_a_line_on_standard_error_and_the_exit_code_is_1() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("catalogue.toml");
    fs::write(&file, "version = \"1\"\ncurrency = \"dollars\"\nholidayz = []\n").expect("a file");
    for path in [file.display().to_string(), folder.path().display().to_string()] {
        let output = check(&[&path]);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(said(&output.stdout), "");
        let lines = said(&output.stderr);
        assert!(
            lines.lines().any(|line| line.starts_with(&format!("{}:2: `dollars` is no currency", file.display()))),
            "{lines}"
        );
        assert!(
            lines.lines().any(|line| line.starts_with(&format!("{}:3: a catalogue file has no `holidayz`", file.display()))),
            "{lines}"
        );
    }
}

#[test]
fn a_path_that_leads_nowhere_is_said_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = check(&[&folder.path().display().to_string()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output.stderr).contains("has no file that ends in .toml"));
    let output = check(&["/nowhere/at-all.toml"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output.stderr).starts_with("/nowhere/at-all.toml can't be read"));
}

#[test]
fn one_file_is_checked_with_those_beside_it() {
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/../../order-manager/catalogue/local.toml");
    let output = check(&[own]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output.stderr));
}
