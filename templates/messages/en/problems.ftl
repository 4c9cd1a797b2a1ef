# When something does not work

not-found-title = We can’t find that page
not-found-lede = There’s no page at this address, or it isn’t one you can see.
not-found-next = If you typed the address, check it. If you followed a link from us, sign in with the account it was sent to.
not-found-start = Go to the start page
not-found-help = Get help

problem-safe = Nothing you saved is lost, and nothing was ordered twice.
problem-reference = If you contact us, please quote this reference:
problem-retry = Try again
problem-malformed = We couldn’t read that
problem-malformed-about = Something in what your browser sent us was cut short or garbled. Go back and send it again.
problem-forbidden = That form is no longer good
problem-forbidden-about = It was opened in another session, or sent from another site. Go back, reload the page and send it again.
problem-customers-own = Only the customer can do this
problem-customers-own-about = Nobody signs for a customer. Send the order to the customer, who signs in and does it; everything entered so far is there.
problem-not-taken = That page can’t be used that way
problem-not-taken-about = Go back to the page before and use its links and buttons.
problem-conflict = Something changed in the meantime
problem-conflict-about = It was changed in another tab or by somebody else while you had it open. Open the page again to see how it stands.
problem-too-large = That’s more than we can take at once
problem-too-large-about = Go back and make the text shorter or the file smaller. Send several files one at a time, and save after each.
problem-not-a-form = We can’t take that kind of file or form
problem-not-a-form-about = Go back and use the form on the page.
problem-unprocessable = We couldn’t use what was sent
problem-unprocessable-about = The form had fields this page doesn’t have. Reload the page and fill it in again.
problem-too-many = Too many tries
problem-too-many-about = To keep accounts safe, we’ve paused this for a while. Wait 15 minutes and try again.
problem-broken = Sorry, something went wrong on our side
problem-broken-about = We’ve been told, and we’re looking into it. Try again in a few minutes.
problem-unavailable = Sorry, we can’t do that just now
problem-unavailable-about = Part of our service isn’t answering. Try again in a few minutes.

conflict-title = This was changed in the meantime
conflict-lede = While you had { $about } open, it was changed in another tab or by somebody else.
conflict-how = Here’s what is saved now beside what you typed. Nothing was overwritten. Choose which to keep.
conflict-table = What is saved and what you typed
conflict-question = Question
conflict-saved = Saved now
conflict-typed = What you typed
conflict-use-typed = Save what I typed
conflict-keep-saved = Keep what is saved

kept-title = Send this now?
kept-lede = You were signed out, or had to be checked, before this was saved. We kept what you entered.
kept-entered = What you entered
kept-nothing-entered = There was nothing to fill in on that page: only its button was used.
kept-left-out = Passwords and files aren’t kept. If the page needs one, it asks for it again.
kept-send = Send it now
kept-discard = Throw it away
kept-none-title = Nothing is waiting to be sent
kept-none-about = What comes too late to be saved is kept for a day, for the person who entered it. Anything kept for you was sent or thrown away, or the day is over.
kept-none-home = Go on
