//! Why a paper was not written.

use std::fmt;
use std::path::PathBuf;

/// Why a paper was not written.
#[derive(Debug)]
pub enum Error {
    /// A font that was asked for is not one, or cannot be read.
    Font {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// No font of this machine has the letters of the text.
    NoLetters {
        /// Some of the letters.
        letters: String,
        /// Whether they are Han characters.
        is_han: bool,
    },
    /// The picture of the timeline is not one.
    Picture(resvg::usvg::Error),
    /// The PDF cannot be put together; a font whose licence forbids it is the usual cause.
    Pdf(String),
    /// The DOCX cannot be put together.
    Docx(std::io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Font { path, problem } => {
                write!(f, "cannot use the font {}: {problem}", path.display())
            }
            Error::NoLetters { letters, is_han: true } => write!(
                f,
                "no font on this machine has the Chinese characters {letters}; install \
                 one (apt-get install fonts-noto-cjk), or name a font file with --font \
                 or $DEMARCHE_FONTS"
            ),
            Error::NoLetters { letters, is_han: false } => write!(
                f,
                "no font on this machine has the letters {letters}; install one \
                 (apt-get install fonts-noto-core), or name a font file with --font or \
                 $DEMARCHE_FONTS"
            ),
            Error::Picture(cause) => write!(f, "cannot draw the timeline: {cause}"),
            Error::Pdf(problem) => write!(f, "cannot write the PDF: {problem}"),
            Error::Docx(cause) => write!(f, "cannot write the DOCX: {cause}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Picture(cause) => Some(cause),
            Error::Docx(cause) => Some(cause),
            Error::Font { .. } | Error::NoLetters { .. } | Error::Pdf(_) => None,
        }
    }
}
