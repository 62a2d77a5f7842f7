import uuid
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from neuro_accounts import conf, hosting
from neuro_accounts.forms import ApplicationForm, DecisionForm
from neuro_accounts.models import HostApplication
from neuro_accounts.models.host_application import DECIDE
from neuro_accounts.views.signed_in import SignedInRequest

DECISIONS = {"accept": hosting.accept, "decline": hosting.decline}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def become_host(request: SignedInRequest) -> HttpResponse:
    form = ApplicationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            hosting.ask_to_host(request.user, message=form.cleaned_data["message"], now=timezone.now())
        except hosting.HostingRefused as refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(request, _("We have your application. You will hear from us."))
        return redirect("neuro_accounts:become-host")
    context = {
        "form": form,
        "is_host": hosting.is_host(request.user),
        "application": hosting.latest_application(request.user),
    }
    return render(request, "neuro_accounts/become_host.html", context)


@login_required
@permission_required(DECIDE, raise_exception=True)
@require_safe
def host_applications(request: SignedInRequest) -> HttpResponse:
    applications = HostApplication.objects.manageable_by(request.user).in_queue_order()
    paginator = Paginator(applications.select_related("applicant__neuro_profile"), conf.get().page_size)
    context = {"page": paginator.get_page(request.GET.get("page"))}
    return render(request, "neuro_accounts/host_applications.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def host_application(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    applications = HostApplication.objects.manageable_by(request.user)
    application = get_object_or_404(applications.select_related("applicant__neuro_profile"), pk=pk)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        decide = DECISIONS.get(request.POST.get("decision", ""))
        if decide is not None:
            return _decide(request, decide, application, form.cleaned_data["answer"])
        form.add_error(None, _("Choose one of the two buttons: accept or decline."))
    return render(request, "neuro_accounts/host_application.html", {"form": form, "application": application})


def _decide(
    request: SignedInRequest, decide: Callable[..., None], application: HostApplication, answer: str
) -> HttpResponse:
    try:
        decide(application, by=request.user, answer=answer, now=timezone.now())
    except hosting.HostingRefused as refusal:
        messages.info(request, str(refusal))
        return redirect("neuro_accounts:host-application", pk=application.pk)
    messages.success(request, _("Your answer is saved. The person gets a message."))
    return redirect("neuro_accounts:host-applications")
