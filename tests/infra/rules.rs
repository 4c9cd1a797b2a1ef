//! What the template refuses before anything is made, and with which words.

use std::collections::BTreeMap;

use local_harness::template::Deployment;

use crate::{template, with_staff};

fn refusals(parameters: &[(&str, &str)]) -> Vec<String> {
    let parameters = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    template().refusals(&Deployment { parameters, ..Deployment::default() }).expect("the rules are evaluated")
}

/// A domain with what belongs to it.
const DOMAIN: [(&str, &str); 2] =
    [("DomainName", "order.example.com"), ("CertificateArn", "arn:aws:acm:us-east-1:1:certificate/x")];
/// A provider that speaks OpenID Connect, with what belongs to it.
const OIDC: [(&str, &str); 4] = [
    ("SignInDomain", "orders"),
    ("CorporateOidcIssuer", "https://id.example.com"),
    ("CorporateOidcClientId", "pool"),
    ("CorporateOidcSecret", "arn"),
];

/// A provisioning system with what belongs to it.
const SYSTEM: [(&str, &str); 2] = [("ProvisioningUrl", "https://fulfil.example.com"), ("ProvisioningKey", "key")];

#[test]
fn what_belongs_together_is_taken() {
    let saml = [("SignInDomain", "orders"), ("CorporateSamlMetadataUrl", "https://id.example.com/metadata")];
    let zone = [&DOMAIN[..], &[("HostedZoneId", "Z1"), ("WebAclArn", "arn"), ("OriginKey", "old")]].concat();
    let by_token = [&SYSTEM[..], &[OIDC[0], ("ProvisioningEventsBy", "token")]].concat();
    let own = ("ProvisioningUrls", "voice=https://voice.example.com,local=https://local.example.com");
    let systems = [&SYSTEM[..], &[own]].concat();
    for parameters in [
        &[][..],
        &DOMAIN,
        &OIDC,
        &saml,
        &zone,
        &SYSTEM,
        &by_token,
        &systems,
        &[("SiteUrl", "https://order.example.com"), ("OriginKey", "key")],
    ] {
        assert_eq!(refusals(parameters), [""; 0], "{parameters:?}");
    }
    assert_eq!(template().refusals(&with_staff()).as_deref(), Ok(&[][..]));
}

#[test]
fn what_is_missing_or_contradicts_itself_is_refused_with_what_to_do() {
    let with = |all: &[(&'static str, &'static str)], more: (&'static str, &'static str)| [all, &[more]].concat();
    let without = |all: &[(&'static str, &'static str)], left: &str| {
        all.iter().copied().filter(|(name, _)| *name != left).collect::<Vec<_>>()
    };
    for (parameters, said) in [
        (vec![DOMAIN[0]], "DomainName needs CertificateArn"),
        (vec![DOMAIN[1]], "give DomainName too"),
        (with(&DOMAIN, ("SiteUrl", "https://other.example.com")), "leave SiteUrl empty"),
        (vec![("HostedZoneId", "Z1")], "leave HostedZoneId out"),
        (vec![("WebAclArn", "arn")], "there is no CloudFront"),
        (vec![("OriginKeyVersion", "1")], "no origin key of its own"),
        (with(&OIDC, ("CorporateSamlMetadataUrl", "https://id.example.com/metadata")), "by OpenID Connect or by SAML, give one"),
        (without(&OIDC, "CorporateOidcClientId"), "needs CorporateOidcClientId and CorporateOidcSecret"),
        (without(&OIDC, "CorporateOidcSecret"), "needs CorporateOidcClientId and CorporateOidcSecret"),
        (without(&OIDC, "SignInDomain"), "give SignInDomain"),
        (vec![("CorporateOidcSecret", "arn")], "no CorporateOidcIssuer"),
        (vec![("CorporateSamlMetadataUrl", "https://id.example.com/metadata")], "give SignInDomain"),
        (vec![("TryOutPartner", "yes")], "Partners get their tokens"),
        (vec![SYSTEM[0]], "ProvisioningUrl needs ProvisioningKey"),
        (
            with(&SYSTEM[1..], ("ProvisioningUrls", "voice=https://voice.example.com")),
            "ProvisioningUrls is given and no ProvisioningUrl",
        ),
        (with(&SYSTEM, ("ProvisioningEventsBy", "token")), "ProvisioningEventsBy=token needs SignInDomain"),
        (vec![OIDC[0], ("ProvisioningEventsBy", "token")], "leave ProvisioningEventsBy out"),
    ] {
        let refused = refusals(&parameters);
        assert!(refused.len() == 1 && refused[0].contains(said), "{parameters:?}: {refused:?}");
    }
}

#[test]
fn outside_the_region_of_cloudfronts_certificates_a_second_one_and_a_web_acl_are_asked_for() {
    let template = template();
    let rule = &template.document()["Rules"]["DomainOutsideUsEast1"];
    // The harness is always in us-east-1: the rule's words are looked at, its condition is the other two of which it consists.
    let needed: Vec<_> = rule["Assertions"].as_array().expect("assertions").iter().map(|one| one["Assert"].to_string()).collect();
    assert!(needed[0].contains("WebAclArn") && needed[1].contains("ApiCertificateArn"), "{needed:?}");
    assert!(rule["RuleCondition"].to_string().contains("us-east-1"));
}

#[test]
fn every_rule_says_what_to_do_about_it() {
    let template = template();
    let mut words = BTreeMap::new();
    for (name, rule) in template.document()["Rules"].as_object().expect("rules") {
        for assertion in rule["Assertions"].as_array().expect("assertions") {
            let said = assertion["AssertDescription"].as_str().unwrap_or_default();
            assert!(said.contains(" - "), "{name}: what is wrong, and then what to do: {said}");
            assert_eq!(words.insert(said.to_owned(), name), None, "{said}");
        }
    }
}
