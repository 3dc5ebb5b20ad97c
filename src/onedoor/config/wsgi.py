"""What the web server serves."""

import os

from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from onedoor.config.settings import TRUSTED_PROXIES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onedoor.config.settings")
application = get_wsgi_application()
if TRUSTED_PROXIES:
    application = wrap_wsgi_with_proxy_headers(application, TRUSTED_PROXIES)
