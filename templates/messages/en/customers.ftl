# Staff finding a customer, opening an account, and adding a new customer

find-title = Find a customer
find-lede = Look up a customer, then open the account once you know whom you’re talking to.
find-field = Account, phone, e-mail, name, address or order
find-hint = An account number as on the bill, a phone number, an e-mail address, a name, a house number and ZIP code, or an order’s reference.
find-button = Find
find-recent = Recent customers
find-recent-none = The customers you work for will be listed here.
find-nobody = Nobody found
find-nobody-about = No customer has that on record. Check the spelling, or try something else that you know of them.
find-not-understood = Enter more of a name, a whole phone or account number, or a house number with a ZIP code
find-found = { $count ->
    [one] One customer found
   *[other] { $count } customers found
}
find-more = There are more. Add another word of the name, or use a phone or account number.
find-entry = Account ending { $end }
find-entry-city = Account ending { $end }, { $city }
find-entry-opened = Opened { $date }
find-new = Add a new customer

access-title = Open { $name }’s account
access-lede = Account ending { $end }. Before you see it, say why, and make sure that you’re dealing with the customer.
access-reason = Why are you opening the account?
access-reason-call = The customer is on the phone
access-reason-visit = The customer is in the shop, or I’m at their place
access-reason-letter = The customer wrote
access-reason-follow-up = I’m following up an order, a quote or a fault
access-reason-negotiation = I’m negotiating an agreement with them
access-how = How is the customer authenticated?
access-how-hint = Never by what anybody could know of them, such as a birthday, an address or a bill.
access-how-code = Send a code to the e-mail address on record
access-how-code-about = We send it to { $address }. The customer reads it back to you.
access-how-photo = I’ve seen photo identification
access-how-photo-about = A valid one, in person, with the name on the account.
access-how-contract = By their contract
access-how-contract-about = A business with a dedicated contact, whose contract says how its people are authenticated.
access-no-code = No code can be sent: there is no e-mail address that has been on record for 30 days.
access-button = Go on
access-switch = You’re working for { $name }
access-switch-about = Opening this account ends that.
access-switch-drafts = { $count ->
    [one] An order for { $name } isn’t finished. It stays saved as it is.
   *[other] { $count } orders for { $name } aren’t finished. They stay saved as they are.
}
access-switch-confirm = Leave it and switch to this customer
access-switch-missing = Confirm that you want to switch, or finish the order first
access-switch-back = Go back to { $name }

access-code-title = Enter the customer’s code
access-code-lede = We sent a code to { $address }. Ask the customer to read it to you. It works for 10 minutes.
access-code-field = Code
access-code-button = Open the account
access-code-wrong = That’s not the code. Ask the customer to read it again
access-code-late = That code is no longer good. Start again to have another sent
access-code-too-many = That was tried too often. Wait 15 minutes, then have another code sent
access-code-other = Use another way
access-too-often = Too many codes were sent there. Wait 15 minutes, or use another way

access-open-title = You’re working for { $name }
access-open-until = The account stays open until { $time }. Finish when you’re done.
access-open-reason = Opened because
access-open-how = Authenticated by
access-open-since = Opened at
access-how-new = New customer, opened just now
access-open-account = Account
access-data-use = Use of their account details to offer other services
access-data-use-allowed = Allowed
access-data-use-out = Opted out
access-data-use-out-about = Don’t offer other services by what’s in the account, unless the customer agrees for this call.
access-consent-button = The customer agrees for this call
access-consent-done = Recorded
access-consent-done-about = The customer’s consent for this call is on record. It ends with the call.
access-open-on = Go to the account
access-open-finish = Finish

new-customer-title = Add a new customer
new-customer-lede = For somebody who has no account with us yet. Look for them first.
new-customer-kind = Is service for a household or a business?
new-customer-household = A household
new-customer-business = A business or other organization
new-customer-name = Name on the account
new-customer-name-hint = For a business, its legal name.
new-customer-contact = Contact’s name
new-customer-contact-hint = Whom we call or write to. Leave it empty when it’s the same.
new-customer-phone = Phone
new-customer-email = E-mail address
new-customer-email-hint = Needed to send orders for review, and codes later on.
new-customer-place = First place of service
new-customer-reason = How did the customer come to us?
new-customer-button = Add and start working for them
