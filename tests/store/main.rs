//! The store's contract, held against every engine there is: dynoxide, in this process, always; DynamoDB Local when
//! `DYNAMODB_LOCAL_HOME` names its folder and there is a `java`.
//!
//! Each sentence below is a test of its own on each engine, with tables of its own.

mod agreements;
mod audit;
mod bench;
mod catalogue;
mod catalogues;
mod customers;
mod faults;
mod inventory;
mod limits;
mod mailing;
mod orders;
mod partners;
mod projects;
mod provisioning;
mod queue;
mod records;
mod samples;
mod sessions;
mod stand_in;
mod taking;

/// Makes a test of each sentence, once for each engine.
macro_rules! contract {
    ($($subject:ident { $($sentence:ident)* })*) => {
        mod on_dynoxide {
            $(mod $subject { $(#[test] fn $sentence() { crate::bench::on_dynoxide(crate::$subject::$sentence); })* })*
        }
        mod on_dynamodb_local {
            $(mod $subject { $(#[test] fn $sentence() { crate::bench::on_dynamodb_local(crate::$subject::$sentence); })* })*
        }
    };
}

contract! {
    agreements {
        an_agreement_in_every_state_comes_back_as_it_was_saved
        an_agreement_is_begun_once_and_saved_over_nothing_unseen
        what_is_done_about_an_agreement_is_on_record_and_nothing_that_is_not
        a_version_that_is_not_at_hand_any_more_is_kept_apart_as_it_was
        what_orders_are_priced_by_stands_with_the_customer_while_it_counts
        an_order_is_only_placed_by_the_rates_it_was_priced_by
        agreements_are_listed_with_their_customer_and_while_something_may_still_happen
        a_table_of_two_hundred_lines_is_saved_and_one_that_has_grown_too_large_is_not
    }
    audit {
        what_is_added_comes_back_in_its_order_and_is_whole
        each_subject_has_a_trail_of_its_own
        of_several_that_add_at_once_none_is_lost
        an_entry_whose_answer_was_lost_is_there_once
        what_was_changed_in_the_table_is_noticed
        what_is_done_to_an_order_is_on_record_and_nothing_that_is_not
        an_orders_trail_goes_on_after_what_else_was_written_on_it
        an_act_whose_answer_was_lost_is_on_record_once
        an_entry_says_nothing_that_was_not_put_into_it
    }
    limits {
        the_sixth_try_in_a_quarter_of_an_hour_has_to_wait
        a_wait_doubles_each_time_it_comes_to_one
        the_right_try_forgives_those_before_it
        of_many_tries_at_once_no_more_get_through
        what_is_counted_by_window_is_free_in_the_next
        counters_expire_and_say_nothing_of_whose_they_are
    }
    mailing {
        what_a_customer_chose_counts_for_them_alone_and_the_last_choice_counts
        of_many_keys_that_are_given_to_a_customer_at_once_one_counts_for_all
        each_thing_is_marked_as_told_once_and_is_open_again_when_it_could_not_be
    }
    projects {
        a_project_comes_back_as_it_was_stored_and_is_listed_with_its_customer
        a_project_that_is_stored_twice_is_there_once
        of_rows_without_a_head_nothing_is_ordered
        rows_become_orders_once_however_often_and_late_changes_come
        a_loader_that_breaks_off_anywhere_loses_and_doubles_nothing
        a_row_that_can_not_be_ordered_any_more_keeps_no_other_from_it
    }
    partners {
        what_a_partner_sent_comes_back_with_what_came_of_it
        of_many_that_send_one_order_exactly_one_creates_it
        a_partners_orders_are_listed_the_newest_first_by_when_they_were_ordered
        what_a_partner_says_of_an_order_is_saved_over_nothing_unseen
        what_was_refused_is_deleted_as_it_was_read_and_not_twice
        a_cancellation_is_asked_for_with_its_order_or_not_at_all
        a_listener_is_its_partners_own_until_it_is_forgotten
    }
    provisioning {
        what_is_known_of_an_orders_provisioning_comes_back_in_one_read
        a_service_order_is_stored_once_and_saved_over_nobody
        of_many_that_keep_one_report_exactly_one_does
        what_works_is_among_the_customers_services_from_the_same_moment
        a_number_that_is_given_up_is_nobodys_until_it_has_rested
        what_an_order_has_more_than_older_ones_comes_back_too
    }
    orders {
        an_order_in_every_state_comes_back_as_it_was_saved
        an_order_that_is_not_there_is_not_found
        creating_an_order_a_second_time_finds_the_first
        saving_over_what_somebody_else_saved_is_a_conflict
        of_two_that_save_at_once_exactly_one_gets_through
        saving_an_order_that_was_discarded_is_a_conflict
        a_draft_is_listed_with_its_customer_until_it_is_placed_or_discarded
        a_draft_is_listed_with_the_services_it_has_now
        only_a_draft_can_be_discarded
        orders_are_listed_the_last_changed_first
        a_draft_that_is_saved_page_by_page_moves_in_lists_once_an_hour
        an_order_that_has_grown_too_large_is_refused_and_the_old_one_stays
        an_order_with_more_numbers_than_can_be_placed_at_once_is_refused
        the_largest_order_that_may_be_can_be_placed_and_discarded
    }
    taking {
        of_two_drafts_that_want_one_number_exactly_one_gets_it
        of_two_drafts_that_want_one_appointment_exactly_one_gets_it
        a_hold_that_lapsed_is_taken_over_and_its_first_holder_told_so
        what_an_order_has_for_good_is_never_taken
        nothing_is_saved_when_a_number_is_taken
        a_number_that_is_not_there_can_not_be_taken
        choosing_another_number_gives_the_first_back
        placing_makes_firm_what_is_held_and_gives_back_what_is_not_wanted
        placing_with_a_number_that_was_never_held_is_refused
        discarding_a_draft_gives_back_all_it_held
        giving_back_what_somebody_else_has_by_now_leaves_it_to_them
        cancelling_a_placed_order_gives_back_what_it_had
        rejecting_a_placed_order_gives_back_what_it_had
        an_order_that_was_placed_elsewhere_claims_its_numbers_when_it_is_created
        an_appointment_is_moved_in_one_save
        a_hold_is_renewed_by_taking_it_again
    }
    inventory {
        numbers_on_offer_are_free_lapsed_or_ones_own
        two_orders_are_not_offered_numbers_from_the_same_place
        numbers_on_offer_go_round_at_the_end
        a_rate_centre_without_numbers_offers_none
        an_appointment_is_offered_once_for_each_day_and_window_while_a_crew_is_free
        the_appointment_an_order_holds_is_offered_to_it_before_others
        more_days_than_one_call_can_ask_about_are_all_looked_at
        loading_a_number_again_leaves_its_holder_alone
        what_is_loaded_many_at_once_is_all_there_and_leaves_holders_alone
    }
    sessions {
        a_session_is_found_by_its_cookie_and_not_by_what_is_stored
        a_session_of_staff_comes_back_with_its_roles_and_whom_it_acts_for
        a_session_that_was_ended_is_not_found_and_can_not_be_touched_back_to_life
        using_a_session_changes_nothing_but_when_it_was_used
        being_checked_changes_nothing_but_when_it_was_checked
        a_session_is_kept_until_a_day_after_its_longest_life
        a_visitor_comes_back_as_they_were
        of_several_that_end_what_is_under_way_at_once_one_is_told
        a_code_that_opens_an_account_is_there_until_it_is_used_and_never_in_the_clear
        session_visitor_order_and_head_come_in_one_load
        loading_nothing_asks_for_the_head_alone
        a_persons_sessions_are_found_and_ended_by_whose_they_are
        a_form_that_came_late_is_opened_by_its_session_alone_and_goes_with_it
        the_first_form_since_an_end_is_kept_and_follows_its_person_to_their_new_session
        what_is_under_way_is_opened_by_its_id_alone_and_ended_once
    }
    customers {
        a_customer_comes_back_as_they_were_stored
        a_customer_that_is_not_there_is_not_found
        a_person_finds_the_customers_they_may_act_for
        what_others_write_in_a_customers_partition_is_passed_over
        a_customer_is_found_by_what_was_stored_and_only_then
        an_orders_customer_is_found_by_its_reference_until_it_is_discarded
        the_terms_of_an_account_come_back_and_are_those_of_every_account_by_default
        the_last_ten_customers_of_a_member_of_staff_are_remembered_once_each
    }
    queue {
        an_order_is_in_the_queue_until_nothing_more_happens_to_it
        a_page_of_the_queue_is_whole_down_to_where_the_next_begins
    }
    catalogue {
        a_published_catalogue_comes_back_whole
        the_head_names_the_catalogue_published_last
        the_head_names_the_next_one_too_and_when_it_takes_effect
        what_has_not_taken_effect_can_be_taken_back_and_published_again
        all_that_was_published_is_listed_in_its_order
        a_version_is_never_published_with_other_content
        of_two_that_publish_at_once_the_one_who_has_not_seen_the_other_is_refused
        a_publishing_whose_answer_was_lost_is_one
        a_catalogue_with_a_part_missing_is_corrupt
        a_catalogue_that_is_not_what_was_published_is_corrupt
    }
    catalogues {
        the_one_that_was_built_in_counts_until_another_is_published
        what_is_published_counts_from_the_next_request_on_and_is_read_once
        the_next_one_is_read_ahead_and_its_moment_needs_no_read
        what_was_taken_back_never_counts
        what_a_later_format_publishes_leaves_functions_of_this_one_where_they_are
        a_catalogue_that_does_not_read_here_is_passed_over_and_what_counted_goes_on
        an_order_is_shown_by_the_catalogue_it_was_placed_by
    }
    records {
        every_kind_of_answer_comes_back_as_it_was_saved
        any_answers_at_all_come_back_as_they_were_saved
        records_of_every_format_are_read
        what_is_written_today_is_what_the_newest_fixtures_hold
        a_row_of_a_format_to_come_is_corrupt
        a_row_without_a_format_is_corrupt
        a_malformed_row_is_corrupt_and_its_content_is_not_in_the_error
    }
    faults {
        keys_left_unprocessed_are_asked_for_again
        keys_left_unprocessed_for_ever_are_unavailable
        rows_left_unprocessed_are_written_again
        a_save_whose_answer_was_lost_is_a_save
        a_placing_whose_answer_was_lost_is_placed_once
        a_transaction_that_met_another_is_tried_again
        a_transaction_that_keeps_meeting_others_is_unavailable
        a_throttled_call_is_tried_again
        a_table_that_is_not_there_is_unavailable
    }
}
