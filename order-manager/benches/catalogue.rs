//! How long it takes to load the whole catalogue from its compact form: what a function does when it starts, and once for each
//! catalogue that is published. `cargo bench -p order-manager --features source`; nothing is asserted, since time is the machine's.

use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Instant;

use order_manager::compact;
use order_manager::source::{self, SourceFile};

const RUNS: usize = 501;

fn main() -> Result<(), Box<dyn Error>> {
    let catalogue = source::read_spoken(&files()?).map_err(|problems| format!("{} problems in the catalogue", problems.len()))?;
    let bytes = compact::to_bytes(&catalogue)?;
    let mut times = vec![];
    for _ in 0..RUNS {
        let before = Instant::now();
        let read = black_box(compact::from_bytes(black_box(&bytes))?);
        times.push(before.elapsed());
        drop(read);
    }
    times.sort();
    let (least, median, most) = (times[0], times[RUNS / 2], times[RUNS - 1]);
    let offerings = catalogue.offerings.len();
    writeln!(
        io::stdout(),
        "the whole catalogue, {offerings} offerings in {} bytes, is loaded in {median:?} ({RUNS} runs, {least:?} to {most:?})",
        bytes.len()
    )?;
    Ok(())
}

fn files() -> Result<Vec<SourceFile>, Box<dyn Error>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("catalogue");
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, io::Error>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let read = |path: &PathBuf| Ok(SourceFile { name: path.display().to_string(), text: fs::read_to_string(path)? });
    paths.iter().map(read).collect()
}
