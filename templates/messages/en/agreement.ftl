# Agreements: negotiating, approving, accepting them, and what is agreed

nav-deals = Deals

# The lists of deals
deals-title = Deals
deals-lede = Agreements that are being negotiated, and those that end soon.
deals-begin = Begin with a customer
deals-list-mine = Mine
deals-list-awaiting-me = Awaiting me
deals-list-expiring = Ending soon
deals-none = Nothing here.
deals-older = Older deals
deals-newest = Newest deals
deals-ends = ends { $date }

# A customer’s agreements
agreements-title = Agreements
agreements-none = There is no agreement yet.
agreements-new = Begin an agreement
agreements-name-hint = What both sides will call it, such as “Network services 2027”.
agreements-begin = Begin

# How a version stands
agreement-stage-draft = Draft
agreement-stage-in-approval = In approval
agreement-stage-approved = Approved, not sent
agreement-stage-sent = With the customer
agreement-stage-countered = Countered by the customer
agreement-stage-countersign = Waiting for our signature
agreement-stage-in-force = In force
agreement-stage-superseded = Superseded
agreement-stage-expired = Expired
agreement-stage-terminated = Terminated
agreement-stage-declined = Declined
agreement-stage-recalled = Taken back
agreement-version = Version { $number }

# The pages of an agreement
agreement-tabs = Pages of this agreement
agreement-page-title = { $page }: { $name }
agreement-tab-overview = Overview
agreement-tab-terms = Terms
agreement-tab-prices = Prices
agreement-tab-ladder = Term ladder
agreement-tab-clauses = Clauses
agreement-tab-approvals = Approvals
agreement-tab-redline = Changes
agreement-tab-document = Document
agreement-saved = Saved
agreement-voided = Saved. Approvals are void
agreement-voided-about = What was approved before this change has to be approved again.
agreement-voids = A change voids what was approved
agreement-voids-about = Approved so far by { $names }. If you change anything here, they have to approve again.
agreement-takes-back = A change takes this version back from approval
agreement-takes-back-about = Approval has to be asked for again then.
agreement-closed = This version can’t be changed now. Take it back or begin the next version to change it.
agreement-changed = This agreement has changed since the page was shown. Nothing of yours was saved. Check how it stands now and enter it again.

# What it is about
agreement-about = What is agreed
agreement-term = Term
agreement-starts = In force from
agreement-starts-signed = The day of the later signature
agreement-ends = In force until
agreement-ends-open = Known once both have signed
agreement-sites = Sites
agreement-sites-all = All of the customer’s sites, new ones included
agreement-commitment = Commitment
agreement-commitment-none = None
agreement-commitment-yearly = { $amount } a year
agreement-commitment-year = Year { $year }: { $amount }
agreement-versions = Versions
agreement-owner = Negotiated by
agreement-signatures = Signatures
agreement-for-customer = For the customer
agreement-for-company = For us
agreement-moment = { $moment } { $zone }
agreement-signed-by = { $name }, { $title }

# A year’s commitment
commitment-title = This year’s commitment
commitment-label = Spent of this year’s commitment
commitment-spent = { $spent } of { $committed } so far. The year ends { $date }.
commitment-adds = This order adds { $adds } this year, which makes { $reached }.
commitment-missing = { $missing } still to go.
commitment-met = The commitment is met.

# What can be done
agreement-order = Order under this agreement
agreement-ask = Ask for approval
agreement-ask-about = Whoever has to approve it finds it in their deals. You can take it back meanwhile.
agreement-take-back = Take it back from approval
agreement-take-back-about = What was approved so far is void then.
agreement-send = Send to the customer
agreement-send-until = Open until
agreement-send-about = The customer finds it after signing in, and can sign it, counter it or decline it. It can’t be changed after that.
agreement-recall = Take it back from the customer
agreement-recall-reason = Reason
agreement-recall-reason-hint = For the record. The customer doesn’t see it.
agreement-countersign = Sign for us
agreement-signer = Your full name
agreement-signer-title = Title
agreement-authority = Authority to sign
agreement-authority-hint = What gives you the right to sign, such as “Delegation of authority, section 4”.
agreement-revise = Begin the next version
agreement-revise-about = This version stays as it is until the next one is in force.
agreement-take-over = Take over the negotiation
agreement-take-over-about = It is yours to negotiate then.
agreement-lapse = Close this offer
agreement-lapse-about = The customer didn’t answer in time. The next version can be begun then.
agreement-terminate = End it before its term
agreement-terminates = Last day
agreement-termination-reason = Reason
agreement-countered-on = The customer wants changes: { $date }
agreement-clause-wanted = Wanted instead
agreement-our-answer = Our answer
agreement-other-words = Our other wording
agreement-answer-reason = Reason for other words than the standard
agreement-other-words-hint = Where we want other words still.
agreement-answer-accepted = We take it as they want it
agreement-answer-refused = It stays as it was
agreement-answer-countered = We want other words still
agreement-answer = Save our answers

# Terms and dates
terms-name = Name of the agreement
terms-company = Our name, as it is signed
terms-customer = The customer’s name, as it is signed
terms-starts-stated = A stated day
terms-start-day = That day
terms-at-end = At the end of the term
terms-rolls = It goes on from month to month
terms-renews = It is renewed for the same term
terms-ends = Services end
terms-notice = Notice before the end
terms-notice-hint = How long before its end either side says that it is to end.
terms-unit-days = days
terms-unit-months = months
terms-covers = Which sites it covers
terms-these = Only these
terms-sites = Those sites
terms-commitment = Least to spend in each year
terms-commitment-hint = An amount on each line, the first year first. The last one counts for every year after it. Leave it empty where nothing is committed.
terms-shortfall = Paid of what is missing at a year’s end
terms-shortfall-hint = 0 to 100.
terms-counts-families = Services that count
terms-counts-charges = Charges that count
terms-counts-monthly = Monthly charges
terms-counts-once = One-time charges
terms-early = When a service ends early
terms-early-hint = A share of the monthly charges of the months left, 0 to 100.
terms-first-year = Paid in the first year
terms-after = Paid after it
terms-at-most = Never more than
terms-at-most-hint = An amount, or empty where there is no limit.
terms-more = What else is agreed
terms-review = Rates are reviewed every
terms-upgrade = Technology can be upgraded after
terms-downturn = Business downturn of more than
terms-relief = Then the commitment falls by up to
terms-together = Common end
terms-apart = Each service ends by its own term
terms-together-with-agreement = All services end with the agreement
terms-together-on-a-day = All services end on a day of their own
terms-together-day = That day, for all services
terms-no-common-day = Enter the day on which all services end
terms-affiliates = Affiliates that order under it too
terms-affiliates-hint = One on each line.
terms-objective = Service that is promised
terms-objective-hint = Such as “99.95% availability each month”.
terms-credit = Credited when it isn’t kept
terms-precedence = Order of precedence
terms-precedence-hint = Where two documents say different things, the earlier one counts.
terms-place = { $place ->
    [1] First
    [2] Second
    [3] Third
   *[other] Number { $place }
}
terms-precedence-twice = Give each document a place of its own
terms-save = Save the terms
terms-relief-alone = Give both: by how much business falls, and by how much the commitment then does
terms-credit-alone = Give both: what is promised, and what is credited when it isn’t kept
terms-no-day = Enter the day on which it is in force
terms-no-sites = Choose the sites, or choose all of them
terms-nothing-counts = Choose what counts to the commitment

# The price table
prices-lede = What this agreement sells, and for how much instead of the list price.
prices-hint = Enter a price (45.00) or a discount (15%). Leave a line empty for the list price. Where the number of units counts, give each step: 10%, 10+ 15%, 50+ 20%.
prices-none = No service is in this agreement yet. Add the first one.
prices-groups = Discount several at once
prices-group = Which services
prices-everything = All services
prices-group-percent = Discount
prices-group-percent-hint = 0 to 100, such as 12.5.
prices-group-discount = Give this discount
prices-group-reset = Reset to the list
prices-more = Add a service
prices-add = Service
prices-add-now = Add
prices-of-family = All of { $family }
prices-fewer = Take a service out
prices-take-out = Take it out
prices-loop = Another company’s loop
prices-loop-hint = Where service comes over a loop that another company quoted, its cost is added to the floor. The quote must still hold when the agreement is sent.
prices-loop-in = In which price
prices-loop-supplier = Company
prices-loop-reference = Quote number
prices-loop-monthly = It asks, each month
prices-loop-expires = Quoted until
prices-loop-set = Add this loop
prices-loop-own = Use our own loop
prices-list = List
prices-floor = Floor
prices-floor-quoted = With { $supplier }’s loop, quoted until { $date }
prices-proposed = Proposed
prices-discount = Discount
prices-margin = Margin
prices-need = Approval
prices-each-month = a month
prices-each-month-each = each, a month
prices-once = once
prices-once-each = each, once
prices-from = from { $count }
prices-fixed = Fixed by a tariff, not negotiable
prices-individual-case = Takes an individual-case filing
prices-waived = Floor waived by { $name }
prices-below-floor = Below the floor
prices-save = Save prices
prices-reckon = Update
prices-tiers = Give steps only where units are counted, each higher than the one before, like 10%, 10+ 15%

# The term ladder
ladder-lede = What the prices of this version come to over each term.
ladder-chosen = Chosen
ladder-once = Once
ladder-total = Over the term
ladder-saving = Saving against the list
ladder-termination = Ending it half-way costs
ladder-take = Take { $months } months
ladder-note = One of each service, at the first step of each price. Taxes are not in it.

# The clauses
clauses-lede = Each clause as it always stands, or worded otherwise for a reason.
clauses-standard = As it always stands
clauses-changed = Worded otherwise
clauses-other = Word it otherwise
clauses-text = Wording of “{ $clause }”
clauses-reason = Reason for another wording of “{ $clause }”
clauses-reason-hint = For whoever approves it. The customer doesn’t see it.
clauses-because = Reason: { $reason }
clauses-save = Save the clauses

# Approvals
approvals-lede = What has to be approved before this version is sent, in this order.
approvals-none = This version needs nobody’s approval.
approvals-needed = Approvals needed
approvals-who = Who
approvals-rule = Rule
approvals-threshold = From
approvals-found = Here
approvals-standing = Standing
approvals-open = Not asked yet
approvals-waiting = Waiting
approvals-over = more than { $value }
approvals-under = less than { $value }
approvals-any-change = any change
approvals-more = { $first } and { $count } more
approvals-own = You have written this version. Somebody else has to approve it.
approvals-take-over = Or change it yourself. It is yours then too, and somebody else has to approve it.
approvals-take-over-link = Change the prices
approvals-waive = Waive a floor
approvals-waive-about = A price may then go below its floor, in your name. Somebody else has to write it.
approvals-waive-subject = Price
approvals-waive-down-to = Down to
approvals-waive-down-to-hint = A price (45.00) or a discount (45%).
approvals-waive-reason = Why
approvals-trail = What happened
approvals-begun = { $name } began version { $number }
approvals-edited = { $name } changed version { $number }
approvals-asked = { $name } asked for approval of version { $number }
approvals-approved = { $name } approved version { $number }
approvals-returned = { $name } gave version { $number } back
approvals-voided = { $name } changed version { $number }: approvals are void
approvals-taken-back = { $name } took version { $number } back from approval
approvals-waived = { $name } waived a floor of version { $number }
approvals-sent = { $name } sent version { $number } to the customer
approvals-countered = The customer countered version { $number }
approvals-answered = { $name } answered a clause of version { $number }
approvals-accepted = The customer signed version { $number }
approvals-countersigned = { $name } signed version { $number } for us
approvals-declined = The customer declined version { $number }
approvals-recalled = { $name } took version { $number } back from the customer
approvals-terminated = { $name } ended version { $number } early
approvals-expired = The time of version { $number } was over
approvals-taken-over = { $name } took it over

# Version against version
redline-one-version = There is only one version. What changes in the next one will be shown here.
redline-from = Compare
redline-to = with
redline-same = Both say the same.
redline-what = What
redline-parties = Parties
redline-document = Document
redline-precedence = Order of precedence
redline-shortfall = { $percent }% of what is missing is paid
redline-notice = Notice of { $days } days
redline-list = List price
redline-off = { $percent }% off
redline-ending = { $first }% in the first year, { $after }% after it
redline-downturn = Business downturn of more than { $drop }%: the commitment falls by up to { $relief }%
redline-together-on = All services end on { $date }
redline-credit = { $objective }: { $percent }% is credited when it isn’t kept

# The text
document-print = Print this page to keep it.
document-fingerprint = Fingerprint of this text (SHA-256): { $fingerprint }
document-standing = Version { $number }. { $state }.
document-waits-for-us = You have signed it. It is in force once we have signed too.
document-countered = You have sent us your changes. We are reading them.
document-signed = Signed by both. It is in force from { $from } until { $until }, and prices the orders you begin from that day on.
document-in-force = In force from { $from } until { $until }. Your orders are priced by it.

# The customer’s answer
acceptance-lede = Read it, then sign it, tell us what you want otherwise, or decline it. It is open until { $date }.
acceptance-sign-title = Sign
acceptance-name = Your full name
acceptance-name-hint = Typing it is your signature.
acceptance-authority-hint = What gives you the right to sign for the customer, such as “Chief financial officer, by the bylaws”.
acceptance-may-sign = Your right to sign
acceptance-statement = I have read this agreement, agree to it, and may sign it for the customer.
acceptance-sign = Sign this agreement
acceptance-counter = Ask for changes
acceptance-counter-about = Send us your copy of the text, marked up, and say what each clause should say instead where you want it otherwise. We answer every clause.
acceptance-wanted = What “{ $clause }” should say
acceptance-note = What else you want otherwise
acceptance-note-hint = Prices, dates, sites: whatever no clause is about.
acceptance-file = Your marked-up copy
acceptance-file-hint = A PDF, PNG or JPEG file of 4 MB or less.
acceptance-counter-send = Send these changes
acceptance-decline = Decline
acceptance-decline-reason = Reason
acceptance-text-changed = The agreement has changed since this page was shown. Read it again before you sign

# What can’t be done, and why
agreement-refused-state = This can’t be done as the agreement stands now. See how it stands, and go on from there
agreement-refused-household = Agreements are made with businesses. A household pays what our price list says
agreement-refused-duty = Your role doesn’t do this. Ask somebody whose it is
agreement-refused-assigned = Somebody else negotiates this agreement. Ask them, or take it over first
agreement-refused-twice = You have approved it on another level already. Somebody else has to approve it on this one
agreement-refused-order = Another level has to approve it first
agreement-refused-needs-approval = It needs an approval that it doesn’t have. Take it back and ask for approval again
agreement-refused-no-rates = There is no price in it yet. Add a service and its prices first
agreement-refused-rates = A price is below its floor, or above the list. Put it right in the prices first
agreement-refused-not-sold = A service in it isn’t sold any more. Take it out of the prices first
agreement-refused-loop = Another company’s offer for a loop is over. Have a new one before this goes on
agreement-refused-expired = It can’t be accepted any more: it was open until a day that is over. Ask us for a new one
agreement-refused-overlaps = The customer has another agreement for the same sites on the same days. Change the dates or the sites, or end the other one
agreement-refused-unanswered = Answer every clause first
