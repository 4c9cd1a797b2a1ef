//! What the emulator takes no notice of, and no other test here looks at: what stands before the API, and whom things are told.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::settings::of_kind;
use crate::template;

/// The only resource of its kind.
fn only(kind: &str) -> Value {
    let mut all = of_kind(kind);
    assert_eq!(all.len(), 1, "{kind}");
    all.remove(0).1
}

#[test]
fn the_api_is_throttled_and_each_request_leaves_a_line_that_names_nobody() {
    let stage = only("AWS::ApiGatewayV2::Stage");
    let properties = &stage["Properties"];
    for limit in ["ThrottlingBurstLimit", "ThrottlingRateLimit"] {
        assert!(properties["DefaultRouteSettings"][limit].as_u64().is_some_and(|limit| (1..=1_000).contains(&limit)), "{limit}");
    }
    assert_eq!(properties["AccessLogSettings"]["DestinationArn"], json!({"Fn::GetAtt": ["AccessLog", "Arn"]}));
    let format = properties["AccessLogSettings"]["Format"].as_str().expect("a format");
    let line: Value = serde_json::from_str(format).expect("JSON");
    let told: BTreeSet<_> = line.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(told, BTreeSet::from(["requestId", "ip", "route", "status", "latency", "error"]), "no path, no query, no header");
}

#[test]
fn the_sites_own_name_leads_to_the_api_by_tls_and_to_nothing_else() {
    let mapping = &only("AWS::ApiGatewayV2::ApiMapping");
    assert_eq!(mapping["Condition"], "HasDomain");
    assert_eq!(mapping["Properties"]["Stage"], json!({"Ref": "HttpApiStage"}));
    let domain = &only("AWS::ApiGatewayV2::DomainName")["Properties"];
    assert_eq!(domain["DomainNameConfigurations"][0]["SecurityPolicy"], "TLS_1_2");
    let records = of_kind("AWS::Route53::RecordSet");
    let types: BTreeSet<_> = records.iter().map(|(_, record)| record["Properties"]["Type"].as_str().expect("a type")).collect();
    assert_eq!(types, BTreeSet::from(["A", "AAAA"]));
    for (id, record) in &records {
        assert_eq!(record["Condition"], "HasHostedZone", "{id}");
        let alias = &record["Properties"]["AliasTarget"]["DNSName"];
        assert_eq!(*alias, json!({"Fn::GetAtt": ["Distribution", "DomainName"]}), "{id}");
    }
}

#[test]
fn functions_are_told_who_asks_by_cloudfront_and_nothing_a_browser_sends_is_lost() {
    let policy = &only("AWS::CloudFront::OriginRequestPolicy")["Properties"]["OriginRequestPolicyConfig"];
    let headers = &policy["HeadersConfig"];
    assert_eq!(headers["HeaderBehavior"], "allViewerAndWhitelistCloudFront");
    assert_eq!(headers["Headers"], json!(["CloudFront-Viewer-Address"]));
    assert_eq!(policy["CookiesConfig"]["CookieBehavior"], "all");
    assert_eq!(policy["QueryStringsConfig"]["QueryStringBehavior"], "all");
}

#[test]
fn the_page_for_when_nothing_answers_needs_no_function_and_runs_no_script() {
    let api = &only("AWS::ApiGateway::RestApi")["Properties"]["Body"];
    let get = &api["paths"]["/unavailable"]["get"]["x-amazon-apigateway-integration"];
    assert_eq!(get["type"], "mock");
    let page = get["responses"]["default"]["responseTemplates"]["application/json"].as_str().expect("a page");
    assert!(page.contains("<html lang=\"en\">") && !page.contains("<script"), "{page}");
    let stage = &only("AWS::ApiGateway::Stage")["Properties"];
    assert_eq!(stage["DeploymentId"], json!({"Ref": "UnavailableDeployment"}));
    assert!(stage["MethodSettings"][0]["ThrottlingRateLimit"].as_u64().is_some_and(|limit| limit > 0), "{stage}");
    assert_eq!(only("AWS::ApiGateway::Deployment")["Properties"]["RestApiId"], json!({"Ref": "UnavailableApi"}));
}

#[test]
fn the_origin_key_is_made_by_aws_and_long_and_known_to_no_file() {
    let secret = &only("AWS::SecretsManager::Secret")["Properties"];
    assert!(secret["SecretString"].is_null());
    assert!(secret["GenerateSecretString"]["PasswordLength"].as_u64().is_some_and(|length| length >= 32));
}

#[test]
fn alarms_reach_a_topic_that_is_encrypted_with_a_key_they_may_use() {
    let topic = &only("AWS::SNS::Topic")["Properties"];
    let own = json!({"Fn::If": ["HasOwnKey", {"Fn::GetAtt": ["DataKey", "Arn"]}, {"Ref": "AWS::NoValue"}]});
    assert_eq!(topic["KmsMasterKeyId"], own);
    let statements = only("AWS::KMS::Key")["Properties"]["KeyPolicy"]["Statement"].clone();
    let may =
        statements.as_array().expect("statements").iter().any(|one| one["Principal"]["Service"] == "cloudwatch.amazonaws.com");
    assert!(may, "{statements}");
}

#[test]
fn staff_sign_in_by_pages_that_are_there_only_with_staff() {
    let pages = only("AWS::Cognito::ManagedLoginBranding");
    assert_eq!((&pages["Condition"], &pages["Properties"]["ClientId"]), (&json!("HasStaff"), &json!({"Ref": "StaffClient"})));
}

/// All files of a folder.
fn sources(folder: &Path) -> String {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_file()).collect();
    files.iter().map(|file| fs::read_to_string(file).expect("a text")).collect()
}

#[test]
fn every_kind_of_resource_is_looked_at_by_some_test() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    // What the harness runs as the template says is tested by every journey.
    let folders = ["infra", "../infra/rules", "../local-harness/src/template"];
    let looked_at: String = folders.iter().map(|folder| sources(&here.join(folder))).collect();
    let resources = template().document()["Resources"].as_object().expect("resources").clone();
    let kinds: BTreeSet<_> = resources.values().filter_map(|resource| resource["Type"].as_str().map(str::to_owned)).collect();
    let missing: Vec<_> = kinds
        .iter()
        .filter(|kind| !looked_at.contains(&format!("{kind}\"")) && !looked_at.contains(&format!("{kind}'")))
        .collect();
    assert!(missing.is_empty(), "nothing is asserted of {missing:?}");
}
