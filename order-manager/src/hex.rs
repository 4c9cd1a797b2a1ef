//! Bytes as text.

/// Bytes in hexadecimal, two small letters or digits each.
#[must_use]
pub fn of(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}
