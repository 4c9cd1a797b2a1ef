# The start page

start-title = Order internet, networks and phone service
start-heading = Internet, networks and phone service, ordered in one place
start-lede = See what reaches your address, choose the options, and know the price and the date before you order.
start-begin = Check your address
start-resume = Sign in or resume

start-families = What you can order

start-how = How it works
start-how-check = Check your address
start-how-check-about = See what can be had there and what it costs. No account needed.
start-how-sign-in = Sign in
start-how-sign-in-about = So we can show what you have already and keep your order safe.
start-how-choose = Choose your options
start-how-choose-about = One page for each service. The price stays beside you all the way.
start-how-place = Check and place your order
start-how-place-about = Pick a date, read everything over, and place it. Then track every step.

start-need = What you need
start-need-address = The address where service should go
start-need-bill = A bill from your current carrier, if you want to keep a number
start-need-numbers = The billing name and account number on that bill
start-need-network = For business networks: your technical contact, and your IP and VLAN plan if you have one

start-time = How long it takes
start-time-order = Ordering takes about 10 minutes for a home and 20 for a business network. Everything you enter is saved, so you can stop and come back.
start-time-service = Service starts within days for most homes. Dedicated circuits take a few weeks. You see the earliest date before you order.

start-track = Track an order
start-track-about = See each step, change the date, or answer a question from us.
start-track-link = Sign in to track it
