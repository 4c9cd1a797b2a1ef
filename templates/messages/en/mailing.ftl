# What we write, and stopping it

mailing-title = What we write to you
mailing-about-address = We write to { $email }.
mailing-about-none = We have no e-mail address for this account. Call us to add one.
mailing-always = We always write when an order is placed, when something about it changes that was agreed, when it costs something, when we need an answer, when it is done or canceled, and when something about your sign-in changes.
mailing-topics = What else do you want to hear?
mailing-progress = How work goes on
mailing-progress-hint = Work has begun, a day is settled, one of several services is working.
mailing-outlook = What may come later than we said
mailing-outlook-hint = While there’s nothing for you to do. If there is, we always write.
mailing-language = In which language?
mailing-english = English
mailing-spanish = Español (Spanish)
mailing-language-hint = This is for e-mail. The pages here are in English.
mailing-save = Save
mailing-saved-title = Saved
mailing-saved = It counts from the next message on.
mailing-link = E-mail we send

stop-title = Fewer messages?
stop-lede = You’ll no longer hear how work on your orders goes on. We still write when something has to be agreed, answered or paid, and when an order is done.
stop-button = Stop these messages
stop-done-title = You won’t get these messages any more
stop-done = We still write when something about an order has to be agreed, answered or paid, and when it is done. You can change your mind, or choose in more detail:
stop-choose = Sign in and choose what we write
stop-unknown-title = This link doesn’t work
stop-unknown = It isn’t complete, or it isn’t one of ours. Copy it whole from the message, or choose here what we write to you. You can also call us at { $phone }.
stop-unknown-sign-in = Sign in
