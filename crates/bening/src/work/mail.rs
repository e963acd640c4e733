//! Sending mail through the agency's own server. Nothing is sent unless an administrator named one.

use anyhow::{Context, Result, bail};
use bening_core::id::JobId;
use bening_core::job::Mail;
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use super::{Bench, Ended};

/// The way out.
#[derive(Clone)]
pub(crate) struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// A server as `smtps://name:password@host:465` or `smtp://host:587?tls=required`, and who writes.
    ///
    /// # Errors
    /// When the address of the server or of the sender is none.
    pub(crate) fn new(server: &str, from: &str) -> Result<Self> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(server).context(
            "alamat peladen surel tidak terbaca; tulis misalnya smtps://nama:sandi@surel.contoh.go.id:465",
        )?;
        let from = from
            .parse()
            .context("alamat pengirim surel tidak terbaca; tulis misalnya ZI <zi@contoh.go.id>")?;
        Ok(Self { transport: transport.build(), from })
    }
}

/// Sends a mail. A worker that is killed between the server's yes and the end of the job sends it again; both carry
/// the same Message-ID, by which mailboxes tell that it is one.
pub(super) async fn send(bench: &Bench, job: JobId, mail: &Mail) -> Result<Ended> {
    let Some(mailer) = &bench.mailer else {
        bail!("peladen surel belum diatur; jalankan bening serve dengan --smtp dan --mail-from");
    };
    let host = mailer.from.email.domain();
    let letter = Message::builder()
        .message_id(Some(format!("<{job}@{host}>")))
        .from(mailer.from.clone())
        .to(mail.to.parse().with_context(|| format!("alamat surel \"{}\" tidak terbaca", mail.to))?)
        .subject(&mail.subject);
    let letter = match &mail.html {
        Some(html) => letter.multipart(MultiPart::alternative_plain_html(mail.text.clone(), html.clone()))?,
        None => letter.singlepart(SinglePart::plain(mail.text.clone()))?,
    };
    mailer.transport.send(letter).await.context("peladen surel menolak atau tidak menjawab")?;
    Ok(Ended::NotYet)
}
