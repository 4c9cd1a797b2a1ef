//! What can be done that goes on record.

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Signed in.
    SignedIn,
    /// Tried to sign in, and could not.
    SignInFailed,
    /// Signed out.
    SignedOut,
    /// Tried too often, and has to wait.
    LockedOut,
    /// Created a sign-in.
    SignedUp,
    /// Chose another password.
    PasswordChanged,
    /// Chose a new password by a code.
    PasswordRecovered,
    /// Took another e-mail address to sign in with.
    EmailChanged,
    /// Added an authenticator app.
    FactorAdded,
    /// Removed the authenticator app.
    FactorRemoved,
    /// Gave the wrong password or code where it is asked for again.
    ReauthenticationFailed,
    /// Ended a session of theirs, or had it ended.
    SessionEnded,
    /// Asked for a code that links a sign-in with an account.
    LinkAsked,
    /// Gave the wrong code for it.
    LinkFailed,
    /// Linked the sign-in with an account.
    Linked,
    /// Began as a new customer.
    CustomerBegun,
    /// Had a code sent that opens a customer's account.
    AccessAsked,
    /// Entered a code that does not open it.
    AccessFailed,
    /// Opened a customer's account.
    AccessOpened,
    /// Closed it.
    AccessClosed,
    /// Recorded the customer's consent for one call to the use of what we know of them.
    CallConsent,
    /// Added a customer.
    CustomerAdded,
    /// Erased what is kept of a customer, but for what has to be.
    CustomerErased,
    /// Began an order.
    OrderBegun,
    /// Changed what an order says.
    OrderEdited,
    /// Had a letter of agency signed, or recorded that it was verified.
    OrderAuthorised,
    /// Threw an order away.
    OrderDiscarded,
    /// Took something off a price.
    DiscountGiven,
    /// Took that back.
    DiscountTakenBack,
    /// Asked for the approval of a discount.
    ApprovalAsked,
    /// Approved a discount.
    DiscountApproved,
    /// Gave an order back whose discount was to be approved.
    DiscountReturned,
    /// Quoted a price, or quoted it again.
    QuoteMade,
    /// Took a quote back to change it.
    QuoteRevised,
    /// Accepted a quote.
    QuoteAccepted,
    /// Sent an order to the customer to review, sign and place.
    OrderSent,
    /// Took an order back from the customer, or from whoever was to approve it.
    OrderTakenBack,
    /// Asked for another day, or another appointment.
    VisitChanged,
    /// Said whom else to call on the day.
    ContactChanged,
    /// Answered questions of an order on its way otherwise than it was placed with.
    AnswersChanged,
    /// Answered a question about an order on its way.
    QuestionAnswered,
    /// Decided whether something is built at the customer's cost.
    ChargeDecided,
    /// Sent a file of many sites.
    SitesSent,
    /// Placed an order.
    OrderPlaced,
    /// Sent an order that can't be carried out.
    OrderRefused,
    /// Wrote something to an order that is no part of what is ordered.
    OrderNoted,
    /// Deleted what no order came of.
    OrderDeleted,
    /// Asked for a cancellation.
    CancellationAsked,
    /// Began an agreement, or its next version.
    AgreementBegun,
    /// Changed what an agreement says.
    AgreementEdited,
    /// Changed what an agreement says, which voided approvals.
    AgreementVoided,
    /// Let a price of an agreement go below its floor.
    AgreementFloorWaived,
    /// Asked for the approvals that an agreement needs.
    AgreementApprovalAsked,
    /// Took an agreement back from approval.
    AgreementWithdrawn,
    /// Approved an agreement on a level.
    AgreementApproved,
    /// Gave an agreement back.
    AgreementReturned,
    /// Sent an agreement to the customer.
    AgreementSent,
    /// Wanted an agreement otherwise, as the customer.
    AgreementCountered,
    /// Answered a clause that the customer wanted otherwise.
    AgreementAnswered,
    /// Signed an agreement for the customer.
    AgreementAccepted,
    /// Signed an agreement for the company.
    AgreementCountersigned,
    /// Declined an agreement, as the customer.
    AgreementDeclined,
    /// Took an agreement back from the customer.
    AgreementRecalled,
    /// Ended an agreement before its term.
    AgreementTerminated,
    /// Found that an agreement's time was over.
    AgreementExpired,
    /// Took over an agreement's negotiation.
    AgreementTakenOver,
}

impl Act {
    /// Its stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignedIn => "signed-in",
            Self::SignInFailed => "sign-in-failed",
            Self::SignedOut => "signed-out",
            Self::LockedOut => "locked-out",
            Self::SignedUp => "signed-up",
            Self::PasswordChanged => "password-changed",
            Self::PasswordRecovered => "password-recovered",
            Self::EmailChanged => "email-changed",
            Self::FactorAdded => "factor-added",
            Self::FactorRemoved => "factor-removed",
            Self::ReauthenticationFailed => "reauthentication-failed",
            Self::SessionEnded => "session-ended",
            Self::LinkAsked => "link-asked",
            Self::LinkFailed => "link-failed",
            Self::Linked => "linked",
            Self::CustomerBegun => "customer-begun",
            Self::AccessAsked => "access-asked",
            Self::AccessFailed => "access-failed",
            Self::AccessOpened => "access-opened",
            Self::AccessClosed => "access-closed",
            Self::CallConsent => "call-consent",
            Self::CustomerAdded => "customer-added",
            Self::CustomerErased => "customer-erased",
            Self::OrderBegun => "order-begun",
            Self::OrderEdited => "order-edited",
            Self::OrderAuthorised => "order-authorised",
            Self::OrderDiscarded => "order-discarded",
            Self::DiscountGiven => "discount-given",
            Self::DiscountTakenBack => "discount-taken-back",
            Self::ApprovalAsked => "approval-asked",
            Self::DiscountApproved => "discount-approved",
            Self::DiscountReturned => "discount-returned",
            Self::QuoteMade => "quote-made",
            Self::QuoteRevised => "quote-revised",
            Self::QuoteAccepted => "quote-accepted",
            Self::OrderSent => "order-sent",
            Self::OrderTakenBack => "order-taken-back",
            Self::VisitChanged => "visit-changed",
            Self::ContactChanged => "contact-changed",
            Self::AnswersChanged => "answers-changed",
            Self::QuestionAnswered => "question-answered",
            Self::ChargeDecided => "charge-decided",
            Self::SitesSent => "sites-sent",
            Self::OrderPlaced => "order-placed",
            Self::OrderRefused => "order-refused",
            Self::OrderNoted => "order-noted",
            Self::OrderDeleted => "order-deleted",
            Self::CancellationAsked => "cancellation-asked",
            Self::AgreementBegun => "agreement-begun",
            Self::AgreementEdited => "agreement-edited",
            Self::AgreementVoided => "agreement-voided",
            Self::AgreementFloorWaived => "agreement-floor-waived",
            Self::AgreementApprovalAsked => "agreement-approval-asked",
            Self::AgreementWithdrawn => "agreement-withdrawn",
            Self::AgreementApproved => "agreement-approved",
            Self::AgreementReturned => "agreement-returned",
            Self::AgreementSent => "agreement-sent",
            Self::AgreementCountered => "agreement-countered",
            Self::AgreementAnswered => "agreement-answered",
            Self::AgreementAccepted => "agreement-accepted",
            Self::AgreementCountersigned => "agreement-countersigned",
            Self::AgreementDeclined => "agreement-declined",
            Self::AgreementRecalled => "agreement-recalled",
            Self::AgreementTerminated => "agreement-terminated",
            Self::AgreementExpired => "agreement-expired",
            Self::AgreementTakenOver => "agreement-taken-over",
        }
    }

    /// Whether it is work on a draft, by which nobody is bound yet: what customers do of it themselves goes on no record.
    #[must_use]
    pub const fn is_drafting(self) -> bool {
        matches!(self, Self::OrderBegun | Self::OrderEdited | Self::OrderAuthorised | Self::OrderDiscarded)
    }
}
