"""What the test asks of the emulator that no tool of ours does: `python aws.py COMMAND …`, with boto3 as SAM brings it.

pool STACK                           functions find the user pool's keys and pages here, and not at AWS
staff STACK ISSUER                   staff sign in by way of this provider, which the emulator's CloudFormation does not know
event STACK FUNCTION ORDER           the function is started with an event of the order, asynchronously, as the bus does: the emulator's own bus
                                     does not try again, and puts nothing with the dead letters
letters STACK                        each queue of a stream's function gets a letter, as Lambda writes it, about all that is in the stream
mail STACK                           SES takes mail from the domain that the template's default sender is of, by roles that may send in its
                                     name: the emulator asks them for every name
refusals STACK                       what each function's role is refused and granted, against its policy; exits with 1 on a difference
gone STACK                           exits with 1 while the stack is there
"""

import json
import os
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = os.environ["AWS_ENDPOINT_URL"]
CONFIG = Config(retries={"max_attempts": 1}, parameter_validation=False)


def client(service, **credentials):
    return boto3.client(service, region_name="us-east-1", endpoint_url=ENDPOINT, config=CONFIG, **credentials)


def outputs(stack):
    described = client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in described["Outputs"]}


def functions(stack):
    """The stack's functions, by what each is called in the template."""
    pages = client("cloudformation").describe_stack_resources(StackName=stack)["StackResources"]
    return {
        resource["LogicalResourceId"]: resource["PhysicalResourceId"]
        for resource in pages
        if resource["ResourceType"] == "AWS::Lambda::Function"
    }


def set_variables(stack, function, **changed):
    """Other values for some of a function's variables; all of them, as they are then."""
    functions_, name = client("lambda"), functions(stack)[function]
    variables = functions_.get_function_configuration(FunctionName=name)["Environment"]["Variables"] | changed
    functions_.update_function_configuration(FunctionName=name, Environment={"Variables": variables})
    return variables


def pool(stack):
    pool_, local = outputs(stack)["UserPoolId"], ENDPOINT.replace("127.0.0.1", "localhost")
    set_variables(stack, "IdentifyFunction", JWKS_URL=f"{local}/{pool_}/.well-known/jwks.json", HOSTED_DOMAIN=local)


def staff(stack, issuer):
    """The provider and the staff's client as the template has them."""
    pool = outputs(stack)["UserPoolId"]
    cognito, variables = client("cognito-idp"), set_variables(stack, "IdentifyFunction")
    cognito.create_identity_provider(
        UserPoolId=pool,
        ProviderName="Corporate",
        ProviderType="OIDC",
        ProviderDetails={
            "oidc_issuer": issuer,
            "client_id": "user-pool",
            "client_secret": "what-only-the-user-pool-knows",
            "authorize_scopes": "openid email profile",
            "attributes_request_method": "GET",
        },
        AttributeMapping={"username": "sub", "email": "email", "name": "name", "custom:idp_groups": "groups"},
    )
    made = cognito.create_user_pool_client(
        UserPoolId=pool,
        ClientName="staff",
        SupportedIdentityProviders=["Corporate"],
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthFlows=["code"],
        AllowedOAuthScopes=["openid", "email", "profile"],
        CallbackURLs=[variables["SITE_ORIGIN"] + "/staff/callback"],
        ReadAttributes=["email", "email_verified", "name", "custom:idp_groups"],
        WriteAttributes=["email", "name", "custom:idp_groups"],
    )
    set_variables(stack, "IdentifyFunction", STAFF_CLIENT_ID=made["UserPoolClient"]["ClientId"], STAFF_PROVIDER="Corporate")


def event(stack, function, order):
    detail = {"event": {"productOrder": {"id": order}}}
    payload = {"source": "order-manager", "detail-type": "ProductOrderCreateEvent", "detail": detail}
    client("lambda").invoke(FunctionName=functions(stack)[function], InvocationType="Event", Payload=json.dumps(payload))


# The queues whose letters name a place in a stream, each with its function and the table.
STREAMS = [
    ("ProvisionLetters", "ProvisionFunction", "OrdersTable"),
    ("PublishLetters", "PublishFunction", "OrdersTable"),
    ("BulkLoadLetters", "BulkLoadFunction", "ProjectsTable"),
]


def letters(stack):
    named, names, streams = outputs(stack), functions(stack), client("dynamodbstreams")
    for queue, function, table in STREAMS:
        arn = client("dynamodb").describe_table(TableName=named[table])["Table"]["LatestStreamArn"]
        for shard in (shard["ShardId"] for shard in streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]):
            place = {"StreamArn": arn, "ShardId": shard, "ShardIteratorType": "TRIM_HORIZON"}
            read = streams.get_records(ShardIterator=streams.get_shard_iterator(**place)["ShardIterator"])["Records"]
            if not read:
                continue
            first, last = (read[at]["dynamodb"]["SequenceNumber"] for at in (0, -1))
            letter = {
                "requestContext": {
                    "functionArn": client("lambda").get_function_configuration(FunctionName=names[function])["FunctionArn"],
                    "condition": "RetryAttemptsExhausted",
                },
                "DDBStreamBatchInfo": {
                    "shardId": shard,
                    "startSequenceNumber": first,
                    "endSequenceNumber": last,
                    "batchSize": len(read),
                    "streamArn": arn,
                },
            }
            client("sqs").send_message(QueueUrl=named[queue], MessageBody=json.dumps(letter))


def roles(stack):
    """Each function's role, by what the function is called in the template."""
    for logical, name in functions(stack).items():
        yield logical, client("lambda").get_function_configuration(FunctionName=name)["Role"]


def mail(stack):
    iam = client("iam")
    client("sesv2").create_email_identity(EmailIdentity="example.com")
    for _, arn in roles(stack):
        role = arn.rsplit("/", 1)[-1]
        if any("ses:SendEmail" in statement["Action"] for statement in statements(iam, role)):
            statement = {"Effect": "Allow", "Action": ["ses:SendEmail", "ses:SendRawEmail"], "Resource": "*"}
            document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
            iam.put_role_policy(RoleName=role, PolicyName="every-name", PolicyDocument=document)


def statements(iam, role):
    for name in iam.list_role_policies(RoleName=role)["PolicyNames"]:
        document = iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
        document = json.loads(document) if isinstance(document, str) else document
        yield from document["Statement"]


def refusals(stack):
    """Each function's role tries every table in every way that rows are reached; what may be is what its policy says."""
    iam, sts = client("iam"), client("sts")
    tables = [arn for key, arn in outputs(stack).items() if key.endswith("Table")]
    key = {"pk": {"S": "nobody"}, "sk": {"S": "nothing"}}
    attempts = {
        "GetItem": lambda db, table: db.get_item(TableName=table, Key=key),
        "PutItem": lambda db, table: db.put_item(TableName=table, Item=key, ConditionExpression="attribute_exists(pk)"),
        "DeleteItem": lambda db, table: db.delete_item(TableName=table, Key=key, ConditionExpression="attribute_exists(pk)"),
        "Scan": lambda db, table: db.scan(TableName=table, Limit=1),
        "DeleteTable": lambda db, table: db.delete_table(TableName=table),
    }
    wrong, refused, granted = [], 0, 0
    for logical, arn in roles(stack):
        allowed = list(statements(iam, arn.rsplit("/", 1)[-1]))
        session = sts.assume_role(RoleArn=arn, RoleSessionName=logical)["Credentials"]
        db = client(
            "dynamodb",
            aws_access_key_id=session["AccessKeyId"],
            aws_secret_access_key=session["SecretAccessKey"],
            aws_session_token=session["SessionToken"],
        )
        for table in tables:
            for action, attempt in attempts.items():
                may = any(
                    f"dynamodb:{action}" in statement["Action"] and statement["Resource"].endswith(f":table/{table}")
                    for statement in allowed
                )
                try:
                    attempt(db, table)
                    did = True
                except ClientError as error:
                    did = "AccessDenied" not in error.response["Error"]["Code"]
                refused, granted = refused + (not did), granted + did
                if may != did:
                    wrong.append(f"{logical}: {action} on {table} was {'done' if did else 'refused'}, its policy says otherwise")
    print(f"{granted} granted, {refused} refused")
    if wrong or not granted or not refused:
        sys.exit("\n".join(wrong) or "nothing was granted, or nothing refused: roles are not enforced")


def gone(stack):
    try:
        status = client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"]
    except ClientError:
        return
    if status != "DELETE_COMPLETE":
        sys.exit(f"{stack} is {status}")


command, *arguments = sys.argv[1:]
{"pool": pool, "staff": staff, "event": event, "letters": letters, "mail": mail, "refusals": refusals, "gone": gone}[command](*arguments)
