//! What is typed of a campaign, and what it means. Whether it may be saved is decided by the handlers.

use std::collections::BTreeMap;

use bening_core::instrument::Exact;
use bening_core::survey::{Aim, Campaign, Channel, Entry, OwnSet, Questionnaire, method, shipped};
use bening_core::text;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::form::Errors;
use crate::words::Lang;

/// Most people a population may have.
const POPULATION_MAX: u64 = 10_000_000_000;

/// The fields of the form.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Fields {
    #[serde(default)]
    pub(super) kuesioner: String,
    #[serde(default)]
    pub(super) layanan: String,
    #[serde(default)]
    pub(super) periode: String,
    #[serde(default)]
    pub(super) populasi: String,
    #[serde(default)]
    pub(super) buka: String,
    #[serde(default)]
    pub(super) tutup: String,
    #[serde(default)]
    pub(super) cara: String,
    /// Margin of error in per cent.
    #[serde(default)]
    pub(super) galat: String,
    #[serde(default)]
    pub(super) taraf: String,
    /// Identity of the set of own questions.
    #[serde(default)]
    pub(super) sendiri: String,
    /// Ticks of the ways by which answers shall come, `kanal_…`.
    #[serde(flatten)]
    pub(super) ticks: BTreeMap<String, String>,
}

/// A questionnaire on one of its scales.
pub(super) struct Choice {
    /// "id:points".
    pub(super) value: String,
    pub(super) title: String,
    pub(super) regulation: String,
    pub(super) points: u8,
}

/// Every questionnaire on each of its scales, those in force first.
pub(super) fn choices(today: NaiveDate, lang: Lang) -> Vec<Choice> {
    let in_force =
        |one: &Questionnaire| one.valid_from <= today && one.valid_until.is_none_or(|until| today <= until);
    let mut known: Vec<_> = shipped().iter().collect();
    known.sort_by_key(|one| !in_force(one));
    let of = |one: &Questionnaire| {
        let choice = |points: u8| Choice {
            value: format!("{}:{points}", one.id),
            title: super::words(&one.title, lang).to_owned(),
            regulation: one.regulation.clone(),
            points,
        };
        one.scales.iter().map(|scale| choice(scale.points)).collect::<Vec<_>>()
    };
    known.into_iter().flat_map(|one| of(one)).collect()
}

impl Fields {
    /// As a campaign stands now.
    pub(super) fn of(campaign: &Campaign) -> Self {
        Self {
            kuesioner: format!("{}:{}", campaign.questionnaire, campaign.points),
            layanan: campaign.service.clone(),
            periode: campaign.period.clone(),
            populasi: campaign.population.map(|population| population.to_string()).unwrap_or_default(),
            buka: campaign.opens_on.to_string(),
            tutup: campaign.closes_on.to_string(),
            cara: campaign.entry.as_str().to_owned(),
            galat: campaign.aim.margin.map(|margin| percent(margin).replace('.', ",")).unwrap_or_default(),
            taraf: campaign.aim.confidence.map(Exact::plain).unwrap_or_default(),
            sendiri: campaign.own.as_ref().map(|own| own.id.to_string()).unwrap_or_default(),
            ticks: campaign.aim.channels.iter().map(|one| (tick(*one), "ya".to_owned())).collect(),
        }
    }

    /// The campaign these fields make of `blank`, with one of these sets of own questions.
    pub(super) fn apply(&self, blank: &Campaign, sets: &[OwnSet]) -> Result<Campaign, Errors> {
        let mut errors = Errors::default();
        let asked = self.questionnaire();
        if asked.is_none() {
            errors.add("kuesioner", "pilih kuesioner dari daftar");
        }
        let service = named(&mut errors, "layanan", &self.layanan, "layanan belum diisi");
        let period = named(&mut errors, "periode", &self.periode, "periode belum diisi");
        let population = self.population(&mut errors);
        let (opens_on, closes_on) =
            (day(&mut errors, "buka", &self.buka), day(&mut errors, "tutup", &self.tutup));
        if opens_on.zip(closes_on).is_some_and(|(from, to)| to < from) {
            errors.add("tutup", "hari penutupan tidak boleh sebelum hari pembukaan");
        }
        let aim = self.aim(&mut errors);
        let own = self.own(sets, &mut errors);
        let entry = Entry::parse(&self.cara);
        if entry.is_none() {
            errors.add("cara", "pilih siapa yang dapat mengisi");
        }
        match (asked, opens_on, closes_on, entry) {
            (Some((questionnaire, points)), Some(opens_on), Some(closes_on), Some(entry))
                if errors.is_empty() =>
            {
                let questionnaire = questionnaire.to_owned();
                let blank = blank.clone();
                Ok(Campaign {
                    questionnaire,
                    points,
                    service,
                    period,
                    population,
                    aim,
                    own,
                    opens_on,
                    closes_on,
                    entry,
                    ..blank
                })
            }
            _ => Err(errors),
        }
    }

    fn questionnaire(&self) -> Option<(&'static str, u8)> {
        let (id, points) = self.kuesioner.split_once(':')?;
        let found = shipped().iter().find(|one| one.id == id)?;
        let scale = found.scale(Some(points.parse().ok()?))?;
        Some((&found.id, scale.points))
    }

    fn aim(&self, errors: &mut Errors) -> Aim {
        let rules = method().map(|method| &method.sample);
        let margin = match self.galat.trim().trim_end_matches('%').trim().replace(',', ".").as_str() {
            "" => None,
            text => errors.take("galat", share(text).ok_or("tulis galat dalam persen, misalnya 3 atau 2,5")),
        };
        let known = |text: &str| {
            let wanted = Exact::parse(text).ok()?;
            rules?.chi.iter().map(|chi| chi.confidence).find(|confidence| *confidence == wanted)
        };
        let confidence = match self.taraf.trim() {
            "" => None,
            text => errors.take("taraf", known(text).ok_or("pilih taraf kepercayaan dari daftar")),
        };
        let channels = Channel::ALL.into_iter().filter(|one| self.ticks.contains_key(&tick(*one))).collect();
        Aim { margin, confidence, channels }
    }

    fn own(&self, sets: &[OwnSet], errors: &mut Errors) -> Option<OwnSet> {
        let wanted = self.sendiri.trim();
        if wanted.is_empty() {
            return None;
        }
        let found = sets.iter().find(|set| set.id.to_string() == wanted).cloned();
        errors.take("sendiri", found.ok_or("pilih kumpulan pertanyaan dari daftar"))
    }

    fn population(&self, errors: &mut Errors) -> Option<u64> {
        let text: String = self.populasi.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
        if text.is_empty() {
            return None;
        }
        let number = text.parse().ok().filter(|number| (1..=POPULATION_MAX).contains(number));
        if number.is_none() {
            errors
                .add("populasi", "tulis jumlah pengguna layanan dengan angka, misalnya 1200, atau kosongkan");
        }
        number
    }
}

/// The field of the tick of a channel.
pub(super) fn tick(channel: Channel) -> String {
    format!("kanal_{}", channel.as_str())
}

/// Per cent as a share of one, between nothing and all.
fn share(text: &str) -> Option<Exact> {
    let share = Exact::parse(text).ok()?.over(Exact::whole(100)).ok()??;
    (share > Exact::ZERO && share < Exact::ONE).then_some(share)
}

/// A share of one in per cent.
pub(super) fn percent(share: Exact) -> String {
    share.times(Exact::whole(100)).map(Exact::literal).unwrap_or_default()
}

fn named(errors: &mut Errors, field: &'static str, text: &str, missing: &str) -> String {
    let text = errors.take(field, text::line(text)).unwrap_or_default();
    if text.is_empty() {
        errors.add(field, missing);
    }
    text
}

fn day(errors: &mut Errors, field: &'static str, text: &str) -> Option<NaiveDate> {
    let day = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d");
    errors.take(field, day.map_err(|_| "isi tanggalnya, misalnya 2020-06-15"))
}
