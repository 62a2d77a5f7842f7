from django.urls import path

from neuro_accounts.contrib.mailbox import views

app_name = "neuro_accounts_mailbox"

urlpatterns = [
    path("", views.show_list, name="list"),
    path("<slug:file>/<int:number>/", views.show_message, name="message"),
]
