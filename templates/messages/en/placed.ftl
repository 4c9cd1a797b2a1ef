# The order is placed

placed-title = Order placed
placed-received = We have your order
placed-reference = Your reference is { $reference }
placed-emailed = We’ve sent a confirmation to { $email }.
placed-next = What happens next
placed-next-received = We received your order
placed-next-check = We confirm our facilities
placed-next-check-what = We check that everything your service needs is there and free.
placed-next-committed = We commit to a day
placed-next-committed-what = { $date } is the day you asked for. Once our facilities are confirmed, we give you a committed day, and that is the one we stand by. It can be later than the day you asked for, and then we tell you why.
placed-next-visit = A technician comes
placed-next-visit-what = To { $place }. We call { $name } at { $phone } before we arrive.
placed-next-day = Service begins
placed-next-day-what = Nobody needs to be there.
placed-next-bill = Your first bill
placed-next-bill-what = { $amount }: what you pay once, and the first month in advance. Billing starts when service does.
placed-next-bill-later = Billing starts when service does.
placed-keep-service = Don’t cancel your old service. We tell the other company when it’s time, and canceling early can lose your number.
placed-track = Follow this order
placed-all = See all your orders
placed-copy = Your copy
placed-copy-what = This page is your copy, with the contract summary of each service and every letter you signed: print it, or save it as a PDF. You’ll also find all of it under your orders, at any time.
