from django.conf import settings
from django.db import models


class Order(models.Model):
    """A jar of honey that somebody buys from somebody: nothing of a session in it."""

    title = models.CharField(max_length=100)
    price = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="gbp")
    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="purchases")
    seller = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sales")
    settled = models.BooleanField(default=False)
    called_off = models.BooleanField(default=False)

    class Meta:
        app_label = "shop"

    def __str__(self) -> str:
        return self.title
