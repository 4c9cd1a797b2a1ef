# E-mail we send. No message asks anybody to follow a link.

mail-link-code-subject = Your Meridian account code
mail-link-code = Somebody asked to see and change your Meridian account online. If that was you, enter this code on the page that asks for it. It works for 10 minutes, once.
mail-link-code-not-you = If it wasn’t you, do nothing: without the code nobody gets in. Never read the code out to anybody, not even to us.

mail-email-code-subject = Your Meridian code
mail-email-code = Somebody wants to sign in to Meridian with this e-mail address. If that was you, enter this code on the page that asks for it. It works for 10 minutes, once.
mail-email-code-not-you = If it wasn’t you, do nothing: without the code nothing changes.

mail-account-exists-subject = You have a Meridian account already
mail-account-exists = Somebody tried to create a Meridian account with this e-mail address. You have one already: sign in with it, or reset its password from the sign-in page if you forgot it.
mail-account-exists-not-you = If it wasn’t you, do nothing: nothing has changed.

mail-access-code-subject = Your code for talking to Meridian
mail-access-code = Somebody who says they are you is talking to one of our people about your account. If that’s you, read this code to them. It works for 10 minutes, once.
mail-access-code-not-you = If you’re not talking to us now, do nothing: without the code nobody sees your account.
mail-access-code-from-us = Meridian Communications. We ask for this code only while you’re dealing with one of our people, and never for your password.

mail-linked-subject = Your Meridian account can now be used online
mail-linked = Your Meridian account was linked to a sign-in. Whoever signs in with it can see your services and orders, and change them.

mail-password-subject = Your Meridian password was changed
mail-password = The password of your Meridian sign-in was just changed. Other devices that were signed in have been signed out.

mail-email-subject = Your Meridian sign-in has a new e-mail address
mail-email = From now on your Meridian sign-in uses another e-mail address. This one no longer works.

mail-factor-added-subject = An authenticator app protects your Meridian sign-in
mail-factor-added = From now on signing in to Meridian asks for a code from your authenticator app, too.

mail-factor-removed-subject = Your Meridian sign-in no longer asks for a second code
mail-factor-removed = Signing in to Meridian no longer asks for a code from an authenticator app: the app was removed.

mail-was-you = If that was you, there is nothing to do.
mail-not-you = If it wasn’t you, call us now at { $phone }. We can lock the sign-in while you talk.
mail-from-us = Meridian Communications. We’ll never ask for your password or a code by phone or e-mail.
