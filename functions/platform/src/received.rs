//! The files that come with a form: checked by their content, taken in, and from then on named in the form's fields, so that
//! whatever becomes of the form the file need not be sent again.

use order_manager::admits::{file_name, kept_field, removed_field};
use order_manager::characteristic::{Characteristic, ValueType};
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::id::{AgreementId, OrderItemId};
use order_manager::order::ProductOrder;
use order_manager::value::{Answers, FileReference, Value};

use crate::files::{FilesError, held};
use crate::kept::{Keeper, file_questions};
use crate::page_error::PageError;
use crate::questions::item_of;
use crate::request::{Incoming, Upload};
use crate::store::SessionId;
use crate::turn::Turn;
use crate::{App, mint};

/// What a form holds once its files are seen to.
#[derive(Debug)]
pub(crate) struct Received {
    /// What was entered, each file named by a field of its own.
    pub(crate) entered: Entered,
    /// What is wrong with files.
    pub(crate) errors: Vec<FieldError>,
    /// Whether the store of files answered.
    pub(crate) available: bool,
}

impl Received {
    /// A form whose files, if it has any, are not taken: they have to be sent again.
    pub(crate) fn without_files(incoming: &Incoming) -> Self {
        let again = incoming.uploads.iter().map(|upload| FieldError::new(upload.field.as_str(), Reason::NotAFile));
        Self { entered: incoming.entered.clone(), errors: again.collect(), available: true }
    }

    /// A form of an item's questions, its files taken in.
    ///
    /// # Errors
    /// When there is no such item.
    pub(crate) async fn with_files(app: &App, incoming: &Incoming, turn: &Turn, item: OrderItemId) -> Result<Self, PageError> {
        let (saved, offering) = item_of(turn.draft()?, item, &turn.catalogue)?;
        let mut received = Self { entered: incoming.entered.clone(), errors: vec![], available: true };
        let keeper = Keeper::new(&turn.session_id, turn.order.value.id(), item);
        for question in file_questions(offering) {
            let name = question.id.as_str();
            match incoming.uploads.iter().filter(|upload| upload.field == name).collect::<Vec<_>>()[..] {
                [] => received.recognise(&keeper, question, &saved.answers),
                [upload] => match checked(question, upload) {
                    Err(reason) => received.errors.push(FieldError::new(name, reason)),
                    Ok(media) => {
                        let file = FileReference {
                            // Sent twice from the same page, it is one file: the second click has nothing to add.
                            key: FileReference::key_of(
                                turn.order.value.id(),
                                item,
                                mint::of_content(&incoming.version, &upload.bytes),
                            ),
                            name: file_name(&upload.name, media),
                            media: media.into(),
                            bytes: size(upload),
                        };
                        match app.files.put(&file, upload.bytes.clone(), turn.now).await {
                            Ok(()) => {
                                received.entered.set(kept_field(name), keeper.named(name, &file));
                                // Taking the old one back and sending another is to send another.
                                received.entered.remove(&removed_field(name));
                            }
                            Err(error) => received.lost(name, &error),
                        }
                    }
                },
                _ => received.errors.push(FieldError::new(name, Reason::Doubled)),
            }
        }
        Ok(received)
    }

    /// Keeps the files that the order is to hold and did not hold before.
    pub(crate) async fn keep(&mut self, app: &App, turn: &Turn, after: &ProductOrder) {
        let known: Vec<_> = held(&turn.order.value).map(|(_, _, file)| &file.key).collect();
        for (_, question, file) in held(after).filter(|(_, _, file)| !known.contains(&&file.key)) {
            if let Err(error) = app.files.keep(file, turn.now).await {
                self.lost(question.as_str(), &error);
            }
        }
    }

    /// A form that was shown in another session names files as that one did. The file that the order holds is known all the same;
    /// any other is lost, and what names it would stay wrong however often it is sent.
    fn recognise(&mut self, keeper: &Keeper<'_>, question: &Characteristic, saved: &Answers) {
        let field = kept_field(question.id.as_str());
        let named = self.entered.text(&field).trim();
        if !self.entered.has(&field) || keeper.file(question.id.as_str(), named).is_some() {
            return;
        }
        match saved.get(&question.id) {
            Some(Value::File(file)) if Keeper::claimed(named).as_ref() == Some(&file.key) => {
                self.entered.set(field, keeper.named(question.id.as_str(), file));
            }
            _ => {
                self.entered.remove(&field);
                self.errors.push(FieldError::new(question.id.as_str(), Reason::NotAFile));
            }
        }
    }

    fn lost(&mut self, question: &str, error: &FilesError) {
        let reason = match error {
            FilesError::Missing => {
                self.entered.remove(&kept_field(question));
                Reason::NotAFile
            }
            FilesError::Unavailable(reason) => {
                tracing::warn!(%reason, "a file was not taken");
                self.available = false;
                Reason::Said("file-not-stored")
            }
        };
        self.errors.push(FieldError::new(question, reason));
    }
}

/// The media type of a file that the question takes, by its content.
fn checked(question: &Characteristic, upload: &Upload) -> Result<&'static str, Reason> {
    taken(&question.value, upload)
}

fn taken(value: &ValueType, upload: &Upload) -> Result<&'static str, Reason> {
    let media = infer::get(&upload.bytes).map(|kind| kind.mime_type());
    value.takes_file(media, size(upload))?;
    media.ok_or(Reason::NotAFile)
}

/// A form about an agreement with the file that it brings along, once that is seen to.
#[derive(Debug)]
pub struct Brought {
    /// What was entered, the file named by a field of its own.
    pub entered: Entered,
    /// The file, or what is wrong with it; nothing where none came.
    pub file: Result<Option<FileReference>, FieldError>,
}

impl Brought {
    /// Takes in the file of a form's field. It waits to be kept.
    ///
    /// # Errors
    /// When a file came in a field that takes none, or the store of files doesn't answer.
    pub async fn along(
        app: &App,
        incoming: &Incoming,
        session: &SessionId,
        agreement: AgreementId,
        field: &str,
        value: &ValueType,
    ) -> Result<Self, PageError> {
        let keeper = Keeper::about(session, agreement);
        let mut entered = incoming.entered.clone();
        let wrong = |reason| Err(FieldError::new(field, reason));
        let upload = match &incoming.uploads[..] {
            [] => {
                let named = entered.text(&kept_field(field)).trim().to_owned();
                let file = keeper.file(field, &named);
                // What was named in another session, or by nobody of ours, is lost.
                if file.is_none() && !named.is_empty() {
                    entered.remove(&kept_field(field));
                    return Ok(Self { entered, file: wrong(Reason::NotAFile) });
                }
                return Ok(Self { entered, file: Ok(file) });
            }
            [upload] if upload.field == field => upload,
            [first, ..] if first.field == field => return Ok(Self { entered, file: wrong(Reason::Doubled) }),
            _ => return Err(PageError::Unprocessable),
        };
        let media = match taken(value, upload) {
            Ok(media) => media,
            Err(reason) => return Ok(Self { entered, file: wrong(reason) }),
        };
        let file = FileReference {
            key: FileReference::key_about(agreement, mint::of_content(&incoming.version, &upload.bytes)),
            name: file_name(&upload.name, media),
            media: media.into(),
            bytes: size(upload),
        };
        let now = app.clock.now();
        app.files.put(&file, upload.bytes.clone(), now).await?;
        entered.set(kept_field(field), keeper.named(field, &file));
        Ok(Self { entered, file: Ok(Some(file)) })
    }
}

fn size(upload: &Upload) -> u64 {
    u64::try_from(upload.bytes.len()).unwrap_or(u64::MAX)
}
