# Letter of agency

letter-customer = Customer
letter-service-address = Service address
letter-numbers = { $count ->
    [one] Telephone number
   *[other] Telephone numbers
}
letter-version = Wording
letter-version-value = Version { $version }
letter-signed = Signed by { $name } on { $date }. Sign again only to replace that signature.
letter-signature = Your full name
letter-signature-hint = Typing your name signs this letter, as a signature on paper would.
letter-signature-date = Date of your signature: { $date }
letter-sign = Sign this letter
letter-changed = This letter has changed since you opened it, because an answer that it states was changed. Read it again before you sign
