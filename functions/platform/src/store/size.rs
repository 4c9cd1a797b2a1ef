//! How large a row is, by DynamoDB's own reckoning.

use aws_sdk_dynamodb::types::AttributeValue;

use super::record::Row;

/// The bytes a row takes: names and values, three for each list or map and one for each of its entries.
///
/// Source: Amazon DynamoDB Developer Guide, "DynamoDB item sizes and formats".
pub(super) fn size_of(row: &Row) -> usize {
    row.iter().map(|(name, value)| name.len() + size_of_value(value)).sum()
}

fn size_of_value(value: &AttributeValue) -> usize {
    match value {
        AttributeValue::S(text) => text.len(),
        // Two digits a byte, and one more; a sign takes part in it.
        AttributeValue::N(number) => number.len().div_ceil(2) + 1,
        AttributeValue::B(bytes) => bytes.as_ref().len(),
        AttributeValue::L(entries) => 3 + entries.iter().map(|entry| 1 + size_of_value(entry)).sum::<usize>(),
        AttributeValue::M(entries) => 3 + entries.len() + size_of(entries),
        AttributeValue::Ss(texts) => texts.iter().map(String::len).sum(),
        AttributeValue::Ns(numbers) => numbers.iter().map(|number| number.len().div_ceil(2) + 1).sum(),
        AttributeValue::Bs(blobs) => blobs.iter().map(|bytes| bytes.as_ref().len()).sum(),
        // A boolean or nothing takes one byte; what this version of the SDK does not know is not written here.
        _ => 1,
    }
}
