//! Checks the catalogue's source files and embeds what they come to, in a compact form: the catalogue that is used while none
//! has been published. A problem in a file fails the build with its file and line.

#![allow(clippy::print_stdout, reason = "what a build script prints is how it speaks to cargo")]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use order_manager::compact;
use order_manager::source::{self, SourceFile};

/// Where the source files are, from the root of the repository: problems name them so.
const FOLDER: &str = "order-manager/catalogue";

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", root.join(FOLDER).display());
    match source::read_spoken(&source_files(&root)?) {
        Ok(catalogue) => {
            let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
            fs::write(out.join("catalogue.compact"), compact::to_bytes(&catalogue)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(problems) => {
            for problem in problems {
                println!("cargo::error={problem}");
            }
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Every TOML file of the folder, by name, so that the outcome does not depend on the order the file system lists them in.
fn source_files(root: &Path) -> Result<Vec<SourceFile>, Box<dyn Error>> {
    let mut paths =
        fs::read_dir(root.join(FOLDER))?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, std::io::Error>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let read = |path: &PathBuf| {
        let file_name = path.file_name().unwrap_or_default().to_string_lossy();
        Ok(SourceFile { name: format!("{FOLDER}/{file_name}"), text: fs::read_to_string(path)? })
    };
    paths.iter().map(read).collect()
}
