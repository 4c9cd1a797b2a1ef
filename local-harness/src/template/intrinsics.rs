//! Evaluates what a template may compute: `Ref`, `Fn::Sub`, `Fn::GetAtt`, `Fn::If` and conditions.
//! Only what is asked for is evaluated, so that parts the harness does not run may say what they like.

use serde_json::{Map, Value};

use super::{Deployment, TemplateError};

/// The region that everything here pretends to be in.
pub(crate) const REGION: &str = "us-east-1";
const ACCOUNT: &str = "000000000000";

/// A template with the values its deployment gives it.
pub(super) struct Scope<'t> {
    document: &'t Value,
    deployment: &'t Deployment,
}

impl<'t> Scope<'t> {
    pub(super) fn new(document: &'t Value, deployment: &'t Deployment) -> Self {
        Self { document, deployment }
    }

    /// The resources of a kind that the template's conditions let exist, by logical id.
    pub(super) fn resources(&self, kind: &str) -> Result<Vec<(&'t str, &'t Value)>, TemplateError> {
        let mut found = Vec::new();
        for (id, resource) in self.section("Resources").into_iter().flatten() {
            let exists = match resource.get("Condition").and_then(Value::as_str) {
                Some(condition) => self.condition(condition, id)?,
                None => true,
            };
            if exists && resource["Type"] == kind {
                found.push((id.as_str(), resource));
            }
        }
        Ok(found)
    }

    /// What the rules say against the parameters.
    pub(super) fn refusals(&self) -> Result<Vec<String>, TemplateError> {
        let mut refusals = Vec::new();
        for (name, rule) in self.section("Rules").into_iter().flatten() {
            let at = format!("Rules.{name}");
            let counts = rule.get("RuleCondition").map_or(Ok(true), |condition| self.truth(condition, &at))?;
            let assertions = rule["Assertions"].as_array().ok_or_else(|| shape(&at, "it has no Assertions"))?;
            for assertion in assertions.iter().filter(|_| counts) {
                if !self.truth(&assertion["Assert"], &at)? {
                    refusals.push(self.text(&assertion["AssertDescription"], &at)?);
                }
            }
        }
        Ok(refusals)
    }

    /// A value with everything computed; `None` when it comes to `AWS::NoValue`.
    pub(super) fn evaluate(&self, value: &Value, at: &str) -> Result<Option<Value>, TemplateError> {
        match value {
            Value::Object(entries) => match intrinsic(entries) {
                Some((name, argument)) => self.apply(name, argument, at),
                None => {
                    let mut evaluated = Map::new();
                    for (key, value) in entries {
                        if let Some(value) = self.evaluate(value, at)? {
                            evaluated.insert(key.clone(), value);
                        }
                    }
                    Ok(Some(Value::Object(evaluated)))
                }
            },
            Value::Array(items) => {
                let items: Result<Vec<_>, _> = items.iter().filter_map(|item| self.evaluate(item, at).transpose()).collect();
                Ok(Some(Value::Array(items?)))
            }
            plain => Ok(Some(plain.clone())),
        }
    }

    /// A value that must come to text; numbers and booleans are written out, as CloudFormation does.
    pub(super) fn text(&self, value: &Value, at: &str) -> Result<String, TemplateError> {
        match self.evaluate(value, at)? {
            Some(Value::String(text)) => Ok(text),
            Some(Value::Number(number)) => Ok(number.to_string()),
            Some(Value::Bool(flag)) => Ok(flag.to_string()),
            other => Err(shape(at, format!("a text is expected, not {}", other.unwrap_or_default()))),
        }
    }

    /// What a text comes to whose whole is a dynamic reference to a secret; any other is as it is.
    pub(super) fn secret(&self, text: &str, at: &str) -> Result<String, TemplateError> {
        let reference = text.strip_prefix("{{resolve:secretsmanager:").and_then(|rest| rest.strip_suffix("}}"));
        let Some((arn, key)) = reference.and_then(|reference| reference.split_once(":SecretString:")) else {
            return Ok(text.to_owned());
        };
        self.deployment.secrets.get(&(arn.to_owned(), key.to_owned())).cloned().ok_or_else(|| unknown(text, at))
    }

    fn apply(&self, name: &str, argument: &Value, at: &str) -> Result<Option<Value>, TemplateError> {
        match name {
            "Ref" => match argument.as_str() {
                Some("AWS::NoValue") => Ok(None),
                Some(name) => self.reference(name, at).map(Some),
                None => Err(shape(at, "Ref takes a name")),
            },
            "Fn::Sub" => self.substitute(argument, at).map(Value::String).map(Some),
            "Fn::GetAtt" => match argument.as_array().map(Vec::as_slice) {
                Some([Value::String(resource), Value::String(attribute)]) => {
                    self.attribute(resource, attribute, at).map(Value::String).map(Some)
                }
                _ => Err(shape(at, "Fn::GetAtt takes a resource and an attribute")),
            },
            "Fn::If" => match argument.as_array().map(Vec::as_slice) {
                Some([Value::String(condition), yes, no]) => {
                    self.evaluate(if self.condition(condition, at)? { yes } else { no }, at)
                }
                _ => Err(shape(at, "Fn::If takes a condition and two values")),
            },
            other => Err(TemplateError::Intrinsic { name: other.to_owned(), at: at.to_owned() }),
        }
    }

    fn reference(&self, name: &str, at: &str) -> Result<Value, TemplateError> {
        if let Some(value) = pseudo_parameter(name) {
            return Ok(value.into());
        }
        if let Some(parameter) = self.section("Parameters").and_then(|parameters| parameters.get(name)) {
            return match (self.deployment.parameters.get(name), parameter.get("Default")) {
                (Some(given), _) => Ok(given.clone().into()),
                (None, Some(default)) => Ok(default.clone()),
                (None, None) => Err(TemplateError::Parameter(name.to_owned())),
            };
        }
        self.physical_id(name, at).map(Value::String)
    }

    /// The name that a resource goes by once it exists: its own, the one the deployment found out, or the logical id.
    pub(super) fn physical_id(&self, id: &str, at: &str) -> Result<String, TemplateError> {
        let resource = self.resource(id, at)?;
        if let Some(known) = self.deployment.ids.get(id) {
            return Ok(known.clone());
        }
        match resource["Type"].as_str() {
            Some("AWS::DynamoDB::Table") => match &resource["Properties"]["TableName"] {
                Value::Null => Ok(id.to_owned()),
                name => self.text(name, at),
            },
            Some("AWS::Cognito::UserPool") => Ok(format!("{REGION}_{id}")),
            Some("AWS::S3::Bucket") => match &resource["Properties"]["BucketName"] {
                Value::Null => Ok(id.to_ascii_lowercase()),
                name => self.text(name, at),
            },
            Some("AWS::Cognito::UserPoolClient") => Ok(id.to_ascii_lowercase()),
            _ => Ok(id.to_owned()),
        }
    }

    fn attribute(&self, id: &str, attribute: &str, at: &str) -> Result<String, TemplateError> {
        let name = self.physical_id(id, at)?;
        match (self.resource(id, at)?["Type"].as_str(), attribute) {
            (Some("AWS::DynamoDB::Table"), "Arn") => Ok(format!("arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{name}")),
            // Its last part is the moment at which the stream came into being, which nothing here goes by.
            (Some("AWS::DynamoDB::Table"), "StreamArn") => {
                Ok(format!("arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{name}/stream/local"))
            }
            (Some("AWS::Events::EventBus"), "Arn") => Ok(format!("arn:aws:events:{REGION}:{ACCOUNT}:event-bus/{name}")),
            (Some("AWS::SQS::Queue"), "Arn") => Ok(format!("arn:aws:sqs:{REGION}:{ACCOUNT}:{name}")),
            (Some("AWS::S3::Bucket"), "Arn") => Ok(format!("arn:aws:s3:::{name}")),
            (Some("AWS::Serverless::Function"), "Arn") => Ok(format!("arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}")),
            (Some("AWS::Cognito::UserPool"), "Arn") => Ok(format!("arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/{name}")),
            _ => Err(unknown(&format!("{id}.{attribute}"), at)),
        }
    }

    /// `${Name}`, `${Resource.Attribute}` and `${!Literal}`, with values of its own where `Fn::Sub` gives a mapping too.
    fn substitute(&self, argument: &Value, at: &str) -> Result<String, TemplateError> {
        let (text, own) = match argument {
            Value::String(text) => (text, None),
            Value::Array(items) => match items.as_slice() {
                [Value::String(text), Value::Object(own)] => (text, Some(own)),
                _ => return Err(shape(at, "Fn::Sub takes a text, or a text and a mapping")),
            },
            _ => return Err(shape(at, "Fn::Sub takes a text, or a text and a mapping")),
        };
        let mut result = String::new();
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once("${") {
            let (name, after) = after.split_once('}').ok_or_else(|| shape(at, "Fn::Sub has a `${` without a `}`"))?;
            result.push_str(before);
            match (name.strip_prefix('!'), own.and_then(|own| own.get(name)), name.split_once('.')) {
                (Some(literal), ..) => result.push_str(&format!("${{{literal}}}")),
                (None, Some(value), _) => result.push_str(&self.text(value, at)?),
                (None, None, Some((resource, attribute))) => result.push_str(&self.attribute(resource, attribute, at)?),
                (None, None, None) => result.push_str(&self.text(&self.reference(name, at)?, at)?),
            }
            rest = after;
        }
        Ok(result + rest)
    }

    fn condition(&self, name: &str, at: &str) -> Result<bool, TemplateError> {
        let definition =
            self.section("Conditions").and_then(|conditions| conditions.get(name)).ok_or_else(|| unknown(name, at))?;
        self.truth(definition, &format!("Conditions.{name}"))
    }

    fn truth(&self, value: &Value, at: &str) -> Result<bool, TemplateError> {
        let (name, argument) =
            value.as_object().and_then(intrinsic).ok_or_else(|| shape(at, "a condition function is expected"))?;
        let arguments = argument.as_array().map(Vec::as_slice).unwrap_or_default();
        match (name, arguments) {
            ("Condition", _) => self.condition(argument.as_str().unwrap_or_default(), at),
            ("Fn::Equals", [left, right]) => Ok(self.text(left, at)? == self.text(right, at)?),
            ("Fn::Not", [one]) => Ok(!self.truth(one, at)?),
            ("Fn::And", all) => all.iter().try_fold(true, |so_far, one| Ok(self.truth(one, at)? && so_far)),
            ("Fn::Or", any) => any.iter().try_fold(false, |so_far, one| Ok(self.truth(one, at)? || so_far)),
            _ => Err(TemplateError::Intrinsic { name: name.to_owned(), at: at.to_owned() }),
        }
    }

    fn section(&self, name: &str) -> Option<&'t Map<String, Value>> {
        self.document.get(name).and_then(Value::as_object)
    }

    fn resource(&self, id: &str, at: &str) -> Result<&'t Value, TemplateError> {
        self.section("Resources").and_then(|resources| resources.get(id)).ok_or_else(|| unknown(id, at))
    }
}

/// The one intrinsic function that a mapping is, if it is one.
fn intrinsic(entries: &Map<String, Value>) -> Option<(&str, &Value)> {
    let mut entries = entries.iter();
    match (entries.next(), entries.next()) {
        (Some((name, argument)), None) if name == "Ref" || name == "Condition" || name.starts_with("Fn::") => {
            Some((name, argument))
        }
        _ => None,
    }
}

fn pseudo_parameter(name: &str) -> Option<&'static str> {
    match name {
        "AWS::Region" => Some(REGION),
        "AWS::AccountId" => Some(ACCOUNT),
        "AWS::Partition" => Some("aws"),
        "AWS::URLSuffix" => Some("amazonaws.com"),
        "AWS::StackName" => Some("local"),
        _ => None,
    }
}

fn unknown(name: &str, at: &str) -> TemplateError {
    TemplateError::Unknown { name: name.to_owned(), at: at.to_owned() }
}

pub(super) fn shape(at: &str, reason: impl Into<String>) -> TemplateError {
    TemplateError::Shape { at: at.to_owned(), reason: reason.into() }
}
