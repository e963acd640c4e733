//! Colours: which the reader chose, what they mean, and the message that wears one.

use std::fmt::{self, Display, Formatter};

/// Which colours the reader chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device says.
    #[default]
    Auto,
    /// Light, always.
    Light,
    /// Dark, always.
    Dark,
}

impl Theme {
    /// All three, in the order of the menu.
    pub const ALL: [Theme; 3] = [Theme::Auto, Theme::Light, Theme::Dark];

    /// The value in `data-theme` and in the form: `auto`, `light`, `dark`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme of a code, `None` when it is none of them.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|theme| theme.code() == code)
    }

    /// Its Indonesian name, a key for [`crate::words::Lang::t`].
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Theme::Auto => "Ikut perangkat",
            Theme::Light => "Terang",
            Theme::Dark => "Gelap",
        }
    }
}

/// A message left by the request before, shown once.
#[derive(Clone, Debug)]
pub struct Flash {
    /// How it ended.
    pub tone: Tone,
    /// What happened, in the reader's language.
    pub text: String,
    /// Where to post in order to take it back.
    pub undo: Option<String>,
}

/// What a colour means; it never stands without a sign or a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Done, met, approved.
    Ok,
    /// Soon, attention.
    Warn,
    /// Late, not met, refused.
    Bad,
    /// In progress, answer expected.
    Info,
    /// Nothing to say.
    Mute,
}

impl Tone {
    /// The sign that stands before the word, so that nobody depends on the colour.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Tone::Ok => "✓",
            Tone::Warn => "!",
            Tone::Bad => "✕",
            Tone::Info | Tone::Mute => "",
        }
    }
}

/// The class in the stylesheet.
impl Display for Tone {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Tone::Ok => "ok",
            Tone::Warn => "warn",
            Tone::Bad => "bad",
            Tone::Info => "info",
            Tone::Mute => "mute",
        })
    }
}
