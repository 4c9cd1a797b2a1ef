//! Prepares what the site serves as files: comments and indentation taken out, a hash of the content in the name (so that a
//! browser may keep it for ever), and a gzip made once, here, instead of at every request.

use std::path::Path;
use std::{env, fs, io};

use sha2::{Digest, Sha256};
use zopfli::{Format, Options};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("OUT_DIR is not set"))?;
    let mut constants = String::new();
    for (name, file, extension) in [("STYLESHEET", "site", "css"), ("FAVICON", "favicon", "svg")] {
        let source = format!("assets/{file}.{extension}");
        println!("cargo::rerun-if-changed={source}");
        let content = slim(&fs::read_to_string(&source)?);
        let mut gzip = vec![];
        zopfli::compress(Options::default(), Format::Gzip, content.as_bytes(), &mut gzip)?;
        fs::write(Path::new(&out).join(format!("{file}.{extension}")), &content)?;
        fs::write(Path::new(&out).join(format!("{file}.{extension}.gz")), gzip)?;
        let hash: String = Sha256::digest(&content).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        constants.push_str(&format!("pub const {name}_PATH: &str = \"/assets/{file}.{hash}.{extension}\";\n"));
    }
    fs::write(Path::new(&out).join("paths.rs"), constants)
}

/// Takes out comments, indentation and empty lines, and the space after what ends a word by itself. Other space stays, so nothing
/// that needs it between two words loses it.
fn slim(source: &str) -> String {
    let mut rest = source;
    let mut bare = String::new();
    while let Some((before, comment)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    let lines = bare.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    [(": ", ":"), (", ", ","), (",\n", ","), (" {", "{"), ("{\n", "{"), (";\n", ";"), (";}", "}"), ("}\n", "}")]
        .into_iter()
        .fold(lines, |text, (spaced, close)| text.replace(spaced, close))
}
