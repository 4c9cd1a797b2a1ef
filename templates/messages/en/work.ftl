# Staff's work

nav-work = Work
nav-customers = Find a customer

work-title = Work
work-lede = Orders that wait for somebody, the last changed first.
work-lists = Lists
work-list-attention = Needs attention
work-list-mine = My drafts
work-list-with-customer = With the customer
work-list-for-approval = For approval
work-list-submitted = Placed today
work-none = Nothing here. Well done.
work-order = Order { $reference }
work-placed = placed { $date }
work-changed = changed { $date }
work-state-pending = Waiting for the customer
work-older = Older orders
work-newest = Newest orders
work-find = Find a customer
work-finished = You’re no longer working for a customer.
