//! What the site relies on of Amazon Cognito, held against every stand-in there is: the harness's own, always; MiniStack, an
//! independent one, with `oidc-provider` for the company's identity provider, when `MINISTACK_HOME` and `OIDC_PROVIDER_HOME` name
//! their folders. Federation is held a third time, between the harness's own and `oidc-provider`.
//!
//! Each sentence below is a test of its own on each, with a pool of its own. What a stand-in gets wrong has a name in `gaps.rs`.

mod administration;
mod bench;
mod federation;
mod gaps;
mod http;
mod partners;
mod passwords;
mod recovery;
mod registration;
mod second_factor;
mod stand_ins;

/// Makes a test of each sentence, once for each stand-in.
macro_rules! contract {
    ($($on:ident)* : $($subject:ident { $($sentence:ident)* })*) => { contract!(@each [$($on)*] { $($subject { $($sentence)* })* }); };
    (@each [] $all:tt) => {};
    (@each [$on:ident $($others:ident)*] { $($subject:ident { $($sentence:ident)* })* }) => {
        mod $on {
            $(mod $subject { $(#[test] fn $sentence() { crate::bench::$on(crate::$subject::$sentence); })* })*
        }
        contract!(@each [$($others)*] { $($subject { $($sentence)* })* });
    };
}

mod calls {
    contract! {
        on_the_harness on_ministack:
        passwords {
            a_password_gives_tokens_that_verify_by_the_pools_keys
            a_wrong_password_and_an_unknown_user_are_answered_alike
            a_refresh_token_renews_until_it_is_revoked
            changing_a_password_takes_the_old_one
            who_must_choose_a_password_is_asked_for_one
            a_flow_that_the_client_does_not_have_is_refused
        }
        registration {
            who_signs_up_comes_in_once_the_code_that_was_sent_is_given
            an_address_signs_up_once_and_with_a_long_password
            a_code_is_sent_again_and_an_unknown_name_is_told_the_like
        }
        recovery {
            a_forgotten_password_is_replaced_by_the_code_that_was_sent
            an_unknown_name_is_told_what_a_known_one_is
        }
        second_factor {
            an_authenticator_that_has_shown_itself_is_asked_for
            an_authenticator_that_is_turned_off_is_not_asked_for
            what_is_not_an_authenticators_code_does_not_set_it_up
        }
        administration {
            an_administrator_sees_a_user_by_subject_and_by_address
            who_is_disabled_stays_out_until_enabled
            signing_somebody_out_ends_every_token_of_theirs
            an_administrators_change_of_an_address_that_is_confirmed_counts_at_once
        }
        partners {
            a_partner_gets_a_token_with_the_scopes_asked_for
            a_partner_without_the_secret_or_the_scope_gets_none
        }
    }
}

mod federation_ {
    contract! {
        on_the_harness on_the_harness_with_oidc_provider on_ministack:
        federation {
            staff_come_back_as_who_they_are_with_their_groups
            who_comes_again_is_the_same_user
            nobody_is_sent_to_an_address_that_is_not_registered
            what_the_client_may_not_have_is_said_at_its_own_address
            a_code_is_good_once_and_for_its_own_client
            a_code_is_good_for_who_has_its_verifier_alone
            what_did_not_begin_here_does_not_end_here
            a_refresh_token_is_revoked_at_the_domain
            who_is_disabled_does_not_come_in_from_elsewhere_either
        }
    }
}
