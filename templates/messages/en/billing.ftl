# Billing

billing-title = Who pays for this order?
billing-account = Billing account
billing-account-hint = This account’s bill gets everything in this order.
billing-account-by-email = { $address }. Its bills come by e-mail now.
billing-account-on-paper = { $address }. Its bills come on paper now.
billing-account-new = A new billing account
billing-account-new-hint = A bill of its own, to another name or address.
billing-only-new = You don’t have a billing account yet. We’ll open one with these details.
billing-new = New billing account
billing-name = Name on the bill
billing-delivery = How should the bill come?
billing-delivery-email-hint = As a PDF, to { $email }.
billing-delivery-paper-hint = To the address of the billing account.
billing-purchase-order = Purchase order number
billing-purchase-order-hint = We print your own number on the bill.
billing-tax-exemption = Tax exemption certificate
billing-tax-exemption-hint = Jurisdiction and number, such as GA 17-20041. We ask you for a copy before the first bill.
