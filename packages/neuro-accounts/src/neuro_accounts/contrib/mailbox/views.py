from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from neuro_accounts.contrib.mailbox import mails

type View = Callable[..., HttpResponse]


def while_debugging(view: View) -> View:
    """The mails hold links that open accounts: outside development there is no such page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not settings.DEBUG:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@while_debugging
@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    return render(request, "neuro_accounts_mailbox/list.html", {"mails": mails.all_mails()})


@while_debugging
@require_safe
def show_message(request: HttpRequest, file: str, number: int) -> HttpResponse:
    mail = mails.find(file, number)
    if mail is None:
        raise Http404
    return render(request, "neuro_accounts_mailbox/message.html", {"mail": mail})
