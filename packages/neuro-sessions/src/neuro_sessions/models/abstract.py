import uuid
from datetime import time

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..validators import validate_durations, validate_languages, validate_slug_is_free, validate_time_zone


class AbstractSession(models.Model):
    """A listing: what a host offers. Prices are in minor units of ``currency``; durations are minutes.

    ``price`` and ``reduced_price`` are for one session or for an hour, as ``price_per`` says. Where people pay what
    they can, ``price`` is what the host suggests and ``minimum_price`` the least.
    """

    class PricePer(models.TextChoices):
        SESSION = "session", _("for one session, whatever its length")
        HOUR = "hour", _("for one hour: shorter sessions cost less")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name=_("host")
    )
    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("address"), max_length=140, unique=True, validators=[validate_slug_is_free])
    description = models.TextField(_("what will happen"), max_length=4000)
    durations = models.JSONField(_("lengths in minutes"), validators=[validate_durations])
    languages = models.JSONField(_("languages"), default=list, blank=True, validators=[validate_languages])
    currency = models.CharField(_("currency"), max_length=3)
    price_per = models.CharField(_("the price is"), max_length=8, choices=PricePer.choices, default=PricePer.SESSION)
    price = models.PositiveIntegerField(_("price"), default=0)
    reduced_price = models.PositiveIntegerField(_("reduced price"), null=True, blank=True)
    pay_what_you_can = models.BooleanField(_("people choose what they pay"), default=False)
    minimum_price = models.PositiveIntegerField(_("the least that people can choose"), default=0)
    cancellation = models.CharField(_("rule for cancelling"), max_length=32, default="moderate")
    require_request_approval = models.BooleanField(
        _("I answer each request myself"),
        default=True,
        help_text=_("Without this, a free time is booked at once when somebody asks for it."),
    )
    require_concession_approval = models.BooleanField(
        _("I decide about the reduced price each time"),
        default=False,
        help_text=_("Without this, everybody who says that they need it gets the reduced price."),
    )
    access_before_payment = models.BooleanField(
        _("people can join before they have paid"),
        default=False,
        help_text=_("The session is booked as soon as you say yes. People can also pay afterwards."),
    )
    meeting_link = models.URLField(_("meeting link"), max_length=500, blank=True)
    requests_block_time = models.BooleanField(
        _("keep the time free while I decide"),
        default=True,
        help_text=_("Nobody else can ask for the same time until you have answered."),
    )
    next_free_at = models.DateTimeField(null=True, blank=True, editable=False)
    next_free_version = models.PositiveBigIntegerField(null=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class AbstractAvailability(models.Model):
    """A window of wall-clock time in ``time_zone``, once or repeated. An end of 00:00 means the end of the day.

    ``first_day`` and ``last_day``, both included, bound the repetition where they are set. A window that is there
    once is on ``first_day``; a monthly one is on that day of each month which has it.
    """

    class Repeats(models.TextChoices):
        ONCE = "once", _("once")
        DAILY = "daily", _("every day")
        WEEKLY = "weekly", _("every week")
        MONTHLY = "monthly", _("every month")

    class Weekday(models.IntegerChoices):
        # As datetime.date.weekday() counts.
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    repeats = models.CharField(_("repeats"), max_length=8, choices=Repeats.choices, default=Repeats.WEEKLY)
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday.choices, null=True, blank=True)
    first_day = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    start_time = models.TimeField(_("from"))
    end_time = models.TimeField(_("to"))
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone])

    class Meta:
        abstract = True

    def __str__(self) -> str:
        when = self.get_weekday_display() if self.repeats == self.Repeats.WEEKLY else self.get_repeats_display()
        return f"{when} {self.start_time:%H:%M}–{self.end_time:%H:%M} ({self.time_zone})"

    @property
    def is_whole_day(self) -> bool:
        return self.start_time == self.end_time == time(0)


class AbstractSessionRequest(models.Model):
    """One person's wish for a seat, with what was promised at that moment. Prices are for the whole session.

    ``policy`` is what ``policies.CancellationPolicy.promise`` gave; ``terms_version`` is None for a host without
    ground rules.
    """

    class PriceKind(models.TextChoices):
        STANDARD = "standard", _("usual price")
        REDUCED = "reduced", _("reduced price")
        CHOSEN = "chosen", _("chosen price")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seeker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name=_("seeker")
    )
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))
    note = models.TextField(_("note to the host"), max_length=2000, blank=True)
    access_needs = models.TextField(_("what helps me to take part"), max_length=2000, blank=True)
    language = models.CharField(_("language"), max_length=16, blank=True)
    title = models.CharField(_("title as promised"), max_length=120)
    price_kind = models.CharField(
        _("kind of price"), max_length=8, choices=PriceKind.choices, default=PriceKind.STANDARD
    )
    price = models.PositiveIntegerField(_("price as promised"))
    standard_price = models.PositiveIntegerField(_("price without reduction"))
    currency = models.CharField(_("currency"), max_length=3)
    policy = models.JSONField(_("rule for cancelling as promised"), default=dict)
    terms_version = models.PositiveIntegerField(_("version of the host's ground rules"), null=True)
    seeker_time_zone = models.CharField(max_length=64)
    host_time_zone = models.CharField(max_length=64)
    created_at = models.DateTimeField(_("asked at"), editable=False)

    class Meta:
        abstract = True


class AbstractSessionReview(models.Model):
    rating = models.PositiveSmallIntegerField(_("rating"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    text = models.TextField(_("review"), max_length=2000, blank=True)
    created_at = models.DateTimeField(_("written at"), editable=False)

    class Meta:
        abstract = True
