//! What stand-ins are known to get wrong. A test that meets a gap asserts that it is still there, so that nobody works around what
//! was mended.
//!
//! Two more that no test meets: MiniStack asks nobody for a code by text message, which the site does not want either; and its
//! issuer is AWS's address although its keys are its own, which is why issuer and key set are settings apart.

/// Something that Cognito does and a stand-in does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// An address is the same in capital letters.
    AddressesWithoutCase,
    /// The verifier of a code is asked for after signing in at another provider as well.
    PkceAfterAnotherProvider,
    /// There is `/oauth2/revoke`.
    RevokeEndPoint,
    /// The answer to a question of signing in needs the session string of that question.
    ChallengeSessions,
    /// An authenticator's code is taken once.
    CodesOfAuthenticatorsAreTakenOnce,
    /// An authenticator is asked for only once somebody wants it to be.
    AuthenticatorWaitsToBeWanted,
    /// An unknown name is told at confirming that its code has expired.
    UnknownNameExpires,
    /// Who is disabled gets no code when they come from another provider.
    DisabledAtTheDomain,
    /// The destination of a code is masked when signing up.
    MaskedDestination,
}

/// What MiniStack 1.5.33 gets wrong.
pub(crate) const MINISTACK: &[Gap] = &[
    Gap::AddressesWithoutCase,
    Gap::PkceAfterAnotherProvider,
    Gap::RevokeEndPoint,
    Gap::ChallengeSessions,
    Gap::CodesOfAuthenticatorsAreTakenOnce,
    Gap::AuthenticatorWaitsToBeWanted,
    Gap::UnknownNameExpires,
    Gap::DisabledAtTheDomain,
    Gap::MaskedDestination,
];
