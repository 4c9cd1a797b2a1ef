# Check your order

review-title = Check your order
review-remove = Remove { $what } from this order
review-letter-signed = Signed by { $name }, { $date }
review-letter-verified = Verified by { $verifier } on { $date }
review-letter-open = Not signed yet
review-requested-note = This is the day you ask for. We commit to a day once we’ve confirmed our facilities, and tell you if it has to be a later one.
review-price = What it costs
review-contract = Contract summary
review-contract-price = Price
contract-later = From month { $month }: { $amount } a month, when the introductory discount has ended
review-contract-end = After that
review-contract-rolls = It goes on month to month. You can end it any time.
review-contract-renews = It renews for another { $months ->
    [one] { $months } month
   *[other] { $months } months
}, unless you tell us before that it shouldn’t.
review-contract-ends = Service ends.
review-contract-together = Under your agreement all services end together. If this one is working before { $day }, it ends on that day.
review-contract-early = Ending it early
review-contract-early-none = There is no charge.
review-contract-early-free = There is no charge, because there is no minimum term.
review-contract-early-same = You pay { $percent }% of the monthly charges that remain.
review-contract-early-first-year = You pay { $first }% of the monthly charges that remain of the first year, and { $after }% of those that remain after it.
review-contract-early-most = You never pay more than { $amount }.
review-price-changed = The price has changed since you saw it
review-price-changed-note = Our prices changed while your order was open. Here is what is different. You pay the new price only if you place the order.
review-gone = { $count ->
    [one] A service in your order can’t be had any more
   *[other] { $count } services in your order can’t be had any more
}
review-gone-note = We no longer sell what is named here, or not at this address. Remove it to go on. Everything else in your order stays as it is.
review-gone-item = This can’t be had any more, so it can’t be ordered.
review-gone-place = Remove what can’t be had any more. Then you can place your order.
review-to-place = Go on to place it
review-place-title = Place your order
review-terms = Terms of service
review-terms-read = Read the terms of service
review-terms-accept = I accept the terms of service, version { $version }.
review-terms-none = Orders can’t be placed just now, because there are no terms of service in force. Your order is saved. Come back later, or get in touch.
review-closed = Orders can’t be placed just now
review-closed-note = Your order is saved. You can go on changing it, and place it when we take orders again.
review-place-note = By placing the order you agree to its price and to the contract of each service above.
review-place = Place order
review-add = Add another service
review-discard = Discard this order

terms-changed = Our terms of service have changed since you opened this page. Read the new ones, then accept them
placing-closed = We don’t take orders just now. Your order is saved as it is. Place it when we take orders again
price-changed = The price has changed since this page was shown. Look at what is different, then place the order again if you agree
not-carried = One of these services runs over another that isn’t in your order. Add the one it needs, or remove it
still-needed = Another service you have at this place runs over one that this order ends or changes. End or move that one too, or leave this as it is
meant-twice = The same service is in your order more than once. Say that you mean it, or remove one
review-twice = Did you mean to order this more than once?
review-twice-hint = If not, remove one of them above.
review-twice-count = Yes: { $count } times { $offering }
not-available = One of these services can’t be had any more. Remove it, or choose other options for it
review-repeats = This order repeats order { $reference }
review-left-out = This could not be carried over. Check that nothing is missing:
review-left-out-answer = { $offering }: { $question }
