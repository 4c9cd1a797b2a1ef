# E-mail we send. No message about an account asks anybody to follow a link.

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

# Of orders

mail-order-received-subject = We have your Meridian order { $reference }
mail-order-needed-subject = Your Meridian order { $reference } needs your attention
mail-order-works-subject = Your Meridian service is working: order { $reference }
mail-order-subject = About your Meridian order { $reference }
mail-order-received = Thank you. We have your order and will start work on it shortly.
mail-order-rejected = We can’t carry out your order. { $why }
mail-order-started = We’ve started work on your order.
mail-order-day = { $what } will be ready on { $day }.
mail-order-day-moved = { $what } will be ready on { $day }, and not on { $before } as we said before. { $why }
mail-order-jeopardy = { $what } may be ready later than we said. { $why }
mail-jeopardy-access = Our technician couldn’t get in. Call us to agree on another time, and see that somebody is there.
mail-jeopardy-place = The place isn’t ready for the work. Call us to hear what is missing.
mail-jeopardy-facilities = We don’t have a free line there yet. You don’t have to do anything: we’re building one.
mail-jeopardy-company = Another company is late. You don’t have to do anything: we’re after them.
mail-jeopardy-equipment = Equipment is late. You don’t have to do anything: we’ll write again when we know more.
mail-jeopardy-weather = The weather holds us up. You don’t have to do anything: we’ll be there as soon as it’s safe.
mail-jeopardy-other = You don’t have to do anything. We’ll write again when we know more.
mail-order-held = Your order is on hold. You don’t have to do anything: it’s for us to clear. { $why }
mail-order-question = We can’t go on without an answer from you: { $question }
mail-order-charge = Before { $what } can work, something has to be built: { $why } It costs { $amount }, once. Please say by { $day } whether we should build it: open the order on our site, or call us. Nothing is built, and nothing charged, before you say yes.
mail-order-amended = You changed details of { $what }, and we passed them on to the people who work on it. Your order now costs { $amount } a month. If you didn’t change anything, call us.
mail-order-in-service = { $what } is working.
mail-order-completed = Everything you ordered is working.
mail-order-partial = Some of your services are working. The others couldn’t be brought into service.
mail-order-failed = We couldn’t bring your order into service. { $why }
mail-order-cancellation-asked = You asked to cancel your order. We’re checking how far it is and what canceling costs, and do nothing else on it meanwhile.
mail-order-cancellation-granted = We agreed to cancel your order. The charge for canceling is { $charge }.
mail-order-cancelled = Your order is canceled. The charge for canceling is { $charge }.
mail-order-about = Order { $reference }: { $services }, at { $place }.
mail-order-more = To see how it stands, sign in on our site as you always do and open the order. You can also call us at { $phone }.
mail-choose = Choose what we write to you, and in which language
mail-stop = Stop messages like this one
