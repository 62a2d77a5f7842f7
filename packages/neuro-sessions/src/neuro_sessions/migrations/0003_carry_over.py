from zoneinfo import ZoneInfo

from django.db import migrations, models

WORDS = ("note", "access_needs", "answer")


def carry_over(apps, schema_editor):
    """Bookings keep their price; their history says before and after; their seekers are busy, where they can be."""
    Booking, HostTime = apps.get_model("neuro_sessions", "Booking"), apps.get_model("neuro_sessions", "HostTime")
    Booking.objects.update(standard_price=models.F("price"))
    for booking in Booking.objects.iterator():
        rewrite_history(booking)
    for claim in list(HostTime.objects.select_related("booking")):
        booking = claim.booking
        own = HostTime.objects.filter(host_id=booking.seeker_id)
        if not own.filter(starts_at__lt=booking.ends_at, ends_at__gt=booking.starts_at).exists():
            times = {"starts_at": booking.starts_at, "ends_at": booking.ends_at, "expires_at": claim.expires_at}
            HostTime.objects.create(host_id=booking.seeker_id, booking=booking, kind=claim.kind, **times)
        # It counts under the limits of the host's day from now on.
        claim.day = booking.starts_at.astimezone(ZoneInfo(booking.host_time_zone or "UTC")).date()
        claim.save(update_fields=["day"])


def rewrite_history(booking):
    row = {}
    for event in booking.events.order_by("revision"):
        changes = {name: [row.get(name), value] for name, value in event.changes.items() if row.get(name) != value}
        row |= event.changes
        if event.act == "ask":
            changes |= {
                name: [None, getattr(booking, name)]
                for name in NEW_COLUMNS
                if getattr(booking, name) is not None
            }
        event.words = {name: changes.pop(name) for name in WORDS if name in changes} or None
        event.changes = changes
        event.save(update_fields=["changes", "words"])


NEW_COLUMNS = (
    "access_needs", "buffer_after_minutes", "buffer_before_minutes", "cancelled_by", "concession", "language",
    "policy", "price_kind", "proposed_by", "proposed_starts_at", "refund", "standard_price", "terms_version",
)


class Migration(migrations.Migration):
    # Alone: PostgreSQL alters no table in the transaction in which its rows have just changed.

    dependencies = [("neuro_sessions", "0002_booking_engine")]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop, elidable=True)]
