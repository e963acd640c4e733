//! `bening instrument list|show|check|template`: what editions there are, what is in one, is a file sound, and the
//! empty workbook to fill in.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use bening_core::document::Printer;
use bening_core::instrument::{Editions, Instrument, Labels, Sub, shipped};
use bening_core::lke::book::Book;
use bening_core::suggestion::Rules;
use bening_reports::Press;

use super::edition;
use super::own::{self, OwnCommand};
use super::place::Place;
use super::print;

/// What `bening instrument` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct InstrumentArgs {
    #[command(subcommand)]
    command: InstrumentCommand,
}

#[derive(Debug, clap::Subcommand)]
enum InstrumentCommand {
    /// Daftar edisi, bawaan dan milik instansi: id, masa berlaku, judul; dipisah tab.
    #[command(after_help = "Contoh:\n  bening instrument list")]
    List,
    /// Tampilkan area, bobot, pertanyaan, dan syarat suatu edisi.
    #[command(after_help = "Contoh:\n  bening instrument show permenpanrb-90-2021")]
    Show {
        /// Id edisi, atau berkas .toml
        #[arg(value_name = "EDISI")]
        id: String,
    },
    /// Periksa berkas edisi, berkas aturan usulan, atau dengan --labels-for berkas label; berkas, baris, dan sebabnya disebutkan.
    #[command(after_help = "Contoh:\n  bening instrument check edisi.toml\n  \
        bening instrument check label.toml --labels-for permenpanrb-90-2021")]
    Check {
        /// Berkas yang diperiksa
        #[arg(value_name = "BERKAS")]
        file: PathBuf,
        /// Berkas itu berisi istilah instansi sendiri untuk edisi ini
        #[arg(long, value_name = "EDISI")]
        labels_for: Option<String>,
    },
    #[command(flatten)]
    Own(OwnCommand),
    /// Tulis buku kerja Excel kosong yang menghitung nilainya sendiri; isi, lalu nilai dengan bening score.
    #[command(after_help = "Contoh:\n  bening instrument template permenpanrb-90-2021 -o lke.xlsx")]
    Template {
        /// Id edisi, atau berkas .toml
        #[arg(value_name = "EDISI")]
        id: String,
        /// Berkas tujuan; bila tidak disebut, ditulis ke keluaran baku
        #[arg(short, long, value_name = "BERKAS")]
        output: Option<PathBuf>,
    },
}

/// Runs the command.
pub(crate) async fn run(place: &Place, args: &InstrumentArgs) -> Result<ExitCode> {
    match &args.command {
        InstrumentCommand::Own(command) => own::run(place, command).await,
        InstrumentCommand::List => print::text(&list(&*edition::known(place).await?)),
        InstrumentCommand::Show { id } => print::text(&shown(&*edition::worded(place, id).await?)),
        InstrumentCommand::Template { id, output } => {
            let book = Book::template(edition::worded(place, id).await?);
            print::to_file(output.as_deref(), &Press::new().lke_xlsx(&book)?)
        }
        InstrumentCommand::Check { file, labels_for: None } => check(file),
        InstrumentCommand::Check { file, labels_for: Some(id) } => check_labels(place, file, id).await,
    }
}

fn list(editions: &Editions) -> String {
    editions
        .iter()
        .map(|edition| format!("{}\t{}\t{}\n", edition.id, validity(edition), edition.title))
        .collect()
}

fn validity(edition: &Instrument) -> String {
    let until = edition.valid_until.map_or_else(|| "sekarang".to_owned(), |day| day.to_string());
    format!("{} sampai {until}", edition.valid_from)
}

fn shown(edition: &Instrument) -> String {
    let mut lines = vec![edition.id.clone(), edition.title.clone(), edition.regulation.clone()];
    lines.push(format!("berlaku {}; bobot {}", validity(edition), edition.total_weight.plain()));
    for area in &edition.areas {
        lines.push(format!("\n{}  {}", area.code, area.name));
        lines.extend(area.subs.iter().flat_map(sub_lines));
    }
    lines.push("\nFakta yang ditanyakan".to_owned());
    lines.extend(
        edition
            .facts
            .iter()
            .map(|fact| format!("  {:<26} {} ({})", fact.name, fact.label, fact.source_document)),
    );
    for predicate in &edition.predicates {
        lines.push(format!("\nSyarat {} ({})", predicate.code, predicate.name));
        let conditions = edition.conditions_of(&predicate.code);
        lines.extend(conditions.map(|c| format!("  {:<18} {}  [{}]", c.code, c.text, c.citation)));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn sub_lines(sub: &Sub) -> Vec<String> {
    let mut lines = vec![format!("  {:<8} bobot {:<5} {}", sub.code, sub.weight.plain(), sub.name)];
    for question in &sub.questions {
        lines.push(format!("    {:<9} {:<9} {}", question.code, question.kind, question.label));
        lines.extend(
            question.inputs.iter().map(|input| format!("      isian {}: {}", input.name, input.label)),
        );
    }
    lines
}

fn check(file: &std::path::Path) -> Result<ExitCode> {
    let name = file.display().to_string();
    let text = edition::read_text(file)?;
    if text.contains("[[rule]]") {
        return check_rules(&name, &text);
    }
    let edition = match Instrument::parse(&name, &text) {
        Ok(edition) => edition,
        Err(problems) => return Ok(edition::refuse(&problems)),
    };
    let (id, questions) = (edition.id.clone(), edition.questions().count());
    let is_shipped = shipped().by_id(&id).is_some();
    if let Some(problems) = (!is_shipped).then(|| shipped().clone().with(&name, edition).err()).flatten() {
        return Ok(edition::refuse(&problems));
    }
    print::text(&format!("{name}: {id} lulus pemeriksaan ({questions} pertanyaan)\n"))
}

/// Rules of suggestions for an edition that comes with Bening.
fn check_rules(name: &str, text: &str) -> Result<ExitCode> {
    match Rules::parse(name, text, shipped()) {
        Ok(rules) => print::text(&format!(
            "{name}: usulan untuk {} lulus pemeriksaan ({} aturan)\n",
            rules.edition,
            rules.rules.len()
        )),
        Err(problems) => Ok(edition::refuse(&problems)),
    }
}

async fn check_labels(place: &Place, file: &std::path::Path, id: &str) -> Result<ExitCode> {
    let name = file.display().to_string();
    let labels = Labels::parse(&name, &edition::read_text(file)?, &*edition::worded(place, id).await?);
    Ok(match labels {
        Ok(labels) => {
            println!("{name}: label untuk {} lulus pemeriksaan", labels.instrument);
            ExitCode::SUCCESS
        }
        Err(problems) => edition::refuse(&problems),
    })
}
