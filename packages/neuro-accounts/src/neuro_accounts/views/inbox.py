import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from neuro_accounts import conf, inbox
from neuro_accounts.models import Delivery
from neuro_accounts.views.signed_in import SignedInRequest


@login_required
@require_safe
def show_inbox(request: SignedInRequest) -> HttpResponse:
    paginator = Paginator(Delivery.objects.inbox_of(request.user), conf.get().page_size)
    context = {"page": paginator.get_page(request.GET.get("page")), "unread": inbox.unread_count(request.user)}
    return render(request, "neuro_accounts/inbox.html", context)


@login_required
@require_POST
def read_one(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    delivery = get_object_or_404(Delivery.objects.inbox_of(request.user), pk=pk)
    inbox.mark_read(delivery, now=timezone.now())
    messages.success(request, _("The message is marked as read."))
    page = urlencode({"page": request.POST.get("page", "1")})
    return redirect(f"{reverse('neuro_accounts:inbox')}?{page}")


@login_required
@require_POST
def read_all(request: SignedInRequest) -> HttpResponse:
    inbox.mark_all_read(request.user, now=timezone.now())
    messages.success(request, _("All messages are marked as read."))
    return redirect("neuro_accounts:inbox")
