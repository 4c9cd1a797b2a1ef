# A service in place

product-suspended = Paused
product-monthly = You pay
product-since = In service since
product-term = Agreement
product-term-ends = Until { $date }
product-number = Telephone number
product-options = What you have
product-do = What would you like to do?
product-go-on = Go on
product-modify = Change its options
product-modify-about = Choose other options and see the new price before anything changes.
product-move = Move it
product-move-about = It comes along to another of your places, with its agreement. A telephone number comes along where it can be used there.
product-move-to = Where to?
product-suspend = Pause it
product-suspend-about = It rests for up to nine months for a small monthly charge, and its numbers are kept.
product-restore = Resume it
product-restore-about = It works again, as it did before.
product-disconnect = End it
product-disconnect-about = You choose its last day. Nothing ends before you have placed the order.
product-ending-free = Ending it today would cost nothing.
product-ending-costs = Ending it today would cost { $amount }, because its agreement runs on.
product-not-possible = That can't be done about this service just now. Choose something else, or talk to us
request-manage = Change, move or end

# Adding a service to an order
add-title = Add a service
add-which = Which service do you want to add?
add-button = Add it
add-excluded = This can’t be at the same place as another service you have or order there. Remove that one, or choose another
add-full = An order takes 100 services at most. Place this one, and begin another
