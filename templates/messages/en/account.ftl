# Signing in and out

sign-in-title = Sign in
sign-in-lede = Pick up an order, see what you have, or start something new.
sign-in-needed = Sign in to go on. We’ll take you straight to the page you wanted.
sign-in-ended = You were away for a while, so we signed you out to keep your account safe. Everything you saved is still there.
sign-in-email = E-mail address
sign-in-password = Password
sign-in-button = Sign in
sign-in-refused = That e-mail address and password don’t match. Check both and try again
sign-in-trouble = Need another way in?
sign-in-create = Create an account
sign-in-recover = Reset a forgotten password
sign-in-staff = Staff: sign in with your company account
sign-in-privacy = We’ll never ask for your password by phone or e-mail.

signed-out-title = You’re signed out
signed-out-lede = Nothing you saved is lost. Sign in again to carry on where you left off.
signed-out-again = Sign in again
signed-out-start = Go to the start page
signed-out-staff = You’re still signed in with your company account. On a computer that others use, sign out of that too.
signed-out-staff-button = Sign out of my company account
