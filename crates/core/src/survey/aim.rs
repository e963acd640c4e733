//! What a campaign is after: how exact it shall be and by which ways answers shall come. What it got is beside it: the
//! ways by which nothing came are the missing strata, and ways anybody may take mean that people chose themselves.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::campaign::Channel;
use super::report::Warning;
use crate::instrument::Exact;

/// What a campaign is after.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aim {
    /// The margin of error its sample is meant for; the usual one when absent.
    pub margin: Option<Exact>,
    /// The confidence its sample is meant for; the usual one when absent.
    pub confidence: Option<Exact>,
    /// The ways by which answers shall come; none when nobody said.
    #[serde(default)]
    pub channels: BTreeSet<Channel>,
}

impl Channel {
    /// Whether whoever likes may answer this way.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Link | Self::Poster | Self::Kiosk)
    }
}

/// The wanted ways by which no answer came.
#[must_use]
pub fn missing_channels(wanted: &BTreeSet<Channel>, came: &BTreeMap<Channel, u64>) -> Vec<Channel> {
    let is_missing = |channel: &Channel| came.get(channel).copied().unwrap_or_default() == 0;
    wanted.iter().copied().filter(is_missing).collect()
}

/// What to be wary of when answers came these ways.
pub(super) fn wariness(wanted: &BTreeSet<Channel>, came: &BTreeMap<Channel, u64>) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let missing: Vec<&str> = missing_channels(wanted, came).into_iter().map(Channel::as_str).collect();
    if !missing.is_empty() {
        let message = format!(
            "tidak ada jawaban lewat saluran yang direncanakan: {}; kelompok penggunanya tidak terwakili",
            missing.join(", ")
        );
        warnings.push(Warning { code: "missing_strata", message });
    }
    let (open, all) = came.iter().fold((0, 0), |(open, all), (channel, count)| {
        (open + if channel.is_open() { *count } else { 0 }, all + count)
    });
    if open > 0 {
        let message = format!(
            "{open} dari {all} responden memilih dirinya sendiri (tautan, poster, atau perangkat di loket), jadi \
             hasilnya belum tentu mewakili semua pengguna layanan"
        );
        warnings.push(Warning { code: "self_selection", message });
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wanted_way_without_answers_and_ways_open_to_all_are_warned_about() {
        let wanted = [Channel::Paper, Channel::Link].into();
        let came = [(Channel::Link, 3), (Channel::Code, 1)].into();
        let codes: Vec<&str> = wariness(&wanted, &came).iter().map(|warning| warning.code).collect();
        assert_eq!(codes, ["missing_strata", "self_selection"]);
        assert_eq!(missing_channels(&wanted, &came), [Channel::Paper]);
        let invited = [(Channel::Code, 4), (Channel::Paper, 1)].into();
        assert!(wariness(&[Channel::Paper].into(), &invited).is_empty());
    }
}
