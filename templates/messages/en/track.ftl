# Following an order

track-title = Order { $reference }
track-standing = Where it stands
track-who-next = Who acts next
track-next = Who acts next: { $who }
track-we = Meridian
track-you = You
track-others = Meridian, or a company we’re waiting for
track-nobody = Nobody. There’s nothing left to do
track-help = How to reach us

track-draft = This order isn’t placed yet. Everything you entered is saved.
track-draft-continue = Continue this order
track-acknowledged = We have your order and will start work on it shortly.
track-in-progress = Work on your order began on { $date }.
track-held = Your order has been on hold since { $date }. You don’t have to do anything: it’s for us, or a company we’re waiting for, to clear.
track-held-reason = Why it’s on hold
track-pending = We’ve been waiting for your answer since { $date }, and can’t go on without it.
track-pending-question = What we need to know
track-pending-how = Call or write to us, and give your reference { $reference }.
track-partial = Some of your services are working. The others couldn’t be brought into service. The last of them was settled on { $date }.
track-partial-how = Get in touch if you’d like to try again.
track-completed = Everything you ordered is in service since { $date }.
track-failed = We couldn’t bring your order into service. We closed it on { $date }.
track-rejected = We can’t carry out your order. We closed it on { $date }.
track-reason = Why
track-assessing = You asked to cancel this order on { $date }. We’re checking how far it is and what canceling costs, and do nothing else on it meanwhile.
track-pending-cancellation = We agreed to cancel this order on { $date }, and are undoing what was done.
track-cancelled = This order was canceled on { $date }.
track-charge = Charge for canceling
track-no-charge = None

track-services = Progress
track-requested = Day you asked for
track-committed = Day we commit to
track-not-committed = None yet. We commit to one when our facilities are confirmed.
track-committed-later = Later than you asked for: it’s the first day our facilities allow.
track-no-day = None. This service isn’t going ahead.

track-again-title = Order the same again
track-again-about = A new order for this place with the same services and answers. You check it before anything is placed.
track-again = Order again
track-letter-who = Signed by
track-letter-when = Signed
track-verified-by = Verified by
track-verified-when = Verified on
track-verified-with = Confirmed by
track-verified-reference = Verifier’s reference
track-verified-recorded = Recorded by
track-letter-wording = Wording
track-letter-text = Fingerprint
track-letter-text-note = The fingerprint (SHA-256) shows which exact text was authorized.
