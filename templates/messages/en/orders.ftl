# A customer's orders

orders-title = Your orders
orders-none = You have no orders yet.
orders-start = Start a new order
orders-drafts = Not placed yet
orders-open = On their way
orders-closed = Finished
orders-reference = Order { $reference }
orders-no-items = An order with nothing in it yet
orders-saved = saved { $date }
orders-placed = placed { $placed }
orders-placed-changed = placed { $placed }, last changed { $changed }
