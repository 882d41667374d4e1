"""Exit status 0 if the web server of this container answers its health page."""

import http.client
import os
import sys

host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]
door = http.client.HTTPConnection("127.0.0.1", 8000, timeout=5)
door.request("GET", "/healthz", headers={"Host": host})
sys.exit(door.getresponse().status != 200)
