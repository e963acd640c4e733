//! Comparison of two frozen campaigns with its uncertainty, made of their frozen figures alone.

use serde_json::Value;

use super::campaign::Campaign;
use super::dataset::Frozen;
use super::figure::Figure;
use super::shipped::method;

/// How an index changed from one campaign to the next, on the scale of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What the earlier period is called.
    pub period: String,
    /// The earlier index.
    pub before: Figure,
    /// The difference, later minus earlier.
    pub difference: Figure,
    /// The interval of the difference. Both intervals are put together by the square-and-add rule for independent
    /// samples (Zou & Donner 2008), which needs nothing but the two intervals.
    pub interval: Option<(Figure, Figure)>,
    /// Difference of each unsur's mean, by code, where both have one.
    pub unsur: Vec<UnsurChange>,
}

/// How one unsur changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsurChange {
    /// Its code.
    pub code: String,
    /// Its mean, later less earlier.
    pub difference: Figure,
    /// Where the difference lies: normal approximation over the spread of the answers, at the usual confidence.
    pub interval: Option<(Figure, Figure)>,
}

impl UnsurChange {
    /// Whether it is more than chance would make; `None` when nothing can be said.
    #[must_use]
    pub fn is_clear(&self) -> Option<bool> {
        is_clear(self.interval.as_ref())
    }
}

fn is_clear(interval: Option<&(Figure, Figure)>) -> Option<bool> {
    let (lower, upper) = interval?;
    Some(*lower > Figure::zero() || *upper < Figure::zero())
}

impl Change {
    /// Whether chance alone hardly explains it; `None` without an interval.
    #[must_use]
    pub fn is_clear(&self) -> Option<bool> {
        is_clear(self.interval.as_ref())
    }
}

/// The frozen campaign that a later one is compared with: the last one before it that asked the same questionnaire on
/// the same scale about the same service.
pub fn previous<'a>(
    campaign: &Campaign,
    others: impl IntoIterator<Item = (&'a Campaign, &'a Frozen)>,
) -> Option<(&'a Campaign, &'a Frozen)> {
    let is_alike = |other: &Campaign| {
        other.questionnaire == campaign.questionnaire
            && other.points == campaign.points
            && other.service == campaign.service
            && other.closes_on < campaign.opens_on
    };
    others
        .into_iter()
        .filter(|(other, _)| is_alike(other))
        .max_by_key(|(other, _)| (other.closes_on, other.id))
}

/// What changed between an earlier frozen campaign and a later one; `None` when one of them has no index.
#[must_use]
pub fn compare((earlier, was): (&Campaign, &Frozen), now: &Frozen) -> Option<Change> {
    let (was, now) = (was.result.get("report")?, now.result.get("report")?);
    let (before, after) = (figure(was, "index")?, figure(now, "index")?);
    let difference = after.minus(&before);
    let interval = ends(was).zip(ends(now)).map(|((low_was, high_was), (low_now, high_now))| {
        let down = together(&after.minus(&low_now), &high_was.minus(&before));
        let up = together(&high_now.minus(&after), &before.minus(&low_was));
        (difference.minus(&down), difference.plus(&up))
    });
    Some(Change {
        period: earlier.period.clone(),
        unsur: unsur(earlier, was, now),
        before,
        difference,
        interval,
    })
}

fn together(one: &Figure, other: &Figure) -> Figure {
    one.times(one).plus(&other.times(other)).root()
}

fn ends(report: &Value) -> Option<(Figure, Figure)> {
    let interval = report.get("interval")?;
    Some((figure(interval, "lower")?, figure(interval, "upper")?))
}

fn unsur(earlier: &Campaign, was: &Value, now: &Value) -> Vec<UnsurChange> {
    let values = earlier.scale().map(|scale| scale.values.iter().copied().map(Figure::from).collect());
    let chi = method().and_then(|method| method.sample.usual_chi()).map(Figure::from);
    let reach: Option<(Vec<Figure>, Figure)> = values.zip(chi);
    let all = now.get("unsur").and_then(Value::as_object).into_iter().flatten();
    let one = |(code, later): (&String, &Value)| {
        let before = was.get("unsur")?.get(code)?;
        let difference = figure(later, "mean")?.minus(&figure(before, "mean")?);
        let reach = reach.as_ref().and_then(|(values, chi)| {
            let both = of_mean(before, values)?.plus(&of_mean(later, values)?);
            Some(both.times(chi).root())
        });
        let interval = reach.map(|reach| (difference.minus(&reach), difference.plus(&reach)));
        Some(UnsurChange { code: code.clone(), difference, interval })
    };
    all.filter_map(one).collect()
}

/// How far a mean varies: the variance of the answers over how many there are.
fn of_mean(unsur: &Value, values: &[Figure]) -> Option<Figure> {
    let counts: Vec<u64> = unsur.get("distribution")?.as_array()?.iter().filter_map(Value::as_u64).collect();
    let (n, mean) = (counts.iter().sum::<u64>(), figure(unsur, "mean")?);
    let square = |(count, value): (&u64, &Figure)| {
        let off = value.minus(&mean);
        off.times(&off).times(&Figure::whole(*count))
    };
    let squares = counts.iter().zip(values).map(square).fold(Figure::zero(), |sum, one| sum.plus(&one));
    squares.over(&Figure::whole(n.checked_sub(1)?).times(&Figure::whole(n)))
}

/// An exact figure of a frozen result, by its name without `_exact`.
#[must_use]
pub fn figure(of: &Value, name: &str) -> Option<Figure> {
    of.get(format!("{name}_exact"))?.as_str()?.parse().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::json;

    use super::*;

    fn frozen(index: &str, lower: &str, upper: &str) -> Frozen {
        let interval = json!({ "lower_exact": lower, "upper_exact": upper });
        let unsur = json!({ "U1": { "mean_exact": index } });
        let report = json!({ "index_exact": index, "interval": interval, "unsur": unsur });
        Frozen { sha256: String::new(), result: json!({ "report": report }) }
    }

    fn campaign() -> Campaign {
        let day = |month| chrono::NaiveDate::from_ymd_opt(2020, month, 1).unwrap();
        Campaign {
            id: crate::id::CampaignId(uuid::Uuid::from_u128(1)),
            unit: crate::id::UnitId(uuid::Uuid::from_u128(2)),
            questionnaire: "skm-14-2017".to_owned(),
            points: 4,
            service: "Izin".to_owned(),
            period: "Semester I".to_owned(),
            population: None,
            aim: crate::survey::Aim::default(),
            own: None,
            opens_on: day(1),
            closes_on: day(2),
            entry: super::super::campaign::Entry::Open,
            state: super::super::campaign::CampaignState::Frozen,
            token: String::new(),
        }
    }

    #[test]
    fn a_difference_is_exact_and_its_interval_adds_the_squares_of_both() {
        // Half-widths 0.03 and 0.04 make 0.05.
        let was = frozen("3/1", "297/100", "303/100");
        let now = frozen("31/10", "306/100", "314/100");
        let change = compare((&campaign(), &was), &now).unwrap();
        assert_eq!(change.difference, Figure::ratio(1, 10).unwrap());
        assert_eq!(
            change.interval.clone().unwrap(),
            (Figure::ratio(5, 100).unwrap(), Figure::ratio(15, 100).unwrap())
        );
        assert_eq!(change.is_clear(), Some(true));
        let unsur = &change.unsur[0];
        assert_eq!((unsur.code.as_str(), &unsur.difference), ("U1", &Figure::ratio(1, 10).unwrap()));
        assert_eq!(unsur.is_clear(), None, "nothing is known of the spread");
        let near = frozen("304/100", "300/100", "308/100");
        assert_eq!(compare((&campaign(), &was), &near).unwrap().is_clear(), Some(false));
    }

    #[test]
    fn an_unsur_that_varies_little_changed_clearly_and_one_of_few_answers_did_not() {
        let of = |mean: &str, spread: [u64; 4]| {
            let unsur = json!({ "U1": { "mean_exact": mean, "distribution": spread } });
            Frozen {
                sha256: String::new(),
                result: json!({ "report": { "index_exact": mean, "unsur": unsur } }),
            }
        };
        let many = compare((&campaign(), &of("3/1", [0, 0, 400, 0])), &of("13/4", [0, 0, 300, 100])).unwrap();
        assert_eq!(many.unsur[0].is_clear(), Some(true), "{many:?}");
        let few = compare((&campaign(), &of("3/1", [0, 1, 2, 1])), &of("13/4", [0, 0, 3, 1])).unwrap();
        assert_eq!(few.unsur[0].is_clear(), Some(false), "{few:?}");
    }

    #[test]
    fn only_an_earlier_campaign_that_asked_the_same_is_compared() {
        let (earlier, nothing) = (campaign(), frozen("3/1", "3/1", "3/1"));
        let later = Campaign { opens_on: earlier.closes_on.succ_opt().unwrap(), ..campaign() };
        assert!(previous(&later, [(&earlier, &nothing)]).is_some());
        for other in [
            Campaign { service: "Lain".to_owned(), ..campaign() },
            Campaign { points: 6, ..campaign() },
            Campaign { closes_on: later.opens_on, ..campaign() },
        ] {
            assert!(previous(&later, [(&other, &nothing)]).is_none(), "{other:?}");
        }
    }
}
