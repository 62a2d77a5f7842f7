from django.urls import path

from neuro_payments.views import account, pay, sandbox

app_name = "neuro_payments"

urlpatterns = [
    path("account/", account.account, name="account"),
    path("account/disconnect/", account.disconnect, name="account-disconnect"),
    path("pay/<str:token>/", pay.pay, name="pay"),
    path("sandbox/<slug:token>/", sandbox.sandbox_checkout, name="sandbox-checkout"),
]
