"""The application that a web server runs."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colonnade.config.settings")

from django.core.wsgi import get_wsgi_application  # the settings are named first

from colonnade.config.database import connect_settings

connect_settings()
application = get_wsgi_application()
