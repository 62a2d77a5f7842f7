from collections.abc import Mapping
from datetime import date
from typing import Any

from allauth.account import app_settings
from allauth.account import forms as allauth_forms
from django import forms
from django.contrib import messages
from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from neuro_accounts import ages, conf, profiles, terms
from neuro_accounts.contrib.signin import words


class InOurWords:
    """Labels of ours and no placeholders, which repeat the label and vanish while somebody types."""

    fields: dict[str, forms.Field]
    labels: Mapping[str, Any] = words.LABELS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)


class LoginForm(InOurWords, allauth_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        methods = frozenset(method.value for method in app_settings.LOGIN_METHODS)
        login.label = words.LOGIN_LABELS.get(methods, login.label)


class AddEmailForm(InOurWords, allauth_forms.AddEmailForm):
    pass


class ChangePasswordForm(InOurWords, allauth_forms.ChangePasswordForm):
    labels = words.NEW_PASSWORD


class ResetPasswordForm(InOurWords, allauth_forms.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(InOurWords, allauth_forms.ResetPasswordKeyForm):
    labels = words.NEW_PASSWORD


class ReauthenticateForm(InOurWords, allauth_forms.ReauthenticateForm):
    pass


class SignupForm(InOurWords, allauth_forms.SignupForm):
    """Takes exactly these fields from the request. Groups and rights can never be chosen here."""

    date_of_birth = forms.DateField(
        label=_("Date of birth"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "bday"}),
    )
    display_name = forms.CharField(
        label=_("Display name"),
        help_text=_("The name that others see. If you leave it empty, they see your username."),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    terms = forms.BooleanField(error_messages={"required": _("To sign up you need to accept the terms.")})

    field_order = ["username", "email", "password1", "password2", "date_of_birth", "display_name", "terms"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = conf.get()
        age, tick = self.fields["date_of_birth"], self.fields["terms"]
        age.help_text = _("You need to be at least %(age)s years old.") % {"age": wanted.minimum_age}
        tick.label = _("I accept the terms, version %(version)s") % {"version": wanted.terms_version}
        # The box carries the version that the person has seen.
        tick.widget.attrs["value"] = wanted.terms_version
        if wanted.terms_url:
            tick.help_text = format_html('<a href="{}">{}</a>', wanted.terms_url, _("Read the terms"))

    def clean_date_of_birth(self) -> date:
        born: date = self.cleaned_data["date_of_birth"]
        if not ages.old_enough(born, today=timezone.localdate()):
            sentence = _("You need to be at least %(age)s years old to sign up.")
            raise forms.ValidationError(sentence, code="too_young", params={"age": conf.get().minimum_age})
        return born

    def clean_display_name(self) -> str:
        return " ".join(self.cleaned_data["display_name"].split())

    def clean_terms(self) -> str:
        version = conf.get().terms_version
        if self.data.get(self.add_prefix("terms")) != version:
            raise forms.ValidationError(_("The terms have changed. Please read and accept them again."), code="terms")
        return version

    def try_save(self, request: HttpRequest) -> tuple[AbstractUser | None, HttpResponse | None]:
        try:
            outcome: tuple[AbstractUser | None, HttpResponse | None] = super().try_save(request)
        except IntegrityError:
            # Two people chose the same username in the same moment.
            messages.warning(request, _("This username was taken a moment ago. Please choose another."))
            return None, redirect("account_signup")
        return outcome

    def save(self, request: HttpRequest) -> AbstractUser:
        with transaction.atomic():
            user: AbstractUser = super().save(request)
        return user

    def custom_signup(self, request: HttpRequest, user: AbstractUser) -> None:
        super().custom_signup(request, user)
        ages.store_date_of_birth(user, self.cleaned_data["date_of_birth"])
        profiles.change(user, display_name=self.cleaned_data["display_name"], language=get_language() or "")
        terms.accept(user, version=self.cleaned_data["terms"], now=timezone.now())
