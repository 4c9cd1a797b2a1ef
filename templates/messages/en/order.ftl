# What the pages of an order share: answers in words, what it costs, what it says

answer-none = None
answer-agreed = Agreed
answer-secret = Set
answer-quantity = { $number } { $unit }
answer-cell = { $column }: { $cell }
answer-file = { $name } ({ $kilobytes } KB)

order-step = Step { $number } of { $of }

summary-title = Your order
summary-collapsed = Your order: { $monthly } a month
summary-empty = Nothing yet. Prices show here as you choose.
summary-open = Not priced yet: some of its questions are still open.
summary-open-note = Part of your order isn’t priced yet, so these totals can still change.

price-each-month = Each month
price-later = Then { $amount } a month, when discounts end
price-one-time = One time
price-first-bill = First bill
price-first-bill-hint = What you pay once, and the first month in advance
price-over-term = { $months ->
    [one] Total over { $months } month
   *[other] Total over { $months } months
}
price-usage-note = Charges that depend on use aren’t in the totals.
price-estimated-note = Taxes and surcharges are estimates. Your bill has the exact amounts.
price-unknown = We can’t add this up. Call us before you go on.

term-monthly = Month to month
term-months = { $months ->
    [one] { $months } month
   *[other] { $months } months
}

bill-by-email = By e-mail
bill-on-paper = On paper, by post

facts-title = At a glance
facts-reference = Reference
facts-questions = Questions?
facts-help = More ways to reach us

details-services = Services
details-ordered = What you ordered
details-placed-by = Placed by
details-consent = On the word of
details-told-broadband-label = Shown the broadband label of each plan
consent-call = On a recorded call
consent-in-person = In person
consent-writing = In writing
details-customer = Customer
details-account-number = Account number
details-service-address = Service address
details-term = Contract length
details-installation = Installation
details-appointment = Technician’s visit
details-requested = Day you asked for
details-contact = Contact on the day
details-access = How to get in
details-fault-contact = Contact for faults
details-expedite = Wanted sooner
details-billing = Billing
details-bill-to = Billing account
details-delivery = How the bill comes
details-purchase-order = Purchase order number
details-tax-exemption = Tax exemption
details-price = Price
details-letters = Letters you signed
details-about = About this order
details-placed = Placed
details-terms = Terms of service
details-version = Version { $version }

# An order form
order-form-title = Order form { $reference }
order-form-link = Order form
order-form-file = Order form as a PDF
order-form-open = This order is not placed yet. These are the prices it would be placed at today.
order-form-company = Supplier
order-form-agreement = Under the agreement
order-form-agreement-version = { $name }, version { $number }
order-form-customer = The customer

# Documents to keep
document-pdf = Download as a PDF
document-page = Page { $number } of { $count }
document-lacks = Letters that this file’s typeface lacks stand as �. The same document on our site shows them.
