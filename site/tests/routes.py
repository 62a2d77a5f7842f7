"""The route table: every address of the site, and what a GET answers to each role.

``tests/test_routes.py`` fails for a route that is not declared here and for one that is declared but gone. Access,
foreign ids, GET without effect, odd input, page structure, axe and reflow iterate this table: a new page inherits them.
"""

from dataclasses import dataclass

from tests.world import ROLES

OK, GO, NO, GONE, POST = 200, 302, 403, 404, 405


@dataclass(frozen=True, slots=True)
class Route:
    """``name`` is what ``reverse`` takes, ``case`` tells several samples of one route apart.

    ``writers``: whose row the sample is. Everybody else who posts there gets a 404. ``signs_out``: whoever is signed in
    as somebody else is signed out here.
    """

    name: str
    answers: dict[str, int]
    case: str = ""
    writers: tuple[str, ...] = ()
    signs_out: bool = False

    @property
    def key(self) -> str:
        return f"{self.name} {self.case}".strip()

    @property
    def readers(self) -> list[str]:
        """The roles that see a page here."""
        return [role for role in ROLES if self.answers[role] == OK]


@dataclass(frozen=True, slots=True)
class Prefix:
    """Addresses of somebody else's package that the site only mounts, and who may enter."""

    path: str
    sample: str
    answers: dict[str, int]


def each(anonymous: int, others: int, **exceptions: int) -> dict[str, int]:
    return dict.fromkeys(ROLES, others) | {"anonymous": anonymous} | exceptions


PUBLIC = each(OK, OK)
MEMBERS = each(GO, OK)
GUESTS = each(OK, GO)
MEMBERS_POST = each(GO, POST)
STAFF = each(GO, NO, staff=OK)
OWN_SEEKER = each(GO, GONE, seeker=OK)
OWN_HOST = each(GO, GONE, host=OK)
THE_TWO = each(GO, GONE, seeker=OK, host=OK)
NOBODY = each(GONE, GONE)
ELSEWHERE = each(GO, GO)

ROUTES = [
    # What anybody reads.
    Route("wagtail_serve", PUBLIC),
    Route("neuro_sessions:list", PUBLIC),
    Route("neuro_sessions:detail", PUBLIC),
    Route("neuro_sessions:detail", each(GONE, GONE, host=OK), "draft"),
    Route("neuro_accounts:time-zone", PUBLIC),
    Route("neuro_cms:help", PUBLIC),
    Route("neuro_accounts:display", PUBLIC),
    # Signing in.
    Route("account_login", GUESTS),
    Route("account_signup", GUESTS),
    Route("account_logout", MEMBERS),
    Route("account_inactive", PUBLIC),
    Route("account_reauthenticate", MEMBERS),
    Route("account_email", MEMBERS),
    Route("account_email_verification_sent", PUBLIC),
    # allauth's own rule, so that nobody confirms an address while using the account of somebody else.
    Route("account_confirm_email", PUBLIC, signs_out=True),
    Route("account_confirm_email", PUBLIC, "invalid"),
    Route("account_change_password", MEMBERS),
    Route("account_set_password", ELSEWHERE),
    Route("account_reset_password", PUBLIC),
    Route("account_reset_password_done", PUBLIC),
    Route("account_reset_password_from_key", PUBLIC),
    Route("account_reset_password_from_key_done", PUBLIC),
    Route("account_confirm_login_code", ELSEWHERE),
    # One's own account.
    Route("account", MEMBERS),
    Route("neuro_accounts:profile", MEMBERS),
    Route("neuro_accounts:inbox", MEMBERS),
    Route("neuro_accounts:inbox-read", MEMBERS_POST, writers=("seeker",)),
    Route("neuro_accounts:inbox-read-all", MEMBERS_POST),
    Route("neuro_accounts:become-host", MEMBERS),
    Route("neuro_accounts:host-applications", STAFF),
    Route("neuro_accounts:host-application", each(GO, GONE, staff=OK), writers=("staff",)),
    Route("neuro_accounts:host-application", each(GO, GONE, staff=OK), "decided", writers=("staff",)),
    # Hosting.
    Route("neuro_sessions:hosting", MEMBERS),
    Route("neuro_sessions:create", each(GO, GO, host=OK, other_host=OK)),
    Route("neuro_sessions:edit", OWN_HOST, writers=("host",)),
    Route("neuro_sessions:publish", ELSEWHERE, writers=("host",)),
    Route("neuro_sessions:unpublish", ELSEWHERE, writers=("host",)),
    Route("neuro_sessions:availability", OWN_HOST, writers=("host",)),
    Route("neuro_sessions:availability", OWN_HOST, "none", writers=("host",)),
    Route("neuro_sessions:availability-delete", OWN_HOST, writers=("host",)),
    Route("neuro_sessions:override-delete", OWN_HOST, writers=("host",)),
    Route("neuro_sessions:rules", each(GO, GO, host=OK, other_host=OK)),
    Route("neuro_sessions:pause", ELSEWHERE),
    Route("neuro_sessions:resume", ELSEWHERE),
    Route("neuro_sessions:terms", each(GO, GO, host=OK, other_host=OK)),
    Route("neuro_sessions:cohosts", OWN_HOST, writers=("host",)),
    Route("neuro_sessions:cohost-remove", OWN_HOST, writers=("host",)),
    Route("neuro_sessions:approve", ELSEWHERE, writers=("host",)),
    Route("neuro_sessions:decline", OWN_HOST, writers=("host",)),
    Route("neuro_sessions:finish", OWN_HOST, writers=("host",)),
    # Booking.
    Route("neuro_sessions:ask", each(GO, OK, host=GO)),
    Route("neuro_sessions:ask", each(GO, 409, host=GO), "no time"),
    Route("neuro_sessions:ask-needs", each(GO, GO, seeker=OK)),
    Route("neuro_sessions:ask-check", each(GO, GO, seeker=OK)),
    Route("neuro_sessions:ask-keep", ELSEWHERE),
    Route("neuro_sessions:ask-discard", each(GO, GO, seeker=OK)),
    Route("neuro_sessions:bookings", MEMBERS),
    Route("neuro_sessions:booking", THE_TWO, "requested"),
    Route("neuro_sessions:booking", THE_TWO, "approved"),
    Route("neuro_sessions:booking", THE_TWO, "confirmed"),
    Route("neuro_sessions:booking", THE_TWO, "later"),
    Route("neuro_sessions:booking", THE_TWO, "declined"),
    Route("neuro_sessions:booking", THE_TWO, "withdrawn"),
    Route("neuro_sessions:booking", THE_TWO, "completed"),
    Route("neuro_sessions:booking", THE_TWO, "reviewed"),
    Route("neuro_sessions:booking", THE_TWO, "usual price"),
    Route("neuro_sessions:booking", THE_TWO, "proposed"),
    Route("neuro_sessions:booking", THE_TWO, "cancelled"),
    Route("neuro_sessions:booking", THE_TWO, "given back"),
    Route("neuro_sessions:agree", ELSEWHERE, writers=("seeker",)),
    Route("neuro_sessions:cancel", THE_TWO, writers=("seeker", "host")),
    Route("neuro_sessions:move", THE_TWO, writers=("seeker", "host")),
    Route("neuro_sessions:move", THE_TWO, "chosen", writers=("seeker", "host")),
    Route("neuro_sessions:move-accept", ELSEWHERE, writers=("seeker", "host")),
    Route("neuro_sessions:move-refuse", ELSEWHERE, writers=("seeker", "host")),
    Route("neuro_sessions:attendance", ELSEWHERE, writers=("host",)),
    Route("neuro_sessions:withdraw", OWN_SEEKER, writers=("seeker",)),
    Route(
        "neuro_sessions:join",
        THE_TWO,
        writers=(
            "seeker",
            "host",
        ),
    ),
    Route(
        "neuro_sessions:join",
        THE_TWO,
        "early",
        writers=(
            "seeker",
            "host",
        ),
    ),
    Route("neuro_sessions:review", OWN_SEEKER, writers=("seeker",)),
    # Paying and meeting. The address of a room is signed, lives for hours, and is the permission itself.
    Route("neuro_payments:account", MEMBERS),
    Route("neuro_payments:account-disconnect", each(GO, GO, host=OK)),
    Route("neuro_payments:pay", OWN_SEEKER),
    Route("neuro_payments:pay", OWN_SEEKER, "paid"),
    Route("neuro_payments:sandbox-checkout", OWN_SEEKER),
    Route("neuro_video:local-room", PUBLIC),
    Route("neuro_video:room", PUBLIC),
    # For developers: these addresses answer while debugging only, and tests do not debug.
    Route("neuro_accounts_mailbox:list", NOBODY),
    Route("neuro_accounts_mailbox:message", NOBODY),
    Route("neuro_cms_styleguide:page", NOBODY),
]

PREFIXES = [
    Prefix("admin/", "/admin/", each(GO, GO, editor=OK, staff=OK)),
    Prefix("django-admin/", "/django-admin/", ELSEWHERE),
    Prefix("documents/", "/documents/1/nothing.pdf", NOBODY),
    # Mounted while debugging only.
    Prefix("^media/", "/media/nothing.png", NOBODY),
    Prefix("_util/", "/_util/authenticate_with_password/1/1/", NOBODY),
]
