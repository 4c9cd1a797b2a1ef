//! The harness evaluates what it says it does, and refuses the rest by name.

use std::collections::BTreeMap;

use local_harness::template::{Answers, Deployment, OnError, Template, TemplateError, Wiring};

const HEAD: &str = "
Parameters:
  Name: {Type: String, Default: plain}
  Needed: {Type: String}
Conditions:
  IsPlain: !Equals [!Ref Name, plain]
  IsFancy: !Not [!Condition IsPlain]
  Either: !Or [!Condition IsFancy, !Condition IsPlain]
  Both: !And [!Condition IsFancy, !Condition IsPlain]
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {AttributeDefinitions: [], KeySchema: []}}
  Files: {Type: AWS::S3::Bucket, Properties: {}}
  Renamed: {Type: AWS::DynamoDB::Table, Condition: IsFancy, Properties: {TableName: !Sub '${Name}-orders', AttributeDefinitions: [], KeySchema: []}}
";

/// A template with one function whose variable `V` is `value`.
fn with_variable(value: &str) -> Template {
    let text = format!(
        "{HEAD}
  StepFunction:
    Type: AWS::Serverless::Function
    Metadata: {{BuildProperties: {{Binary: site}}}}
    Properties: {{Handler: step, Policies: [!Join ['', []]], Environment: {{Variables: {{V: {value}}}}}}}
"
    );
    Template::parse(&text).expect("a template")
}

fn read(value: &str, parameters: &[(&str, &str)]) -> Result<String, TemplateError> {
    let parameters = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let Wiring { functions, .. } = with_variable(value).wiring(&Deployment { parameters, ..Deployment::default() })?;
    Ok(functions[0].environment["V"].clone())
}

#[test]
fn references_substitutions_attributes_and_conditions_come_to_their_values() {
    let cases = [
        ("!Ref Name", "plain"),
        ("!Ref Orders", "Orders"),
        ("!Ref Files", "files"),
        ("!Sub '${Files.Arn}/orders/x'", "arn:aws:s3:::files/orders/x"),
        ("!Ref AWS::Region", "us-east-1"),
        ("!GetAtt Orders.Arn", "arn:aws:dynamodb:us-east-1:000000000000:table/Orders"),
        ("!Sub 'a ${Name} ${Orders.Arn} ${!Name}'", "a plain arn:aws:dynamodb:us-east-1:000000000000:table/Orders ${Name}"),
        ("!Sub ['${Own}-${Name}', {Own: !Ref Orders}]", "Orders-plain"),
        ("!If [IsPlain, yes it is, !Join [a, b]]", "yes it is"),
        ("!If [IsFancy, 1, 2]", "2"),
        ("!If [Either, 1, 2]", "1"),
        ("!If [Both, 1, 2]", "2"),
        ("{'Fn::Sub': '${Name}'}", "plain"),
    ];
    for (value, expected) in cases {
        assert_eq!(read(value, &[]).as_deref(), Ok(expected), "{value}");
    }
}

#[test]
fn a_parameter_that_is_given_wins_over_its_default() {
    assert_eq!(read("!If [IsFancy, !Ref Renamed, !Ref Orders]", &[("Name", "fancy")]).as_deref(), Ok("fancy-orders"));
}

#[test]
fn what_is_not_evaluated_is_refused_by_name_and_place() {
    for name in ["Join", "ImportValue", "FindInMap", "Select", "Split", "GetAZs", "Cidr", "Base64", "ForEach", "Transform"] {
        let error = read(&format!("!{name} [a, b]"), &[]).expect_err("refused");
        assert!(matches!(&error, TemplateError::Intrinsic { name: named, .. } if *named == format!("Fn::{name}")), "{error:?}");
        assert!(error.to_string().contains("StepFunction"), "{error}");
    }
}

#[test]
fn what_the_harness_does_not_run_may_say_what_it_likes() {
    assert_eq!(read("plain", &[]).as_deref(), Ok("plain"));
}

#[test]
fn unknown_names_attributes_and_parameters_without_a_value_are_refused_by_name() {
    for (value, name) in [
        ("!Ref Nothing", "Nothing"),
        ("!Sub '${Nothing}'", "Nothing"),
        ("!GetAtt Orders.Colour", "Orders.Colour"),
        ("!If [Maybe, 1, 2]", "Maybe"),
    ] {
        let error = read(value, &[]).expect_err("refused");
        assert!(matches!(&error, TemplateError::Unknown { name: named, .. } if named == name), "{error:?}");
    }
    assert_eq!(read("!Ref Needed", &[]), Err(TemplateError::Parameter("Needed".to_owned())));
}

#[test]
fn a_property_of_a_table_that_the_harness_cannot_make_is_refused_by_name() {
    let text = "Resources: {T: {Type: AWS::DynamoDB::Table, Properties: {AttributeDefinitions: [], KeySchema: [], LocalSecondaryIndexes: []}}}";
    let error = Template::parse(text).expect("a template").wiring(&Deployment::default()).expect_err("refused");
    assert!(error.to_string().contains("LocalSecondaryIndexes"), "{error}");
}

/// A template with a stream that starts a function, its properties with this among them.
fn with_stream(more: &str) -> Result<Wiring, TemplateError> {
    let text = format!(
        "
Resources:
  T: {{Type: AWS::DynamoDB::Table, Properties: {{AttributeDefinitions: [], KeySchema: [], StreamSpecification: {{StreamViewType: KEYS_ONLY}}}}}}
  Quiet: {{Type: AWS::DynamoDB::Table, Properties: {{AttributeDefinitions: [], KeySchema: []}}}}
  Letters: {{Type: AWS::SQS::Queue, Properties: {{}}}}
  Step: {{Type: AWS::Serverless::Function, Metadata: {{BuildProperties: {{Binary: machine}}}}, Properties: {{Handler: step}}}}
  Stream:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {{FunctionName: !Ref Step, StartingPosition: TRIM_HORIZON, {more}}}
"
    );
    Template::parse(&text).expect("a template").wiring(&Deployment::default())
}

#[test]
fn a_stream_is_read_as_the_template_says_and_by_lambdas_own_defaults() {
    let plain = with_stream("EventSourceArn: !GetAtt T.StreamArn").expect("wiring").streams.remove(0);
    assert_eq!((plain.table.as_str(), plain.function.as_str(), plain.batch_size), ("T", "step", 100));
    assert_eq!((plain.on_error, plain.most_retries, plain.answers), (OnError::Whole, None, Answers::Nothing));
    assert_eq!((plain.filters.len(), plain.dead_letters), (0, None));
    let full = with_stream(
        "EventSourceArn: !GetAtt T.StreamArn, BatchSize: 7, BisectBatchOnFunctionError: true, MaximumRetryAttempts: 3, \
         FunctionResponseTypes: [ReportBatchItemFailures], FilterCriteria: {Filters: [{Pattern: '{\"eventName\":[\"INSERT\"]}'}]}, \
         DestinationConfig: {OnFailure: {Destination: !GetAtt Letters.Arn}}",
    );
    let full = full.expect("wiring").streams.remove(0);
    assert_eq!((full.batch_size, full.on_error, full.most_retries), (7, OnError::Bisect, Some(3)));
    assert_eq!((full.answers, full.filters.len(), full.dead_letters.as_deref()), (Answers::Failures, 1, Some("Letters")));
}

#[test]
fn a_stream_that_the_harness_can_not_read_is_refused_by_name() {
    for (more, said) in [
        ("EventSourceArn: !GetAtt Quiet.StreamArn", "Quiet has no stream"),
        ("EventSourceArn: !GetAtt T.Arn", "is no stream of"),
        ("EventSourceArn: !GetAtt T.StreamArn, TumblingWindowInSeconds: 5", "TumblingWindowInSeconds"),
        ("EventSourceArn: !GetAtt T.StreamArn, BatchSize: 0", "BatchSize"),
        ("EventSourceArn: !GetAtt T.StreamArn, FilterCriteria: {Filters: [{Pattern: '{\"a\":[{\"numeric\":[]}]}'}]}", "numeric"),
    ] {
        let error = with_stream(more).expect_err(said).to_string();
        assert!(error.contains(said) && error.contains("Stream"), "{error}");
    }
}

#[test]
fn a_resource_whose_condition_is_false_is_not_there() {
    let tables = |parameters: &[(&str, &str)]| {
        let parameters = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let wiring = with_variable("x").wiring(&Deployment { parameters, ..Deployment::default() }).expect("wiring");
        wiring.tables.into_iter().map(|table| table.name).collect::<Vec<_>>()
    };
    assert_eq!(tables(&[]), ["Orders"]);
    assert_eq!(tables(&[("Name", "fancy")]), ["Orders", "fancy-orders"]);
}

#[test]
fn the_sites_own_address_is_a_parameter() {
    let deployment = Deployment {
        parameters: BTreeMap::from([("SiteUrl".to_owned(), "https://order.example.com".to_owned())]),
        ..Deployment::default()
    };
    for function in crate::template().wiring(&deployment).expect("wiring").functions {
        assert_eq!(function.environment["SITE_ORIGIN"], "https://order.example.com");
    }
}
