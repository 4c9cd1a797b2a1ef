//! The files of each language, one a page area.

/// English.
pub(super) const ENGLISH: &[&str] = &[
    include_str!("../../messages/en/account.ftl"),
    include_str!("../../messages/en/address.ftl"),
    include_str!("../../messages/en/api.ftl"),
    include_str!("../../messages/en/agreement.ftl"),
    include_str!("../../messages/en/authorise.ftl"),
    include_str!("../../messages/en/billing.ftl"),
    include_str!("../../messages/en/bulk.ftl"),
    include_str!("../../messages/en/components.ftl"),
    include_str!("../../messages/en/configure.ftl"),
    include_str!("../../messages/en/customers.ftl"),
    include_str!("../../messages/en/dates.ftl"),
    include_str!("../../messages/en/information.ftl"),
    include_str!("../../messages/en/installation.ftl"),
    include_str!("../../messages/en/layout.ftl"),
    include_str!("../../messages/en/mail.ftl"),
    include_str!("../../messages/en/mailing.ftl"),
    include_str!("../../messages/en/offer.ftl"),
    include_str!("../../messages/en/product.ftl"),
    include_str!("../../messages/en/order.ftl"),
    include_str!("../../messages/en/orders.ftl"),
    include_str!("../../messages/en/placed.ftl"),
    include_str!("../../messages/en/problems.ftl"),
    include_str!("../../messages/en/reasons.ftl"),
    include_str!("../../messages/en/request.ftl"),
    include_str!("../../messages/en/review.ftl"),
    include_str!("../../messages/en/staff.ftl"),
    include_str!("../../messages/en/start.ftl"),
    include_str!("../../messages/en/track.ftl"),
    include_str!("../../messages/en/work.ftl"),
];

/// What mail says in Spanish.
pub(super) const MAIL_IN_SPANISH: &[&str] =
    &[include_str!("../../messages/es/dates.ftl"), include_str!("../../messages/es/mail.ftl")];
