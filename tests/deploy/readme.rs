//! The commands of `infra/README.md`: the test gives them as they stand there, so that what is written is what works.

/// The text.
const README: &str = include_str!("../../infra/README.md");

/// The programs whose commands are given here; `aws` speaks to AWS itself.
const PROGRAMS: [&str; 2] = ["sam ", "cargo run -p iom "];

/// Every command of these programs that stands in a block of its own, outside what only AWS can do.
pub(crate) fn commands() -> Vec<String> {
    let (mut commands, mut is_for_aws_only) = (vec![], false);
    let mut lines = README.lines();
    while let Some(line) = lines.next() {
        if line.starts_with('#') {
            is_for_aws_only = line.contains("(AWS only)");
        }
        let is_code = line.starts_with("    ") && PROGRAMS.iter().any(|program| line.trim_start().starts_with(program));
        if is_code && !is_for_aws_only {
            let mut command = line.trim().to_owned();
            while let Some(begun) = command.strip_suffix('\\') {
                command =
                    format!("{}{}", begun.trim_end(), lines.next().map(|line| format!(" {}", line.trim())).unwrap_or_default());
            }
            commands.push(command);
        }
    }
    commands
}

/// The words of a command; what stands in quotes is one.
pub(crate) fn words(command: &str) -> Vec<String> {
    let parts = command.split('\'').enumerate();
    parts
        .flat_map(
            |(at, part)| if at % 2 == 1 { vec![part.to_owned()] } else { part.split_whitespace().map(str::to_owned).collect() },
        )
        .collect()
}
