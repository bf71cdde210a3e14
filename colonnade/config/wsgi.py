"""The application that a web server runs."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colonnade.config.settings")

from django.core.wsgi import get_wsgi_application  # the settings are named first

from colonnade.config.database import connect_settings
from colonnade.config.deployment import refuse_unsafe_start

connect_settings()
refuse_unsafe_start()
application = get_wsgi_application()
