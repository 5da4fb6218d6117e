import os

from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wuli.config.settings")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402

# Behind a reverse proxy the address of whoever asks stands in a header, believed only from the proxies named.
if settings.PROXIES:
    application = wrap_wsgi_with_proxy_headers(application, settings.PROXIES)
