# On every page

site-name = Meridian
page-title = { $title } – Meridian
page-title-error = Error: { $title } – Meridian
skip-to-content = Skip to main content
back = Back

nav-label = Site
nav-check-address = Check an address
nav-help = Help
nav-sign-in = Sign in
nav-sign-out = Sign out

footer-label = About this site
footer-help = Help and contact
footer-terms = Terms of service
footer-privacy = Privacy
footer-accessibility = Accessibility
footer-note = Meridian Communications. Internet, networks and phone service for homes and businesses.
