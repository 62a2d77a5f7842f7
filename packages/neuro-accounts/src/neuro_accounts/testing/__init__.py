"""Factories for the tests and seeds of other packages (``pip install neuro-accounts[testing]``)."""

from neuro_accounts.testing.factories import HostApplicationFactory, ProfileFactory, UserFactory

__all__ = ["HostApplicationFactory", "ProfileFactory", "UserFactory"]
