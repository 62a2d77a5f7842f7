import os

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "neuromancers.settings")
application = get_wsgi_application()

# Never serve from a database that would let a host be booked twice: this checks that its own guards are in place.
call_command("check", databases=["default"])
