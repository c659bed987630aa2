//! Running a program to its end. Each is the head of a process group of its own, so that on Ctrl-C we decide what ends when,
//! and nothing it started is left behind.

use std::{
    fs::File,
    io::{BufRead as _, BufReader, Write as _},
    os::unix::process::CommandExt as _,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use anyhow::Context as _;

use crate::interrupt;

/// How often a waiting loop looks.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// How long a program may take to end after SIGTERM.
const PATIENCE: Duration = Duration::from_secs(5);
/// How many lines of a log are shown when its program failed.
const TAIL_LINES: usize = 30;

/// Runs a program whose output the user sees.
///
/// # Errors
/// When it cannot be started, fails, or a signal asks us to stop.
pub fn run(command: &mut Command) -> anyhow::Result<()> {
    let mut child = start(command)?;
    let status = wait(&mut child)?;
    anyhow::ensure!(status.success(), "`{}` ended with {status}", shown(command));
    Ok(())
}

/// Runs a program whose output goes into a file; the end of it is shown when the program fails.
///
/// # Errors
/// As [`run`].
pub fn quiet(command: &mut Command, log: &Path) -> anyhow::Result<()> {
    let (output, errors) = log_file(log, false)?;
    let mut child = start(command.stdout(output).stderr(errors))?;
    let status = wait(&mut child)?;
    anyhow::ensure!(status.success(), "`{}` ended with {status}; the end of {}:\n{}", shown(command), log.display(), tail(log));
    Ok(())
}

/// Runs a program and returns what it wrote to its standard output.
///
/// # Errors
/// As [`run`], and when the output is not text.
pub fn capture(command: &mut Command) -> anyhow::Result<String> {
    let mut child = start(command.stdout(Stdio::piped()))?;
    let output = child.stdout.take();
    // Read beside the waiting, so that a signal is obeyed while the program works.
    let (status, text) = std::thread::scope(|scope| {
        let reader = scope.spawn(|| output.map(std::io::read_to_string).transpose());
        let status = wait(&mut child)?;
        Ok::<_, anyhow::Error>((status, reader.join().unwrap_or(Ok(None))))
    })?;
    anyhow::ensure!(status.success(), "`{}` ended with {status}", shown(command));
    Ok(text.with_context(|| format!("`{}` wrote something unreadable", shown(command)))?.unwrap_or_default())
}

/// Runs a program whose standard error the user sees, and returns those of its lines that `keep` chooses.
///
/// # Errors
/// When it cannot be started or a signal asks us to stop; a failure of the program is in the status.
pub fn watched(command: &mut Command, keep: impl Fn(&str) -> bool + Send) -> anyhow::Result<(ExitStatus, Vec<String>)> {
    let mut child = start(command.stderr(Stdio::piped()))?;
    let errors = child.stderr.take();
    std::thread::scope(|scope| {
        let reader = scope.spawn(move || {
            let mut kept = Vec::new();
            for line in errors.into_iter().flat_map(|errors| BufReader::new(errors).lines()).map_while(Result::ok) {
                let _ = writeln!(std::io::stderr().lock(), "{line}");
                if keep(&line) {
                    kept.push(line);
                }
            }
            kept
        });
        let status = wait(&mut child)?;
        Ok((status, reader.join().unwrap_or_default()))
    })
}

/// Starts a program in a process group of its own, without anything to read.
///
/// # Errors
/// When it is not there.
pub fn start(command: &mut Command) -> anyhow::Result<Child> {
    interrupt::check()?;
    command.stdin(Stdio::null()).process_group(0).spawn().with_context(|| format!("`{}` cannot be started", shown(command)))
}

/// Waits for the end, or ends it when a signal asks us to stop.
fn wait(child: &mut Child) -> anyhow::Result<ExitStatus> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if interrupt::requested() {
            end(child, PATIENCE)?;
            interrupt::check()?;
        }
        std::thread::sleep(LOOK_EVERY);
    }
}

/// Ends a program with all that it started: asks, waits, insists.
///
/// # Errors
/// When the system does not tell what became of it.
pub fn end(child: &mut Child, patience: Duration) -> anyhow::Result<()> {
    let group = child.id();
    signal(group, "TERM");
    let started = Instant::now();
    while child.try_wait()?.is_none() && started.elapsed() < patience {
        std::thread::sleep(LOOK_EVERY);
    }
    // What the program itself started may outlive it.
    signal(group, "KILL");
    child.wait()?;
    Ok(())
}

/// Sends a signal to a whole process group; that there is none left is no error.
pub fn signal(group: u32, name: &str) {
    // The shell's own `kill`: a small machine has no other, and calling the system directly would be unsafe code.
    let mut command = Command::new("sh");
    command.args(["-c", r#"kill -s "$0" -- "-$1""#, name, &group.to_string()]);
    let _ = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0).status();
}

/// Opens a log for both outputs of a program.
///
/// # Errors
/// When it cannot be written.
pub fn log_file(path: &Path, append: bool) -> anyhow::Result<(File, File)> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = File::options();
    let options = if append { options.append(true) } else { options.write(true).truncate(true) };
    let file = options.create(true).open(path).with_context(|| format!("{} cannot be written", path.display()))?;
    Ok((file.try_clone()?, file))
}

/// The last lines of a log.
pub fn tail(path: &Path) -> String {
    let text = std::fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(TAIL_LINES)..].join("\n")
}

/// The command as one would type it.
fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_name_the_command_and_show_the_log() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("deep/log.txt");
        let error = quiet(Command::new("sh").args(["-c", "echo to be read; exit 3"]), &log).unwrap_err().to_string();
        assert!(error.contains("exit 3") && error.contains("to be read"), "{error}");
        assert_eq!(capture(Command::new("echo").arg("hello")).unwrap(), "hello\n");
    }

    #[test]
    fn ending_a_program_ends_what_it_started() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("grandchild");
        // The grandchild ignores the friendly signal.
        let script =
            format!("sh -c 'trap \"\" TERM; echo $$ > {0}.new; mv {0}.new {0}; while :; do sleep 0.05; done' & wait", file.display());
        let mut child = start(Command::new("sh").args(["-c", &script])).unwrap();
        while !file.exists() {
            std::thread::sleep(LOOK_EVERY);
        }
        let grandchild = std::fs::read_to_string(&file).unwrap();
        end(&mut child, PATIENCE).unwrap();
        let gone = || std::fs::read_to_string(format!("/proc/{}/stat", grandchild.trim())).map_or(true, |stat| stat.contains(") Z "));
        let started = Instant::now();
        while !gone() && started.elapsed() < PATIENCE {
            std::thread::sleep(LOOK_EVERY);
        }
        assert!(gone());
    }
}
