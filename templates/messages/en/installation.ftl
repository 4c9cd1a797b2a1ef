# Installation

installation-title-visit = When can a technician come?
installation-title-day = When should service begin?
installation-earliest = The earliest day is { $date }.
installation-earliest-because = The earliest day is { $date }, because { $service } takes that long to get ready.
installation-visit-why = A technician has to connect the service at { $place }. Somebody aged 18 or older must be there.
installation-day-why = Nobody needs to come to { $place }. We turn the service on from our side.
installation-lapsed-title = Your appointment isn’t held any longer
installation-lapsed = We hold an appointment for 30 minutes, and that time is over. Choose one again. Everything else you entered is still here.
installation-slots = Appointment
installation-slots-hint = We hold the appointment you choose for 30 minutes while you finish your order. Times are local.
installation-no-slots = No appointments are open right now
installation-no-slots-what = Your order is saved. Come back on the next business day, when new appointments open, or get in touch and we’ll find a time with you.
installation-no-slots-again = Look again
installation-no-slots-help = How to reach us
installation-requested = Day you’d like service to begin
installation-requested-hint = A business day, not a weekend or a holiday.
installation-contact = Who should we call about it?
installation-contact-name = Contact’s name
installation-contact-phone = Contact’s telephone number
installation-contact-phone-hint = With its area code. We use it for this installation only.
installation-access = How to get in
installation-access-hint = Which entrance, where to park, a gate’s code. Don’t give us alarm codes.

not-a-business-day = Choose a business day. We don’t connect service on weekends and holidays
installation-sooner = Do you need it sooner?
installation-sooner-hint = The day you would like. We try, and tell you before we commit to a day. It is charged only if we make it.
installation-fault = Somebody else to call about a fault later
installation-fault-about = Leave this empty when it is the contact of your account.
installation-fault-name = Name for faults
installation-fault-phone = Phone number for faults
