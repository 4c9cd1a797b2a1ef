# What is wrong with an entry, and what to do. The value is for a field with a name ("Account number"):
# $field is the name as it stands, $name the name within a sentence. ".question" is for a label that ends
# in a question mark.

# What a label begins with that is no name but tells what to do, such as "Choose a number".
label-verbs = Choose Enter Give Pick Say Select Send Tell Type

reason-missing = Enter { $name }
    .question = { $field } Enter an answer
reason-missing-choice = Choose { $name }
    .question = { $field } Choose an answer
reason-missing-file = Choose a file for { $name }
    .question = { $field } Choose a file
reason-doubled = Give { $name } once
    .question = { $field } Give one answer
reason-unknown = This page doesn’t take { $name }
    .question = { $field } This page doesn’t take that answer
reason-too-long = { $field } must be { $max ->
        [one] { $max } character
       *[other] { $max } characters
    } or fewer
    .question = { $field } Use { $max ->
        [one] { $max } character
       *[other] { $max } characters
    } or fewer
reason-too-short = { $field } must be { $min ->
        [one] { $min } character
       *[other] { $min } characters
    } or more
    .question = { $field } Use { $min ->
        [one] { $min } character
       *[other] { $min } characters
    } or more
reason-unreadable = { $field } has a character we can’t read. Type it again without it
    .question = { $field } Your answer has a character we can’t read. Type it again without it
reason-pattern = Enter { $name } as { $means }
    .question = { $field } Enter { $means }
reason-not-a-choice = Choose { $name } from the list
    .question = { $field } Choose an answer from the list
reason-unavailable = Choose another { $name }: { $because }
    .question = { $field } Choose another answer: { $because }
reason-not-a-number = { $field } must be a whole number, like 12
    .question = { $field } Enter a whole number, like 12
reason-out-of-range = { $field } must be a number from { $min } to { $max }
    .question = { $field } Enter a number from { $min } to { $max }
reason-not-an-amount = { $field } must be an amount, like 59.95
    .question = { $field } Enter an amount, like 59.95
reason-amount-out-of-range = { $field } must be an amount from { $least } to { $most }
    .question = { $field } Enter an amount from { $least } to { $most }
reason-not-a-percentage = { $field } must be a percentage from 0 to 100, with at most two decimals, like 12.5
    .question = { $field } Enter a percentage from 0 to 100, with at most two decimals, like 12.5
reason-below-floor = { $field } is below the floor, which is { $floor }. Enter that or more, or have an approver waive the floor
    .question = { $field } That is below the floor, which is { $floor }. Enter that or more, or have an approver waive the floor
reason-above-list = { $field } is above the list price, which is { $list }. Enter that or less
    .question = { $field } That is above the list price, which is { $list }. Enter that or less
reason-price-fixed = { $field } can’t be changed: a tariff or a filing fixes the price. Leave it at the list price
    .question = { $field } A tariff or a filing fixes this price. Leave it at the list price
reason-takes-a-percentage = { $field } is charged by use. Enter a percentage off the list price, like 10%
    .question = { $field } This is charged by use. Enter a percentage off the list price, like 10%
reason-not-counted = { $field } is not charged by number. Enter one rate for it
    .question = { $field } This is not charged by number. Enter one rate for it
reason-not-a-telephone-number = Enter { $name } with its area code, like 404 555 0123
    .question = { $field } Enter a telephone number with its area code, like 404 555 0123
reason-toll-free-number = { $field } must be the number of a line. Toll-free numbers are moved with the toll-free service
    .question = { $field } Enter the number of a line. Toll-free numbers are moved with the toll-free service
reason-not-toll-free = { $field } must be a toll-free number, like 800 555 0123
    .question = { $field } Enter a toll-free number, like 800 555 0123
reason-other-rate-centre = { $field } must be a number from the area where service goes. Numbers from elsewhere can’t be moved there
    .question = { $field } Enter a number from the area where service goes. Numbers from elsewhere can’t be moved there
reason-not-an-email = Enter { $name } in the correct format, like name@example.com
    .question = { $field } Enter an e-mail address in the correct format, like name@example.com
reason-not-a-date = { $field } must be a real date, like 11/30/2026
    .question = { $field } Enter a real date, like 11/30/2026
reason-too-early = { $field } must be { $date } or later
    .question = { $field } Choose { $date } or later
reason-too-late = { $field } must be { $date } or earlier
    .question = { $field } Choose { $date } or earlier
reason-address-not-reached = { $field }: our network does not reach that address. Enter another, or talk to us about building there
    .question = { $field } Our network does not reach that address. Enter another, or talk to us about building there
reason-address-served-with-less = { $field }: our network carries up to { $most } Mbps to that address. Choose a slower connection, or enter another address
    .question = { $field } Our network carries up to { $most } Mbps to that address. Choose a slower connection, or enter another address
reason-served-already = { $field } has { $by } already, and can have one such plan. Choose another, or take one of the two out of the order
    .question = { $field } It has { $by } already, and can have one such plan. Choose another, or take one of the two out of the order
reason-not-a-zip = Enter { $name } with five digits, like 30309
    .question = { $field } Enter a ZIP code with five digits, like 30309
reason-not-a-state = Choose { $name } from the list of states
    .question = { $field } Choose a state from the list
reason-not-a-domain = Enter { $name } as a domain name, like example.com
    .question = { $field } Enter a domain name, like example.com
reason-not-an-ip-address = Enter { $name } as an IP address, like 198.51.100.7
    .question = { $field } Enter an IP address, like 198.51.100.7
reason-not-a-prefix = Enter { $name } as a network with its length, like 198.51.100.0/24. Nothing may be set after the length
    .question = { $field } Enter a network with its length, like 198.51.100.0/24. Nothing may be set after the length
reason-wrong-address-space = { $field } must be of the other kind: private where we ask for private, public where we ask for public
    .question = { $field } Enter the other kind: private where we ask for private, public where we ask for public
reason-prefix-too-long = { $field } must have a length of /{ $max } or less
    .question = { $field } Enter a network with a length of /{ $max } or less
reason-reserved-as-number = { $field } must be a number that you may use: that one is reserved or private
    .question = { $field } Enter a number that you may use: that one is reserved or private
reason-not-vlan-ids = { $field } must be numbers from 1 to 4094, single or as ranges, like 100, 200-210
    .question = { $field } Enter numbers from 1 to 4094, single or as ranges, like 100, 200-210
reason-wrong-count = { $field }: give { $range }
    .question = { $field } Give { $range }
reason-repeated = { $field } has the same entry twice. Take one of them out
    .question = { $field } The same entry is there twice. Take one of them out
reason-wrong-columns = { $field } must have { $expected ->
        [one] { $expected } value
       *[other] { $expected } values
    } on each line, with commas between them
    .question = { $field } Give { $expected ->
        [one] { $expected } value
       *[other] { $expected } values
    } on each line, with commas between them
reason-sum-is-not = { $column } must come to { $sum } in all lines together. Now it comes to { $found }
reason-ends-before-it-begins = { $field } must be as long as where the range begins, and no lower
    .question = { $field } Enter what is as long as where the range begins, and no lower
reason-ranges-overlap = { $field } reaches into line { $other }. Let no two ranges overlap
    .question = { $field } It reaches into line { $other }. Let no two ranges overlap
reason-entry = Line { $number }: { $reason }
reason-not-acknowledged = Check the box under “{ $field }” to go on
    .question = { $field } Check the box to go on
reason-not-a-file = Choose { $name } again: the file did not arrive
    .question = { $field } Choose the file again: it did not arrive
reason-empty-file = { $field } is an empty file. Choose another
    .question = { $field } That file is empty. Choose another
reason-wrong-file-type = { $field } must be a { $kinds } file
    .question = { $field } Choose a { $kinds } file
reason-file-too-large = { $field } must be { $megabytes } MB or smaller
    .question = { $field } Choose a file of { $megabytes } MB or less
reason-taken = Choose another { $name }: somebody else has just taken that one
    .question = { $field } Choose another: somebody else has just taken that one

count-exactly = { $min ->
    [one] { $min } entry
   *[other] { $min } entries
}
count-range = { $min } to { $max } entries

# What a file may be: "PDF, PNG or JPEG".
file-kinds = { $others } or { $last }

file-not-stored = We can’t take your file just now. Everything else you entered is still here. Choose the file again in a few minutes.
form-not-ours = We couldn’t confirm that this form came from this page. Nothing you typed is lost. Check it and send it again.
not-that-day = Choose another day: nobody can come on that one
order-changed = Your order has changed since this page was shown. Check it and place it again.
amend-price = What you chose has another price. Look at what is different, then save again if you agree
amend-agreed-otherwise = What you chose has another price, and the price of this order was agreed with us apart from our list. Call us to change it
answer-has-a-price = That has another price. Choose it under “Change details”, where you see the new price; then answer here
amend-by-customer = What you chose has another price, and only the customer can agree to it. Ask them to change it on the page of their order
amend-decides-more = What you chose would change more than its price: another service, a number, the work at your place or the day. Choose something else, or call us
number-of-another = Another service in this order has that number. Choose one of the others
