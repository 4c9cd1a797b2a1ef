//! Files that were received and are not saved yet: a form names them by a text that only we can have made, for this session,
//! this order, this item and this question, or this agreement, so that nobody can name a file that is not theirs.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use order_manager::admits::{ReceivedFile, kept_field};
use order_manager::catalogue::ProductOffering;
use order_manager::characteristic::{Characteristic, ValueType};
use order_manager::entered::Entered;
use order_manager::id::{AgreementId, OrderId, OrderItemId};
use order_manager::value::FileReference;
use subtle::ConstantTimeEq;

use crate::session;
use crate::store::SessionId;

/// What ties a file's name in a form to where it belongs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Keeper<'a> {
    session: &'a SessionId,
    home: Home,
}

/// What a file is sent about.
#[derive(Clone, Copy, Debug)]
enum Home {
    /// A question of an order's item.
    Item(OrderId, OrderItemId),
    /// An agreement.
    Agreement(AgreementId),
}

impl<'a> Keeper<'a> {
    pub(crate) const fn new(session: &'a SessionId, order: OrderId, item: OrderItemId) -> Self {
        Self { session, home: Home::Item(order, item) }
    }

    pub(crate) const fn about(session: &'a SessionId, agreement: AgreementId) -> Self {
        Self { session, home: Home::Agreement(agreement) }
    }

    /// What a form says for a file.
    pub(crate) fn named(&self, question: &str, file: &FileReference) -> String {
        let FileReference { key, name, media, bytes } = file;
        let told = URL_SAFE_NO_PAD.encode(serde_json::json!([key, name, media, bytes]).to_string());
        let proof = self.proof(question, &told);
        format!("{told}.{proof}")
    }

    /// The file that a form names; `None` when we have not said so.
    pub(crate) fn file(&self, question: &str, named: &str) -> Option<FileReference> {
        let (told, proof) = named.split_once('.')?;
        let expected = self.proof(question, told);
        if expected.is_empty() || !bool::from(expected.as_bytes().ct_eq(proof.as_bytes())) {
            return None;
        }
        read(told)
    }

    /// The key of the file that a form claims to name, whoever said so: proves nothing.
    pub(crate) fn claimed(named: &str) -> Option<Box<str>> {
        named.split_once('.').and_then(|(told, _)| read(told)).map(|file| file.key)
    }

    /// The files that a form names, of all the offering's questions.
    pub(crate) fn files(&self, offering: &ProductOffering, entered: &Entered) -> Vec<ReceivedFile> {
        let of = |question: &'_ Characteristic| {
            let named = entered.all(&kept_field(question.id.as_str())).first()?;
            Some(ReceivedFile { named: named.trim().into(), file: self.file(question.id.as_str(), named.trim())? })
        };
        file_questions(offering).filter_map(of).collect()
    }

    fn proof(&self, question: &str, told: &str) -> String {
        let proof = match self.home {
            Home::Item(order, item) => {
                session::proof(self.session, &["kept", &order.to_string(), &item.to_string(), question, told])
            }
            Home::Agreement(agreement) => session::proof(self.session, &["kept about", &agreement.to_string(), question, told]),
        };
        URL_SAFE_NO_PAD.encode(proof)
    }
}

fn read(told: &str) -> Option<FileReference> {
    let (key, name, media, bytes) = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(told).ok()?).ok()?;
    Some(FileReference { key, name, media, bytes })
}

/// The questions of an offering that are answered by a file.
pub(crate) fn file_questions(offering: &ProductOffering) -> impl Iterator<Item = &Characteristic> {
    offering.characteristics.iter().map(AsRef::as_ref).filter(|question| matches!(question.value, ValueType::File { .. }))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_file_is_named_for_one_session_order_item_and_question_only() {
        let file = FileReference {
            key: "orders/1/2/3".into(),
            name: "the letter.pdf".into(),
            media: "application/pdf".into(),
            bytes: 4_096,
        };
        let session = |byte: u8| SessionId::parse(&URL_SAFE_NO_PAD.encode([byte; 32])).expect("an id");
        let (mine, other) = (session(1), session(2));
        let id = |number| Uuid::from_u128(number);
        let (order, item) = (OrderId::new(id(1)), OrderItemId::new(id(2)));
        let question = "letter";
        let keeper = Keeper::new(&mine, order, item);
        let named = keeper.named(question, &file);
        assert_eq!(keeper.file(question, &named), Some(file.clone()));
        assert_eq!(keeper.named(question, &file), named, "the same each time: a page's version depends on it");

        let elsewhere = [
            Keeper::new(&other, order, item),
            Keeper::new(&mine, OrderId::new(id(3)), item),
            Keeper::new(&mine, order, OrderItemId::new(id(3))),
            Keeper::about(&mine, AgreementId::new(id(1))),
        ];
        assert!(elsewhere.iter().all(|keeper| keeper.file(question, &named).is_none()));
        assert_eq!(keeper.file("other", &named), None);

        assert_eq!(Keeper::claimed(&named).as_deref(), Some("orders/1/2/3"));
        let (told, proof) = named.split_once('.').expect("two parts");
        let forged = URL_SAFE_NO_PAD.encode(r#"["orders/9/9/9","a.pdf","application/pdf",1]"#);
        for text in ["", ".", told, &file.key, &format!("{told}."), &format!("{forged}.{proof}"), &format!("{named}x")] {
            assert_eq!(keeper.file(question, text), None, "{text}");
        }
    }
}
