from collections.abc import Callable
from typing import ClassVar

from neuro_payments.providers.base import CheckoutRequest, ProviderUnavailable, RemoteCheckout
from neuro_payments.providers.sandbox import SandboxProvider


class Unreliable(SandboxProvider):
    """The sandbox behind a line that is cut while ``down`` names the call, and slow: ``meanwhile`` things happen."""

    down: ClassVar[set[str]] = set()
    meanwhile: ClassVar[list[Callable[[], object]]] = []

    def create_checkout(self, request: CheckoutRequest) -> RemoteCheckout:
        self._line("create_checkout")
        checkout = super().create_checkout(request)
        while self.meanwhile:
            self.meanwhile.pop()()
        return checkout

    def fetch(self, checkout_id: str) -> RemoteCheckout:
        self._line("fetch")
        return super().fetch(checkout_id)

    def _line(self, call: str) -> None:
        if call in self.down:
            raise ProviderUnavailable
