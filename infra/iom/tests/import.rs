//! Loading files: the command, on tables of an engine that runs in this process.

mod desk;

use desk::Desk;

const CUSTOMERS: &str = "account-number,kind,name,contact,phone,email,contact-since,street,unit,city,state,zip
4041-1000-01,residential,Ada Moss,,404-555-0111,ada@example.com,2024-05-31,214 juniper street ne,Apt 1A,Atlanta,GA,30308
4041-1000-02,business,Moss & Sons,Ada Moss,404-555-0112,,,1180 Peachtree Street NE,Suite 2,Atlanta,GA,30309
4041-1000-02,business,Moss & Sons,Ada Moss,404-555-0112,,,315 West Trinity Place,,Decatur,GA,30030
";

#[test]
fn customers_are_loaded_once_however_often_the_file_is() {
    let desk = Desk::new();
    let file = desk.file("customers.csv", CUSTOMERS);
    assert_eq!(desk.said(&["import", "customers", &file]), "customers: 2 added, 0 there already\n");
    assert_eq!(desk.said(&["import", "customers", &file]), "customers: 0 added, 2 there already\n");
    let ada = desk.customer("4041 1000 01").expect("she is there");
    assert_eq!(&*ada.sites[0].address.street, "214 Juniper Street NE", "as the directory spells it");
    assert_eq!(desk.customer("4041-1000-02").map(|moss| moss.sites.len()), Some(2));
}

#[test]
fn an_order_that_is_not_there_is_said_to_be_none() {
    let id = "019c0000-0000-7000-8000-000000000001";
    assert_eq!(Desk::new().refused(&["orders", "show", id]), format!("there is no order {id}\n"));
}

#[test]
fn where_nothing_waits_nothing_is_stuck() {
    assert_eq!(Desk::new().said(&["orders", "stuck", "--older-than", "24"]), "0 orders have not changed for 24 hours\n");
}

#[test]
fn what_was_loaded_before_a_break_stays_and_the_rest_is_added() {
    let desk = Desk::new();
    let first: String = CUSTOMERS.lines().take(2).flat_map(|line| [line, "\n"]).collect();
    desk.said(&["import", "customers", &desk.file("some.csv", &first)]);
    assert_eq!(desk.said(&["import", "customers", &desk.file("all.csv", CUSTOMERS)]), "customers: 1 added, 1 there already\n");
}

#[test]
fn a_file_with_anything_wrong_is_refused_whole_with_every_line_and_reason() {
    let desk = Desk::new();
    let wrong =
        CUSTOMERS.replace("404-555-0111", "555").replace("30030", "3003").replace("4041-1000-02,business", "4041-1000-02,firm");
    let file = desk.file("wrong.csv", &wrong);
    let refused = desk.refused(&["import", "customers", &file]);
    for said in [
        "wrong.csv:2: phone: `555` is not a telephone number of North America\n",
        "wrong.csv:3: kind: `firm` is neither `residential` nor `business`\n",
        "wrong.csv:4: zip: `3003` is not five digits\n",
        "nothing was loaded\n",
    ] {
        assert!(refused.contains(said), "{said}{refused}");
    }
    assert_eq!(desk.customer("4041-1000-01"), None, "nothing is half loaded");
    let two = desk
        .file("two.csv", &CUSTOMERS.replace("Moss & Sons,Ada Moss,404-555-0112,,,315", "Moss Inc,Ada Moss,404-555-0112,,,315"));
    assert!(desk.refused(&["import", "customers", &two]).contains("two.csv:4: account 4041-1000-02 is described otherwise"));
}

#[test]
fn numbers_and_appointments_are_checked_against_the_catalogue_and_loaded_once() {
    let desk = Desk::new();
    let (area, window) = desk.area();
    let exchange = area.exchanges[0];
    let number = |line: u32| format!("{{\"rate-centre\": \"{}\", \"number\": \"{exchange}{line:04}\"}}", area.rate_centre);
    let numbers = desk.file("numbers.json", &format!("[{},\n{}]", number(1), number(2)));
    assert_eq!(desk.said(&["import", "numbers", &numbers]), "numbers: 2 added, 0 there already\n");
    assert_eq!(desk.said(&["import", "numbers", &numbers]), "numbers: 0 added, 2 there already\n");
    let twice = desk.file("twice.json", &format!("[{},\n{}]", number(3), number(3)));
    assert!(desk.refused(&["import", "numbers", &twice]).contains("twice.json:2: it is in the file twice"));
    let elsewhere = desk.file("elsewhere.csv", "rate-centre,number\nNOWHERE,404-555-0100\n");
    assert!(desk.refused(&["import", "numbers", &elsewhere]).contains("elsewhere.csv:2: rate-centre: `NOWHERE` is none"));

    let slots =
        desk.file("slots.csv", &format!("area,day,window,crew\n{0},2027-03-01,{window},1\n{0},2027-03-01,{window},2\n", area.id));
    assert_eq!(desk.said(&["import", "slots", &slots]), "appointments: 2 added, 0 there already\n");
    let sunday = desk.file("sunday.csv", &format!("area,day,window\n{},2027-02-28,{window}\n", area.id));
    assert!(desk.refused(&["import", "slots", &sunday]).contains("sunday.csv:2: day: nobody works on 2027-02-28"));
}
