# Signing in and out

sign-in-title = Sign in
sign-in-lede = Pick up an order, see what you have, or start something new.
sign-in-needed = Sign in to go on. We’ll take you straight to the page you wanted.
sign-in-ended = You were away for a while, so we signed you out to keep your account safe. Everything you saved is still there.
sign-in-kept = You were signed out before that was saved. We kept what you entered for a day: sign in, and you can send it.
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

# Creating a sign-in

sign-up-title = Create an account
sign-up-lede = You need one to order, and to see and change what you have.
sign-up-name = Your name
sign-up-name-hint = As we should greet you.
sign-up-email-hint = We’ll send a code there to check that it’s yours.
sign-up-button = Create account
sign-up-instead = I have an account already

# Passwords

password-new = New password
password-hint = { $min } characters or more. A few words you’ll remember make a good one. Spaces are fine, and so is pasting.
password-current = Your password now
password-button = Save password
password-first-title = Choose a password of your own
password-first-lede = The one you signed in with was only to get you started.
password-change-title = Change your password
password-change-lede = Other devices that are signed in will be signed out.
password-not-right = That isn’t your password. Check it and try again
password-refused = Choose another password: that one is too easy to guess or was used before
tried-too-often = That was tried too often. Wait a while, then try again

# Codes

code-label = Code
code-sent-hint = The digits in the message.
code-factor-hint = The six digits that your authenticator app shows.
code-button = Continue
code-not-right = That code isn’t right, or doesn’t work any more. Check it, or start again for a new one
code-factor-title = Enter the code from your app
code-factor-lede = Your sign-in is protected by an authenticator app.
code-factor-lost = Lost your phone? Call us: we’ll check who you are and help you back in.
code-sign-up-title = Check your e-mail
code-sign-up-lede = If { $email } can be used for a new account, we’ve sent a code there.
code-email-title = Check your new e-mail
code-email-lede = If { $email } can be used, we’ve sent a code there. Your old address works until you enter it.
code-link-title = Check the account’s e-mail
code-link-lede = If there is an account with that number, we’ve sent a code to the e-mail address we have for it. It works for 10 minutes.
code-link-none = None is sent to an address that’s been on the account for less than 30 days, or where there is none. Call us, or come to a shop with photo identification: we’ll go on from there.
code-none = No code?
code-none-advice = It can take a minute. Look in your junk folder, too.
code-send-again = Send it again
code-start-again = Start again
code-again-title = Sent again
code-again = Use the code in the newest message.
code-not-yet-title = Not sent yet
code-not-yet = Wait a minute before asking for another.

# A forgotten password

recover-title = Reset your password
recover-lede = Tell us the e-mail address you sign in with. We’ll send a code there to choose a new password with.
recover-button = Send a code
recover-code-title = Choose a new password
recover-code-lede = If { $email } has an account, we’ve sent a code there.
recover-code-none = It can take a minute. If none comes, there may be no account with that address.
recover-done-title = Your password was changed
recover-done = Sign in with the new one.

# One's own sign-in

account-title = Your sign-in
account-email = E-mail address
account-password = Password
account-password-set = Set
account-factor = Authenticator app
account-factor-on = On: signing in asks for a code
account-factor-off = Off
account-sessions = Where you’re signed in
account-customers = Accounts you can see and change
account-no-customers = None yet.
account-number = account { $number }
account-link = Link another account
account-done = Done
account-password-done = Your password was changed. Other devices were signed out.
account-email-done = You now sign in with your new e-mail address.
account-factor-added = From now on signing in asks for a code from your app.
account-factor-removed = Signing in no longer asks for a code.
account-linked = You can now see and change that account.

email-title = Change your e-mail address
email-lede = We’ll send a code to the new address, and tell the old one once it’s changed.
email-new = New e-mail address
email-hint = You’ll sign in with it.
email-button = Send a code

factor-title = Add an authenticator app
factor-lede = An app on your phone shows a new code every 30 seconds. Signing in then takes your password and a code, so a stolen password alone is worth nothing.
factor-begin = Continue
factor-show-title = Set up your app
factor-show-lede = Scan this with an authenticator app, then enter the code it shows.
factor-qr = QR code for your authenticator app. The same key stands below as text.
factor-secret = Can’t scan it? Type this key into the app:
factor-add = Turn it on
factor-remove-title = Remove your authenticator app
factor-remove-lede = Signing in will take only your password. You can add an app again whenever you like.
factor-remove = Remove it

sessions-title = Where you’re signed in
sessions-lede = Don’t recognize one? End it, then change your password.
sessions-device = A device we can’t name
sessions-began = Signed in { $date }, last used { $minutes ->
    [0] just now
    [one] { $minutes } minute ago
   *[other] { $minutes } minutes ago
}
sessions-here = This device
sessions-end = End it ({ $device })
sessions-end-others = End all others
sessions-ended = What you chose was signed out.

link-title = Link your account with us
link-lede = Already have service with us? Link it to this sign-in to see and change it here.
link-number = Account number
link-number-hint = At the top of your bill. We’ll send a code to the e-mail address we have for the account.
link-button = Send a code
link-none = New to us?
link-none-advice = You need no account number. Tell us who you are and where you want service.
link-begin = Begin as a new customer

begin-title = Tell us about you
begin-lede = Then you can order.
begin-kind = Who is service for?
begin-home = A home
begin-business = A business or other organization
begin-name = Name on the account
begin-name-hint = Your own, or the organization’s.
begin-phone = Telephone number
begin-phone-hint = For questions about your order, like 404 555 0123.
begin-address = Where do you want service?
begin-address-hint = You can add other places later.
begin-button = Continue
