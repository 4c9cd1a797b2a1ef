//! Somebody at the browser: goes by what stands on the page, not by how it is made.

use std::time::Duration;

use thirtyfour::{By, WebDriver, WebElement, error::WebDriverResult};
use tokio::time::{Instant, sleep};

use crate::album::Album;

/// How long a page may take.
const PATIENCE: Duration = Duration::from_secs(20);
const A_MOMENT: Duration = Duration::from_millis(50);

/// A person, and the pages they met.
pub(crate) struct Person {
    pub(crate) browser: WebDriver,
    origin: String,
    album: Option<Album>,
}

impl Person {
    /// Somebody who does not look at the pages for their own sake.
    pub(crate) fn new(browser: WebDriver, origin: String) -> Self {
        Self { browser, origin, album: None }
    }

    /// Somebody who also looks at every page in every width.
    pub(crate) fn with_album(self, album: Album) -> Self {
        Self { album: Some(album), ..self }
    }

    /// Types an address.
    pub(crate) async fn visit(&self, path: &str) {
        self.browser.goto(format!("{}{path}", self.origin)).await.expect("the page loads");
    }

    /// Where they are.
    pub(crate) async fn path(&self) -> String {
        self.browser.current_url().await.expect("an address").path().to_owned()
    }

    /// Comes to the page with this heading; in the album it has this name.
    pub(crate) async fn arrives(&self, heading: &str, name: &str) {
        self.finds(&format!("//h1[{}]", says(heading))).await;
        self.looks(name).await;
    }

    /// Has this dialog open before them.
    pub(crate) async fn opens(&self, title: &str, name: &str) {
        self.finds(&format!("//dialog[@open]//h2[{}]", says(title))).await;
        self.looks(name).await;
    }

    /// Has no dialog before them.
    pub(crate) async fn sees_nothing_open(&self) {
        let started = Instant::now();
        while !matches!(self.seen("//dialog[@open]").await, Ok(None)) {
            assert!(started.elapsed() < PATIENCE, "a dialog stays open on {}", self.path().await);
            sleep(A_MOMENT).await;
        }
    }

    /// Is told that a dialog is answered.
    pub(crate) async fn has_answered(&self, dialog: &str) {
        self.finds(&format!("//button[{}]", begins(&format!("Change these answers: {dialog}")))).await;
    }

    /// Looks at the page as it stands.
    pub(crate) async fn looks(&self, name: &str) {
        if let Some(album) = &self.album {
            album.look(&self.browser, name).await;
        }
    }

    /// Looks at the page as it is printed.
    pub(crate) async fn looks_in_print(&self, name: &str) {
        if let Some(album) = &self.album {
            album.look_printed(&self.browser, name).await;
        }
    }

    /// Where the link leads that begins so.
    pub(crate) async fn link(&self, link: &str) -> String {
        let link = self.finds(&format!("//a[{}]", begins(link))).await;
        link.attr("href").await.expect("a link").expect("an address")
    }

    /// The amount of a line in a table of prices.
    pub(crate) async fn total(&self, line: &str) -> String {
        self.finds(&format!("//tr[th[{}]]/td", begins(line))).await.text().await.expect("an amount")
    }

    /// Reads this somewhere on the page.
    pub(crate) async fn reads(&self, text: &str) {
        let started = Instant::now();
        loop {
            let page = self.page().await;
            if page.contains(text) {
                return;
            }
            assert!(started.elapsed() < PATIENCE, "“{text}” is not to be read on {}:\n{page}", self.path().await);
            sleep(A_MOMENT).await;
        }
    }

    /// All that can be read on the page.
    pub(crate) async fn page(&self) -> String {
        match self.browser.find(By::Tag("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// Follows the link that begins so.
    pub(crate) async fn follows(&self, link: &str) {
        self.clicks(&format!("//a[{}]", begins(link))).await;
    }

    /// Presses the button that begins so, and waits for what comes of it where it sends a form.
    pub(crate) async fn presses(&self, button: &str) {
        let button = self.finds(&format!("//button[{} and not(@aria-hidden)]", begins(button))).await;
        match button.attr("type").await.expect("a button").as_deref() {
            Some("button") => button.click().await.unwrap_or_else(|error| panic!("{button}: {error}")),
            _ => self.sends(&button).await,
        }
    }

    /// Presses a button that sends a form, and waits for what comes of it.
    pub(crate) async fn sends(&self, button: &WebElement) {
        let before = self.browser.find(By::Tag("html")).await.expect("a page");
        button.click().await.unwrap_or_else(|error| panic!("{button} can't be pressed: {error}"));
        let started = Instant::now();
        while before.tag_name().await.is_ok() {
            assert!(started.elapsed() < PATIENCE, "nothing comes of {button} on {}", self.path().await);
            sleep(A_MOMENT).await;
        }
    }

    /// Opens what is folded up under a line that begins so.
    pub(crate) async fn unfolds(&self, line: &str) {
        self.clicks(&format!("//summary[{}]", begins(line))).await;
    }

    /// Answers a question by one of its choices.
    pub(crate) async fn chooses(&self, question: &str, answer: &str) {
        let (question, answer) = (begins(question), begins(answer));
        let (radio, line) = (
            format!("//fieldset[legend[{question}]]//label[{answer}]"),
            format!("//select[@id = //label[{question}]/@for]/option[{answer}]"),
        );
        self.clicks(&format!("{radio} | {line}")).await;
    }

    /// Answers the drop-down lists and radio buttons that are still open on the page by the first there is: the catalogue may ask
    /// more than a journey is about.
    pub(crate) async fn answers_the_rest(&self) {
        for list in self.open_lists().await {
            let line = By::XPath("option[@value != '' and not(@disabled)]");
            list.find(line).await.expect("a line").click().await.expect("a line can be chosen");
        }
        for button in self.open_groups().await {
            button.click().await.expect("a button can be chosen");
        }
    }

    /// The first button of each group of the page's radio buttons that has to be answered and isn't.
    pub(crate) async fn open_groups(&self) -> Vec<WebElement> {
        let groups =
            "//fieldset[.//input[@type = 'radio'] and not(.//fieldset | ancestor::dialog | legend/*[@class = 'optional'])]";
        let mut open = vec![];
        for group in self.browser.find_all(By::XPath(groups)).await.expect("the page can be searched") {
            let buttons = group.find_all(By::XPath(".//input[not(@disabled)]")).await.expect("the group can be searched");
            let mut answered = false;
            for button in &buttons {
                answered |= button.is_selected().await.expect("a radio button");
            }
            if !answered {
                open.extend(buttons.into_iter().next());
            }
        }
        open
    }

    /// The page's drop-down lists without an answer.
    pub(crate) async fn open_lists(&self) -> Vec<WebElement> {
        let mut open = vec![];
        for list in self.browser.find_all(By::XPath("//select[not(ancestor::dialog)]")).await.expect("the page can be searched") {
            if list.value().await.expect("a value").is_none_or(|value| value.is_empty()) {
                open.push(list);
            }
        }
        open
    }

    /// Ticks a box.
    pub(crate) async fn ticks(&self, label: &str) {
        self.clicks(&format!("//label[{}]", begins(label))).await;
    }

    /// Types into a field, in place of what is there.
    pub(crate) async fn fills(&self, label: &str, text: &str) {
        let field = self.field(label).await;
        field.clear().await.expect("a field can be emptied");
        field.send_keys(text).await.expect("a field can be typed into");
    }

    /// The field with this label.
    pub(crate) async fn field(&self, label: &str) -> WebElement {
        self.finds(&format!("//*[self::input or self::textarea][@id = //label[{}]/@for]", begins(label))).await
    }

    async fn clicks(&self, what: &str) {
        self.finds(what).await.click().await.unwrap_or_else(|error| panic!("{what}: {error}"));
    }

    /// The first that can be seen; waits for it.
    pub(crate) async fn finds(&self, what: &str) -> WebElement {
        let started = Instant::now();
        loop {
            if let Ok(Some(found)) = self.seen(what).await {
                return found;
            }
            assert!(started.elapsed() < PATIENCE, "{what} is not on {}:\n{}", self.path().await, self.page().await);
            sleep(A_MOMENT).await;
        }
    }

    async fn seen(&self, what: &str) -> WebDriverResult<Option<WebElement>> {
        for element in self.browser.find_all(By::XPath(what)).await? {
            if element.is_displayed().await? {
                return Ok(Some(element));
            }
        }
        Ok(None)
    }
}

/// In `XPath`: the text is this.
fn says(text: &str) -> String {
    format!("normalize-space() = \"{text}\"")
}

/// In `XPath`: the text begins so.
fn begins(text: &str) -> String {
    format!("starts-with(normalize-space(), \"{text}\")")
}
