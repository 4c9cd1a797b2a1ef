//! Values of data networks: AS numbers, IP prefixes and addresses, domain names, VLAN ids.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::characteristic::AddressSpace;
use crate::entered::Reason;

/// AS numbers nobody may use: 0 (RFC 7607), `AS_TRANS` (RFC 6793), documentation (RFC 5398), last of each size (RFC 7300).
const RESERVED_AS_NUMBERS: [(u32, u32); 5] = [(0, 0), (23_456, 23_456), (64_496, 64_511), (65_535, 65_551), (u32::MAX, u32::MAX)];

/// AS numbers for private use (RFC 6996).
const PRIVATE_AS_NUMBERS: [(u32, u32); 2] = [(64_512, 65_534), (4_200_000_000, 4_294_967_294)];

/// Address blocks for private use (RFC 1918, RFC 4193).
const PRIVATE: [&str; 4] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"];

/// Blocks that are not globally unique although nobody's private ones either (IANA's special-purpose address registries):
/// shared, loopback, link-local, protocol assignments, documentation, benchmarking, 6to4, multicast and reserved.
const SPECIAL: [&str; 16] = [
    "0.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "2001::/23",
    "2001:db8::/32",
    "2002::/16",
    "3fff::/20",
];

/// Where global unicast addresses of IPv6 are assigned from (RFC 4291).
const GLOBAL_V6: &str = "2000::/3";

/// An AS number, with or without `AS` before it.
pub(super) fn as_number(text: &str, space: AddressSpace) -> Result<u32, Reason> {
    let digits = text.get(..2).filter(|two| two.eq_ignore_ascii_case("as")).map_or(text, |_| text[2..].trim_start());
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Reason::NotANumber);
    }
    let number: u32 = digits.parse().map_err(|_| Reason::OutOfRange { min: 1, max: i64::from(u32::MAX) - 1 })?;
    let among = |ranges: &[(u32, u32)]| ranges.iter().any(|(first, last)| (*first..=*last).contains(&number));
    match space {
        _ if among(&RESERVED_AS_NUMBERS) => Err(Reason::ReservedAsNumber),
        AddressSpace::Public if among(&PRIVATE_AS_NUMBERS) => Err(Reason::ReservedAsNumber),
        AddressSpace::Private if !among(&PRIVATE_AS_NUMBERS) => Err(Reason::WrongAddressSpace),
        _ => Ok(number),
    }
}

/// An IP prefix without host bits.
pub(super) fn prefix(text: &str, space: AddressSpace, longest_v4: u8, longest_v6: u8) -> Result<IpNet, Reason> {
    let prefix: IpNet = text.parse().map_err(|_| Reason::NotAPrefix)?;
    if prefix.trunc() != prefix {
        return Err(Reason::NotAPrefix);
    }
    if !is_of(&prefix, space) {
        return Err(Reason::WrongAddressSpace);
    }
    let max = match prefix {
        IpNet::V4(_) => longest_v4,
        IpNet::V6(_) => longest_v6,
    };
    if prefix.prefix_len() > max { Err(Reason::PrefixTooLong { max }) } else { Ok(prefix) }
}

/// An IP address.
pub(super) fn ip_address(text: &str, space: AddressSpace) -> Result<IpAddr, Reason> {
    let address: IpAddr = text.parse().map_err(|_| Reason::NotAnIpAddress)?;
    if is_of(&IpNet::from(address), space) { Ok(address) } else { Err(Reason::WrongAddressSpace) }
}

/// A domain name of two labels or more (RFC 1035, RFC 1123), in lower case; a closing dot is left off.
pub(super) fn domain_name(text: &str) -> Result<Box<str>, Reason> {
    let name = text.strip_suffix('.').unwrap_or(text).to_ascii_lowercase();
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let labels: Vec<&str> = name.split('.').collect();
    let last_is_a_name = labels.last().is_some_and(|last| !last.bytes().all(|b| b.is_ascii_digit()));
    if name.len() <= 253 && labels.len() >= 2 && last_is_a_name && labels.iter().all(|label| is_label(label)) {
        Ok(name.into())
    } else {
        Err(Reason::NotADomain)
    }
}

/// VLAN ids, single and ranges, by lines or commas; ascending and merged where they touch.
pub(super) fn vlan_ids(text: &str, max: usize) -> Result<Vec<(u16, u16)>, Reason> {
    let id = |text: &str| text.trim().parse().ok().filter(|id| (1..=4094).contains(id)).ok_or(Reason::NotVlanIds);
    let mut ranges = text
        .split([',', ';', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| match part.split_once(['-', '\u{2013}']) {
            None => id(part).map(|one| (one, one)),
            Some((first, last)) => Ok((id(first)?, id(last)?)),
        })
        .collect::<Result<Vec<(u16, u16)>, Reason>>()?;
    if ranges.is_empty() || ranges.iter().any(|(first, last)| first > last) {
        return Err(Reason::NotVlanIds);
    }
    ranges.sort_unstable();
    let mut apart: Vec<(u16, u16)> = Vec::with_capacity(ranges.len());
    for (first, last) in ranges {
        match apart.last_mut() {
            Some(before) if before.1 >= first => return Err(Reason::Repeated),
            Some(before) if before.1 + 1 == first => before.1 = last,
            _ => apart.push((first, last)),
        }
    }
    let count: usize = apart.iter().map(|(first, last)| usize::from(last - first) + 1).sum();
    if count <= max { Ok(apart) } else { Err(Reason::WrongCount { min: 1, max }) }
}

/// Whether a prefix lies in a space; "any" is either of the two, so never multicast, loopback and the like.
fn is_of(prefix: &IpNet, space: AddressSpace) -> bool {
    match space {
        AddressSpace::Public => is_public(prefix),
        AddressSpace::Private => is_private(prefix),
        AddressSpace::Any => is_public(prefix) || is_private(prefix),
    }
}

fn is_private(prefix: &IpNet) -> bool {
    blocks(&PRIVATE).any(|block| block.contains(prefix))
}

fn is_public(prefix: &IpNet) -> bool {
    let assigned = match prefix {
        IpNet::V4(_) => true,
        IpNet::V6(_) => blocks(&[GLOBAL_V6]).any(|block| block.contains(prefix)),
    };
    assigned && !blocks(&PRIVATE).chain(blocks(&SPECIAL)).any(|block| block.contains(prefix) || prefix.contains(&block))
}

fn blocks<'a>(texts: &'a [&'a str]) -> impl Iterator<Item = IpNet> + 'a {
    // Constants of this file; a test sees that each of them reads.
    texts.iter().filter_map(|text| text.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_block_named_here_is_a_prefix() {
        assert_eq!(
            blocks(&PRIVATE).count() + blocks(&SPECIAL).count() + blocks(&[GLOBAL_V6]).count(),
            PRIVATE.len() + SPECIAL.len() + 1
        );
    }
}
