//! Whoever is on call is told of what fails: alarms and the dashboard cover whatever is deployed.

use iom::letters::Queue;
use platform::telemetry::Stage;
use serde_json::{Value, json};

use crate::settings::of_kind;
use crate::template;

/// The alarms on a metric, each with what it is about.
fn alarms(namespace: &str, metric: &str) -> Vec<Value> {
    let all = of_kind("AWS::CloudWatch::Alarm").into_iter().map(|(_, alarm)| alarm["Properties"].clone());
    all.filter(|alarm| alarm["Namespace"] == namespace && alarm["MetricName"] == metric).collect()
}

fn about(alarms: &[Value], dimension: &str, value: &Value) -> bool {
    alarms.iter().any(|alarm| alarm["Dimensions"] == json!([{"Name": dimension, "Value": value}]))
}

#[test]
fn every_queue_of_dead_letters_and_every_stream_that_falls_behind_raises_an_alarm() {
    let letters = alarms("AWS/SQS", "ApproximateNumberOfMessagesVisible");
    for (id, _) in of_kind("AWS::SQS::Queue") {
        assert!(
            about(&letters, "QueueName", &json!({"Fn::GetAtt": [id, "QueueName"]})),
            "no alarm tells of dead letters in {id}"
        );
    }
    let late = alarms("AWS/Lambda", "IteratorAge");
    for (id, mapping) in of_kind("AWS::Lambda::EventSourceMapping") {
        let source = mapping["Properties"]["EventSourceArn"].to_string();
        if source.contains("StreamArn") {
            assert!(
                about(&late, "FunctionName", &mapping["Properties"]["FunctionName"]),
                "no alarm tells that {id} falls behind"
            );
        }
    }
}

#[test]
fn failing_and_slow_pages_throttles_and_sign_ins_raise_alarms() {
    for (namespace, metric) in [
        ("AWS/ApiGateway", "5xx"),
        ("AWS/ApiGateway", "Latency"),
        ("AWS/Lambda", "Throttles"),
        ("OrderManager", "SignInFailures"),
    ] {
        assert_eq!(alarms(namespace, metric).len(), 1, "{metric}");
    }
}

#[test]
fn every_alarm_reaches_somebody_says_what_to_do_and_is_quiet_when_nothing_happens() {
    let dashboard = dashboard();
    for (id, alarm) in of_kind("AWS::CloudWatch::Alarm") {
        let alarm = &alarm["Properties"];
        assert_eq!(alarm["AlarmActions"], json!([{"Ref": "AlarmTopic"}]), "{id}");
        assert_eq!(alarm["TreatMissingData"], "notBreaching", "{id}");
        assert!(alarm["AlarmDescription"].as_str().is_some_and(|said| said.contains(" - ")), "{id}: what is wrong, what to do");
        assert!(dashboard.contains(&format!("${{{id}.Arn}}")), "{id} is not on the dashboard");
    }
}

#[test]
fn every_queue_of_dead_letters_can_be_redriven() {
    let known: Vec<_> = Queue::ALL.into_iter().map(Queue::output).collect();
    let template = template();
    for (id, _) in of_kind("AWS::SQS::Queue") {
        assert!(known.contains(&id.as_str()), "iom knows no queue {id}");
        assert_eq!(template.document()["Outputs"][&id]["Value"], json!({ "Ref": id }), "no output says where {id} is");
    }
}

#[test]
fn the_readme_reckons_with_every_alarm() {
    let count = of_kind("AWS::CloudWatch::Alarm").len();
    let readme = include_str!("../../infra/README.md");
    assert!(readme.contains(&format!("| Alarms, 0.10 each: {count} |")), "there are {count}");
}

fn dashboard() -> String {
    let (_, dashboard) = of_kind("AWS::CloudWatch::Dashboard").remove(0);
    dashboard["Properties"]["DashboardBody"]["Fn::Sub"].as_str().expect("a body").to_owned()
}

#[test]
fn the_dashboard_is_one_that_cloudwatch_can_read() {
    let body: Value = serde_json::from_str(&dashboard()).expect("JSON");
    let mut taken: Vec<(i64, i64, i64, i64)> = vec![];
    for widget in body["widgets"].as_array().expect("widgets") {
        assert!(widget["properties"]["title"].is_string(), "{widget}");
        let of = |name: &str| widget[name].as_i64().expect("a number");
        let (x, y, width, height) = (of("x"), of("y"), of("width"), of("height"));
        assert!(x + width <= 24, "{widget}");
        let free =
            |&(left, top, w, h): &(i64, i64, i64, i64)| x >= left + w || left >= x + width || y >= top + h || top >= y + height;
        assert!(taken.iter().all(free), "one lies over another: {widget}");
        taken.push((x, y, width, height));
    }
}

#[test]
fn the_funnel_on_the_dashboard_has_every_stage_in_its_order() {
    let dashboard = dashboard();
    let places: Vec<_> = Stage::ALL.iter().map(|stage| dashboard.find(&format!("\"{}\"]", stage.as_str()))).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
    for counted in ["OrdersPlaced", "SignInFailures", "Lag"] {
        assert!(dashboard.contains(&format!("\"{counted}\"")), "{counted}");
    }
}
