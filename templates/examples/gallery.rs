//! Writes every page in every state to a folder, with the stylesheet and an index, to be looked at in a browser:
//! `cargo run -p templates --features samples --example gallery -- DIRECTORY`.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let directory = env::args_os().nth(1).ok_or_else(|| io::Error::other("say which directory to write to"))?;
    let directory = Path::new(&directory);
    fs::create_dir_all(directory.join("assets"))?;
    for asset in templates::assets::ASSETS {
        fs::write(directory.join(asset.path.trim_start_matches('/')), asset.bytes)?;
    }
    let mut index = String::from("<!doctype html><html lang=\"en\"><title>Gallery</title><h1>Gallery</h1><ul>");
    for sample in templates::samples() {
        fs::write(directory.join(format!("{}.html", sample.name)), sample.markup.into_string())?;
        index.push_str(&format!("<li><a href=\"{0}.html\">{0}</a>", sample.name));
    }
    fs::write(directory.join("index.html"), index)
}
