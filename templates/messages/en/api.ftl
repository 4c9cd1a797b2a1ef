# What the interfaces for partners' systems say is wrong. Read by those who write such systems.

api-not-json = The body is not a JSON document that can be read. Send one JSON object, nested no deeper than 100 levels.
api-not-an-object = The body has to be a JSON object.
api-too-large = The body is larger than { $most } KB. Send a smaller one.
api-media-type = The body’s media type is not one that is taken here. Send { $media }.
api-wrong-type = { $path } is not what it has to be: { $expected }.
api-missing = { $path } is missing. Send it.
api-unknown-action = { $path } is not an action. Send add, modify, delete or noChange.
api-unknown-parameter = There is no query parameter { $name } here. Leave it out.
api-wrong-parameter = The query parameter { $name } is not what it has to be: { $expected }.
api-no-token = There is no access token. Send one in the header Authorization, as a bearer token.
api-bad-token = The access token is not valid, or not any more. Get another one.
api-no-scope = The access token is not good for this. It needs the scope { $scope }.
api-not-found = There is nothing of this address for you.
api-no-method = This address does not take this method.
api-no-customer = relatedParty names no customer of yours. Name one, with the role “customer”.
api-no-such-place = A place named in the order is none of the customer’s.
api-place-not-said = The customer has several places. Name one in each item, at product.place.
api-several-places = The order is for several places. Send an order for each.
api-no-such-account = billingAccount is none of the customer’s.
api-already-ordered = You have sent another order with this externalId. Send an externalId of its own, or the same order again.
api-not-cancellable = An order in the state { $state } can’t be cancelled.
api-not-changeable = { $path } can’t be changed, or not in the order’s state, { $state }.
api-not-that-day = { $path } is no day that can be had. Ask for a working day from { $first } to { $last }.
api-no-appointment = { $path }: no technician is free from that day on. Ask for another day.
api-gone-too-far = { $path } can’t be changed any more: the work has gone too far.
api-agreed-otherwise = { $path } would have another price, and the price of this order was agreed with the customer apart from the catalogue. Call us to change it.
api-no-files = { $path } is a file, and files can’t be sent here. Leave it out where it is optional; otherwise the customer, or our staff for the customer, orders this on our site.
api-not-deletable = An order in the state { $state } can’t be deleted: it stays on record. Cancel it instead, where it can be.
api-changed = The order was changed by somebody else meanwhile. Read it again.
api-callback-https = The callback has to be an https address without a user name, on port 443 or one above 1023.
api-callback-public = The callback leads to no public address. Send one that can be reached from the Internet.
api-callback-query = The query names no event that there is. Send eventType= with events of this interface, or leave it out.
api-many-listeners = You have { $most } listeners already. Unregister one.
api-closed = We take no orders just now: { $why } Send the same again later.
api-unavailable = We can’t answer just now. Send the same again in a minute.

# What is asked of partners, in an order’s notes.

api-charge-asked = { $why } This costs { $amount } once. Answer accepted or refused, no later than { $day }.

# Why an order can’t be carried out.

api-hindrance-nothing = Nothing in the order is to be done.
api-hindrance-offering = An item names no product offering that is sold. See the product catalogue.
api-hindrance-service = The customer has no such service at this place, or not in a state in which this can be done.
api-hindrance-quantity = An item stands for one product. Send an item for each.
api-hindrance-answers = Item { $item }: { $said }
api-hindrance-answer = { $name }: { $said }
api-hindrance-letter = Item { $item }: the customer has to sign a letter of agency, { $letter }. Where you keep it, name it at product.agreement: its reference as id, { $letter } as agreementItemId, signedBy, and signedDate, no more than { $days } days ago. Otherwise have the customer order on our site, where they can sign.
api-hindrance-number = No telephone number can be had there just now.
api-hindrance-appointment = No technician is free there from the day asked for.
api-hindrance-too-far = The day asked for is so far off that nothing can be promised for it yet. Ask for an earlier one.
api-hindrance-not-available = { $offering } can’t be had at this place, or by this customer.
api-hindrance-excluded = { $offering } can’t be at one place with what is in the order.
api-hindrance-needed = { $offering } needs the service that this order would end.
api-hindrance-acted-on = Two items are about the same service.
api-hindrance-carried = An item needs something to run over that is neither in the order nor in service at the place.
api-hindrance-many = The order has more items than an order may have.
api-hindrance-rule = Our rules don’t allow the order as it is. Call us, or have the customer order on our site.
