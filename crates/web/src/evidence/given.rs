//! A form with evidence as it arrives: fields, files that were streamed to the staging folder, and uploads that
//! arrived before it, a piece at a time.

use axum::RequestExt;
use axum::extract::multipart::Field;
use axum::extract::{DefaultBodyLimit, Multipart, Request};
use bening_core::evidence::Rules;
use bening_core::id::UnitId;
use bening_store::files::Staged;
use uuid::Uuid;

use crate::app::App;
use crate::caller::Caller;
use crate::chance;
use crate::error::{AppError, Result};

/// Most files of one form, and longest field of it, in bytes.
const FILES_MAX: u64 = 20;
const FIELD_MAX_BYTES: usize = 16 * 1024;

/// What was given.
#[derive(Default)]
pub(super) struct Given {
    fields: Vec<(String, String)>,
    /// Files that wait to be kept.
    pub(super) files: Vec<Arrived>,
}

/// A file that arrived.
pub(super) struct Arrived {
    /// Its identity, which becomes that of the evidence: the same upload twice is one piece.
    pub(super) id: Uuid,
    /// Name as sent.
    pub(super) name: String,
    /// Where it waits.
    pub(super) staged: Staged,
}

impl Given {
    /// A field's value, or nothing.
    pub(super) fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// Reads the form. The token comes first, so that nobody else's files are taken in.
    pub(super) async fn read(app: &App, caller: &Caller, unit: UnitId, mut request: Request) -> Result<Self> {
        let limit = Rules::shipped().limit_bytes.saturating_mul(FILES_MAX);
        DefaultBodyLimit::max(usize::try_from(limit).unwrap_or(usize::MAX)).apply(&mut request);
        let form = request.extract::<Multipart, _>().await;
        let mut form = form.map_err(|_| AppError::Bad("unggahan tidak berbentuk formulir".to_owned()))?;
        let mut given = Self::default();
        let outcome = given.read_parts(app, caller, unit, &mut form).await;
        match outcome {
            Ok(()) => Ok(given),
            Err(error) => {
                given.discard().await;
                Err(error)
            }
        }
    }

    async fn read_parts(
        &mut self,
        app: &App,
        caller: &Caller,
        unit: UnitId,
        form: &mut Multipart,
    ) -> Result<()> {
        while let Some(part) = form.next_field().await.map_err(|_| cut())? {
            let name = part.name().unwrap_or_default().to_owned();
            match part.file_name().map(str::to_owned) {
                Some(file) if self.field("_csrf") == caller.csrf => self.take(app, file, part).await?,
                Some(_) => return Err(AppError::Foreign),
                None => self.fields.push((name, text(part).await?)),
            }
        }
        if self.field("_csrf") != caller.csrf {
            return Err(AppError::Foreign);
        }
        self.take_uploads(app, caller, unit).await
    }

    async fn take(&mut self, app: &App, name: String, part: Field<'_>) -> Result<()> {
        if name.is_empty() || self.files.len() as u64 >= FILES_MAX {
            return Ok(());
        }
        let id = chance::fresh();
        let staged = app.store().files()?.take(id, Rules::shipped().limit_bytes, part).await?;
        self.files.push(Arrived { id, name, staged });
        Ok(())
    }

    /// Uploads of this person for this unit that wholly arrived.
    async fn take_uploads(&mut self, app: &App, caller: &Caller, unit: UnitId) -> Result<()> {
        let named = self.fields.iter().filter(|(key, _)| key == "unggahan");
        let ids: Vec<Uuid> = named.filter_map(|(_, id)| id.parse().ok()).collect();
        for id in ids {
            let (upload, staged) = app.store().files()?.arrived(id).await?;
            if upload.person != caller.id() || upload.unit != unit {
                return Err(AppError::NotFound);
            }
            self.files.push(Arrived { id, name: upload.name, staged });
        }
        Ok(())
    }

    /// Lets go of every file.
    pub(super) async fn discard(self) {
        for file in self.files {
            file.staged.discard().await;
        }
    }
}

async fn text(mut part: Field<'_>) -> Result<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|_| cut())? {
        if bytes.len() + chunk.len() > FIELD_MAX_BYTES {
            return Err(AppError::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn cut() -> AppError {
    let text = "unggahan terputus sebelum selesai; tidak ada yang disimpan, unggah ulang berkasnya";
    AppError::Bad(text.to_owned())
}
