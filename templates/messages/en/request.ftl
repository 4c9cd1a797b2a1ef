# The initial service request page

request-title = Your service request
request-lede = Hello { $name }. Here’s what you have with us, and what you can add.
request-draft-removed = The draft is gone
request-order-cancelled = The order is canceled

request-drafts = Carry on where you left off
request-draft-saved = { $reference }, saved { $date }
request-empty-draft = An order with nothing in it yet
request-in-flight = Orders on their way
request-order-placed = { $reference }, placed { $date }

request-families = Services
family-in-service = { $count ->
    [one] { $count } in service
   *[other] { $count } in service
}
family-ordered = Ordered
family-in-draft = In your draft
family-available = You can add this
family-not-available = Not at your addresses
family-for-others = Not for this kind of account

request-account = Your account
request-name = Name
request-account-number = Account number
request-kind = Type of account
request-kind-home = Home
request-kind-business = Business
request-contact = Contact

request-places = Your places
request-no-places = You have no place on record yet. Check an address to begin.
request-other-place = Check another address
request-place-new = New place
request-in-place = In service
request-nothing-in-place = Nothing yet.
request-since = Since { $date }.
request-term-ends = Term ends { $date }.
request-no-term = Month to month.
request-can-have = You can add
request-nothing-to-have = Nothing more at this place today.

request-new = Start a new order
request-place = Where should service go?
request-services = Which services do you want?
request-services-hint = Choose all that you want. You set the options of each on the next pages, and nothing is ordered until you place the order.
request-not-at = Not at { $places }.
request-button = Start order

unavailable-area = Not available: we don’t serve your addresses yet.
unavailable-network = Not available: our network at your addresses doesn’t carry it.
unavailable-customer = Not available for your type of account.
unavailable-sold = Not sold at present.
request-template = Start from
request-template-hint = Its services and some of its answers are chosen for you. What is ticked below comes on top.
request-many-sites = Order for many places by a file
