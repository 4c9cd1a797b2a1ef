//! Fills in a form of the page as a person does: by typing, choosing, ticking and pressing.

use tempfile::TempDir;
use tests::browser::Page;
use tests::filling::Filling;
use tests::form::{FieldKind, Form, forms};
use thirtyfour::{By, WebElement};

use crate::person::Person;

/// Somebody's hands.
pub(crate) struct Hands<'a> {
    person: &'a Person,
    /// Where the files are that they send.
    folder: TempDir,
}

impl<'a> Hands<'a> {
    pub(crate) fn new(person: &'a Person) -> Self {
        Self { person, folder: TempDir::new().expect("a folder") }
    }

    /// The page that is shown, as it was served.
    pub(crate) async fn page(&self) -> Page {
        let html = self.person.browser.source().await.expect("a page");
        let wrong = html.contains("class=\"errors\"");
        let path = self.person.path().await;
        Page { path, status: if wrong { 422 } else { 200 }, location: None, headers: [].into(), html }
    }

    /// Goes on, filling in each page as far as it has to be, until such a page; that page.
    pub(crate) async fn goes_on(&self, filling: &mut Filling<'_>, until: impl Fn(&Page) -> bool) -> Page {
        let mut way = vec![];
        for _ in 0..60 {
            let page = self.page().await;
            if until(&page) {
                return page;
            }
            let form = filling.filled(&page);
            self.fill(&page, &form).await;
            self.send(&form).await;
            way.push(page.path);
        }
        panic!("never came there; the way: {way:#?}\n{}", self.person.page().await);
    }

    /// Fills the page's form in, so that it stands as this one does.
    pub(crate) async fn fill(&self, page: &Page, wanted: &Form) {
        let served = forms(&page.html).into_iter().find(|form| form.action == wanted.action).expect("the form is on the page");
        self.change(&served, wanted).await;
    }

    /// Changes what stands in a form.
    pub(crate) async fn change(&self, served: &Form, wanted: &Form) {
        for (name, kind) in wanted.fields() {
            let (now, then): (Vec<_>, Vec<_>) = (served.values(&name).collect(), wanted.values(&name).collect());
            match kind {
                FieldKind::File => {
                    if let Some((file, bytes)) = wanted.file(&name).filter(|_| served.file(&name).is_none()) {
                        self.attaches(wanted, &name, file, bytes).await;
                    }
                }
                _ if now == then => {}
                FieldKind::Text => self.types(wanted, &name, then.first().copied().unwrap_or_default()).await,
                FieldKind::Choose(_) => self.chooses(wanted, &name, then.first().copied().unwrap_or_default()).await,
                FieldKind::Tick(_) => {
                    let differs = |value: &&str| now.contains(value) != then.contains(value);
                    for value in now.iter().chain(then.iter().filter(|value| !now.contains(value))).copied().filter(differs) {
                        self.chooses(wanted, &name, value).await;
                    }
                }
            }
        }
    }

    /// Presses the button that the form is for.
    pub(crate) async fn send(&self, form: &Form) {
        self.press(form, ":not([aria-hidden], [name], [type=button])").await;
    }

    /// Presses one of the form's buttons, and waits for what comes of it.
    pub(crate) async fn press(&self, form: &Form, which: &str) {
        let button = self.control(form, &format!("button{which}")).await;
        self.person.sends(&button).await;
    }

    async fn types(&self, form: &Form, name: &str, text: &str) {
        let field = self.control(form, &format!("[name='{name}']:not([type=hidden])")).await;
        field.clear().await.expect("a field can be emptied");
        field.send_keys(text).await.expect("a field can be typed into");
    }

    async fn chooses(&self, form: &Form, name: &str, value: &str) {
        let which = format!("select[name='{name}'] option[value='{value}'], input[name='{name}'][value='{value}']");
        let choice = self.control(form, &which).await;
        choice.click().await.unwrap_or_else(|error| panic!("{which} can't be chosen: {error}"));
    }

    async fn attaches(&self, form: &Form, name: &str, file: &str, bytes: &[u8]) {
        let path = self.folder.path().join(file);
        std::fs::write(&path, bytes).expect("a file");
        let upload = self.control(form, &format!("input[type=file][name='{name}']")).await;
        upload.send_keys(path.to_string_lossy()).await.expect("a file can be chosen");
    }

    async fn control(&self, form: &Form, which: &str) -> WebElement {
        let found = which.split(", ").map(|part| format!("form[action='{}'] {part}", form.action)).collect::<Vec<_>>().join(", ");
        let found = self.person.browser.find(By::Css(&found)).await;
        found.unwrap_or_else(|error| panic!("{which} of the form to {}: {error}", form.action))
    }
}
