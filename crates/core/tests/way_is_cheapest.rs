//! The cheapest way against trying everything: on small editions made by chance, no combination of better
//! answers reaches the same thresholds in fewer days. Days are counted here by hand, not by the way.

#![allow(clippy::expect_used)]

use std::collections::BTreeMap;

use bening_core::eligibility::{Facts, Status, Verdict};
use bening_core::instrument::{Exact, Instrument, shipped};
use bening_core::scoring::{Answer, Score, Sheet};
use bening_core::way::{Days, Efforts, Nature, Surveys, Way, cheapest};
use proptest::prelude::*;

/// What chance decides of one case.
#[derive(Debug, Clone)]
struct Case {
    weights: [u32; 5],
    needs: [u32; 5],
    is_half_certain: bool,
    evidence: usize,
    /// Days of the five questions that can be improved by work; 0 leaves the default.
    days: [Days; 5],
    /// Places of the choices; one beyond the last is unanswered.
    choices: [usize; 4],
    counts: (u32, u32),
    index: u32,
}

const WORK: [&str; 5] = ["AA-P1a", "AA-P1b", "BB-P1a", "HH-H2a", "AA-R1a"];
const LETTERS: [&str; 4] = ["A", "B", "C", "D"];
const YES_NO: [&str; 2] = ["Ya", "Tidak"];

fn any_case() -> impl Strategy<Value = Case> {
    let laws =
        (prop::array::uniform5(1_u32..9), prop::array::uniform5(20_u32..=100), any::<bool>(), 0_usize..6);
    let answers = (
        prop::array::uniform5(0_u32..8),
        prop::array::uniform4(0_usize..=4),
        (0_u32..7, 0_u32..7),
        0_u32..=40,
    );
    (laws, answers).prop_map(
        |((weights, needs, is_half_certain, evidence), (days, choices, counts, index))| Case {
            weights,
            needs,
            is_half_certain,
            evidence,
            days,
            choices,
            counts,
            index,
        },
    )
}

fn percent(share: u32, of: u32) -> String {
    Exact::fraction(i128::from(share * of), 100).expect("fits").plain()
}

impl Case {
    fn edition(&self) -> Instrument {
        let [ap, ar, bp, h1, h2] = self.weights;
        let [total, pengungkit, area, half, sub] = self.needs;
        let certainty = if self.is_half_certain { "found" } else { "uncertain" };
        let evidence: Vec<String> = (0..self.evidence).map(|number| format!("\"Bukti {number}\"")).collect();
        let sum = self.weights.iter().sum::<u32>();
        let values = [
            ("total", sum.to_string()),
            ("p", (ap + bp).to_string()),
            ("r", ar.to_string()),
            ("h", (h1 + h2).to_string()),
            ("ap", ap.to_string()),
            ("ar", ar.to_string()),
            ("bp", bp.to_string()),
            ("h1", h1.to_string()),
            ("h2", h2.to_string()),
            ("evidence", evidence.join(", ")),
            ("need_total", percent(total, sum)),
            ("need_pengungkit", percent(pengungkit, ap + ar + bp)),
            ("need_area", area.to_string()),
            ("need_half", half.to_string()),
            ("half_certainty", certainty.to_owned()),
            ("need_sub", percent(sub, h2)),
        ];
        let text = values.iter().fold(include_str!("way/small.toml").to_owned(), |text, (name, value)| {
            text.replace(&format!("«{name}»"), value)
        });
        Instrument::parse("kecil", &text).expect("the small edition")
    }

    fn sheet(&self) -> Sheet {
        let index = Exact::fraction(i128::from(self.index), 10).expect("fits");
        let choices = WORK.iter().zip(self.choices).fold(Sheet::default(), |sheet, (code, place)| {
            sheet.with(code, answers(code).get(place).map(|answer| Answer::Choice((*answer).to_owned())))
        });
        choices
            .with("AA-R1a", Some(counts(self.counts.0, self.counts.1)))
            .with("HH-H1a", Some(Answer::Index(index)))
    }

    fn efforts(&self) -> Efforts {
        let set = WORK.iter().zip(self.days).filter(|(_, days)| *days > 0);
        Efforts::new(set.map(|(code, days)| ((*code).to_owned(), days)).collect())
    }

    fn effort(&self, number: usize) -> Days {
        let default = if number == 0 { self.evidence.max(1) } else { 1 };
        if self.days[number] > 0 { self.days[number] } else { u32::try_from(default).expect("small") }
    }

    /// Every better answer of one question with its days, and staying as it is.
    fn ways(&self, number: usize) -> Vec<(Option<Answer>, Days)> {
        let effort = self.effort(number);
        let mut ways = vec![(None, 0)];
        if let Some(place) = self.choices.get(number) {
            let lowest = answers(WORK[number]).len() - 1;
            let now = (*place).min(lowest);
            ways.extend((0..now).map(|better| {
                let steps = u32::try_from(now - better).expect("small");
                let days = (effort * steps).div_ceil(u32::try_from(lowest).expect("small")).max(1);
                (Some(Answer::Choice(answers(WORK[number])[better].to_owned())), days)
            }));
        } else {
            let (all, done) = self.counts;
            ways.extend(
                (done + 1..=all)
                    .map(|more| (Some(counts(all, more)), (effort * (more - done)).div_ceil(all).max(1))),
            );
        }
        ways
    }

    /// Every combination of better answers, with its days.
    fn combinations(&self) -> Vec<(Sheet, Days)> {
        (0..WORK.len()).fold(vec![(self.sheet(), 0)], |found, number| {
            let ways = self.ways(number);
            let with = |(sheet, days): &(Sheet, Days)| {
                let (sheet, days) = (sheet.clone(), *days);
                ways.iter()
                    .map(move |(answer, more)| match answer {
                        Some(answer) => (sheet.clone().with(WORK[number], Some(answer.clone())), days + more),
                        None => (sheet.clone(), days),
                    })
                    .collect::<Vec<_>>()
            };
            found.iter().flat_map(with).collect()
        })
    }
}

fn answers(code: &str) -> &'static [&'static str] {
    if code == "AA-P1b" { &YES_NO } else { &LETTERS }
}

fn counts(all: u32, done: u32) -> Answer {
    let pairs = [("banyak", all), ("selesai", done)];
    Answer::Counts(
        pairs.into_iter().map(|(name, n)| (name.to_owned(), Exact::whole(n))).collect::<BTreeMap<_, _>>(),
    )
}

/// Codes of binding conditions that a sheet does not meet.
fn unmet(edition: &Instrument, sheet: &Sheet) -> Vec<String> {
    let score = Score::of(edition, sheet).expect("a score");
    let verdict = Verdict::of(edition, "WBK", &Facts::default(), Some(&score)).expect("known");
    let binding = verdict.outcomes.iter().filter(|outcome| {
        outcome.status != Status::Met
            && outcome.condition.certainty != bening_core::instrument::Certainty::Uncertain
    });
    binding.map(|outcome| outcome.condition.code.clone()).collect()
}

fn missing(way: &Way<'_>) -> Vec<String> {
    let mut codes: Vec<String> =
        way.missing.iter().map(|missing| missing.target.condition.code.clone()).collect();
    codes.dedup();
    codes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn no_combination_of_better_answers_reaches_the_thresholds_in_fewer_days(case in any_case()) {
        let edition = case.edition();
        let way = cheapest(&edition, &case.sheet(), "wbk", &Facts::default(), &case.efforts(), Surveys::Stay).expect("a way");
        let tried: Vec<(Vec<String>, Days)> = case.combinations().iter().map(|(sheet, days)| (unmet(&edition, sheet), *days)).collect();
        let out_of_reach = missing(&way);
        for code in &out_of_reach {
            prop_assert!(tried.iter().all(|(unmet, _)| unmet.contains(code)), "{code} can be reached");
        }
        if out_of_reach.is_empty() {
            let fewest = tried.iter().filter(|(unmet, _)| unmet.is_empty()).map(|(_, days)| *days).min();
            prop_assert_eq!(Some(way.days), fewest);
        }
        prop_assert_eq!(unmet(&edition, &way.sheet), out_of_reach);
    }

    #[test]
    fn a_way_is_the_sum_of_its_improvements(case in any_case()) {
        let edition = case.edition();
        let way = cheapest(&edition, &case.sheet(), "WBK", &Facts::default(), &case.efforts(), Surveys::MayRise).expect("a way");
        let gained = Exact::sum(way.improvements.iter().map(|better| better.gain)).expect("fits");
        prop_assert_eq!(way.before.total.score.plus(gained), Ok(way.after.total.score));
        prop_assert_eq!(way.days, way.improvements.iter().map(|better| better.days).sum::<Days>());
        prop_assert_eq!(&way.after, &Score::of(&edition, &way.sheet).expect("a score"));
        prop_assert!(way.improvements.iter().all(|better| better.gain > Exact::ZERO));
    }

    #[test]
    fn surveys_move_only_when_they_may(case in any_case()) {
        let edition = case.edition();
        let way = |surveys| cheapest(&edition, &case.sheet(), "WBK", &Facts::default(), &case.efforts(), surveys).expect("a way");
        prop_assert!(way(Surveys::Stay).improvements.iter().all(|better| better.nature != Nature::Survey));
        // The share of every place can be reached once even the survey may rise, but for a ratio of nothing.
        prop_assert!(case.counts.0 == 0 || way(Surveys::MayRise).is_complete());
    }
}

#[test]
fn a_blank_sheet_of_the_law_in_force_has_a_way_once_surveys_may_rise() {
    let edition = shipped().by_id("permenpanrb-90-2021").expect("shipped");
    for predicate in ["WBK", "WBBM"] {
        let way = |surveys| {
            cheapest(edition, &Sheet::default(), predicate, &Facts::default(), &Efforts::default(), surveys)
                .expect("a way")
        };
        assert!(!way(Surveys::Stay).is_complete());
        let full = way(Surveys::MayRise);
        assert!(full.is_complete());
        let verdict = Verdict::of(edition, predicate, &Facts::default(), Some(&full.after)).expect("known");
        let scores = verdict.outcomes.iter().filter(|outcome| outcome.source_document.contains("LKE"));
        assert!(
            scores
                .filter(|outcome| outcome.reading != bening_core::eligibility::Reading::Other)
                .all(|o| o.status == Status::Met)
        );
    }
}

#[test]
fn a_threshold_reached_to_the_point_needs_nothing_more() {
    let edition = shipped().by_id("permenpanrb-90-2021").expect("shipped");
    let way = |sheet: &Sheet| {
        cheapest(edition, sheet, "WBK", &Facts::default(), &Efforts::default(), Surveys::MayRise)
            .expect("a way")
    };
    let there = way(&Sheet::default()).sheet;
    let again = way(&there);
    assert_eq!((again.days, again.improvements.len(), again.is_complete()), (0, 0, true));
}
