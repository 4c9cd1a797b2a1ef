# Checking an address

check-address-title = What can you get at your address?
check-address-lede = Tell us where service should go. You don’t need an account.
check-address-button = Check address
check-another = Check another address

alternatives-title = Which address did you mean?
alternatives-lede = We couldn’t find that address exactly. These come close.
alternatives-which = Your address
alternatives-as-entered = Keep what I typed: { $address }
alternatives-as-entered-hint = One of us checks it before anything is installed.
alternatives-button = Use this address

not-served-title = We don’t reach this address yet
not-served-lede = None of our services can be had here today.
not-served-next = If you think that’s wrong, or there’s a unit or building number missing, check the address again or ask us.

served-title = Good news: we serve this address
served-unknown = Our directory doesn’t know this exact address, so one of us will confirm it before anything is installed. You can order now.
served-begin = Order at this address
served-labels = The plans, each with its broadband label:

served-also = Also for businesses: { $services }. They stand above.

sold-to-everybody = For homes and businesses
sold-to-homes = For homes
sold-to-businesses = For businesses
