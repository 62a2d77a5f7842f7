from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template import engines
from django.utils import timezone
from django.views.decorators.http import require_POST

from neuro_payments.checkout import open_payment
from tests.projects.minimal.shop.models import Order

PAGE = """{% extends "neuro_payments/base.html" %}
{% block main %}<h1>{{ order }}</h1>{% if order.settled %}Paid{% else %}Not paid{% endif %}{% endblock %}"""


@login_required
def order(request: HttpRequest, pk: int) -> HttpResponse:
    mine = get_object_or_404(Order, pk=pk, buyer=request.user)
    return HttpResponse(engines["django"].from_string(PAGE).render({"order": mine}, request))


@login_required
@require_POST
def buy(request: HttpRequest, pk: int) -> HttpResponse:
    mine = get_object_or_404(Order, pk=pk, buyer=request.user)
    now = timezone.now()
    payment = open_payment("shop.order", str(mine.pk), payer=mine.buyer, expires_at=now + timedelta(hours=24), now=now)
    return redirect(payment.pay_path())
