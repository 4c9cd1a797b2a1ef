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
letter-verified = Verified by { $verifier } on { $date }.
verify-title = { $letter }: third-party verification
verify-about = Only the customer can sign this letter. If an independent company verified the change with the customer, record that here; otherwise send the order to the customer to sign.
verify-letter = What the letter says
verify-verifier = Verifying company
verify-verifier-hint = Independent of us: not owned or managed by us, and not paid by the result.
verify-reference = Verifier’s reference
verify-reference-hint = What the recording is found by. It is kept for two years.
verify-confirmed-by = Name of the person who confirmed it
verify-day = Date of verification
verify-complete = What was verified
verify-complete-statement = With no representative on the line, the verifier confirmed who is speaking and that they are authorized to change the service; that they want a change of carrier and understand that it is one; and the carriers, the telephone numbers and the services that this letter names.
verify-record = Record the verification
