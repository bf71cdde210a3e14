"""The application that a web server runs."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colonnade.config.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402  # settings must be named first

from colonnade.config.database import connect_settings  # noqa: E402  # as above

connect_settings()
application = get_wsgi_application()
