from django.dispatch import Signal

# Sent after commit when a payment has a new state: sender=Payment, payment_id (UUID), payable_type, payable_id.
# At least once, in any order, also twice at the same moment: lock your own row, then read the payment and act on its
# state, not on the message. Repeated by tasks.tick until every receiver has returned without an error.
payment_changed = Signal()
