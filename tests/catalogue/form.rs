//! The form of the files: TOML, keys, names, texts, types of values.

use super::small::{each_is_refused, read};

#[test]
fn the_small_catalogue_has_no_problems() {
    let problems = read(&[]).err().unwrap_or_default();
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn what_is_no_toml_or_has_other_keys_is_refused() {
    each_is_refused(&[
        ("company.toml", "version = \"1\"", "version = <<", "string values must be quoted"),
        ("company.toml", "version = \"1\"", "version = \"1\"\nflavour = \"sweet\"<<", "a catalogue file has no `flavour`"),
        ("company.toml", "id = \"morning\"", "id = \"morning\"\ncolour = \"red\"<<", "unknown field `colour`, expected one of"),
        ("data.toml", "id = \"internet\"", "id = \"internet\"\nquestions = []<<", "question, interval, rule"),
        ("company.toml", "[[window]]\n", "<<[[window]]\n#", "`id` is missing here: add it"),
        ("company.toml", "valid_days = 60", "valid_days = \"sixty\"<<", "invalid type"),
        ("data.toml", "sold_from = \"2026-01-01\"", "sold_from = \"2026-02-30\"<<", "parsed date is not valid"),
        ("data.toml", "price_is = \"negotiable\"", "price_is = \"cheap\"<<", "unknown variant `cheap`"),
        ("data.toml", "takes.text = { max = 60 }", "takes.txt = { max = 60 }<<", "unknown variant `txt`"),
        ("company.toml", "[[letter]]", "<<[letter]", "write each `letter` as a section of its own: [[letter]]"),
        ("data.toml", "family = \"data-ip\"\n\n[[offering]]", "<<[[offering]]", "say at the head of the file which family"),
    ]);
}

#[test]
fn one_bad_part_does_not_hide_the_problems_of_others() {
    let problems = read(&[
        ("data.toml", "id = \"router\"\nlabel", "id = \"router\"\nlable"),
        ("data.toml", "id = \"welcome\"\nlabel", "id = \"welcome\"\nlable"),
        ("data.toml", "off = [\"speed-fast\"]", "off = []"),
        ("data.toml", "letter = \"move\"", "letter = \"stay\""),
        ("company.toml", "paragraphs = [\"I choose you.\"]", "paragraphs = []"),
    ])
    .expect_err("there are problems");
    let said: Vec<_> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(problems.len(), 4, "{said:#?}");
    assert!(said[0].starts_with("the letter says nothing"), "{said:#?}");
    assert!(said[1].starts_with("unknown field `lable`") && said[2].starts_with("unknown field `lable`"), "{said:#?}");
    assert!(said[3].starts_with("there is no letter `stay`: there is `move`"), "{said:#?}");
}

#[test]
fn version_currency_and_terms_of_service_are_said_once() {
    each_is_refused(&[
        ("company.toml", "\nversion = \"1\"\n", "<<\n", "no file says the catalogue's version"),
        ("more.toml", "", "version = \"2\"<<", "`version` is said already"),
        ("company.toml", "currency = \"USD\"", "currency = \"dollars\"<<", "`dollars` is no currency"),
        ("more.toml", "", "currency = \"USD\"<<", "`currency` is said already"),
    ]);
    let no_terms = read(&[("company.toml", "[[terms_of_service]]", "[[terms_of_disservice]]")]).expect_err("there are problems");
    assert!(no_terms.iter().any(|problem| problem.message.contains("no file has terms of service")), "{no_terms:#?}");
}

#[test]
fn names_are_well_formed_and_given_once() {
    each_is_refused(&[
        ("data.toml", "id = \"code\"\n", "id = \"Code\"<<\n", "`Code` can't be a name here: use lower-case letters"),
        ("data.toml", "id = \"code\"", "id = \"router\"<<", "there is another question `router`"),
        ("data.toml", "id = \"code\"", "id = \"term\"<<", "there is another question `term`"),
        ("data.toml", "id = \"extensions\"", "id = \"name\"<<", "there is another question `name`"),
        ("data.toml", "{ id = \"own\",", "{ id = \"ours\",<<", "there is another option `ours`"),
        ("data.toml", "id = \"traffic\"", "id = \"cables\"<<", "there is another price `cables`"),
        ("data.toml", "id = \"traffic\"", "id = \"router-ours-once\"<<", "there is another price `router-ours-once`"),
        ("data.toml", "id = \"welcome\"", "id = \"cables\"<<", "there is another price or discount `cables`"),
        ("data.toml", "id = \"welcome\"", "id = \"term-12-months\"<<", "there is another price or discount `term-12-months`"),
        ("data.toml", "[\"about-you\", {", "[\"about-you\", \"about-you\",<< {", "there is another use of the dialog"),
        (
            "data.toml",
            "",
            "\n[[dialog]]\nid = \"numbers\"<<\ntitle = \"Again\"\nquestion = [{ id = \"a\", label = \"A\", takes = \"email\" }]",
            "there is another dialog `numbers`",
        ),
        (
            "data.toml",
            "id = \"in-service\"",
            "id = \"in-service\"\nlabel = \"Soon\"\n\n[[offering.milestone]]\nid = \"in-service\"<<",
            "there is another milestone",
        ),
        (
            "data.toml",
            "id = \"in-service\"\nno_return = true",
            "id = \"in-service\"<<",
            "nothing says from where on this can't be cancelled",
        ),
        ("company.toml", "id = \"macon\"", "id = \"midtown\"<<", "there is another area `midtown`"),
        (
            "company.toml",
            "[[area]]",
            "[[letter]]\nid = \"move\"<<\nversion = \"1\"\nsource = \"a\"\ntitle = \"a\"\nparagraphs = [\"a\"]\nvalid_days = 1\n\n[[area]]",
            "there is another letter `move`",
        ),
        (
            "company.toml",
            "[[surcharge]]",
            "[[window]]\nid = \"morning\"<<\nfrom = \"08:00\"\nto = \"09:00\"\n\n[[surcharge]]",
            "there is another window `morning`",
        ),
        (
            "company.toml",
            "[[terms_of_service]]",
            "[[surcharge]]\nid = \"line-charge\"<<\nlabel = \"a\"\nofferings = [\"internet\"]\namount = \"1\"\n\n[[terms_of_service]]",
            "there is another surcharge",
        ),
        ("data.toml", "value = \"fast\"", "value = \"slow\"<<", "the plan `slow` has a label already"),
        ("data.toml", "plan_id = \"F2\"", "plan_id = \"F1\"<<", "the plan id F1 is taken"),
    ]);
}

#[test]
fn every_text_has_english_and_other_languages_only_what_there_is() {
    each_is_refused(&[
        ("data.toml", "label = \"Speed\"", "label = { es = \"Velocidad\" }<<", "the English text is missing"),
        ("data.toml", "label = \"Slow\"", "label = \" \"<<", "the English text is missing"),
        (
            "es.toml",
            "",
            "language = \"es\"\n[texts]\n\"Speed\" = \"Velocidad\"\n\"Sped\" = \"Velocidá\"<<",
            "nothing in the catalogue has this English text",
        ),
        ("es.toml", "", "language = \"es\"<<", "a language's file has both"),
    ]);
    let catalogue = read(&[
        ("es.toml", "", "language = \"es\"\n[texts]\n\"Speed\" = \"Velocidad\"\n\"{months} months\" = \"{months} meses\""),
        ("data.toml", "label = \"Router\"", "label = { en = \"Router\", es = \"Enrutador\" }"),
    ])
    .expect("no problems");
    let labels: Vec<_> = catalogue.offerings[0].characteristics.iter().map(|question| question.label.in_language("es")).collect();
    assert_eq!(labels[..4], ["How long?", "Velocidad", "Enrutador", "Rooms"]);
    let terms: Vec<_> =
        catalogue.offerings[0].characteristics[0].value.options().iter().map(|option| option.label.in_language("es")).collect();
    assert_eq!(terms, ["By the month", "12 meses"]);
}

#[test]
fn something_can_be_entered_for_every_question() {
    each_is_refused(&[
        (
            "data.toml",
            "takes.text = { max = 60 }",
            "takes.number = { min = 9, max = 8 }<<",
            "the least (9) is more than the most (8)",
        ),
        ("data.toml", "takes.text = { max = 60 }", "takes.text = { min = 61, max = 60 }<<", "the least (61)"),
        ("data.toml", "takes.text = { max = 60 }", "takes.date = { earliest = 2, latest = 1 }<<", "the least (2)"),
        ("data.toml", "takes.text = { max = 60 }", "takes.vlan-ids = { max = 0 }<<", "the least (1)"),
        ("data.toml", "takes.text = { max = 60 }", "takes.secret = { min = 3, max = 2 }<<", "the least (3)"),
        (
            "data.toml",
            "takes.text = { max = 60 }",
            "takes.prefixes = { max = 0, space = \"any\", longest_v4 = 24, longest_v6 = 48 }<<",
            "the least (1)",
        ),
        (
            "data.toml",
            "takes.text = { max = 60 }",
            "takes.prefixes = { max = 9, space = \"any\", longest_v4 = 33, longest_v6 = 48 }<<",
            "at most 32 bits",
        ),
        (
            "data.toml",
            "takes.text = { max = 60 }",
            "takes.file = { media = [\"pdf\"], max_bytes = 9 }<<",
            "`pdf` is no media type",
        ),
        ("data.toml", "takes.text = { max = 60 }", "takes.file = { media = [], max_bytes = 9 }<<", "no file can be sent here"),
        ("data.toml", "takes.text = { max = 60 }", "takes.choice = []<<", "there is nothing to choose from"),
        (
            "data.toml",
            "takes.text = { max = 60 }",
            "takes.choices = { options = [{ id = \"a\", label = \"A\" }], max = 2 }<<",
            "more than the 1 options there are",
        ),
        (
            "data.toml",
            "takes.text = { max = 60 }",
            "takes.choices = { options = [{ id = \"a\", label = \"A\" }], min = 2 }<<",
            "the least (2)",
        ),
        (
            "data.toml",
            "takes.text = { max = 60 }",
            "takes.list = { of = \"address\", max = 2 }<<",
            "can't be typed within a line",
        ),
        ("data.toml", "takes.text = { max = 60 }", "takes.rows = { columns = [], max = 2 }<<", "a row needs columns"),
        (
            "data.toml",
            "takes.text = { max = 60 }",
            "takes.rows = { columns = [{ label = \"A\", takes.vlan-ids = { max = 2 } }], max = 2 }<<",
            "can't be typed within a line",
        ),
        ("data.toml", "pattern = \"[0-9]{5}\"", "pattern = \"[0-9{5}\"<<", "is no regular expression"),
        ("data.toml", "pattern = \"[0-9]{5}\"", "pattern = \"a)|(b\"<<", "is no regular expression"),
        ("data.toml", ", means = \"five digits\"", "<<", "say in words what the pattern asks for"),
        ("data.toml", "pattern = \"[0-9]{5}\", ", "<<", "add the `pattern`"),
        ("data.toml", "known = \"service-zip\"", "known = \"service-address\"<<", "make it takes = \"address\""),
        ("data.toml", "autocomplete = \"postal-code\"", "autocomplete = \"zipcode\"<<", "`zipcode` is no autocomplete token"),
    ]);
}
