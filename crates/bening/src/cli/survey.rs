//! `bening survey list|check|index|sample`: what questionnaires there are, is one sound, what a file of
//! answers says, and how many respondents a population requires.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use bening_core::instrument::{Exact, NumberError};
use bening_core::survey::{
    Channel, Method, Options, Questionnaire, Report, Responses, Scale, Table, Warning, method, shipped,
    to_json,
};

use super::exit::{NotFound, Refused};
use super::{edition, print};

/// How much of a file is read at once.
const PIECE_BYTES: usize = 1 << 16;

/// Surveys: questionnaires, indices and samples.
#[derive(Debug, clap::Args)]
pub(crate) struct SurveyArgs {
    #[command(subcommand)]
    command: SurveyCommand,
}

#[derive(Debug, clap::Subcommand)]
enum SurveyCommand {
    /// List the questionnaires that come with Bening.
    List,
    /// Check a questionnaire; says file, line and reason.
    Check {
        /// The .toml file.
        file: PathBuf,
    },
    /// Reckon the exact index of a file of answers (.csv) and print it as JSON.
    Index(IndexArgs),
    /// How many respondents a population requires (Krejcie–Morgan).
    Sample {
        /// How many people could be asked.
        #[arg(long)]
        population: u64,
        #[command(flatten)]
        precision: Precision,
    },
}

#[derive(Debug, clap::Args)]
struct IndexArgs {
    /// skm, spak, spkp, the id of a questionnaire, or a .toml file.
    #[arg(long)]
    survey: String,
    /// One line for each respondent; the first line holds the codes of unsur or questions.
    file: PathBuf,
    /// How many people could have been asked.
    #[arg(long)]
    population: Option<u64>,
    #[command(flatten)]
    precision: Precision,
    /// Seed of the confidence interval.
    #[arg(long)]
    seed: Option<u64>,
    /// Points of the scale that was used, such as 6.
    #[arg(long)]
    scale: Option<u8>,
    /// Ways by which answers were meant to come (link,poster,code,mail,kiosk,paper,import); those without answers are
    /// warned about. Needs a column `kanal`.
    #[arg(long, value_delimiter = ',', value_parser = channel)]
    channels: Vec<Channel>,
    /// Id of the grades, to read an old report with.
    #[arg(long)]
    bands: Option<String>,
}

#[derive(Debug, clap::Args)]
struct Precision {
    /// Margin of error the sample is meant for, such as 0.05.
    #[arg(long, value_parser = number)]
    margin: Option<Exact>,
    /// Confidence, such as 0.95.
    #[arg(long, value_parser = number)]
    confidence: Option<Exact>,
}

fn number(text: &str) -> Result<Exact, NumberError> {
    Exact::parse(text)
}

fn channel(text: &str) -> Result<Channel, String> {
    let known = || Channel::ALL.map(Channel::as_str).join(", ");
    Channel::parse(text).ok_or_else(|| format!("saluran yang dikenal: {}", known()))
}

/// Runs the command.
pub(crate) fn run(args: &SurveyArgs) -> Result<ExitCode> {
    match &args.command {
        SurveyCommand::List => print::text(&list()),
        SurveyCommand::Check { file } => {
            let questionnaire = read(file)?;
            let questions = questionnaire.questions().count();
            let name = file.display();
            print::text(&format!("{name}: {} lulus pemeriksaan ({questions} pertanyaan)\n", questionnaire.id))
        }
        SurveyCommand::Index(args) => index(args),
        SurveyCommand::Sample { population, precision } => sample(*population, precision),
    }
}

fn list() -> String {
    let line = |known: &Arc<Questionnaire>| format!("{}\t{}\t{}\n", known.id, known.family, known.title.id);
    shipped().iter().map(line).collect()
}

fn sample(population: u64, precision: &Precision) -> Result<ExitCode> {
    let required = data()?.sample.required(population, precision.margin, precision.confidence);
    let required = required.map_err(|error| Refused(error.to_string()))?;
    edition::print(&serde_json::json!({"population": population, "required_sample": required}))
}

fn index(args: &IndexArgs) -> Result<ExitCode> {
    let questionnaire = find(&args.survey)?;
    let scale = scale(&questionnaire, args.scale)?;
    let (responses, ignored) = answers(&questionnaire, scale, &args.file)?;
    let options = Options {
        population: args.population,
        margin: args.precision.margin,
        seed: args.seed,
        confidence: args.precision.confidence,
        bands: args.bands.clone(),
        channels: args.channels.iter().copied().collect(),
    };
    let mut report = Report::of(&responses, data()?, &options).map_err(|error| Refused(error.to_string()))?;
    if !ignored.is_empty() {
        let message = format!("kolom yang tidak dikenal dan tidak dihitung: {}", ignored.join(", "));
        report.warnings.push(Warning { code: "ignored_columns", message });
    }
    for warning in &report.warnings {
        eprintln!("peringatan: {}: {}", warning.code, warning.message);
    }
    edition::print(&to_json(&report))
}

fn data() -> Result<&'static Method> {
    method().context("cara menghitung survei tidak terbaca")
}

fn find(name: &str) -> Result<Arc<Questionnaire>> {
    if let Some(questionnaire) = shipped().find(name) {
        return Ok(Arc::clone(questionnaire));
    }
    let path = Path::new(name);
    if path.is_file() {
        return read(path).map(Arc::new);
    }
    let known: Vec<&str> = shipped().iter().map(|known| known.family.as_str()).collect();
    let known = known.join(", ");
    Err(NotFound(format!("survei \"{name}\" tidak ada; pilihannya: {known}, atau nama berkas .toml")).into())
}

fn read(path: &Path) -> Result<Questionnaire> {
    let text = edition::read_text(path)?;
    let parsed = Questionnaire::parse(&path.display().to_string(), &text);
    parsed.map_err(|problems| Refused(lines(&problems)).into())
}

fn scale(questionnaire: &Questionnaire, points: Option<u8>) -> Result<&Scale> {
    questionnaire.scale(points).ok_or_else(|| {
        let known: Vec<String> = questionnaire.scales.iter().map(|scale| scale.points.to_string()).collect();
        Refused(format!("{} hanya punya skala {}", questionnaire.id, known.join(" dan "))).into()
    })
}

fn answers<'q>(
    questionnaire: &'q Questionnaire,
    scale: &'q Scale,
    path: &Path,
) -> Result<(Responses<'q>, Vec<String>)> {
    let name = path.display();
    let mut file = File::open(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => anyhow::Error::new(NotFound(format!("berkas {name} tidak ada"))),
        _ => anyhow::Error::new(error).context(format!("{name} tidak dapat dibuka")),
    })?;
    let mut table = Table::new(questionnaire, scale);
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        match file.read(&mut piece).with_context(|| format!("{name} tidak dapat dibaca"))? {
            0 => break,
            read => table.push(&piece[..read]),
        }
    }
    table.finish().map_err(|problems| Refused(lines(&problems)).into())
}

fn lines<T: ToString>(problems: &[T]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
