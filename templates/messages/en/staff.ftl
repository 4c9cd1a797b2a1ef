# Staff signing in with the company's own account

staff-sign-in-again = Sign in again
staff-sign-in-late = That took too long
staff-sign-in-late-about = You have 10 minutes to sign in with your company account. Nothing went wrong otherwise: start again.
staff-sign-in-repeated = That sign-in has been used
staff-sign-in-repeated-about = Each sign-in works once. If you reloaded the page or went back to it, you may be signed in already.
staff-sign-in-repeated-on = Go to my work
staff-sign-in-mixed-up = That sign-in doesn’t belong to this browser
staff-sign-in-mixed-up-about = Two sign-ins were under way at once, or a link was opened in another browser. Start again here.
staff-sign-in-declined = Your company account didn’t let you in
staff-sign-in-declined-about = The sign-in was cancelled or refused there. Try again, or ask the service desk to check your account.
staff-sign-in-unproven = We couldn’t confirm your sign-in
staff-sign-in-unproven-about = What came back from your company account could not be verified, so nobody was signed in. Start again.
staff-sign-in-no-role = Your account has no access here
staff-sign-in-no-role-about = You signed in with your company account, but it is in none of the groups that work with orders. Ask your manager to have you added, then sign in again.
