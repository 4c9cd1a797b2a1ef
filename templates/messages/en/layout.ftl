# On every page

site-name = Meridian
page-title = { $title } – Meridian
# Staff see for whom they are working before anything else, in the window's title too
page-title-for = { $title } – for { $customer }
ordering-for-label = Customer you are working for
ordering-for = Working for
ordering-for-account = account { $number }
ordering-for-switch = Finish or switch
page-title-error = Error: { $title } – Meridian
skip-to-content = Skip to main content
back = Back

nav-label = Site
nav-check-address = Check an address
nav-help = Help
nav-account = Your sign-in
nav-sign-in = Sign in
nav-sign-out = Sign out

footer-label = About this site
footer-help = Help and contact
footer-terms = Terms of service
footer-privacy = Privacy
footer-accessibility = Accessibility
footer-note = Meridian Communications. Internet, networks and phone service for homes and businesses.
