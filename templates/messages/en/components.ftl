# Parts that several pages use

field-optional = (optional)
field-error = Error:
field-technical = In technical terms
error-summary-title = There is a problem
select-empty = Choose…
answer-yes = Yes
answer-no = No
date-example = Month, day and year, like { $example }.
date-range = From { $earliest } to { $latest }.

summary-change = Change
summary-not-given = Not given

address-street = Street address
address-street-hint = Number and street, like 214 Juniper Street NE
address-unit = Apartment, suite or floor
address-city = City
address-state = State
address-zip = ZIP code

option-unavailable = { $option } – not available
option-because = { $options }: { $because }
option-reasons = Why some can’t be chosen
option-served-by = it has { $other } already
option-no-network = our network at this address doesn’t carry it

characteristic-known = This is what we have for you. Change it if it isn’t right.
characteristic-no-numbers = No numbers are free in this area just now. Save the page and come back, or keep a number you have.
characteristic-integer = A whole number from { $min } to { $max }.
characteristic-port = The number you want to keep, with its area code.
characteristic-count = { $range }.
characteristic-prefixes = One on each line, like 198.51.100.0/24. { $range }.
characteristic-list = One on each line. { $range }.
characteristic-rows = One on each line, with commas between: { $columns }. { $range }.
characteristic-cell = { $column }: { $choices }.
characteristic-vlans = Single numbers and ranges, like 100, 200-210.
characteristic-file = Up to { $megabytes } MB.
characteristic-file-kept = We have your file { $name }. Choose another only to replace it.
characteristic-file-remove = Remove this file
characteristic-secret-kept = We have this already and don’t show it. Type it again only to change it.
characteristic-choices = Choose { $range }.

dialog-to-do = Not answered yet
dialog-incomplete = Something is missing
dialog-optional = Nothing needed
dialog-complete = Answered
dialog-open = Answer these questions
dialog-change = Change these answers
dialog-own-page = Open on its own page
dialog-save = Save these answers
dialog-close = Close
dialog-close-note = Closing keeps what you typed. It’s saved when you save the page.

timeline-done = Done
timeline-next = Next
timeline-here = Current step
timeline-now = In progress
timeline-late = Running late
timeline-ahead = Still to come

price-for = For
price-change-before = Before
price-change-now = Now
price-change-none = None
price-amount = Amount
price-monthly = { $amount } a month
price-once = { $amount } once
price-list = List price { $amount }
price-under = Priced by your agreement “{ $agreement }”. What it does not name is charged by the list.
price-usage = ${ $rate } per { $unit }
price-discount-months = { $label } ({ $months ->
    [one] { $months } month
   *[other] { $months } months
})

# The wording of the broadband label follows 47 CFR 8.1(a) and the FCC's template.
label-title = Broadband Facts
label-kind = Fixed Broadband Consumer Disclosure
label-monthly = Monthly Price
label-not-introductory = This Monthly Price is not an introductory rate.
label-introductory = This Monthly Price is an introductory rate. It is for { $months ->
    [one] { $months } month
   *[other] { $months } months
}. After that the price is { $then } a month.
label-no-contract = This Monthly Price does not require a contract.
label-contract = This Monthly Price requires a { $months }-month contract.
label-contract-terms = Contract terms
label-charges = Additional Charges & Terms
label-monthly-fees = Provider Monthly Fees
label-one-time-fees = One-time Fees at the Time of Purchase
label-early-termination = Early Termination Fee
label-taxes = Government Taxes
label-taxes-vary = Varies by Location
label-none = None
label-discounts = Discounts & Bundles
label-discounts-link = Click Here
label-discounts-text = for available billing discounts and pricing options for broadband service bundled with other services like video, phone, and wireless service, and use of your own equipment like modems and routers.
label-speeds = Speeds Provided with Plan
label-download = Typical Download Speed
label-upload = Typical Upload Speed
label-latency = Typical Latency
label-mbps = { $speed } Mbps
label-ms = { $latency } ms
label-data = Data Included with Monthly Price
label-gb = { $data } GB
label-unlimited = Unlimited
label-overage = Charges for Additional Data Usage
label-overage-none = None
label-network = Network Management
label-privacy = Privacy
label-policy = Read our Policy
label-support = Customer Support
label-contact = Contact Us:
label-learn = Learn more about the terms used on this label by visiting the Federal Communications Commission’s Consumer Resource Center.
label-plan-id = Unique Plan Identifier:

order-state-draft = Draft
order-state-awaiting-approval = Being approved
order-state-quoted = Quoted
order-state-awaiting-customer = Waiting for the customer
order-state-acknowledged = Received
order-state-rejected = Can’t be done
order-state-in-progress = In progress
order-state-held = On hold
order-state-pending = Waiting for you
order-state-partial = Partly in service
order-state-completed = In service
order-state-failed = Failed
order-state-assessing-cancellation = Cancellation asked for
order-state-pending-cancellation = Being canceled
order-state-cancelled = Canceled

family-data-ip = Internet and networks
family-data-ip-about = Broadband, dedicated internet and private networks between your sites.
family-access = Access lines
family-access-about = Dedicated circuits from your building to a network, by Ethernet, DS1 or DS3.
family-voice = Business voice
family-voice-about = Phone service for teams: SIP trunks, PRI and hosted phones.
family-long-distance = Long distance
family-long-distance-about = Calling plans for the lines you have, and toll-free numbers.
family-local = Local phone lines
family-local-about = Home and business lines. Keep your number or pick a new one.

price-from = From { $amount } a month

# What an order item does about a service in place.
item-modify = Change { $offering }
item-move = Move { $offering }
item-disconnect = End { $offering }
item-suspend = Pause { $offering }
item-restore = Resume { $offering }
