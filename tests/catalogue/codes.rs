//! Codes that follow from what was chosen: the tables' form, and what those of the repository say of circuits.

use order_manager::codes::codes;
use order_manager::condition::Circumstances;
use order_manager::party::CustomerKind;

use super::offerings::{answers, offering};
use super::repository::catalogue;
use super::small::{each_is_refused, read};

/// The codes of an offering with these answers: each as its id and itself.
fn codes_of(id: &str, entered: &[(&str, &str)]) -> Vec<(String, String)> {
    let catalogue = catalogue();
    let offering = offering(&catalogue, id);
    let answers = answers(offering, entered);
    let state = "GA".parse().expect("a state");
    let circumstances =
        Circumstances { answers: &answers, numbers: offering, customer: CustomerKind::Business, state, beside: &[] };
    codes(offering, &circumstances).into_iter().map(|code| (code.id.to_string(), code.code.to_string())).collect()
}

fn as_text(codes: &[(String, String)]) -> Vec<(&str, &str)> {
    codes.iter().map(|(id, code)| (id.as_str(), code.as_str())).collect()
}

#[test]
fn a_code_is_read_off_a_table_whose_cases_can_hold() {
    let interval = "[[offering.interval]]\nwhen";
    let code = |cases: &str| format!("[[offering.code]]\nid = \"channel\"\nlabel = \"Channel\"\n{cases}\n\n{interval}");
    let nothing = code("cases = []").replace("[[offering.code]]", "<<[[offering.code]]");
    let small_letters = code("cases = [{ code = \"hc--\"<< }]");
    let early = code("cases = [<<{ code = \"HC--\" }, { code = \"HCE-\" }]");
    let never = code("cases = [{ when = { state = [\"TN\"] }<<, code = \"HC--\" }]");
    let given = code("given_by = \"router\"<<\ncases = [{ code = \"HC--\" }]");
    let twice = code("cases = [{ code = \"HC--\" }]").replace(interval, "")
        + &code("cases = [{ code = \"HC--\" }]").replacen("\"channel\"", "\"channel\"<<", 1);
    each_is_refused(&[
        ("data.toml", interval, &nothing, "the code follows from nothing"),
        ("data.toml", interval, &small_letters, "`hc--` is no code"),
        ("data.toml", interval, &early, "this case always holds"),
        ("data.toml", interval, &never, "this case never holds: there is no area in that state"),
        ("data.toml", interval, &given, "`router` is no text of one line"),
        ("data.toml", interval, &twice, "there is another code `channel`"),
    ]);
    let fine = code("given_by = \"code\"\ncases = [{ when = { answered = \"code\" }, code = \"HC--\" }, { code = \"HCE-\" }]");
    let problems = read(&[("data.toml", interval, &fine)]).err().unwrap_or_default();
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn a_ds1_is_coded_by_its_framing_its_line_code_and_its_jacks() {
    let ds1 = |framing, line_code, jack, far: &[(&'static str, &'static str)]| {
        let here = [("framing", framing), ("line-code", line_code), ("connector", jack)];
        codes_of("ds1", &here.iter().chain(far).copied().collect::<Vec<_>>())
    };
    assert_eq!(as_text(&ds1("sf", "ami", "rj48c", &[])), [("nc", "HC--"), ("nci", "04DU9.B")]);
    let to_our_exchange = ds1("esf", "b8zs", "rj48x", &[("far-end", "our-exchange")]);
    assert_eq!(as_text(&to_our_exchange), [("nc", "HCE-"), ("nci", "04DU9.1S"), ("secnci", "04DS9.15S")]);
    let between_places = ds1("esf", "ami", "dsx-1", &[("far-end", "address"), ("far-connector", "rj48c")]);
    assert_eq!(as_text(&between_places), [("nc", "HCZ-"), ("nci", "04DS9.15K"), ("secnci", "04DU9.1K")]);
}

#[test]
fn an_ethernet_line_is_coded_by_its_ports_and_a_carriers_own_codes_win() {
    let line = |more: &[(&str, &str)]| codes_of("ethernet-private-line", more);
    let ports = [("uni", "new"), ("interface", "1000base-lx"), ("far-uni", "new"), ("far-interface", "10gbase-lr")];
    let codes = line(&ports);
    assert_eq!(as_text(&codes), [("nc", "KQ--"), ("evc-nc", "VLP-"), ("nci", "02LNF.A02"), ("secnci", "02LNF.A06")]);
    let own: Vec<_> = ports.into_iter().chain([("nc", "kra5"), ("nci", "02lnf.a04")]).collect();
    assert_eq!(as_text(&line(&own)), [("nc", "KRA5"), ("evc-nc", "VLP-"), ("nci", "02LNF.A04"), ("secnci", "02LNF.A06")]);
    let there = line(&[("uni", "existing"), ("far-uni", "existing")]);
    assert_eq!(as_text(&there), [("nc", "VLP-"), ("evc-nc", "VLP-")], "the ports that are there have their codes");
}

#[test]
fn every_circuit_has_its_channel_and_interface_codes() {
    for (id, chosen) in [
        ("e-access", &[("interface", "100base-tx")][..]),
        ("ethernet-private-line", &[("interface", "1000base-t")]),
        ("ethernet-virtual-private-line", &[("interface", "10gbase-sr")]),
        ("ds1", &[("framing", "sf"), ("line-code", "b8zs"), ("connector", "dsx-1")]),
        ("ds3", &[("framing", "c-bit")]),
    ] {
        let codes = codes_of(id, chosen);
        for wanted in ["nc", "nci"] {
            assert!(codes.iter().any(|(code, _)| code == wanted), "{id} has no {wanted}: {codes:?}");
        }
        let fits = |code: &str, of: &str| if of.ends_with("nc") { code.len() == 4 } else { (5..=12).contains(&code.len()) };
        assert!(codes.iter().all(|(id, code)| fits(code, id)), "{id}: {codes:?}");
    }
}
