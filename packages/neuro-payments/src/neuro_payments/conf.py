from dataclasses import dataclass, field

from neuro_payments._conf import Backends, PackageSettings


def _only_the_sandbox() -> Backends:
    return Backends({"sandbox": {"BACKEND": "neuro_payments.providers.sandbox.SandboxProvider"}})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The keys of ``NEURO_PAYMENTS``, in lower case."""

    providers: Backends = field(default_factory=_only_the_sandbox)
    """Alias → ``{"BACKEND": dotted path, "OPTIONS": {…}}``. Rows keep the alias: never rename one that was used."""

    provider: str = "sandbox"
    """The alias that new payout accounts and new payments use."""

    application_fee_bps: int = 1500
    """What the platform keeps of each payment, in basis points: 1500 is 15 %. Copied onto the payment."""

    allow_sandbox: bool = False
    """Lets the sandbox work without ``DEBUG``, for a demonstration site. No real money moves there."""


get = PackageSettings("NEURO_PAYMENTS", Settings)
