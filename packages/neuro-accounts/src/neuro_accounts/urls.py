from django.urls import path

from neuro_accounts.views import display, hosting, inbox, profile

app_name = "neuro_accounts"

urlpatterns = [
    path("profile/", profile.edit_profile, name="profile"),
    path("time-zone/", profile.time_zone, name="time-zone"),
    path("display/", display.display_settings, name="display"),
    path("inbox/", inbox.show_inbox, name="inbox"),
    path("inbox/read-all/", inbox.read_all, name="inbox-read-all"),
    path("inbox/<uuid:pk>/read/", inbox.read_one, name="inbox-read"),
    path("become-a-host/", hosting.become_host, name="become-host"),
    path("host-applications/", hosting.host_applications, name="host-applications"),
    path("host-applications/<uuid:pk>/", hosting.host_application, name="host-application"),
]
