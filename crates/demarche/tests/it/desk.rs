//! A folder to work in, and the program to run in it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of its own for one test.
pub struct Desk {
    folder: tempfile::TempDir,
}

/// What a run of the program gave.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Desk {
    pub fn new() -> Desk {
        Desk { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Writes an article that nobody else has.
    pub fn article(&self, name: &str, words: &str) -> PathBuf {
        self.write(name, article(words))
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_remove("DEMARCHE_LEDGER")
            .env("COLUMNS", "120")
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments).output().unwrap())
    }

    /// Runs a command made by [`Desk::command`].
    pub fn ran(&self, command: &mut Command) -> Ran {
        Ran::of(command.output().unwrap())
    }

    pub fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        std::thread::scope(|scope| {
            // The program may refuse before it has read all.
            scope.spawn(move || drop(stdin.write_all(input)));
            Ran::of(child.wait_with_output().unwrap())
        })
    }

    /// Runs a command that has to succeed and gives what it printed as JSON.
    pub fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let ran = self.run(arguments);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        serde_json::from_str(&ran.out).unwrap()
    }

    /// All that the lists say of a ledger, to compare it with another one.
    pub fn lists(&self, ledger: &Path) -> String {
        let derived = ["positions", "open", "disputes"];
        ["documents", "who", "statements", "moves", "meetings"]
            .iter()
            .chain(&derived)
            .map(|list| {
                let path = ledger.display().to_string();
                let ran = self.run(&[list, "--ledger", &path, "--format", "json"]);
                assert_eq!(ran.code, Some(0), "{ran:?}");
                ran.out
            })
            .collect()
    }
}

impl Ran {
    fn of(output: Output) -> Ran {
        Ran {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Checks that nothing was done and that the reason is given.
    #[track_caller]
    pub fn refused(&self, words: &[&str]) {
        assert_eq!(self.code, Some(1), "{self:?}");
        assert!(!self.err.contains("panicked"), "{self:?}");
        for word in words {
            assert!(self.err.contains(word), "no {word:?} in {self:?}");
        }
    }

    /// Checks that something was done.
    #[track_caller]
    pub fn done(&self, words: &[&str]) {
        assert_eq!(self.code, Some(0), "{self:?}");
        assert!(!self.err.contains("panicked"), "{self:?}");
        for word in words {
            assert!(self.out.contains(word), "no {word:?} in {self:?}");
        }
    }
}

/// The text of a short article about one thing.
pub fn article(words: &str) -> String {
    format!(
        "{words}\n\n2022年1月10日\n\n俄罗斯副外长里亚布科夫1月10日在日内瓦说，{words}。\
         里亚布科夫当天与美国副国务卿舍曼举行会谈。\n"
    )
}
