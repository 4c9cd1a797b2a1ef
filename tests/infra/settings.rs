//! Settings that no stand-in acts on, and that would be missed only when it is too late.

use local_harness::template::{Answers, OnError, UserPoolClientSpec, UserPoolSpec};
use serde_json::{Value, json};

use crate::{template, wiring, with_staff};

pub(crate) fn of_kind(kind: &str) -> Vec<(String, Value)> {
    let template = template();
    let all = template.document()["Resources"].as_object().expect("resources");
    let found: Vec<_> = all
        .iter()
        .filter(|(_, resource)| resource["Type"] == kind)
        .map(|(id, resource)| (id.clone(), resource.clone()))
        .collect();
    assert!(!found.is_empty(), "there is no {kind}");
    found
}

#[test]
fn every_table_can_be_restored_is_encrypted_and_outlives_its_stack() {
    for (id, table) in of_kind("AWS::DynamoDB::Table") {
        let properties = &table["Properties"];
        assert_eq!(properties["BillingMode"], "PAY_PER_REQUEST", "{id}");
        assert_eq!(properties["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"], true, "{id}");
        assert_eq!(properties["SSESpecification"]["SSEEnabled"], true, "{id}");
        let key = json!({"Fn::If": ["HasOwnKey", {"Fn::GetAtt": ["DataKey", "Arn"]}, {"Ref": "AWS::NoValue"}]});
        assert_eq!(properties["SSESpecification"]["KMSMasterKeyId"], key, "{id}");
        assert_eq!(properties["DeletionProtectionEnabled"], json!({"Fn::If": ["IsProtected", true, false]}), "{id}");
        assert_eq!(
            (&table["DeletionPolicy"], &table["UpdateReplacePolicy"]),
            (&json!("RetainExceptOnCreate"), &json!("Retain")),
            "{id}"
        );
    }
}

#[test]
fn files_are_private_encrypted_restorable_and_swept_when_no_order_holds_them() {
    let buckets = of_kind("AWS::S3::Bucket");
    let policies = of_kind("AWS::S3::BucketPolicy");
    for (id, bucket) in buckets {
        let properties = &bucket["Properties"];
        let access = properties["PublicAccessBlockConfiguration"].as_object().expect("public access");
        assert!(access.len() == 4 && access.values().all(|blocked| *blocked == json!(true)), "{id}: {access:?}");
        assert_eq!(properties["OwnershipControls"]["Rules"], json!([{"ObjectOwnership": "BucketOwnerEnforced"}]), "{id}");
        let encryption = &properties["BucketEncryption"]["ServerSideEncryptionConfiguration"][0]["ServerSideEncryptionByDefault"];
        let own = json!({"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": {"Fn::GetAtt": ["DataKey", "Arn"]}});
        assert_eq!(*encryption, json!({"Fn::If": ["HasOwnKey", own, {"SSEAlgorithm": "AES256"}]}), "{id}");
        assert_eq!(properties["VersioningConfiguration"]["Status"], "Enabled", "{id}");
        assert_eq!(
            (&bucket["DeletionPolicy"], &bucket["UpdateReplacePolicy"]),
            (&json!("RetainExceptOnCreate"), &json!("Retain")),
            "{id}"
        );
        let rules = properties["LifecycleConfiguration"]["Rules"].as_array().expect("rules");
        assert!(rules.iter().all(|rule| rule["Status"] == "Enabled"), "{id}");
        let expiring: Vec<_> = rules.iter().filter(|rule| !rule["ExpirationInDays"].is_null()).collect();
        assert_eq!(expiring.len(), 1, "{id}: nothing that an order holds expires");
        // A form names a file for as long as its session lasts, which is hours.
        assert_eq!((&expiring[0]["Prefix"], &expiring[0]["ExpirationInDays"]), (&json!("unplaced/"), &json!(7)), "{id}");
        let every = |what: &str| rules.iter().any(|rule| rule["Prefix"] == "" && !rule[what].is_null());
        assert!(every("NoncurrentVersionExpiration") && every("AbortIncompleteMultipartUpload"), "{id}");

        let own = policies.iter().filter(|(_, policy)| policy["Properties"]["Bucket"] == json!({"Ref": id}));
        let statements =
            own.flat_map(|(_, policy)| policy["Properties"]["PolicyDocument"]["Statement"].as_array().into_iter().flatten());
        let plain = json!({"Bool": {"aws:SecureTransport": "false"}});
        let denies = |statement: &&Value| {
            statement["Effect"] == "Deny"
                && statement["Principal"] == "*"
                && statement["Action"] == "s3:*"
                && statement["Condition"] == plain
                && statement["Resource"].as_array().is_some_and(|resources| resources.len() == 2)
        };
        assert_eq!(statements.filter(denies).count(), 1, "{id}: nothing without TLS");
    }
}

#[test]
fn every_table_has_the_same_key() {
    for table in wiring().tables {
        let key: Vec<_> =
            table.properties.key_schema.iter().map(|key| (key.attribute_name.as_str(), key.key_type.as_str())).collect();
        assert_eq!(key, [("pk", "HASH"), ("sk", "RANGE")], "{}", table.name);
    }
}

#[test]
fn sessions_expire_and_orders_have_a_stream_of_both_images() {
    let tables = wiring().tables;
    let of = |name: &str| tables.iter().find(|table| table.name == name).map(|table| &table.properties).expect("a table");
    let expiry = of("SessionsTable").time_to_live_specification.as_ref().expect("expiry");
    assert!(expiry.enabled && expiry.attribute_name == "expires_at");
    let stream = of("OrdersTable").stream_specification.as_ref().expect("a stream");
    assert_eq!(stream.stream_view_type, "NEW_AND_OLD_IMAGES");
}

#[test]
fn what_a_stream_brings_in_vain_is_kept_encrypted_for_two_weeks_and_stops_nothing_else() {
    for (id, queue) in of_kind("AWS::SQS::Queue") {
        assert_eq!(queue["Properties"]["MessageRetentionPeriod"], 1_209_600, "{id}");
        assert_eq!(queue["Properties"]["SqsManagedSseEnabled"], true, "{id}");
    }
    for mapping in wiring().streams {
        assert_eq!((mapping.on_error, mapping.answers), (OnError::Bisect, Answers::Failures), "{}", mapping.id);
        assert!(mapping.most_retries.is_some() && mapping.dead_letters.is_some(), "{}", mapping.id);
        assert!(!mapping.filters.is_empty(), "{}: what does not concern it costs nothing", mapping.id);
    }
}

#[test]
fn every_log_ends_some_day_and_every_function_has_its_own() {
    for (id, log) in of_kind("AWS::Logs::LogGroup") {
        assert_eq!(log["Properties"]["RetentionInDays"], json!({"Ref": "LogRetentionDays"}), "{id}");
    }
    let mut logs: Vec<_> = of_kind("AWS::Serverless::Function")
        .iter()
        .map(|(_, function)| function["Properties"]["LoggingConfig"]["LogGroup"].to_string())
        .collect();
    let functions = logs.len();
    logs.sort();
    logs.dedup();
    assert!(logs.len() == functions && !logs.contains(&"null".to_owned()), "{logs:?}");
}

#[test]
fn passwords_are_long_and_unknown_users_stay_unknown() {
    let pools = wiring().user_pools;
    assert_eq!(pools.len(), 1);
    assert!(pools[0].minimum_password_length >= 12);
    for client in &pools[0].clients {
        assert!(client.hides_unknown_users, "{}", client.logical_id);
        assert_eq!(client.auth_flows, ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]);
    }
}

/// The pool as it is with staff and a partner to try things with.
fn pool_with_staff() -> UserPoolSpec {
    template().user_pools(&with_staff()).expect("pools").remove(0)
}

fn client<'p>(pool: &'p UserPoolSpec, logical_id: &str) -> &'p UserPoolClientSpec {
    pool.clients.iter().find(|client| client.logical_id == logical_id).expect("a client")
}

#[test]
fn nobody_signs_in_as_staff_until_there_is_a_corporate_provider() {
    let pools = wiring().user_pools;
    assert!(pools[0].providers.is_empty() && pools[0].domain.is_none());
    let clients: Vec<_> = pools[0].clients.iter().map(|client| client.logical_id.as_str()).collect();
    assert_eq!(clients, ["CustomerClient"]);
}

#[test]
fn staff_come_from_the_corporate_provider_alone_by_code_to_one_address() {
    let pool = pool_with_staff();
    let staff = client(&pool, "StaffClient");
    assert_eq!(staff.hosted.providers, ["Corporate"]);
    assert_eq!(staff.hosted.flows, ["code"]);
    assert_eq!(staff.hosted.callback_urls, ["https://order.example.com/staff/callback"]);
    assert_eq!(staff.auth_flows, ["ALLOW_REFRESH_TOKEN_AUTH"], "no password of the pool's own");
    assert_eq!(staff.secret, None);
    assert!(!staff.hosted.scopes.iter().any(|scope| scope == "aws.cognito.signin.user.admin"), "they change no attribute");
    let provider = &pool.providers[0];
    assert_eq!((provider.name.as_str(), provider.client_secret.as_str()), ("Corporate", "a secret"));
    for attribute in provider.mapping.keys().filter(|attribute| *attribute != "username") {
        assert!(staff.writes(attribute), "Cognito maps only what the client may write: {attribute}");
    }
}

#[test]
fn customers_have_no_part_in_the_groups_of_the_corporate_directory() {
    let pool = pool_with_staff();
    assert!(pool.custom_attributes.contains(&"custom:idp_groups".to_owned()));
    let customers = client(&pool, "CustomerClient");
    assert!(!customers.reads("custom:idp_groups") && !customers.writes("custom:idp_groups"));
    assert!(customers.hosted.flows.is_empty(), "nothing at the pool's domain");
    assert!(client(&pool, "StaffClient").reads("custom:idp_groups"));
}

#[test]
fn partners_prove_themselves_and_ask_only_for_scopes_there_are() {
    let pool = pool_with_staff();
    let partner = client(&pool, "TryOutPartnerClient");
    assert!(partner.secret.is_some() && partner.hosted.flows == ["client_credentials"]);
    assert!(partner.hosted.scopes.iter().all(|scope| pool.resource_scopes.contains(scope)), "{:?}", partner.hosted.scopes);
}

#[test]
fn the_provisioning_system_has_a_client_only_where_it_is_believed_by_tokens_and_no_partner_has_its_scope() {
    let mut deployment = with_staff();
    assert!(pool_with_staff().clients.iter().all(|client| client.logical_id != "ProvisioningClient"));
    deployment.parameters.insert("ProvisioningEventsBy".to_owned(), "token".to_owned());
    let pool = template().user_pools(&deployment).expect("the pools").remove(0);
    let system = client(&pool, "ProvisioningClient");
    assert_eq!(
        (&system.hosted.flows[..], &system.hosted.scopes[..]),
        (&["client_credentials".to_owned()][..], &["provisioning/events.write".to_owned()][..])
    );
    assert!(system.secret.is_some() && pool.resource_scopes.contains(&system.hosted.scopes[0]));
    assert!(!client(&pool, "TryOutPartnerClient").hosted.scopes.contains(&system.hosted.scopes[0]));
}

#[test]
fn only_the_api_may_call_each_page_step_and_only_rules_of_our_own_a_machine_step() {
    let rules = of_kind("AWS::Events::Rule");
    let by_rule = |rule: &Value, function: &str| {
        let targets = rule["Properties"]["Targets"].as_array().expect("targets");
        targets.iter().any(|target| target["Arn"] == json!({"Fn::GetAtt": [function, "Arn"]}))
    };
    let permitted: Vec<_> =
        of_kind("AWS::Lambda::Permission").into_iter().map(|(_, permission)| permission["Properties"].clone()).collect();
    for (id, function) in of_kind("AWS::Serverless::Function") {
        let of_function: Vec<_> =
            permitted.iter().filter(|permission| permission["FunctionName"] == json!({"Ref": id})).collect();
        // A stream calls nobody: what reads it is Lambda itself, by the function's own role.
        if function["Metadata"]["BuildProperties"]["Binary"] == "machine" {
            let starting: Vec<_> = rules.iter().filter(|(_, rule)| by_rule(rule, &id)).collect();
            assert_eq!(of_function.len(), starting.len(), "{id}");
            for ((rule, _), permission) in starting.iter().zip(of_function) {
                assert_eq!(permission["Principal"], "events.amazonaws.com", "{id}");
                assert_eq!(permission["SourceArn"], json!({"Fn::GetAtt": [rule, "Arn"]}), "{id}");
            }
            continue;
        }
        assert_eq!(of_function.len(), 1, "{id}");
        assert_eq!(of_function[0]["Principal"], "apigateway.amazonaws.com", "{id}");
        assert!(of_function[0]["SourceArn"]["Fn::Sub"].as_str().is_some_and(|source| source.contains("${HttpApi}")), "{id}");
    }
}

#[test]
fn each_function_is_built_from_the_package_of_its_binary() {
    let global = template().document()["Globals"]["Function"]["CodeUri"].clone();
    for (id, function) in of_kind("AWS::Serverless::Function") {
        let own = &function["Properties"]["CodeUri"];
        let built_from = if own.is_null() { &global } else { own };
        let binary = function["Metadata"]["BuildProperties"]["Binary"].as_str().expect("a binary");
        assert_eq!(*built_from, json!(format!("../functions/{binary}")), "{id}");
        assert_eq!(function["Metadata"]["BuildMethod"], "rust-cargolambda", "{id}");
    }
}

#[test]
fn a_site_with_a_domain_is_reached_by_tls_and_by_way_of_its_web_acl_alone() {
    for (id, distribution) in of_kind("AWS::CloudFront::Distribution") {
        let config = &distribution["Properties"]["DistributionConfig"];
        assert_eq!(distribution["Condition"], "HasDomain", "{id}");
        assert_eq!(config["ViewerCertificate"]["MinimumProtocolVersion"], "TLSv1.2_2021", "{id}");
        assert!(!config["WebACLId"].is_null(), "{id}");
        let others = config["CacheBehaviors"].as_array().expect("behaviours");
        for behaviour in others.iter().chain([&config["DefaultCacheBehavior"]]) {
            assert_eq!(behaviour["ViewerProtocolPolicy"], "redirect-to-https", "{id}");
        }
        for origin in config["Origins"].as_array().expect("origins") {
            assert_eq!(origin["CustomOriginConfig"]["OriginProtocolPolicy"], "https-only", "{id}");
        }
        let told: Vec<_> =
            config["CustomErrorResponses"].as_array().expect("pages").iter().map(|page| &page["ErrorCode"]).collect();
        assert_eq!(told, [502, 504], "{id}: what a function says itself is left as it is");
    }
    let apis = of_kind("AWS::ApiGatewayV2::Api");
    assert_eq!(apis[0].1["Properties"]["DisableExecuteApiEndpoint"], json!({"Fn::If": ["HasDomain", true, false]}));
}

#[test]
fn the_web_acl_counts_who_asks_too_often_and_lets_files_through() {
    let (id, acl) = of_kind("AWS::WAFv2::WebACL").remove(0);
    let rules = acl["Properties"]["Rules"].as_array().expect("rules");
    let limits: Vec<_> = rules.iter().filter_map(|rule| rule["Statement"]["RateBasedStatement"]["Limit"].as_u64()).collect();
    assert_eq!(limits, [100, 2000], "{id}");
    let common =
        rules.iter().find(|rule| rule["Statement"]["ManagedRuleGroupStatement"]["Name"] == "AWSManagedRulesCommonRuleSet");
    let overrides = &common.expect("the common rules")["Statement"]["ManagedRuleGroupStatement"]["RuleActionOverrides"];
    assert_eq!(*overrides, json!([{"Name": "SizeRestrictions_BODY", "ActionToUse": {"Count": {}}}]), "{id}");
}
