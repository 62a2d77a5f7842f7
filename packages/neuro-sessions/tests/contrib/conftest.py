import pytest

from neuro_accounts.testing import UserFactory
from neuro_payments import payout_accounts
from neuro_sessions.testing import PeerSessionFactory
from tests.conftest import NOW


@pytest.fixture
def host(db):
    """A host whom people can pay."""
    person = UserFactory()
    payout_accounts.connect(person, provider="sandbox", now=NOW)
    return person


@pytest.fixture
def listing(host):
    """Published, 15 pounds, open all week in UTC, met in a room."""
    return PeerSessionFactory(host=host, price=1500, open_all_week=True)
